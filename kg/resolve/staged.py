"""The rows that the first map leaves of each page: in tables of a shard, or by themselves where those lack them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
import zstandard

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
