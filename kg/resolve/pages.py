"""The pages of an archive as the reduce reads them: over and over, none held in between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.resolve.claims import Claim, Texts


class Pages(Protocol):
    """Claims and texts of the same pages, one of each for every page, both in one order that is always the same.

    A page is named by its place in that order, from 0.
    """

    def claims(self) -> Iterator[Claim]:
        """The claims of all pages."""
        ...

    def texts(self) -> Iterator[Texts]:
        """The texts of all pages."""
        ...


class ClaimedPages:
    """Pages in memory, by path, from claims that carry their texts."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = sorted(claims, key=lambda one: (one.page.source.path, one.page.source.sha256))

    def claims(self) -> Iterator[Claim]:
        """The claims of all pages."""
        return iter(self._claims)

    def texts(self) -> Iterator[Texts]:
        """The texts of all pages; empty where a claim carries none."""
        return (one.texts or Texts(one.page.source, (), ()) for one in self._claims)
