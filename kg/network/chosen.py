"""The chosen nodes of an archive, and all that a picture tells of them, as a networkx graph."""

from __future__ import annotations

from datetime import date

import networkx as nx

from kg.network.facts import FACTS, given
from kg.store.lookup import Lookup

WHOLE_SIZE = "whole_size"
"""Graph attribute: how many nodes could be shown of the graph that this is a part of; the paper itself is none where
only its own articles lead to it."""
MONTHS = "months"
"""Graph attribute, where anything is dated: the first month (`2019-01`) and the archive's articles in each from it on,
of the days that were asked for."""
PERIOD = "period"
"""Graph attribute: whether days were asked for, so that months tell of a part of the articles alone."""

PAPER = "paper"
"""Graph attribute: the IRI of the newspaper itself, where it has articles."""

_MONTH = "(year(date) * 12 + month(date) - 1)"
_WITHIN = "date >= coalesce($1, date) AND date <= coalesce($2, date)"

_NODES = f"""
    WITH touched AS (SELECT thing, count(*) AS articles FROM touch GROUP BY thing),
    monthly AS (SELECT thing, {_MONTH} - $3 AS month, count(*) AS articles FROM touch
                WHERE {_WITHIN} GROUP BY ALL),
    curve AS (SELECT thing, flatten(list([month, articles] ORDER BY month)) AS months FROM monthly GROUP BY thing),
    borne AS (SELECT name FROM (SELECT id, unnest(list_prepend(label, alternates)) AS name
                                FROM nodes JOIN number USING (iri) WHERE NOT is_article)
              GROUP BY name HAVING count(DISTINCT id) > 1),
    near AS (SELECT one, list((iri, count, first, last) ORDER BY count DESC, other) AS near
             FROM companion JOIN node ON id = other GROUP BY one)
    SELECT iri, kind, name, date, url, abstract, alternates, articles AS count, author, months, roles, tag,
           dump, lines, near, if(persons IS NULL, NULL, [persons, others]) AS company,
           if(name IN (SELECT name FROM borne), true, NULL) AS shared
    FROM chosen JOIN {FACTS} AS facts USING (id)
    LEFT JOIN touched ON touched.thing = id LEFT JOIN curve ON curve.thing = id
    LEFT JOIN near ON near.one = id LEFT JOIN company ON company.one = id
    ORDER BY iri
"""  # noqa: S608 - SQL of this project alone; nothing of a dump is put in

_FACTS = (
    "kind", "label", "date", "url", "abstract", "alternates", "count", "author", "months", "roles", "tag",
    "dump", "lines", "near", "company", "shared",
)  # fmt: skip
"""What the columns after the first are called as attributes of a node."""

_EDGES = """
    WITH edge AS (SELECT source, target, relation, sum(count)::BIGINT AS count, min(date) AS first, max(date) AS last,
                         paper.id AS paper
                  FROM link SEMI JOIN chosen AS c ON c.id = source SEMI JOIN chosen AS d ON d.id = target
                  CROSS JOIN paper GROUP BY ALL),
    turns AS (SELECT *, if(target IS NOT DISTINCT FROM paper, 9,
                           coalesce(list_position(['author', 'about', 'mentions'], relation), 9)) AS place,
                     row_number() OVER (PARTITION BY source, target ORDER BY place, relation) AS again,
                     row_number() OVER (PARTITION BY source, relation ORDER BY count DESC, target) AS turn FROM edge),
    ranked AS (SELECT *, row_number() OVER (
                   PARTITION BY source ORDER BY again, place = 9, turn, place, relation, target) AS rank FROM turns),
    drawn AS (SELECT source, target, relation, count, first, last FROM ranked ORDER BY rank, source, target, relation
              LIMIT greatest(0, $1 - (SELECT count(*) FROM together)))
    SELECT a.iri, b.iri, relation, count, first, last FROM (FROM drawn UNION ALL FROM together)
    JOIN node AS a ON a.id = source JOIN node AS b ON b.id = target ORDER BY source, target, relation
"""
"""Until there are $1 edges with those of `together`, each node keeps one more: authors, tags and names by turns, the
rest and what names the paper itself after them, and what only repeats that two are linked at the very end."""

