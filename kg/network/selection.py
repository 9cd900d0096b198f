"""A part of the graph, small enough to be looked at: chosen in SQL, so that no archive is too large for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from kg.errors import OutputError
from kg.network.archive import open_archive
from kg.network.chosen import chosen_graph
from kg.network.together import tie_companions
from kg.store.lookup import Lookup

ARTICLE_SHARE = 0.4
"""Above this share (600 of 1,500) article dots add ink to a picture and little sense."""
EDGES = 3
"""A picture of n nodes has at most so many times n edges: more cannot be told apart."""


@dataclass(frozen=True)
class Selection:
    """What to show: the `top` nodes of highest weighted degree."""

    top: int = 1500


def select(tables: Path, selection: Selection) -> nx.MultiDiGraph:
    """The selected part of the tables of a build; nodes and edges as `kg.network.chosen.chosen_graph` describes them.

    Articles and stubs take up to two fifths of the places, those first that have most to do with the chosen people,
    places, organisations and tags. A node that keeps none of its edges is left out; one that never had any stays.
    Ties fall to the smaller IRI. Takes time linear in the archive.

    Raises `OutputError` where the tables are missing or damaged.
    """
    import duckdb

    try:
        lookup = open_archive(tables)
        _choose(lookup, selection.top)
        tie_companions(lookup)
        return chosen_graph(lookup, EDGES * selection.top)
    except duckdb.Error as error:
        raise OutputError(f"{tables} cannot be read: {str(error).splitlines()[0]}") from error


def _choose(lookup: Lookup, top: int) -> None:
    """Make the tables `scope` (articles), `thing` and `chosen` of the ids that the picture shows."""
    lookup.sql("CREATE TEMP TABLE scope AS SELECT id FROM node WHERE is_article")
    articles = lookup.sql("SELECT count(*) FROM scope").fetchall()[0][0]
    places = min(articles, int(top * ARTICLE_SHARE))
    lookup.sql(
        """CREATE TEMP TABLE thing AS
           SELECT node.id FROM node LEFT JOIN tie ON thing = node.id
           WHERE NOT is_article GROUP BY node.id ORDER BY coalesce(sum(count), 0) DESC, node.id LIMIT $1""",
        [top - places],
    )
    # Being known in full breaks the tie with a stub.
    lookup.sql(
        """CREATE TEMP TABLE chosen AS
           WITH near AS (SELECT article, sum(count) AS count FROM tie SEMI JOIN thing ON thing.id = tie.thing
                         GROUP BY article)
           (SELECT id FROM scope JOIN node USING (id) LEFT JOIN near ON article = id
            ORDER BY 2 * coalesce(count, 0) + (kind = 'article')::INT DESC, id LIMIT $1)
           UNION ALL SELECT id FROM thing""",
        [places],
    )
