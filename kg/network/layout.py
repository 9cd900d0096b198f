"""Where the nodes of a picture stand: every community an island, the islands beside each other.

Two levels keep apart what one field of forces would pull into one knot. All positions follow from the graph
alone: starts are spirals and never random, sums run in a fixed order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.network.communities import pair_weights

Points: TypeAlias = npt.NDArray[np.float64]
"""Shape (n, 2): x to the right, y downwards."""
Numbers: TypeAlias = npt.NDArray[np.float64]
Links: TypeAlias = dict[tuple[int, int], int]

NODE_GAP = 4.0
"""Pixels that stay free between two nodes."""
ISLAND_GAP = 0.06
TITLE_GAP = 24.0
"""Free space around an island: a share of its radius, and pixels for its title."""
SPACING = 19.0
"""An island of n nodes gets the radius SPACING * sqrt(n), or more where its nodes need it."""
ROOM = 3.0
"""… which is an island this many times as large as its nodes."""
WIDTH_STRETCH = 1.25
"""Screens are wider than high."""


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
    graph: nx.MultiDiGraph, groups: Sequence[Sequence[str]], sizes: Mapping[str, float]
) -> Layout:
    """Lay out `graph` with one island for each of `groups`, which part its nodes; `sizes` are radii in pixels.

    Nodes do not overlap. Groups of one node share a last island, which is no theme and is not in `islands`.
    Takes time and memory quadratic in the largest group and in the number of groups.
    """
    themes = [list(group) for group in groups if len(group) > 1]
    loose = [group[0] for group in groups if len(group) == 1]
    islands = [_place_members(graph, members, sizes) for members in themes]
    if loose:
        islands.append(_separate(_spiral(len(loose)) * SPACING, _radii(loose, sizes)))
    if not islands:
        return Layout({}, ())
    members_of = themes + ([loose] if loose else [])
    radii = np.array(
        [_reach(points, _radii(members, sizes)) for members, points in zip(members_of, islands, strict=True)]
    )
    centres = _place_islands(radii, _island_links(graph, members_of))
    positions = {
        name: (float(point[0] + centre[0]), float(point[1] + centre[1]))
        for members, points, centre in zip(members_of, islands, centres, strict=True)
        for name, point in zip(members, points, strict=True)
    }
    circles = tuple(
        Island(tuple(members), float(centre[0]), float(centre[1]), float(radius))
        for members, centre, radius in zip(themes, centres, radii, strict=False)
    )
    return Layout(positions, circles)


def _place_members(graph: nx.MultiDiGraph, members: list[str], sizes: Mapping[str, float]) -> Points:
    """Positions of one community's members around the origin."""
    radii = _radii(members, sizes)
    number = {name: index for index, name in enumerate(members)}
    links = pair_weights(graph.subgraph(members), number)
    points = _even_out(_springs(len(members), links))
    needed = np.sqrt(float(np.sum((radii + NODE_GAP) ** 2)) * ROOM)
    return _separate(points * max(SPACING * np.sqrt(len(members)), float(needed)), radii)


def _springs(size: int, links: Links) -> Points:
    """Fruchterman and Reingold's forces (1991): all push each other away, linked ones pull together.

    The best linked nodes start in the middle of a spiral.
    """
    weight = np.zeros((size, size))
    for (first, second), count in sorted(links.items()):
        weight[first, second] = weight[second, first] = np.sqrt(count)
    points = np.empty((size, 2))
    points[np.lexsort((np.arange(size), -weight.sum(axis=1)))] = _spiral(size)
    rounds = 80 if size <= 300 else 50
    for step in range(rounds):
        delta = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((delta**2).sum(axis=2)) + 1e-3
        move = (delta * (1.0 / distance**2 - weight * distance)[:, :, None]).sum(axis=1)
        move -= 0.02 * points
        length = np.sqrt((move**2).sum(axis=1)) + 1e-9
        limit = 0.2 * np.sqrt(size) * (1.0 - step / rounds) + 0.01
        points += move * (np.minimum(length, limit) / length)[:, None]
    centred: Points = points - points.mean(axis=0)
    return centred


