"""Exported graphs read back, for tests that compare them with what was written."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from kg.network.export import SEPARATOR, write_gexf, writer_for


def read_graph(path: Path) -> nx.MultiDiGraph:
    """A graph that `write_graphml` or `write_gexf` wrote: dates and tuples restored, parallel edges by relation."""
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
        is_gexf = writer_for(path) is write_gexf
        found = nx.read_gexf(file) if is_gexf else nx.read_graphml(file, force_multigraph=True)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((node, _restored(attributes)) for node, attributes in found.nodes(data=True))
    for source, target, attributes in found.edges(data=True):
        kept = _restored({name: value for name, value in attributes.items() if name != "id"})
        graph.add_edge(source, target, key=kept["relation"], **kept)
    return graph


def _restored(attributes: dict[str, Any]) -> dict[str, Any]:
    restored = dict(attributes)
    if "date" in restored:
        restored["date"] = date.fromisoformat(restored["date"])
    if "alternates" in restored:
        restored["alternates"] = tuple(
            re.sub(r"\\(.)", r"\1", item) for item in restored["alternates"].split(SEPARATOR)
        )
    return restored
