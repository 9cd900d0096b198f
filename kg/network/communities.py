"""Themes: groups of nodes that have more to do with each other than with the rest.

Louvain's method finds slightly better groups, and entirely other ones when a few articles are added. Here groups grow
around anchors, the strongest topics that have little to do with each other, by steps that are continuous in the weights
of the ties: what a reader has learned of the map stays true tomorrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.network.links import Indices, Links, Numbers, sums

SMALLEST = 4
"""Members of a community; a smaller one joins the one it has most ties to."""
LARGEST_NUMBER = 40
_ANCHOR_WEIGHTS = {"tag": 1.0, "place": 0.01, "organization": 0.01, "person": 0.01}
"""What communities grow around: tags where there are any, other names where not, articles at last."""

_TITLE_NAMES = {"tag": 2, "place": 2, "organization": 2, "person": 2, "article": 1, "stub": 1}
"""The first kind that a community has gives it so many names as a title."""
_TITLE_CANDIDATES = 6
"""A weaker tag than these does not stand for one of them."""

_NONE = -1
_MARGIN = 0.2
"""A node leaves the community of its anchor where the other one gains so large a share of the node's ties."""


@dataclass(frozen=True)
class Partition:
    """Communities 0 to n - 1: of each node its community or -1, of each community its anchor, a node."""

    community: Indices
    anchors: tuple[int, ...]

    def members(self) -> list[list[int]]:
        """The nodes of each community."""
        return [np.flatnonzero(self.community == number).tolist() for number in range(len(self.anchors))]


def communities(links: Links, kinds: Sequence[str]) -> Partition:
    """Part the nodes of these `kinds`; about 15 communities for 1,500 nodes, the largest first.

    A node is in none where it and all that it hangs together with are fewer than `SMALLEST`.
    """
    anchor_weight = np.array([_ANCHOR_WEIGHTS.get(kind, 0.0001) for kind in kinds])
    number = min(LARGEST_NUMBER, max(1, round(float(np.sqrt(links.size)) / 2.5)))
    anchors = _anchors(links, links.strength * anchor_weight, number)
    near = _nearness(links, anchors, rounds=12)
    # What an anchor is near to in all is what it would take by chance.
    share = near / np.maximum(links.strength @ near, 1e-12)
    community = (
        np.where(near.any(axis=1), share.argmax(axis=1), _NONE) if anchors else np.full(links.size, _NONE)
    )
    community = _reach_all(links, community, anchors)
    community = _move(links, community)
    return _sorted(*_joined(links, community, anchors))


def modularity(links: Links, community: Indices) -> float:
    """How much of the ties lies inside communities beyond chance, from -0.5 to 1 (Newman 2004); 0 without ties."""
    total = float(links.weight.sum())
    if not total:
        return 0.0
    inside = (community[links.source] == community[links.target]) & (community[links.source] != _NONE)
    strength = sums(community + 1, links.strength, int(community.max()) + 2)[1:]
    return float(links.weight[inside].sum() / total - ((strength / total) ** 2).sum())


def theme_title(graph: nx.MultiDiGraph, members: Sequence[str]) -> list[str]:
    """Name a community after the at most two tags that weigh most in it and least outside (share times weight).

    Of tags on one topic, of which one is broader or has all words of the other, the shortest stands for all. Where it
    has no tag, places, organisations or persons do, and where it has no names at all, one of its articles.
    """
    inside = set(members)
    for kind, most in _TITLE_NAMES.items():
        named = [node for node in members if graph.nodes[node].get("kind") == kind]
        ranked = sorted(named, key=lambda node: (-_prominence(graph, node, inside), node))
        if ranked:
            return [_label(graph, node) for node in _topics(graph, ranked[:_TITLE_CANDIDATES])[:most]]
    return []


def _topics(graph: nx.MultiDiGraph, ranked: Sequence[str]) -> list[str]:
    """One node of each topic, in their order."""
    topics: list[str] = []
    for node in ranked:
        for place, other in enumerate(topics):
            if _on_one_topic(graph, node, other):
                topics[place] = min(other, node, key=lambda one: len(_label(graph, one)))
                break
        else:
            topics.append(node)
    return topics


def _on_one_topic(graph: nx.MultiDiGraph, one: str, other: str) -> bool:
    if graph.has_edge(one, other, key="broader") or graph.has_edge(other, one, key="broader"):
        return True
    words, others = (set(_label(graph, node).casefold().split()) for node in (one, other))
    return words <= others or others <= words


def _label(graph: nx.MultiDiGraph, node: str) -> str:
    return str(graph.nodes[node].get("label", node))


