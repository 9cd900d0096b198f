"""Themes: groups of nodes that have more to do with each other than with the rest."""

from __future__ import annotations

import networkx as nx

SEED = 1

_TITLE_KINDS = ("tag", "place", "organization", "person")
"""What a theme is named after: tags where it has any, else the next kind that it has."""


def communities(graph: nx.MultiDiGraph) -> list[list[str]]:
    """Part the nodes by Louvain's method over the counts of edges, direction aside.

    Every node is in exactly one community; the largest comes first, ties by the first IRI; members are sorted.
    The result depends on the graph alone.
    """
    names = sorted(graph)
    # Whole numbers hash to themselves, so the sets inside networkx are walked in the same order in every process.
    number = {name: index for index, name in enumerate(names)}
    simple = nx.Graph()
    simple.add_nodes_from(range(len(names)))
    for (first, second), weight in sorted(pair_weights(graph, number).items()):
        simple.add_edge(first, second, weight=weight)
    parts = nx.community.louvain_communities(simple, weight="weight", seed=SEED)
    groups = [[names[index] for index in sorted(part)] for part in parts]
    return sorted(groups, key=lambda members: (-len(members), members[0]))


def modularity(graph: nx.MultiDiGraph, groups: list[list[str]]) -> float:
    """How much of the counts lies inside `groups` beyond chance, from -0.5 to 1 (Newman 2004); 0 without edges."""
    group = {name: index for index, members in enumerate(groups) for name in members}
    inside, strength, total = 0.0, [0.0] * len(groups), 0.0
    for source, target, count in graph.edges(data="count", default=1):
        total += count
        inside += count if group[source] == group[target] else 0
        strength[group[source]] += count
        strength[group[target]] += count
    return inside / total - sum((ends / (2 * total)) ** 2 for ends in strength) if total else 0.0


def pair_weights(graph: nx.MultiDiGraph, number: dict[str, int]) -> dict[tuple[int, int], int]:
    """Sum the counts of all edges between two nodes, both given by `number`, the smaller first; no loops."""
    weights: dict[tuple[int, int], int] = {}
    for source, target, count in graph.edges(data="count", default=1):
        first, second = sorted((number[source], number[target]))
        if first != second:
            weights[first, second] = weights.get((first, second), 0) + count
    return weights


def theme_title(graph: nx.MultiDiGraph, members: list[str]) -> list[str]:
    """Name a community after the at most two tags that weigh most in it and least outside (share times weight).

    The list is empty where it has nothing to be named after.
    """
    inside = set(members)
    for kind in _TITLE_KINDS:
        named = [node for node in members if graph.nodes[node].get("kind") == kind]
        ranked = sorted(named, key=lambda node: (-_prominence(graph, node, inside), node))
        if ranked:
            return [str(graph.nodes[node].get("label", node)) for node in ranked[:2]]
    return []


def _prominence(graph: nx.MultiDiGraph, node: str, inside: set[str]) -> float:
    total = near = 0
    for edges, end in ((graph.in_edges, 0), (graph.out_edges, 1)):
        for *ends, count in edges(node, data="count", default=1):
            total += count
            near += count * (ends[end] in inside)
    return near * near / total if total else 0.0
