"""What each article and stub of a written shard came to, so that the next build takes over what is the same.

A shard's files are its pieces one behind the other, articles by path and stubs by key; `NNN.pieces` says how many bytes
each has in which file, and what it was made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

import msgspec
import zstandard

from kg.model import Finding, NodeKind, Record, Ref
from kg.places import read_bytes, within
from kg.store.tables import encode_rows
from kg.writing import Written

_TABLES: Final = ("nodes", "edges", "mentions")
FILES: Final = ("nt", "evidence.nt", *_TABLES)
"""What a piece has a stretch of, which may be empty."""

Stretches = Sequence[bytes | memoryview]
"""The bytes of a piece in each of `FILES`."""

DIGEST_BYTES: Final = 16
"""Of a `short_digest`."""


class DamagedError(Exception):
    """What was written before is not as it was written."""


class Piece(Record, frozen=True):
    """What one article or stub came to.

    `made_of` and `triples` are digests: of what the reduce and the dump say, and of the triples. `tally` is each node
    that it leads to, how often it is mentioned, and whether it is an author.
    """

    made_of: bytes
    triples: bytes
    sizes: tuple[int, ...]  # bytes in each of `FILES`
    asked: tuple[Ref, ...]  # the persons whose other names mattered
    tally: tuple[tuple[Ref, int, bool], ...]
    findings: tuple[Finding, ...]

    @property
    def refs(self) -> set[Ref]:
        """The persons whose spellings matter for it, and the tags that it leads to."""
        return {*self.asked, *(ref for ref, *_ in self.tally if ref.kind is NodeKind.TAG)}


class Triples(Record, frozen=True):
    """Of a piece, what it has in the files of triples."""

    triples: bytes
    sizes: tuple[int, ...]


_PIECES: Final = msgspec.msgpack.Decoder(tuple[Piece, ...])
_TRIPLES: Final = msgspec.msgpack.Decoder(tuple[Triples, ...])


def short_digest(*told: bytes | memoryview) -> bytes:
    """A short digest of byte strings, each behind its length."""
    made = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for one in told:
        made.update(len(one).to_bytes(8, "big"))
        made.update(one)
    return made.digest()


def new_piece(made_of: bytes, written: Written, asked: set[Ref]) -> tuple[Piece, Stretches]:
    """The piece of what was written, and its bytes."""
    rows, tally = encode_rows(written.rows), written.tally
    stretches = (
        written.knowledge.encode(),
        written.evidence.encode(),
        *(rows.get(table, b"") for table in _TABLES),
    )
    piece = Piece(
        made_of,
        short_digest(*stretches[:2]),
        tuple(map(len, stretches)),
        tuple(sorted(asked)),
        tuple((ref, tally.mentions[ref], ref in tally.authors) for ref in sorted(tally.articles)),
        tuple(written.findings),
    )
    return piece, stretches


class KnownPieces:
    """The pieces of a shard that was written before, by what they were made of."""

    def __init__(self, target: str, name: str, digest: bytes) -> None:
        """`digest` is of the file with the pieces. Raises `DamagedError` where it is another, or there is none."""
        try:
            data = read_bytes(within(target, f"{name}.pieces"))
        except FileNotFoundError as error:
            raise DamagedError(str(error)) from error
        if short_digest(data) != digest:
            raise DamagedError(f"{name}.pieces is not as it was written")
        self.pieces = _PIECES.decode(data)
        self._numbers = {piece.made_of: number for number, piece in enumerate(self.pieces)}
        self._files = [within(target, f"{name}.{file}.zst") for file in FILES]
        self._stretches: list[Stretches] | None = None

    def number_of(self, made_of: bytes) -> int | None:
        """The number of the piece in the shard."""
        return self._numbers.get(made_of)

    def taken(self, number: int) -> tuple[Piece, Stretches]:
        """A piece and its bytes; all are read with the first. Raises `DamagedError`."""
        if self._stretches is None:
            columns = [
                split(_unpacked(path), [piece.sizes[index] for piece in self.pieces])
                for index, path in enumerate(self._files)
            ]
            self._stretches = list(zip(*columns, strict=True))
        return self.pieces[number], self._stretches[number]


def read_triples(target: str, name: str) -> tuple[Triples, ...]:
    """The pieces of a shard as far as they are triples; raises `FileNotFoundError` where the shard has none."""
    return _TRIPLES.decode(read_bytes(within(target, f"{name}.pieces")))


def split(data: bytes, sizes: Sequence[int]) -> list[memoryview]:
    """Cut bytes into stretches of these sizes. Raises `DamagedError` where they are not so many."""
    if sum(sizes) != len(data):
        raise DamagedError(f"{len(data)} bytes where {sum(sizes)} were written")
    view, found, start = memoryview(data), [], 0
    for size in sizes:
        found.append(view[start : start + size])
        start += size
    return found


def _unpacked(path: str) -> bytes:
    """The contents of a file; empty where no piece has anything in it."""
    try:
        return zstandard.decompress(read_bytes(path))
    except FileNotFoundError:
        return b""
    except zstandard.ZstdError as error:
        raise DamagedError(f"{path}: {error}") from error
