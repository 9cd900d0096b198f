"""The most important part of a graph, small enough to be looked at."""

from __future__ import annotations

import networkx as nx

ARTICLE_KINDS = frozenset({"article", "stub"})
ARTICLE_SHARE = 0.4
"""Above this share (600 of 1,500) article dots add ink to a picture and little sense."""

WHOLE_SIZE = "whole_size"
"""Graph attribute of a selection: how many nodes the graph had that it was taken from."""


def weighted_degree(graph: nx.MultiDiGraph) -> dict[str, int]:
    """For each node the sum of `count` (1 where absent) over its edges, in and out."""
    return dict(graph.degree(weight="count"))


def overview(graph: nx.MultiDiGraph, top: int = 1500) -> nx.MultiDiGraph:
    """Copy the at most `top` nodes of highest weighted degree, with all edges among them.

    Articles and stubs take up to two fifths of the places, those first that have most to do with the chosen people,
    places, organisations and tags. A node that keeps none of its edges is left out; one that never had any stays.
    Ties fall to the smaller IRI; nodes and edges keep the order of `graph`. The graph attribute `whole_size` says how
    many nodes there were. Takes time linear in the graph, apart from one sort of the nodes.
    """
    degree = weighted_degree(graph)
    articles = [node for node, kind in graph.nodes(data="kind") if kind in ARTICLE_KINDS]
    article_places = min(len(articles), int(top * ARTICLE_SHARE))
    things = _first(set(graph) - set(articles), degree, top - article_places)
    ties = {node: _ties(graph, node, things) for node in articles}
    chosen = things | _first(set(articles), ties, article_places)
    selection = nx.MultiDiGraph(**{WHOLE_SIZE: graph.number_of_nodes()})
    for node, attributes in graph.nodes(data=True):
        if node in chosen and _stays(graph, node, chosen):
            selection.add_node(node, **attributes)
    # graph.subgraph() would hand its edges out in the order of a set.
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        if source in selection and target in selection:
            selection.add_edge(source, target, key=key, **attributes)
    return selection


def _first(nodes: set[str], weight: dict[str, int], places: int) -> set[str]:
    return set(sorted(nodes, key=lambda node: (-weight[node], node))[:places])


def _ties(graph: nx.MultiDiGraph, article: str, things: set[str]) -> int:
    """How often an article names one of `things`; being known in full breaks the tie with a stub."""
    named = 0
    for _, end, count in graph.out_edges(article, data="count", default=1):
        named += count if end in things else 0
    return 2 * named + (1 if graph.nodes[article].get("kind") == "article" else 0)


def _stays(graph: nx.MultiDiGraph, node: str, chosen: set[str]) -> bool:
    neighbours = set(graph.predecessors(node)) | set(graph.successors(node))
    return not neighbours or not neighbours.isdisjoint(chosen)
