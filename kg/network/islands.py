"""Where the islands of a map lie: each on a place of its own from the start, so that none jumps when one grows."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from kg.network.circles import pushed_once
from kg.network.links import Numbers, Points

WIDTH_STRETCH = 1.25
"""Screens are wider than high."""
_LOOSE = 1.15
"""Distance of two places next to each other is about twice as many usual radii: islands rarely have to move."""
_WORTH_A_SWAP = 0.15
"""Two islands change places where that shortens the ties between islands by this share: related ones come together,
and small changes of the archive change nothing."""


def place_islands(names: Sequence[str], radii: Numbers, ties: Numbers) -> Points:
    """Centres of circles that do not overlap, the middle of their frame in the origin.

    `names` are what islands keep from build to build: their hashes say where to start. `ties`, symmetric, of shape
    (n, n), say how much two have to do with each other. No forces: with them one island that grows moves all others.
    """
    places = spiral(len(names))
    centres = places[_swapped(_first_places(names, places), places, ties * (1 - np.eye(len(names))))]
    centres *= _LOOSE * np.sqrt((radii**2).mean()) * np.sqrt([WIDTH_STRETCH, 1 / WIDTH_STRETCH])
    pairs = np.triu_indices(len(names), 1)
    for _ in range(400):
        moved = pushed_once(centres, radii, pairs)
        if moved is centres:
            break
        centres = moved
    frame = (centres - radii[:, None]).min(axis=0) + (centres + radii[:, None]).max(axis=0)
    middled: Points = centres - frame / 2
    return middled


def hashed_points(names: Sequence[str]) -> Points:
    """A point in the unit disc for each name, by its hash: as good as random, and the same everywhere."""
    hashed = np.array([int.from_bytes(sha256(name.encode()).digest()[:6]) for name in names], dtype=np.int64)
    radius = np.sqrt((hashed >> 24) / 2**24)
    angle = (hashed & (2**24 - 1)) * (2 * np.pi / 2**24)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def spiral(size: int) -> Points:
    """Points of even density around the origin, about two apart, from the middle outwards (Vogel 1979)."""
    index = np.arange(size)
    angle = index * (np.pi * (3.0 - np.sqrt(5.0)))
    points: Points = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(index + 0.5)[:, None]
    return points


def _first_places(names: Sequence[str], places: Points) -> list[int]:
    """For each name a place, the nearest free one to its point; who is nearest chooses first."""
    points = hashed_points(names) * np.sqrt(len(names))
    distance = np.round(np.sqrt(((points[:, None] - places[None]) ** 2).sum(axis=2)), 9)
    chosen: dict[int, int] = {}
    free = set(range(len(names)))
    for index in np.argsort(distance, axis=None, kind="stable").tolist():
        name, place = divmod(index, len(names))
        if name not in chosen and place in free:
            chosen[name] = place
            free.remove(place)
    return [chosen[name] for name in range(len(names))]


def _swapped(place: list[int], places: Points, ties: Numbers) -> list[int]:
    """Exchange the places of two islands, the most worthwhile pair first, as long as it is worth it."""
    strength = ties.sum(axis=1)
    beyond_chance = np.maximum(ties - np.outer(strength, strength) / max(float(ties.sum()), 1e-12), 0.0)
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))

    def length(order: list[int]) -> float:
        return float((beyond_chance * apart[np.ix_(order, order)]).sum())

    best = length(place)
    while True:
        least, chosen = best * (1 - _WORTH_A_SWAP), None
        for first in range(len(place)):
            for second in range(first):
                other = place.copy()
                other[first], other[second] = other[second], other[first]
                if (found := length(other)) < least:
                    least, chosen = found, other
        if chosen is None:
            return place
        best, place = least, chosen