LINKED = """
    WITH one AS (SELECT node.iri AS iri, number.iri AS name FROM node JOIN number USING (id)
                 SEMI JOIN (SELECT unnest($1) AS iri) AS asked ON asked.iri = node.iri)
    SELECT iri FROM one SEMI JOIN edges ON name = source
    UNION SELECT iri FROM one SEMI JOIN edges ON name = target
"""
"""Nodes of $1 that are an end of an edge: asked of each end by itself, for an OR compares all nodes with all edges."""


_WHOLE = """
    WITH alone AS (SELECT node.id, node.iri, number.iri AS name FROM node JOIN number USING (id)
                   ANTI JOIN link AS a ON a.source = node.id ANTI JOIN link AS b ON b.target = node.id)
    SELECT (SELECT count(*) FROM node) - count(DISTINCT id) FROM alone
    WHERE name IN (SELECT source FROM edges UNION SELECT target FROM edges) AND iri NOT IN (SELECT unnest($1))
"""
"""How many nodes a graph could have: without those that have edges, of which none is ever shown, but with $1."""


def chosen_graph(lookup: Lookup, most_edges: int, since: date | None, until: date | None) -> nx.MultiDiGraph:
    """The nodes of the table `chosen` with the at most `most_edges` strongest edges among them, `together` too.

    Both come sorted.

    Nodes have the attributes of `to_networkx`, where `count` and what follows are of the whole archive, and

    - `months`: a tuple of month, articles, month, articles, …, from `since` to `until`; months count from the first of
      `MONTHS`;
    - `roles`: the three strongest of a person as a tuple of str, each with its party in brackets;
    - `tag`: the IRI of the tag that names it;
    - `dump`, `lines`: of articles, the fullest dump and its first and last line, of stubs those of the announcement;
    - `near`: a tuple of (IRI, articles, first, last), the strongest first: nodes of this graph that share most articles
      of the selection with it, beside those that an edge `together` leads to; dates or None;
    - `company`: how many persons and how many others share one, in this graph or not;
    - `shared`: True where another name in the archive is spelled as this one.

    Edges have `relation` (also their key), `count` and, where dated, `first` and `last` (datetime.date). A node that
    has edges, but none in this graph, is left out, unless all are so.
    """
    first, counts = _months(lookup, since, until)
    graph = nx.MultiDiGraph()
    if since or until:
        graph.graph[PERIOD] = True
    (paper,) = lookup.sql("SELECT iri FROM paper").fetchall()[0]
    if paper is not None:
        graph.graph[PAPER] = paper
    if counts:
        graph.graph[MONTHS] = (f"{first // 12:04d}-{first % 12 + 1:02d}", counts)
    for iri, *values in lookup.sql(_NODES, [since, until, first]).fetchall():
        graph.add_node(iri, **given(zip(_FACTS, values, strict=True)))
    for source, target, relation, *values in lookup.sql(_EDGES, [most_edges]).fetchall():
        graph.add_edge(
            source,
            target,
            key=relation,
            relation=relation,
            **given(zip(("count", "first", "last"), values, strict=True)),
        )
    cut_off = _linked(lookup, [iri for iri, degree in graph.degree() if not degree])
    if len(cut_off) < len(graph):
        graph.remove_nodes_from(cut_off)
    (graph.graph[WHOLE_SIZE],) = lookup.sql(_WHOLE, [list(graph)]).fetchall()[0]
    for _, data in graph.nodes(data=True):
        if "near" in data:
            data["near"] = tuple(one for one in data["near"] if one[0] in graph)
    return graph


def _linked(lookup: Lookup, iris: list[str]) -> list[str]:
    """Those of the nodes that have an edge in the tables, be it one of a tag that became one with them."""
    return [iri for (iri,) in lookup.sql(LINKED, [iris]).fetchall()] if iris else []


def _months(lookup: Lookup, since: date | None, until: date | None) -> tuple[int, list[int]]:
    """The first month, counted from the year 0, and the number of articles in each month from then on."""
    query = f"SELECT {_MONTH} AS month, count(*) FROM node WHERE {_WITHIN} GROUP BY month"  # noqa: S608 - our SQL
    found: dict[int, int] = dict(lookup.sql(query, [since, until]).fetchall())
    if not found:
        return 0, []
    return min(found), [found.get(month, 0) for month in range(min(found), max(found) + 1)]
