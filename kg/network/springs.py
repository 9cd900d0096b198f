"""Where the members of an island stand: near those they are tied to, and evenly over the island."""

from __future__ import annotations

import numpy as np

from kg.network.circles import near_pairs, push_apart
from kg.network.links import Indices, Links, Numbers, Points, sums

NODE_GAP = 4.0
"""Pixels that stay free between two nodes."""
SPACING = 19.0
"""Two nodes are about so many pixels apart: an island of n nodes gets the radius SPACING * sqrt(n), or more where its
nodes need it."""
_ROOM = 3.0
"""… which is an island this many times as large as its nodes."""
_ROUNDS = 60


def island_radii(island: Indices, radii: Numbers, number: int) -> Numbers:
    """How large islands must be for their members."""
    count = np.bincount(island, minlength=number)
    needed = np.sqrt(_ROOM * np.bincount(island, (radii + NODE_GAP / 2) ** 2, number))
    reach: Numbers = np.maximum(SPACING * np.sqrt(count), needed)
    return reach


def place_members(
    links: Links, island: Indices, centres: Points, reach: Numbers, radii: Numbers, start: Points
) -> Points:
    """Positions of all nodes, without overlap, each on its island: the circles around `centres` as large as `reach`.

    `start` has a point of the unit disc for each node. Forces of Fruchterman and Reingold (1991), with pulls that
    draw a node to the middle of its neighbours: small changes die away in these instead of growing. Ties to other
    islands do not pull, for they would crowd everyone on the shore. Time linear.
    """
    pull = links.among(island[links.source] == island[links.target])
    points = centres[island] + _spread_out(pull, island, start) * (0.97 * reach)[island][:, None]
    tied = (pull.strength > 0)[:, None]
    pairs = near_pairs(points, 3 * SPACING)
    for step in range(_ROUNDS):
        if step % 3 == 0:
            pairs = near_pairs(points, 3 * SPACING)
        middle = pull.spread(points) / np.maximum(pull.strength, 1e-12)[:, None]
        move = 0.1 * (middle - points) * tied + _pushes(points, radii, pairs)
        length = np.sqrt((move**2).sum(axis=1))
        limit = 1.2 * SPACING * (1 - step / _ROUNDS) + 0.5
        points = points + move * np.minimum(1.0, limit / np.maximum(length, 1e-9))[:, None]
        points = _ashore(points, centres[island], reach[island] - radii)
    return push_apart(points, radii + NODE_GAP / 2, rounds=120)


def _pushes(points: Points, radii: Numbers, pairs: tuple[Indices, Indices]) -> Points:
    """Each away from those near it, most of all where they would overlap."""
    first, second = pairs
    delta = points[first] - points[second]
    distance = np.maximum(np.sqrt((delta**2).sum(axis=1)), 1e-6)
    wanted = 1.2 * (radii[first] + radii[second]) + 3 * NODE_GAP
    strength = 0.25 * np.maximum(wanted - distance, 0.0) + 0.06 * np.maximum(2.2 * SPACING - distance, 0.0)
    push = delta * (strength / distance)[:, None]
    pushed: Points = sums(first, push, len(points)) - sums(second, push, len(points))
    return pushed


def _ashore(points: Points, centres: Points, reach: Numbers) -> Points:
    """Back to the shore what has left its island."""
    off = points - centres
    distance = np.sqrt((off**2).sum(axis=1))
    back: Points = centres + off * np.minimum(1.0, reach / np.maximum(distance, 1e-9))[:, None]
    return back


def _spread_out(links: Links, island: Indices, start: Points) -> Points:
    """From random points to points of even density in the unit disc of each island, neighbours near each other.

    Averaging with one's neighbours keeps the long waves of the start (the first steps of a spectral layout); evening
    out undoes that they shrink.
    """
    strength = links.strength + 1e-6
    points = _rounded(start, island, strength)
    for _ in range(8):
        points = 0.5 * points + 0.5 * links.spread(points) / strength[:, None]
        points = _rounded(points, island, strength)
    distance = np.round(np.sqrt((points**2).sum(axis=1)), 9)
    order = np.lexsort((distance, island))
    count = np.bincount(island)
    rank = np.empty(len(points))
    rank[order] = np.arange(len(points)) - np.repeat(np.cumsum(count) - count, count)
    even: Points = points * (np.sqrt((rank + 0.5) / count[island]) / np.maximum(distance, 1e-9))[:, None]
    return even


def _rounded(points: Points, island: Indices, weight: Numbers) -> Points:
    """Each island's points moved to the origin and stretched until they reach as far in every direction."""
    number = int(island.max(initial=-1)) + 1
    total = sums(island, weight, number)
    points = points - (sums(island, points * weight[:, None], number) / total[:, None])[island]
    x, y = points.T
    spread = np.array([[sums(island, weight * a * b, number) / total for a in (x, y)] for b in (x, y)])
    values, vectors = np.linalg.eigh(spread.transpose(2, 0, 1) + 1e-9 * np.eye(2))
    inverse = vectors @ (vectors.transpose(0, 2, 1) / np.sqrt(values)[:, :, None])
    rounded: Points = (inverse[island] @ points[:, :, None])[:, :, 0]
    return rounded
