"""The pages of an archive as the reduce has them: in tables, and the texts of a few."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Protocol

from kg.relations import Relations
from kg.resolve.claims import Texts


class Pages(Protocol):
    """All pages, each named by a number."""

    @property
    def relations(self) -> Relations:
        """Tables of all pages: those of `kg.resolve.rows`, and `said`, whose rows are `kg.resolve.said.Said`."""
        ...

    def texts(self, pages: Set[int]) -> Iterator[tuple[int, Texts]]:
        """The texts of these pages, each after its number, in their order."""
        ...