def _even_out(points: Points) -> Points:
    """Bring points into the unit disc and thin out its middle: their distance is mostly that of even density."""
    distance = np.sqrt((points**2).sum(axis=1))
    reach = distance.max()
    if reach == 0:
        return points
    order = np.argsort(distance, kind="stable")
    even = np.empty(len(points))
    even[order] = np.sqrt((np.arange(len(points)) + 0.5) / len(points))
    wanted = (2 * even + distance / reach) / 3
    evened: Points = points * (wanted / np.maximum(distance, 1e-9))[:, None]
    return evened


def _place_islands(radii: Numbers, links: Links) -> Points:
    """Centres of circles that do not overlap; those with much in common come near each other."""
    size = len(radii)
    room = radii * (1 + ISLAND_GAP) + TITLE_GAP
    weight = np.zeros((size, size))
    for (first, second), count in sorted(links.items()):
        weight[first, second] = weight[second, first] = count
    weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1.0)
    centres = np.empty((size, 2))
    centres[np.lexsort((np.arange(size), -radii))] = _spiral(size) * room.max()
    squeeze = np.array([1.0, WIDTH_STRETCH])
    for step in range(150):
        pace = 0.12 * (1.0 - step / 150)
        pulled = weight @ centres - centres * (weight.sum(axis=1) > 0)[:, None]
        centres += pace * (0.7 * pulled - 0.5 * centres * squeeze)
        centres = _push_apart(centres, room)
    centres = _separate(centres, room, gap=0.0)
    centres = _separate(centres * np.array([WIDTH_STRETCH, 1.0]), room, gap=0.0)
    middle: Points = centres - (centres.min(axis=0) + centres.max(axis=0)) / 2
    return middle


def _separate(points: Points, radii: Numbers, gap: float = NODE_GAP) -> Points:
    """Push circles apart until no two overlap, at most 120 times."""
    room = radii + gap / 2
    for _ in range(120):
        moved = _push_apart(points, room)
        if np.array_equal(moved, points):
            break
        points = moved
    return points


def _push_apart(points: Points, room: Numbers) -> Points:
    """One round: every two circles that overlap share the way to where they would touch."""
    delta = points[:, None, :] - points[None, :, :]
    distance = np.sqrt((delta**2).sum(axis=2))
    overlap = room[:, None] + room[None, :] - distance
    np.fill_diagonal(overlap, 0.0)
    overlap[overlap < 0.05] = 0.0
    if not overlap.any():
        return points
    # Points in one place part along the order of their numbers.
    same = (distance == 0) & (overlap > 0)
    delta[same] = np.where(
        np.subtract.outer(np.arange(len(points)), np.arange(len(points)))[same] > 0, 1.0, -1.0
    )[:, None] * np.array([1.0, 0.5])
    distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-9)
    share = room[None, :] / (room[:, None] + room[None, :])
    shift: Points = (delta * (overlap * share / distance)[:, :, None]).sum(axis=1)
    pushed: Points = points + 0.6 * shift
    return pushed


def _island_links(graph: nx.MultiDiGraph, groups: list[list[str]]) -> Links:
    return pair_weights(graph, {name: index for index, group in enumerate(groups) for name in group})


def _spiral(size: int) -> Points:
    """Points of even density around the origin, about one apart, from the middle outwards (Vogel 1979)."""
    index = np.arange(size)
    angle = index * (np.pi * (3.0 - np.sqrt(5.0)))
    points: Points = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(index + 0.5)[:, None]
    return points


def _radii(members: Sequence[str], sizes: Mapping[str, float]) -> Numbers:
    return np.array([sizes[name] for name in members])


def _reach(points: Points, radii: Numbers) -> float:
    return float((np.sqrt((points**2).sum(axis=1)) + radii).max())
