"""A graph as arrays: who is tied to whom and how strongly, direction aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.network.chosen import PAPER

Numbers: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]
Points: TypeAlias = npt.NDArray[np.float64]
"""Shape (n, 2): x to the right, y downwards."""


@dataclass(frozen=True)
class Links:
    """Ties between nodes 0 to `size` - 1, each in both directions, sorted by `source` and `target`; no loops."""

    size: int
    source: Indices
    target: Indices
    weight: Numbers

    @cached_property
    def strength(self) -> Numbers:
        """The weights of each node's ties together."""
        return sums(self.source, self.weight, self.size)

    def spread(self, values: Numbers) -> Numbers:
        """For each node the values of its neighbours, shape (size, k), summed by the weights of the ties."""
        spread = np.zeros_like(values)
        if len(self.source):
            starts = np.flatnonzero(np.r_[True, self.source[1:] != self.source[:-1]])
            spread[self.source[starts]] = np.add.reduceat(
                self.weight[:, None] * values[self.target], starts, axis=0
            )
        return spread

    def among(self, kept: npt.NDArray[np.bool_]) -> Links:
        """Only those ties for which `kept` is true."""
        return Links(self.size, self.source[kept], self.target[kept], self.weight[kept])


CREDIT = 0.1
"""What counts of a tie that tells where an article came from, and hardly what it is about."""
_CREDITS = frozenset({"author", "sourceOrganization"})


def links_of(graph: nx.MultiDiGraph) -> Links:
    """The ties of `graph`, whose nodes are numbered in its order.

    Edges between two nodes are added up; the weight is log2(1 + count), since who is named ten times in one article is
    not ten times as close to it. Of credits of organisations, and of all that names the paper
    itself, `CREDIT` counts: agencies and the paper touch everything.
    """

    def is_credit(target: str, relation: str) -> bool:
        is_sender: bool = relation in _CREDITS and graph.nodes[target].get("kind") == "organization"
        return is_sender or target == paper

    number = {name: index for index, name in enumerate(graph)}
    counts: dict[tuple[int, int], float] = {}
    paper = graph.graph.get(PAPER)
    for source, target, relation, count in graph.edges(keys=True, data="count", default=1):
        ends = (number[source], number[target])
        if ends[0] != ends[1]:
            ends = ends if ends[0] < ends[1] else ends[::-1]
            counts[ends] = counts.get(ends, 0) + count * (CREDIT if is_credit(target, relation) else 1)
    pairs = np.array(sorted(counts), dtype=np.int64).reshape(-1, 2)
    weight = np.log2(1 + np.array([counts[first, second] for first, second in pairs.tolist()], dtype=float))
    source, target = np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]]
    order = np.lexsort((target, source))
    return Links(len(number), source[order], target[order], np.r_[weight, weight][order])


def sums(places: Indices, values: Numbers, size: int) -> Numbers:
    """Add up `values`, of shape (n,) or (n, 2), by place; always in the same order."""
    if values.ndim == 1:
        return np.bincount(places, values, size).astype(np.float64)
    return np.column_stack([np.bincount(places, values[:, axis], size) for axis in (0, 1)])
