"""A part of the graph, small enough to be looked at: chosen in SQL, so that no archive is too large for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import networkx as nx
from msgspec.structs import fields

from kg.errors import NotFoundError
from kg.network.archive import open_archive
from kg.network.chosen import chosen_graph
from kg.network.communities import communities, theme_title
from kg.network.links import links_of
from kg.network.scope import Theme, narrow
from kg.network.selection import Selection
from kg.network.together import note_companions, note_touch, tie_companions
from kg.store.lookup import Lookup
from kg.store.tables import NodeRow, reading

ARTICLE_SHARE = 0.4
"""What articles get where names want all places; above it (600 of 1,500) dots add ink and little sense."""
EDGES = 3
"""A picture of n nodes has at most so many times n edges: more cannot be told apart."""

THEME = "theme"
"""Graph attribute, where a theme was asked for: its title."""


def select(tables: Path, selection: Selection) -> nx.MultiDiGraph:
    """The selected part of the tables of a build; nodes and edges as `kg.network.chosen.chosen_graph` describes them.

    Articles and stubs take the places that people, places, organisations and tags leave free, at least two fifths;
    those come first that have most to do with the chosen names. Around a node, what is nearer to it comes first. A node
    that keeps none of its edges is left out, unless that goes for all; in the whole archive one that never had any
    stays. Ties fall to the smaller IRI. Takes time linear in the archive.

    Raises `OutputError` where the tables are missing or damaged, `NotFoundError` where the selection names what is not
    there or nothing fits it.
    """
    theme = None if selection.community is None else _theme(tables, selection.community)
    with reading(tables):
        lookup = open_archive(tables)
        narrow(lookup, selection, theme)
        _choose(lookup, selection)
        note_touch(lookup)
        tie_companions(lookup)
        note_companions(lookup)
        graph = chosen_graph(lookup, EDGES * selection.top, selection.since, selection.until)
    if theme is not None:
        graph.graph[THEME] = theme.title
    if not graph and (selection.narrows or set(selection.kinds) != set(Selection.kinds)):
        raise NotFoundError("nothing in the graph fits this selection; ask for less at once")
    return graph


def digest_of_nodes(tables: Path, shown: Sequence[str]) -> str:
    """Equal where nodes differ in nothing but the abstracts of those that are not `shown`, an abstract being what
    `select` asks only of nodes that it chose. Takes time linear in the nodes. Raises `OutputError` as `select` does.
    """
    columns = ", ".join(field.name for field in fields(NodeRow) if field.name != "abstract")
    # The names of our own columns; nothing of a dump is put in.
    query = f"""
        SELECT sum(hash({columns})::HUGEINT), sum(hash(iri, abstract)::HUGEINT) FILTER (iri IN (SELECT unnest($1)))
        FROM nodes
    """  # noqa: S608 - see above
    with reading(tables):
        (digests,) = Lookup(tables, ("nodes",)).sql(query, [list(shown)]).fetchall()
    return " ".join(map(str, digests))


def _theme(tables: Path, number: int) -> Theme:
    """The theme of that number on the page of the whole archive. Raises `NotFoundError`."""
    graph = select(tables, Selection())
    names = list(graph)
    groups = communities(links_of(graph), [kind for _, kind in graph.nodes(data="kind")]).members()
    if number > len(groups):
        raise NotFoundError(f"there is no theme {number}: the page of this graph has {len(groups)}")
    members = [names[node] for node in groups[number - 1]]
    return Theme(" · ".join(theme_title(graph, members)), members, names)


def _choose(lookup: Lookup, selection: Selection) -> None:
    """Make the tables `thing` (what is no article) and `chosen` (all) of the ids that the picture shows."""
    articles = (
        lookup.sql("SELECT count(*) FROM scope").fetchall()[0][0] if "article" in selection.kinds else 0
    )
    reserved = min(articles, int(selection.top * ARTICLE_SHARE))
    # Names without an article in the scope are those of the whole archive, and the one where the walk began.
    lookup.sql(
        """CREATE TEMP TABLE thing AS
           WITH weight AS (SELECT thing AS id, sum(count) AS weight FROM tie SEMI JOIN scope ON scope.id = article
                           GROUP BY thing)
           SELECT id FROM node JOIN reach USING (id) LEFT JOIN weight USING (id)
           WHERE NOT is_article AND list_contains($1, kind) AND (weight > 0 OR NOT $2 OR $3 AND distance = 0)
           ORDER BY distance, coalesce(weight, 0) DESC, id LIMIT $4""",
        [list(selection.kinds), selection.narrows, selection.around is not None, selection.top - reserved],
    )
    things = lookup.sql("SELECT count(*) FROM thing").fetchall()[0][0]
    # Being known in full breaks the tie with a stub.
    lookup.sql(
        """CREATE TEMP TABLE chosen AS
           WITH near AS (SELECT article, sum(count) AS count FROM tie SEMI JOIN thing ON thing.id = tie.thing
                         GROUP BY article)
           (SELECT id FROM scope JOIN node USING (id) JOIN reach USING (id) LEFT JOIN near ON article = id
            ORDER BY distance, 2 * coalesce(count, 0) + (kind = 'article')::INT DESC, id LIMIT $1)
           UNION ALL SELECT id FROM thing""",
        [selection.top - things if articles else 0],
    )