def _prominence(graph: nx.MultiDiGraph, node: str, inside: set[str]) -> float:
    total = near = 0
    for edges, end in ((graph.in_edges, 0), (graph.out_edges, 1)):
        for *ends, count in edges(node, data="count", default=1):
            total += count
            near += count * (ends[end] in inside)
    return near * near / total if total else 0.0


def _anchors(links: Links, score: Numbers, number: int) -> list[int]:
    """At most `number` nodes, each the best by its score times how far it is from those before it."""
    anchors: list[int] = []
    free = np.ones(links.size)
    while len(anchors) < number and (score * free).any():
        anchors.append(int((score * free).argmax()))
        free = np.maximum(0.0, free - _nearness(links, anchors[-1:], rounds=6)[:, 0])
    return anchors


def _nearness(links: Links, anchors: list[int], rounds: int) -> Numbers:
    """Shape (nodes, anchors): how likely a walk from the node along at most `rounds` ties meets that anchor first.

    Each step ends the walk with probability 0.15: what is near counts more.
    """
    near = np.zeros((links.size, len(anchors)))
    own = (anchors, range(len(anchors)))
    near[own] = 1.0
    for _ in range(rounds):
        near = 0.85 * links.spread(near) / np.maximum(links.strength, 1e-12)[:, None]
        near[anchors] = 0.0
        near[own] = 1.0
    return near


def _reach_all(links: Links, community: Indices, anchors: list[int]) -> Indices:
    """Let what no anchor was near to follow its strongest neighbour; what none reaches grows around further anchors.

    Appends those to `anchors`.
    """
    community = community.copy()
    while True:
        edge = np.flatnonzero((community[links.source] == _NONE) & (community[links.target] != _NONE))
        if len(edge):
            strongest = edge[np.lexsort((links.weight[edge], links.source[edge]))]
            community[links.source[strongest]] = community[links.target[strongest]]
            continue
        unreached = np.where(community == _NONE, links.strength, 0.0)
        if not unreached.any():
            return community
        community[unreached.argmax()] = len(anchors)
        anchors.append(int(unreached.argmax()))


def _move(links: Links, community: Indices) -> Indices:
    """Let nodes go where modularity grows by more than the margin (the local moves of Blondel et al. 2008)."""
    strength, total = links.strength.tolist(), max(float(links.strength.sum()), 1e-12)
    held = sums(community + 1, links.strength, links.size + 1)[1:].tolist()
    place = community.tolist()
    ends = np.searchsorted(links.source, np.arange(links.size + 1)).tolist()
    target, weight = links.target.tolist(), links.weight.tolist()
    for _ in range(10):
        moved = 0
        for node, own in enumerate(place):
            if own == _NONE:
                continue
            ties: dict[int, float] = {}
            for tie in range(ends[node], ends[node + 1]):
                other = place[target[tie]]
                ties[other] = ties.get(other, 0.0) + weight[tie]
            chance = strength[node] / total
            best = own
            most = ties.get(own, 0.0) - chance * (held[own] - strength[node]) + _MARGIN * strength[node]
            for other in sorted(ties):
                gain = ties[other] - chance * held[other]
                if other != own and gain > most:
                    best, most = other, gain
            if best != own:
                held[own] -= strength[node]
                held[best] += strength[node]
                place[node] = best
                moved += 1
        if not moved:
            break
    return np.array(place, dtype=np.int64)


def _joined(links: Links, community: Indices, anchors: list[int]) -> tuple[Indices, list[int]]:
    """Without communities of fewer than `SMALLEST`: each joins the one it has most ties to, the smallest first."""
    community = community.copy()
    number = len(anchors)
    while True:
        sizes = np.bincount(community[community != _NONE], minlength=number)
        small = [(int(size), one) for one, size in enumerate(sizes) if 0 < size < SMALLEST]
        if not small:
            return community, anchors
        _, one = min(small)
        leaving = (community[links.source] == one) & (community[links.target] != one)
        ties = np.bincount(community[links.target[leaving]], links.weight[leaving], number)
        community[community == one] = int(ties.argmax()) if ties.any() else _NONE


def _sorted(community: Indices, anchors: list[int]) -> Partition:
    """Communities that have members, by size; ties fall to the first anchor."""
    sizes = np.bincount(community[community != _NONE], minlength=len(anchors))
    order = sorted(
        (one for one in range(len(anchors)) if sizes[one]), key=lambda one: (-sizes[one], anchors[one])
    )
    number = np.full(len(anchors) + 1, _NONE)
    number[order] = range(len(order))
    return Partition(number[community], tuple(anchors[one] for one in order))
