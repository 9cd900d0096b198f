"""Communities and positions follow from the graph alone."""

from __future__ import annotations

from itertools import combinations
from math import log2

import networkx as nx
import numpy as np
import pytest

from kg.network.chosen import PAPER
from kg.network.circles import near_pairs, push_apart
from kg.network.communities import Partition, communities, modularity, theme_title
from kg.network.importance import page_rank
from kg.network.islands import place_islands
from kg.network.layout import Layout, island_layout
from kg.network.links import links_of


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


def parted(graph: nx.MultiDiGraph) -> Partition:
    return communities(links_of(graph), [kind for _, kind in graph.nodes(data="kind")])


def named(graph: nx.MultiDiGraph) -> list[list[str]]:
    names = list(graph)
    return [[names[node] for node in members] for members in parted(graph).members()]


def laid_out(graph: nx.MultiDiGraph, sizes: dict[str, float]) -> Layout:
    return island_layout(graph, links_of(graph), parted(graph), sizes)


def test_ties_add_up_over_parallel_edges_and_both_directions() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("b", "a", key="mentions", count=2)
    graph.add_edge("b", "a", key="about")
    graph.add_edge("a", "b", key="related", count=4)
    graph.add_edge("a", "a", key="related")
    links = links_of(graph)
    assert (links.source.tolist(), links.target.tolist()) == ([0, 1], [1, 0])
    assert links.weight.tolist() == [3.0, 3.0]  # log2(1 + 7)


def test_page_rank_is_that_of_networkx_reckoned_by_hand() -> None:
    """In a star of three the middle passes all it has to the ends, and gets all they have."""
    graph = nx.MultiDiGraph([("a", "middle"), ("b", "middle")])
    a, middle, b = page_rank(links_of(graph))
    # m = 0.05 + 0.85 (a + b), a = b = 0.05 + 0.85 m / 2
    assert middle == pytest.approx(0.135 / 0.2775, abs=1e-4)
    assert a == b == pytest.approx((1 - middle) / 2)


def test_communities_part_the_nodes_by_theme(themes: nx.MultiDiGraph) -> None:
    groups = named(themes)
    assert [len(group) for group in groups] == [32, 22, 12]
    assert all(len({name.split("/")[1].split("-")[0] for name in group}) == 1 for group in groups)


def test_communities_are_anchored_in_their_strongest_tags(themes: nx.MultiDiGraph) -> None:
    names = list(themes)
    assert [names[node] for node in parted(themes).anchors] == ["tag/water", "tag/wind", "tag/wolf"]


def test_what_is_not_tied_to_any_anchor_is_a_community_of_its_own_if_large_enough() -> None:
    graph = nx.MultiDiGraph()
    star(graph, "water", 60)
    for part, size in (("x", 5), ("y", 3)):
        nx.add_path(graph, [f"article/{part}-{number}" for number in range(size)])
    nx.set_node_attributes(graph, {name: "article" for name in graph if name[8:9] in "xy"}, "kind")
    partition = parted(graph)
    names = list(graph)
    assert [len(members) for members in partition.members()] == [62, 5]
    assert {name for name, one in zip(names, partition.community, strict=True) if one < 0} == {
        "article/y-0",
        "article/y-1",
        "article/y-2",
    }


def test_modularity_is_newmans() -> None:
    """Two pairs: all ties inside, half of them expected by chance."""
    graph = nx.MultiDiGraph([("a", "b"), ("c", "d")])
    assert modularity(links_of(graph), np.array([0, 0, 1, 1])) == pytest.approx(0.5)
    assert modularity(links_of(graph), np.array([0, 0, 0, 0])) == pytest.approx(0.0)
    assert modularity(links_of(nx.MultiDiGraph()), np.array([], dtype=np.int64)) == 0.0


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
    assert theme_title(graph, ["a"]) == ["A"]


