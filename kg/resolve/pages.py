"""The pages of an archive as the reduce reads them: over and over, none held in between."""

from __future__ import annotations

from collections.abc import Iterator
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
