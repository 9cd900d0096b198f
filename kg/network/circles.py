"""Circles in the plane that must not overlap: which are near each other, and how they make room."""

from __future__ import annotations

import numpy as np

from kg.network.links import Indices, Numbers, Points, sums

_TOUCHING = 0.05
"""Pixels of overlap that nobody sees."""


def near_pairs(points: Points, reach: float) -> tuple[Indices, Indices]:
    """All pairs of points less than `reach` apart, each once, by a grid of cells as wide as that.

    Time and memory are linear where points are spread evenly.
    """
    column, row = (np.floor((points - points.min(axis=0)) / reach).astype(np.int64) + 1).T
    width = int(column.max(initial=0)) + 3
    cell = row * width + column
    order = np.argsort(cell, kind="stable")
    cells = cell[order]
    position = np.arange(len(points))
    firsts, seconds = [], []
    # A cell and half of those around it: each pair comes once.
    for step in (0, 1, width - 1, width, width + 1):
        low = np.searchsorted(cells, cells + step, "left") if step else position + 1
        found = np.maximum(np.searchsorted(cells, cells + step, "right") - low, 0)
        first = np.repeat(position, found)
        firsts.append(first)
        seconds.append(np.arange(len(first)) - np.repeat(np.cumsum(found) - found - low, found))
    first, second = order[np.concatenate(firsts)], order[np.concatenate(seconds)]
    near = ((points[first] - points[second]) ** 2).sum(axis=1) < reach * reach
    return first[near], second[near]


def push_apart(points: Points, radii: Numbers, rounds: int) -> Points:
    """Move circles until no two overlap, at most `rounds` times; the smaller of two makes more room."""
    if len(points) < 2:
        return points
    reach = 2 * float(radii.max())
    pairs = near_pairs(points, 1.5 * reach)
    since = points
    for _ in range(rounds):
        if np.abs(points - since).max() > reach / 8:
            pairs, since = near_pairs(points, 1.5 * reach), points
        moved = pushed_once(points, radii, pairs)
        if moved is points:
            break
        points = moved
    return points


def pushed_once(points: Points, radii: Numbers, pairs: tuple[Indices, Indices]) -> Points:
    """One round of `push_apart`; the points themselves where none of the pairs overlaps."""
    first, second = pairs
    delta = points[first] - points[second]
    distance = np.sqrt((delta**2).sum(axis=1))
    overlap = radii[first] + radii[second] - distance
    found = overlap > _TOUCHING
    if not found.any():
        return points
    first, second, delta, distance, overlap = (
        one[found] for one in (first, second, delta, distance, overlap)
    )
    delta[distance < 1e-9] = (1e-9, 0.5e-9)
    shift = 0.6 * delta * (overlap / np.maximum(distance, 1e-9))[:, None]
    share = (radii[second] / (radii[first] + radii[second]))[:, None]
    pushed: Points = (
        points + sums(first, shift * share, len(points)) - sums(second, shift * (1 - share), len(points))
    )
    return pushed
