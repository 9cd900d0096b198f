"""Disjoint sets of dumps that know one number each."""

from __future__ import annotations

from collections.abc import Sequence


class NumberedSets:
    """Disjoint sets of the positions of `numbers`; no set ever holds two different numbers.

    Nearly constant time a call (Tarjan 1975). A set is named by its smallest member.
    """

    def __init__(self, numbers: Sequence[str | None]) -> None:
        self._parent = list(range(len(numbers)))
        self._number = list(numbers)

    def root(self, index: int) -> int:
        """The name of the set that holds `index`."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def number(self, index: int) -> str | None:
        """The number of the set that holds `index`."""
        return self._number[self.root(index)]

    def join(self, one: int, other: int) -> bool:
        """Make one set of two; False, and nothing done, where their numbers differ."""
        first, second = sorted((self.root(one), self.root(other)))
        numbers = {self._number[first], self._number[second]} - {None}
        if len(numbers) > 1:
            return False
        self._parent[second] = first
        self._number[first] = next(iter(numbers), None)
        return True
