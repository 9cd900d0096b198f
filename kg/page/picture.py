"""From a graph to what the page draws: numbered nodes with place, size and shape, edges, themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from os.path import commonprefix
from typing import Any

import networkx as nx

from kg.network.communities import communities, theme_title
from kg.network.layout import Layout, island_layout
from kg.network.selection import weighted_degree
from kg.page.escape import safe_url, shown

SHAPES = {
    "person": "dot",
    "organization": "square",
    "place": "triangle",
    "tag": "diamond",
    "article": "dot",
    "stub": "dot",
}
"""Kinds in the order of the legend, with vis-network's name of their shape: kinds differ by more than colour."""

ARTICLE_SIZE = {"article": 3.2, "stub": 2.4}
FEW_NODES, ARTICLE_SIZE_AMONG_FEW = 60, {"article": 8.0, "stub": 5.0}
"""In a small picture articles are what it is about, and not the dust between the names."""
SMALLEST, GROWTH = 4.0, 20.0
"""Radius in pixels at zoom 1: SMALLEST + GROWTH * sqrt(importance), importance from 0 to 1."""

SMALLEST_TITLED = 8
"""Members of an island that needs a title; in a smaller one the names of the nodes say it all."""


@dataclass(frozen=True)
class Picture:
    """The numbers behind a page: `nodes` and `edges` are arguments for pyvis, the rest is for the page's script."""

    base: str
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]
    themes: tuple[dict[str, Any], ...]
    kinds: dict[str, int]


def draw(graph: nx.MultiDiGraph) -> Picture:
    """Lay out `graph`, as `kg.network.graph.to_networkx` gives it, and describe every node and edge for the page."""
    sizes = node_sizes(graph)
    layout = island_layout(graph, communities(graph), sizes)
    themes = {name: index for index, island in enumerate(layout.islands) for name in island.members}
    base = _common_base(graph)
    number = {name: index for index, name in enumerate(graph)}
    nodes = []
    for name, data in graph.nodes(data=True):
        x, y = layout.positions[name]
        place = {"x": round(x), "y": round(y), "size": round(sizes[name], 1), "shape": SHAPES[data["kind"]]}
        about = {"group": data["kind"], "iri": name.removeprefix(base), "theme": themes.get(name)}
        nodes.append({"n_id": number[name], **place, **_given(about), **_given(_facts(data))})
    edges = tuple(
        {"source": number[source], "to": number[target], "relation": relation, **_repeated(data)}
        for source, target, relation, data in graph.edges(keys=True, data=True)
    )
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    counts = {kind: kinds.count(kind) for kind in SHAPES if kind in kinds}
    return Picture(base, tuple(nodes), edges, tuple(_themes(graph, layout)), counts)


def node_sizes(graph: nx.MultiDiGraph) -> dict[str, float]:
    """Radii: articles are small dots, all others grow with the square root of their weighted degree."""
    degree = weighted_degree(graph)
    dots = ARTICLE_SIZE_AMONG_FEW if len(graph) <= FEW_NODES else ARTICLE_SIZE
    most = max(
        (degree[name] for name, data in graph.nodes(data=True) if data["kind"] not in ARTICLE_SIZE), default=0
    )
    return {
        name: dots.get(data["kind"], SMALLEST + GROWTH * sqrt(degree[name] / most) if most else SMALLEST)
        for name, data in graph.nodes(data=True)
    }


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What the details of a node tell, as text for the page."""
    day = data.get("date")
    return {
        "name": shown(data["label"]),
        "date": day.isoformat() if isinstance(day, date) else None,
        "url": safe_url(data.get("url")),
        "text": shown(data.get("abstract", "")),
        "also": [shown(name) for name in data.get("alternates", ())],
        "count": data.get("count"),
        "author": data.get("author"),
    }


def _given(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing: the file stays small."""
    return {
        name: value
        for name, value in facts.items()
        if value is not None and value is not False and value not in ("", [])
    }


def _repeated(data: dict[str, Any]) -> dict[str, int]:
    count = data.get("count", 1)
    return {"count": count} if count != 1 else {}


def _themes(graph: nx.MultiDiGraph, layout: Layout) -> Iterator[dict[str, Any]]:
    for island in layout.islands:
        titled = len(island.members) >= SMALLEST_TITLED
        title = [shown(name) for name in theme_title(graph, list(island.members))] if titled else []
        yield {"title": title, "x": round(island.x), "y": round(island.y), "radius": round(island.radius)}


def _common_base(graph: nx.MultiDiGraph) -> str:
    """What all IRIs begin with, up to a slash: told once, it is a third of the file."""
    prefix: str = commonprefix(list(graph))  # noqa: RUF071 - of characters, for IRIs are no paths
    return prefix[: prefix.rfind("/") + 1]
