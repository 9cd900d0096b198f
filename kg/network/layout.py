"""Where the nodes of a picture stand: every community an island, the islands beside each other.

Two levels keep apart what one field of forces would pull into one knot. All positions follow from the graph alone, and
change little where it changes little: starts are hashes of names and never ranks or random numbers, sums run in a fixed
order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.network.communities import Partition
from kg.network.islands import hashed_points, place_islands
from kg.network.links import Links, Numbers, Points, sums
from kg.network.springs import NODE_GAP, island_radii, place_members

ISLAND_GAP = 0.06
TITLE_GAP = 14.0
"""Free space around an island: a share of its radius, and pixels for its title."""


@dataclass(frozen=True)
class Island:
    """A community in the picture: its members and the circle that holds them."""

    members: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Layout:
    """Positions in pixels at zoom 1, around the origin."""

    positions: dict[str, tuple[float, float]]
    islands: tuple[Island, ...]


def island_layout(
    graph: nx.MultiDiGraph, links: Links, partition: Partition, sizes: Mapping[str, float]
) -> Layout:
    """Lay out `graph` with one island for each community; `links` are its ties, `sizes` its nodes' radii in pixels.

    Nodes do not overlap. Those of no community stand in rows below the islands. Time and memory linear in the graph.
    """
    names = list(graph)
    radii = np.array([sizes[name] for name in names])
    points = np.zeros((len(names), 2))
    on_island = np.flatnonzero(partition.community >= 0)
    islands: tuple[Island, ...] = ()
    lowest = 0.0
    if len(on_island):
        points[on_island], islands = _islands(names, links, partition, radii)
        lowest = max(island.y + island.radius for island in islands) + TITLE_GAP
    loose = np.flatnonzero(partition.community < 0)
    width = 2 * max((abs(island.x) + island.radius for island in islands), default=0.0)
    points[loose] = _rows(radii[loose], width) + np.array([0.0, lowest])
    return Layout({name: (x, y) for name, (x, y) in zip(names, points.tolist(), strict=True)}, islands)


def _islands(
    names: list[str], links: Links, partition: Partition, radii: Numbers
) -> tuple[Points, tuple[Island, ...]]:
    """Positions of the nodes that are in a community, and the islands."""
    number = len(partition.anchors)
    nodes = np.flatnonzero(partition.community >= 0)
    # Whoever is in no community has no ties to one, so renumbering loses none.
    position = np.full(links.size, -1)
    position[nodes] = np.arange(len(nodes))
    kept = partition.community[links.source] >= 0
    inside = Links(len(nodes), position[links.source[kept]], position[links.target[kept]], links.weight[kept])
    island, radii = partition.community[nodes], radii[nodes]
    reach = island_radii(island, radii, number)
    ties = sums(island[inside.source] * number + island[inside.target], inside.weight, number**2)
    centres = place_islands(
        [names[anchor] for anchor in partition.anchors],
        reach * (1 + ISLAND_GAP) + TITLE_GAP,
        ties.reshape(number, number),
    )
    start = hashed_points([names[node] for node in nodes])
    points = place_members(inside, island, centres, reach, radii, start)
    members = [tuple(names[node] for node in nodes[island == one]) for one in range(number)]
    offset = np.sqrt(((points - centres[island]) ** 2).sum(axis=1)) + radii
    circles = tuple(
        Island(
            members[one], float(centres[one, 0]), float(centres[one, 1]), float(offset[island == one].max())
        )
        for one in range(number)
    )
    return points, circles


def _rows(radii: Numbers, width: float) -> Points:
    """Places side by side in rows, centred, at least as wide as a square of them would be."""
    if not len(radii):
        return np.zeros((0, 2))
    step = 2 * float(radii.max()) + NODE_GAP
    columns = max(1, int(max(width, step * np.sqrt(len(radii))) // step))
    index = np.arange(len(radii))
    in_row = np.minimum(columns, len(radii) - index // columns * columns)
    return np.column_stack(
        [(index % columns - (in_row - 1) / 2) * step, (index // columns) * step + step / 2]
    )