def test_tags_on_one_topic_make_one_title_of_the_shortest() -> None:
    graph = nx.MultiDiGraph()
    for tag, articles in (
        ("Schwerpunkt Schulkrise", 5),
        ("Schulkrise", 3),
        ("Bildung in Not", 2),
        ("Kita", 1),
    ):
        graph.add_node(tag, kind="tag", label=tag)
        for number in range(articles):
            graph.add_node(f"a{number}", kind="article", label="A")
            graph.add_edge(f"a{number}", tag, key="about", relation="about", count=1)
    assert theme_title(graph, list(graph)) == ["Schulkrise", "Bildung in Not"]
    graph.add_edge("Bildung in Not", "Schulkrise", key="broader", relation="broader")
    assert theme_title(graph, list(graph)) == ["Schulkrise", "Kita"]


def test_credits_and_the_paper_itself_count_a_tenth() -> None:
    graph = nx.MultiDiGraph(**{PAPER: "paper"})
    for name, kind in (("paper", "organization"), ("agency", "organization"), ("union", "organization")):
        graph.add_node(name, kind=kind)
    graph.add_node("writer", kind="person")
    for target, relation in (
        ("paper", "mentions"),
        ("agency", "author"),
        ("agency", "sourceOrganization"),
        ("union", "mentions"),
        ("writer", "author"),
    ):
        graph.add_edge("article", target, key=relation, relation=relation, count=7)
    weight = dict(zip(list(graph), links_of(graph).strength.tolist(), strict=True))
    assert weight["union"] == weight["writer"] == 3.0
    assert weight["paper"] == pytest.approx(log2(1.7))
    assert weight["agency"] == pytest.approx(log2(2.4))


def test_near_pairs_are_all_pairs_within_reach_each_once() -> None:
    points = np.random.default_rng(5).uniform(-40, 40, (300, 2))
    first, second = near_pairs(points, 7.0)
    found = [tuple(sorted(pair)) for pair in zip(first.tolist(), second.tolist(), strict=True)]
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    assert sorted(found) == [(a, b) for a, b in combinations(range(300), 2) if apart[a, b] < 7.0]


def test_circles_in_one_place_come_apart() -> None:
    points = push_apart(np.zeros((20, 2)), np.full(20, 3.0), rounds=500)
    first, _ = near_pairs(points, 5.8)
    assert len(first) == 0


def test_islands_that_have_much_in_common_are_put_side_by_side() -> None:
    names = [f"tag/{number}" for number in range(9)]
    for first, second in combinations(range(9), 2):
        ties = np.ones((9, 9))
        ties[first, second] = ties[second, first] = 100.0
        centres = place_islands(names, np.full(9, 10.0), ties)
        apart = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2))
        assert apart[first, second] < np.sort(apart[first])[5]


def test_nodes_do_not_overlap_and_islands_hold_their_members(themes: nx.MultiDiGraph) -> None:
    sizes = {node: 3.0 if node.startswith("article") else 20.0 for node in themes}
    layout = laid_out(themes, sizes)
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


def test_nodes_without_edges_stand_in_rows_and_make_no_theme(themes: nx.MultiDiGraph) -> None:
    lone = [f"tag/lone-{number:02d}" for number in range(40)]
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(lone, kind="tag", label="x")
    layout = laid_out(graph, dict.fromkeys(graph, 5.0))
    assert layout.islands == ()
    assert len(set(layout.positions.values())) == 40
    themes.add_nodes_from(lone, kind="tag", label="x")
    layout = laid_out(themes, dict.fromkeys(themes, 5.0))
    lowest = max(island.y + island.radius for island in layout.islands)
    assert all(layout.positions[name][1] > lowest for name in lone)


def test_the_order_in_which_edges_came_moves_nothing(themes: nx.MultiDiGraph) -> None:
    backwards = nx.MultiDiGraph()
    backwards.add_nodes_from(themes.nodes(data=True))
    backwards.add_edges_from(reversed(list(themes.edges(keys=True, data=True))))
    sizes = dict.fromkeys(themes, 5.0)
    assert laid_out(backwards, sizes) == laid_out(themes, sizes)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5])
def test_the_smallest_graphs_are_laid_out(size: int) -> None:
    graph = nx.MultiDiGraph()
    nx.add_path(graph, [f"article/{number}" for number in range(size)])
    if size == 1:
        graph.add_node("article/0")
    nx.set_node_attributes(graph, "article", "kind")
    layout = laid_out(graph, dict.fromkeys(graph, 5.0))
    assert len(set(layout.positions.values())) == size
