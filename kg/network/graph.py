"""The tables of a build as a networkx graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import OutputError
from kg.network.facts import NAME, given
from kg.store.lookup import Lookup
from kg.store.tables import reading

_NODES = f"""
    SELECT iri, kind, {NAME} AS label, date, nullif(url, '') AS url, nullif(abstract, '') AS abstract,
           alternates, count, author
    FROM nodes ORDER BY iri
"""  # noqa: S608 - SQL of this project alone; nothing of a dump is put in

# A relation holds or does not hold: rows that repeat it add up to one edge.
_EDGES = """
    SELECT source, target, relation, sum(count)::BIGINT AS count, min(date) AS date,
           first(basis ORDER BY path, line, basis) AS basis, first(path ORDER BY path, line, basis) AS path,
           first(line ORDER BY path, line, basis) AS line
    FROM edges GROUP BY ALL ORDER BY source, target, relation
"""


def to_networkx(tables: Path) -> nx.MultiDiGraph:
    """Read the nodes and edges of the tables in the folder `tables`.

    Nodes are IRIs with the attributes `kind`, `label` (both str, always there), `date` (datetime.date), `url`,
    `abstract` (str), `alternates` (tuple of str), `count` (int: articles that touch the node) and `author` (bool).
    An edge's key is its relation; its attributes are `relation`, `basis`, `path` (str), `count`, `line` (int) and
    `date` (datetime.date). What a table leaves empty is no attribute. Nodes and edges come sorted.

    Raises `OutputError` when a table is missing, unreadable, or an edge ends at no node.
    """
    lookup = Lookup(tables)
    graph = nx.MultiDiGraph()
    with reading(tables):
        for iri, attributes in _rows(lookup, _NODES, key=1):
            graph.add_node(*iri, **attributes)
        for (source, target, relation), attributes in _rows(lookup, _EDGES, key=3):
            for end in (source, target):
                if end not in graph:
                    raise OutputError(
                        f"{tables / 'edges.parquet'}: edge to {end}, which is no node: run kg build again"
                    )
            graph.add_edge(source, target, key=relation, relation=relation, **attributes)
    return graph


def _rows(lookup: Lookup, query: str, *, key: int) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The rows of a query as pairs of its first `key` columns and the others that are not empty, by name."""
    found = lookup.sql(query)
    names = found.columns[key:]
    for row in found.fetchall():
        yield row[:key], given(zip(names, row[key:], strict=True))
