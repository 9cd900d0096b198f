"""Communities and positions follow from the graph alone."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from kg.network.communities import communities, theme_title
from kg.network.layout import island_layout


def star(graph: nx.MultiDiGraph, theme: str, articles: int) -> None:
    """Articles of one theme: each has its tag and mentions its mayor, twice."""
    graph.add_node(f"tag/{theme}", kind="tag", label=theme.title())
    graph.add_node(f"person/{theme}", kind="person", label=f"Mayor of {theme}")
    for number in range(articles):
        article = f"article/{theme}-{number:03d}"
        graph.add_node(article, kind="article", label=f"{theme} {number}")
        graph.add_edge(article, f"tag/{theme}", key="about", relation="about", count=1)
        graph.add_edge(article, f"person/{theme}", key="mentions", relation="mentions", count=2)


@pytest.fixture
def themes() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for theme, articles in (("water", 30), ("wind", 20), ("wolf", 10)):
        star(graph, theme, articles)
    graph.add_edge("article/water-000", "tag/wind", key="about", relation="about", count=1)
    return graph


def test_communities_part_the_nodes_by_theme(themes: nx.MultiDiGraph) -> None:
    groups = communities(themes)
    assert [len(group) for group in groups] == [32, 22, 12]
    assert all(len({name.split("/")[1].split("-")[0] for name in group}) == 1 for group in groups)
    assert sorted(name for group in groups for name in group) == sorted(themes)


def test_a_theme_is_named_after_what_is_strong_in_it_and_weak_elsewhere(themes: nx.MultiDiGraph) -> None:
    themes.add_node("tag/all", kind="tag", label="All")
    for article in [node for node in themes if node.startswith("article/")]:
        themes.add_edge(article, "tag/all", key="about", relation="about", count=1)
    water = [node for node in themes if "water" in node]
    assert theme_title(themes, [*water, "tag/all"])[0] == "Water"


def test_a_theme_without_tags_is_named_after_its_people() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="article", label="A")
    graph.add_node("p", kind="person", label="P")
    graph.add_edge("a", "p", key="mentions", relation="mentions", count=1)
    assert theme_title(graph, ["a", "p"]) == ["P"]
    assert theme_title(graph, ["a"]) == []


def test_nodes_do_not_overlap_and_islands_hold_their_members(themes: nx.MultiDiGraph) -> None:
    sizes = {node: 3.0 if node.startswith("article") else 20.0 for node in themes}
    layout = island_layout(themes, communities(themes), sizes)
    assert set(layout.positions) == set(themes)
    for one, other in combinations(layout.positions, 2):
        (x1, y1), (x2, y2) = layout.positions[one], layout.positions[other]
        assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 > sizes[one] + sizes[other] + 1
    for island in layout.islands:
        for name in island.members:
            x, y = layout.positions[name]
            assert ((x - island.x) ** 2 + (y - island.y) ** 2) ** 0.5 + sizes[name] <= island.radius + 1e-6
    for one_island, other_island in combinations(layout.islands, 2):
        distance = ((one_island.x - other_island.x) ** 2 + (one_island.y - other_island.y) ** 2) ** 0.5
        assert distance > one_island.radius + other_island.radius


def test_nodes_without_edges_stand_together_and_make_no_theme() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from([f"tag/{number}" for number in range(40)], kind="tag", label="x")
    layout = island_layout(graph, communities(graph), dict.fromkeys(graph, 5.0))
    assert layout.islands == ()
    assert len(set(layout.positions.values())) == 40


def test_the_order_in_which_a_graph_was_filled_does_not_move_a_community(themes: nx.MultiDiGraph) -> None:
    backwards = nx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(themes.nodes(data=True))))
    backwards.add_edges_from(reversed(list(themes.edges(keys=True, data=True))))
    assert communities(backwards) == communities(themes)


def test_an_empty_graph_has_no_communities_and_no_places() -> None:
    graph = nx.MultiDiGraph()
    assert communities(graph) == []
    assert island_layout(graph, [], {}).positions == {}
