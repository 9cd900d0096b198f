"""Sets of names that are joined one after another, unless somebody decided that two of them are different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Join(NamedTuple):
    """Why a name belongs to the set of another."""

    other: str
    rule: str
    detail: str


class Joins:
    """Disjoint sets of names by key; a set never holds both names of a pair in `apart`.

    Nearly constant time a call. A set is named by its smallest member, whatever the order of the joins.
    """

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self.why: dict[str, Join] = {}
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def root(self, key: str) -> str:
        """The name of the set that holds `key`; a key never joined is a set of its own."""
        parent = self._parent
        while (up := parent.get(key, key)) != key:
            parent[key] = parent.get(up, up)
            key = parent[key]
        return key

    def may_join(self, one: str, other: str) -> bool:
        """Whether no decision keeps the two sets apart."""
        first, second = self.root(one), self.root(other)
        return all(self.root(enemy) != second for enemy in self._apart.get(first, ()))

    def join(self, one: str, other: str, rule: str, detail: str = "") -> bool:
        """Make one set of two, `one` joining `other` by `rule`; False where a decision forbids it."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        if not self.may_join(first, second):
            return False
        self._parent[second] = first
        if second in self._apart:
            self._apart[first] |= self._apart.pop(second)
        self.why.setdefault(one, Join(other, rule, detail))
        return True
