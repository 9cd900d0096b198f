"""The bench of the map measures ours as they stand, and peers in a frame of the same area."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from bench.layout import Placed, measure


@pytest.fixture
def graph() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from("abcd", kind="person")
    graph.add_edges_from((one, other, "together", {"count": 1}) for one, other in ("ab", "bc", "cd"))
    return graph


def square(side: float) -> Placed:
    points = side * np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    return Placed((points, points + side / 10), 0.0)


def test_points_are_measured_as_they_stand(graph: nx.MultiDiGraph) -> None:
    assert measure("near", square(5), (graph, graph)).overlaps == 6  # all pairs: no radius is below 4
    assert measure("far", square(500), (graph, graph)).overlaps == 0


def test_peers_are_brought_to_the_area_of_ours() -> None:
    ours = Placed((square(300).points[0] * [1, 3], square(300).points[1] * [1, 3]), 0.0)
    for scaled, other in zip(square(2).scaled_like(ours).points, ours.points, strict=True):
        assert np.ptp(scaled, axis=0) == pytest.approx([300 * 3**0.5] * 2)
        assert scaled.mean(axis=0) == pytest.approx(other.mean(axis=0))
