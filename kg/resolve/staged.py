"""The tables that the first map leaves of each shard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.model import Record
from kg.resolve.claims import Claim, Texts
from kg.resolve.rows import TABLES, claimed
from kg.resolve.said import TABLE, Said, said_of

STAGED_TABLES: Final[Mapping[str, type[Record]]] = {**TABLES, TABLE: Said}
"""What they are called, and their rows."""


def rows_of_pages(
    pages: Sequence[tuple[Claim, Texts]], publisher: str, first: int = 0
) -> dict[str, Sequence[Record]]:
    """The rows of each of `STAGED_TABLES` for these pages, numbered from `first` on."""
    said = [row for page, (claim, texts) in enumerate(pages, first) for row in said_of(page, claim, texts)]
    return {**claimed(pages, publisher, first).tables, TABLE: said}
