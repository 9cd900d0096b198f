"""The tables of a build as a networkx graph."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import OutputError
from kg.network.facts import given
from kg.store.tables import silence

if TYPE_CHECKING:
    import duckdb

NODES = "nodes.parquet"
EDGES = "edges.parquet"

# The label of a stub that is known by number only is that number: every node can be named.
_NODES_QUERY = """
    SELECT iri, kind, coalesce(nullif(label, ''), split_part(iri, '/', -1)) AS label,
           date, nullif(url, '') AS url, nullif(abstract, '') AS abstract, alternates, count, author
    FROM read_parquet(?) ORDER BY iri
"""

# A relation holds or does not hold: rows that repeat it add up to one edge.
_EDGES_QUERY = """
    SELECT source, target, relation, sum(count)::BIGINT AS count, min(date) AS date,
           first(basis ORDER BY path, line, basis) AS basis, first(path ORDER BY path, line, basis) AS path,
           first(line ORDER BY path, line, basis) AS line
    FROM read_parquet(?) GROUP BY ALL ORDER BY source, target, relation
"""


def to_networkx(tables: Path) -> nx.MultiDiGraph:
    """Read `nodes.parquet` and `edges.parquet` of the folder `tables`.

    Nodes are IRIs with the attributes `kind`, `label` (both str, always there), `date` (datetime.date), `url`,
    `abstract` (str), `alternates` (tuple of str), `count` (int: articles that touch the node) and `author` (bool).
    An edge's key is its relation; its attributes are `relation`, `basis`, `path` (str), `count`, `line` (int) and
    `date` (datetime.date). What a table leaves empty is no attribute. Nodes and edges come sorted.

    Raises `OutputError` when a table is missing, unreadable, or an edge ends at no node.
    """
    graph = nx.MultiDiGraph()
    for iri, attributes in _rows(tables / NODES, _NODES_QUERY, key=1):
        graph.add_node(*iri, **attributes)
    for (source, target, relation), attributes in _rows(tables / EDGES, _EDGES_QUERY, key=3):
        for end in (source, target):
            if end not in graph:
                raise OutputError(f"{tables / EDGES}: edge to {end}, which is no node: run kg build again")
        graph.add_edge(source, target, key=relation, relation=relation, **attributes)
    return graph


def _rows(table: Path, query: str, *, key: int) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """The rows of a table as pairs of its first `key` columns and the others that are not empty, by name."""
    import duckdb

    if not table.is_file():
        raise OutputError(f"{table} is missing: run kg build first")
    try:
        with duckdb.connect() as connection:
            silence(connection)
            # A path is a pattern to DuckDB: a folder called out[1] must stay one folder.
            return _fetch(connection.execute(query, [glob.escape(str(table))]), key)
    except duckdb.Error as error:
        raise OutputError(f"{table} cannot be read: {str(error).splitlines()[0]}") from error


def _fetch(result: duckdb.DuckDBPyConnection, key: int) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    names = [column[0] for column in result.description or ()][key:]
    return [(row[:key], given(zip(names, row[key:], strict=True))) for row in result.fetchall()]
