"""The rows that the first map leaves of each page: in tables of a shard, or by themselves where those lack them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import zstandard
from msgspec.structs import replace

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


def tells_the_same(one: tuple[Claim, Texts], other: tuple[Claim, Texts], publisher: str) -> bool:
    """Whether two versions of a page differ in nothing but what the reduce asks only of dumps that may be one article:
    the wording of its text. Names, their places by line, and all else that it tells are the same.
    """
    return _told(*one, publisher) == _told(*other, publisher)


def _told(made: Claim, texts: Texts, publisher: str) -> tuple[object, ...]:
    """The rows, and of the names in the text what `kg.resolve.pages` gives beside them, without where in a line."""
    rows = rows_of_pages([(0, made, texts)], publisher)
    pages = [replace(page, sha256="", text_length=0, fingerprint="") for page in rows["claimed_page"]]
    return {**rows, "claimed_page": pages}, [replace(one, start=0, end=0) for one in texts.candidates]


_LINES: Final = msgspec.msgpack.Decoder(dict[str, bytes])
_LEVEL: Final = 1
"""Of zstd: what is packed is read once or a few times."""


def pack_rows(rows: Mapping[str, Sequence[Record]]) -> bytes:
    """The rows of a page by the names of their tables, in some bytes."""
    encode = msgspec.json.Encoder().encode_lines
    lines = {table: encode(of_table) for table, of_table in rows.items() if of_table}
    return zstandard.compress(msgspec.msgpack.encode(lines), _LEVEL)


def unpack_lines(packed: bytes | memoryview) -> dict[str, bytes]:
    """The same as lines of JSON."""
    return _LINES.decode(zstandard.decompress(packed))
