"""From a graph to what the page draws: numbered nodes with place, size and shape, edges, themes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt
from os.path import commonprefix
from typing import Any

import networkx as nx

from kg.network.chosen import MONTHS, PERIOD, WHOLE_SIZE
from kg.network.communities import communities, modularity, theme_title
from kg.network.facts import given
from kg.network.importance import page_rank
from kg.network.layout import Layout, island_layout
from kg.network.links import links_of
from kg.page.escape import LONGEST_TEXT, safe_url, shown

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
_KEY = re.compile("(?:(?:article|tag)/(?:[^/]+/)?|(?:person|organization|place)/)[^/]+$")
"""What follows the base in an IRI."""
MOST_SPELLINGS = 30
"""Of a name; no real one has more."""
SMALLEST, GROWTH = 4.0, 20.0
"""Radius in pixels at zoom 1: SMALLEST + GROWTH * sqrt(importance), importance from 0 to 1."""


EGO = "ego"
"""Node attribute: the address of its ego page, from the page of the whole."""
EGOS = "egos"
"""Graph attribute, where there are ego pages: the address of the list of them, and how many they are."""


@dataclass(frozen=True)
class Picture:
    """The numbers behind a page: `nodes` and `edges` are arguments for pyvis, the rest is for the page's script.

    `months` has the first month, the archive's articles in each from then on, and whether they are only those of the
    days that were asked for; it is None where nothing is dated;
    `total` is the number of nodes in the whole graph, `egos` is as the graph attribute `EGOS`.
    """

    base: str
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]
    themes: tuple[dict[str, Any], ...]
    kinds: dict[str, int]
    months: dict[str, Any] | None
    modularity: float
    total: int
    egos: tuple[str, int] | None = None


def draw(graph: nx.MultiDiGraph) -> Picture:
    """Lay out `graph`, as `kg.network.choosing.select` gives it, and describe every node and edge for the page."""
    links = links_of(graph)
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    ranks = dict(zip(graph, page_rank(links).tolist(), strict=True))
    sizes = node_sizes(graph, ranks)
    partition = communities(links, kinds)
    layout = island_layout(graph, links, partition, sizes)
    themes = {name: index for index, island in enumerate(layout.islands) for name in island.members}
    base = common_base(graph)
    months = graph.graph.get(MONTHS)
    names = list(graph)
    number = {name: index for index, name in enumerate(names)}
    nodes = []
    for name, data in graph.nodes(data=True):
        x, y = layout.positions[name]
        place = {"x": round(x), "y": round(y), "size": round(sizes[name], 1), "shape": SHAPES[data["kind"]]}
        about = {"group": data["kind"], "iri": name.removeprefix(base), "theme": themes.get(name)}
        about |= {"rank": round(ranks[name], 5), "tagIri": data.get("tag", "").removeprefix(base) or None}
        company = {"near": _near(data, number, months), "company": data.get("company")}
        facts = {**about, **_facts(data), **company}
        nodes.append({"n_id": number[name], **place, **given(facts.items())})
    edges = tuple(
        {"source": number[source], "to": number[target], "relation": relation, **_edge_facts(data, months)}
        for source, target, relation, data in graph.edges(keys=True, data=True)
    )
    return Picture(
        base,
        tuple(nodes),
        edges,
        tuple(_themes(graph, layout, [names[anchor].removeprefix(base) for anchor in partition.anchors])),
        {kind: kinds.count(kind) for kind in SHAPES if kind in kinds},
        {"first": months[0], "counts": list(months[1]), "part": PERIOD in graph.graph} if months else None,
        round(modularity(links, partition.community), 3),
        graph.graph.get(WHOLE_SIZE, len(graph)),
        graph.graph.get(EGOS),
    )


def node_sizes(graph: nx.MultiDiGraph, ranks: Mapping[str, float]) -> dict[str, float]:
    """Radii: articles are small dots, all others grow with the square root of their rank."""
    dots = ARTICLE_SIZE_AMONG_FEW if len(graph) <= FEW_NODES else ARTICLE_SIZE
    kinds = dict(graph.nodes(data="kind"))
    most = max((ranks[name] for name, kind in kinds.items() if kind not in ARTICLE_SIZE), default=1.0)
    return {
        name: dots.get(kind, SMALLEST + GROWTH * sqrt(ranks[name] / most)) for name, kind in kinds.items()
    }


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What the details of a node tell, as text for the page; None or nothing where the file can do without."""
    day = data.get("date")
    name = shown(data["label"])
    return {
        "name": name,
        "unclear": data.get("shared") or name != data["label"] or not name or None,
        "date": day.isoformat() if isinstance(day, date) else None,
        "url": safe_url(data.get("url")),
        "text": shown(data.get("abstract", ""), LONGEST_TEXT) or None,
        "file": shown(data.get("dump") or "") or None,
        "lines": list(data.get("lines", ())),
        "also": [shown(name) for name in data.get("alternates", ())[:MOST_SPELLINGS]],
        "count": data.get("count"),
        "author": data.get("author") or None,
        EGO: data.get(EGO),
        "roles": [shown(role) for role in data.get("roles", ())],
        "months": list(data.get("months", ())),
    }


def _near(data: dict[str, Any], number: Mapping[str, int], months: tuple[str, list[int]] | None) -> list[int]:
    """Companions that no edge leads to: node, articles, first and last month (-1 where undated), node, …"""
    flat = []
    for name, count, *ends in data.get("near", ()):
        flat += [number[name], count, *(_month(day, months[0]) if months and day else -1 for day in ends)]
    return flat


def _month(day: date, first: str) -> int:
    """Counted from the month `first`, such as 2019-01."""
    year, month = map(int, first.split("-"))
    return (day.year - year) * 12 + day.month - month


def _edge_facts(data: dict[str, Any], months: tuple[str, list[int]] | None) -> dict[str, int]:
    """How often, unless once; the first and last month, counted from the first of the archive."""
    facts = {"count": data["count"]} if data.get("count", 1) != 1 else {}
    if months and "first" in data:
        facts |= {end: _month(data[end], months[0]) for end in ("first", "last")}
    return facts


def _themes(graph: nx.MultiDiGraph, layout: Layout, anchors: list[str]) -> Iterator[dict[str, Any]]:
    """Each with its anchor, by which it is known in addresses: numbers change when the archive grows."""
    for island, anchor in zip(layout.islands, anchors, strict=True):
        title = [shown(name) for name in theme_title(graph, list(island.members))]
        place = {"x": round(island.x), "y": round(island.y), "radius": round(island.radius)}
        yield {"anchor": anchor, "title": title, **place, "size": len(island.members)}


def common_base(graph: nx.MultiDiGraph) -> str:
    """What all IRIs begin with before the kind, so that a node has one address on every page: told once, it is a third
    of the file.
    """
    prefix: str = commonprefix([_KEY.sub("", min(graph, default="")), *graph])  # noqa: RUF071 - IRIs are no paths
    return prefix[: max(map(prefix.rfind, "/#")) + 1]
