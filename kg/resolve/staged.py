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


def rows_of_pages(pages: Sequence[tuple[int, Claim, Texts]], publisher: str) -> dict[str, Sequence[Record]]:
    """The rows of each of `STAGED_TABLES` for these pages, each after its number."""
    said = [row for number, claim, texts in pages for row in said_of(number, claim, texts)]
    return {**claimed(pages, publisher).tables, TABLE: said}
