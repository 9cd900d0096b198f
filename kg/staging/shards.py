"""The staged files: for each shard its documents, and what was read of them, in four sections and in tables.

    NNN.read               magic, length of the header (8 bytes), header (msgpack), claims, texts, pages, rows
    NNN.TABLE-DIGEST.parquet    rows of its pages

A section is a row of records, each behind its length (4 bytes), in the order of the documents. Claims and texts are of
every article and index page, pages of every article, each in msgpack; rows of what the tables lack are packed lines of
JSON. The header says which tables belong to the shard; as their
names have the digests of their bytes, it is never one that belonged to it before.

Each page has a number in its shard, which it keeps while it lasts. So tables can be kept where a few documents changed:
they may have rows of pages that are gone, and those of pages that came are in the section of rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

import msgspec

from kg.dumps import Stamp
from kg.errors import UNDECODABLE
from kg.model import Finding, Record, Source
from kg.places import names_in, read_bytes, remove_file, size_of, within, write_bytes

PAGES: Final = 1 << 20
"""Pages of a shard are numbered from the shard's number times this: more than a shard ever has."""

SHARDS: Final = 256
"""Into how many parts an archive is cut by the hash of each dump's path; a changed file changes one of them."""

_MAGIC: Final = b"kg shard 4\n"
_AHEAD: Final = 1 << 16
"""Bytes that are read at first: the header of some hundred documents, in one request where shards are far away."""

_DIGEST: Final = 16
"""Hexadecimal digits of a table's SHA-256 in its name."""


class Doc(Record, frozen=True):
    """A document of a shard. `container` is the path of the file that holds it: itself, or an archive.

    `told_by` is the SHA-256 of the earliest of its bytes that told the reduce what it tells now: those that it has, but
    where only its wording has changed since.
    """

    path: str
    container: str
    stamp: Stamp  # of the container
    sha256: str  # of its bytes; empty where it could not be read
    source: Source | None  # None where nothing could be made of it, and `findings` say why
    kind: str | None  # article, index or error
    findings: tuple[Finding, ...] = ()
    page: int = -1  # its number in the shard, where it says something of articles
    told_by: str = ""

    @property
    def is_claimed(self) -> bool:
        """Whether it says something of articles."""
        return self.kind in {"article", "index"}


class Records(NamedTuple):
    """What was read of one document, encoded."""

    claim: bytes | memoryview | None
    texts: bytes | memoryview | None
    page: bytes | memoryview | None
    rows: bytes | memoryview | None = None  # where the tables of the shard have none of it


class Tables(Record, frozen=True):
    """The tables of a shard, and of how many pages they have the rows: of those with the first numbers."""

    files: dict[str, _Table]
    pages: int = 0


class _Table(Record, frozen=True):
    """A Parquet file that belongs to a shard."""

    digest: str
    size: int  # in bytes


class Stamped(Record, frozen=True):
    """Of a document, by what it is known again."""

    path: str
    container: str
    stamp: Stamp


class _Header(Record, frozen=True):
    key: str
    docs: tuple[Doc, ...]
    sections: tuple[int, int, int, int]  # lengths in bytes of claims, texts, pages, rows
    tables: Tables


class Stamps(Record, frozen=True):
    """Of a shard, by what it and its documents are known again; a fraction of their size."""

    key: str
    docs: tuple[Stamped, ...]
    sections: tuple[int, int, int, int]
    tables: Tables


_AnyHeader = TypeVar("_AnyHeader", _Header, Stamps)
_HEADER: Final = msgspec.msgpack.Decoder(_Header)
_STAMPS: Final = msgspec.msgpack.Decoder(Stamps)


def read_stamps(place: str) -> Stamps | None:
    """The stamps of the shard in the file `place`; None where there is none, or it is not whole."""
    found = _read_header(place, _STAMPS)
    return found[0] if found is not None else None


def _read_header(place: str, decoder: msgspec.msgpack.Decoder[_AnyHeader]) -> tuple[_AnyHeader, int] | None:
    """The header, and where the sections begin."""
    begin = len(_MAGIC) + 8
    try:
        size = size_of(place)
        start = read_bytes(place, 0, min(size, _AHEAD))
        length = int.from_bytes(start[len(_MAGIC) : begin], "big")
        end = begin + length
        if not start.startswith(_MAGIC) or end > size:
            return None
        if len(start) < end:
            start += read_bytes(place, len(start), end - len(start))
        header = decoder.decode(memoryview(start)[begin:end])
        tables = ((_table_place(place, name, one), one.size) for name, one in header.tables.files.items())
        is_whole = all(size_of(table) == told for table, told in tables)
    except (FileNotFoundError, *UNDECODABLE):
        return None
    return (header, end) if is_whole and end + sum(header.sections) == size else None


def _table_place(shard: str, name: str, table: _Table) -> str:
    return f"{shard.removesuffix('.read')}.{name}-{table.digest}.parquet"


def shard_of(path: str) -> int:
    """The shard of a dump, from 0 to `SHARDS` - 1, by the SHA-256 of its path."""
    return hashlib.sha256(path.encode()).digest()[0] % SHARDS


def shard_place(folder: str, shard: int) -> str:
    """Where the shard of that number is staged."""
    return within(folder, f"{shard:03d}.read")


class Shard:
    """A staged shard. `docs` come sorted by path; the sections are read when they are asked for."""

    def __init__(self, place: str, header: _Header, start: int) -> None:
        self.place = place
        self.key = header.key
        self.docs = header.docs
        self._sections = header.sections
        self.tables = header.tables
        self._start = start

    @staticmethod
    def open(place: str) -> Shard | None:
        """The shard in the file `place`; None where there is none, or it is not whole."""
        found = _read_header(place, _HEADER)
        return Shard(place, *found) if found is not None else None

    @property
    def digest(self) -> str:
        """Equal for shards of the same documents, read by the same code."""
        told = [(doc.path, doc.sha256, doc.findings) for doc in self.docs]
        return hashlib.sha256(self.key.encode() + msgspec.msgpack.encode(told)).hexdigest()

    @property
    def told(self) -> bytes:
        """Equal for shards that tell the reduce the same."""
        told = [(doc.path, doc.told_by) for doc in self.docs if doc.is_claimed]
        return hashlib.sha256(self.key.encode() + msgspec.msgpack.encode(told)).digest()

    @property
    def claimed(self) -> int:
        """How many of its documents say something of articles."""
        return sum(doc.is_claimed for doc in self.docs)

    @property
    def numbers(self) -> list[int]:
        """The numbers of its pages, in the order of claims."""
        return [doc.page for doc in self.docs if doc.is_claimed]

    def table(self, name: str) -> str:
        """The place of its Parquet file of that table."""
        return _table_place(self.place, name, self.tables.files[name])

    def claims(self) -> Iterator[memoryview]:
        """The encoded claims."""
        return self._records(0)

    def texts(self) -> Iterator[memoryview]:
        """The encoded texts, one for each claim."""
        return self._records(1)

    def pages(self) -> Iterator[memoryview]:
        """The encoded articles."""
        return self._records(2)

    def rows(self) -> Iterator[memoryview]:
        """The encoded rows of the pages that the tables lack."""
        return self._records(3)

    def records(self) -> Iterator[tuple[Doc, Records]]:
        """Every document with what was read of it."""
        claims, texts, pages, rows = self.claims(), self.texts(), self.pages(), self.rows()
        for doc in self.docs:
            yield (
                doc,
                Records(
                    next(claims) if doc.is_claimed else None,
                    next(texts) if doc.is_claimed else None,
                    next(pages) if doc.kind == "article" else None,
                    next(rows) if doc.page >= self.tables.pages else None,
                ),
            )

    def _records(self, section: int) -> Iterator[memoryview]:
        start = self._start + sum(self._sections[:section])
        data = memoryview(read_bytes(self.place, start, self._sections[section]))
        position = 0
        while position < len(data):
            start = position + 4
            position = start + int.from_bytes(data[position:start], "big")
            yield data[start:position]


def all_shards(folder: str) -> Iterator[tuple[int, Shard]]:
    """All shards staged in `folder` with their numbers, opened one by one."""
    for number in range(SHARDS):
        shard = Shard.open(shard_place(folder, number))
        if shard is not None:
            yield number, shard


class Reworded(Record, frozen=True):
    """SHA-256 of a document: of the bytes that first told what it tells the reduce, and of those that it has."""

    told_by: str
    sha256: str


class Staged(NamedTuple):
    """What all shards hold: the digest of each, what stands for all that they tell the reduce, the documents of which
    only the wording has changed since they told it first, by path, how many documents there are, and how many of them
    say something of articles.
    """

    digests: Mapping[int, str]
    told: str
    reworded: Mapping[str, Reworded]
    documents: int
    claimed: int


def survey(folder: str) -> Staged:
    """Look through the headers of all shards staged in `folder`."""
    digests: dict[int, str] = {}
    told = hashlib.sha256()
    reworded: dict[str, Reworded] = {}
    documents = claimed = 0
    for number, shard in all_shards(folder):
        digests[number] = shard.digest
        told.update(shard.told)
        for doc in shard.docs:
            if doc.is_claimed and doc.told_by != doc.sha256:
                reworded[doc.path] = Reworded(doc.told_by, doc.sha256)
        documents += len(shard.docs)
        claimed += shard.claimed
    return Staged(digests, told.hexdigest(), reworded, documents, claimed)


def stage_shard(place: str, key: str, contents: Sequence[tuple[Doc, Records]], tables: Tables) -> None:
    """Stage a shard in the place of the last one, beside and renamed; `contents` are sorted by path, and have rows
    where the `tables` have none.

    It is not forced onto the disk: what a power cut leaves of it is not whole, and is read again.
    """
    before = _table_places(place)
    sections = [_section(one[index] for _, one in contents) for index in range(4)]
    lengths = (len(sections[0]), len(sections[1]), len(sections[2]), len(sections[3]))
    header = msgspec.msgpack.encode(_Header(key, tuple(doc for doc, _ in contents), lengths, tables))
    write_bytes(place, _MAGIC + len(header).to_bytes(8, "big") + header, *sections)
    for other in before - _table_places(place):
        remove_file(other)


def stage_tables(place: str, tables: Mapping[str, bytes], pages: int) -> Tables:
    """Write Parquet files, by their names, beside the shard that will be in the file `place`."""
    found = {
        name: _Table(hashlib.sha256(data).hexdigest()[:_DIGEST], len(data)) for name, data in tables.items()
    }
    for name, table in found.items():
        write_bytes(_table_place(place, name, table), tables[name])
    return Tables(found, pages)


def remove_shard(place: str) -> None:
    """Remove a shard, and what belongs to it; nothing where there is none."""
    tables = _table_places(place)
    remove_file(place)
    for table in tables:
        remove_file(table)


def remove_orphans(folder: str) -> None:
    """Remove tables that belong to no shard: a build that was killed wrote them, and not yet the shard."""
    own = {place for number in range(SHARDS) for place in _table_places(shard_place(folder, number))}
    for name in names_in(folder):
        if name.endswith((".parquet", ".parquet.part")) and within(folder, name) not in own:
            remove_file(within(folder, name))


def _table_places(place: str) -> set[str]:
    """The tables of the shard in the file `place`; none where it is not whole."""
    found = _read_header(place, _STAMPS)
    return {_table_place(place, name, one) for name, one in found[0].tables.files.items()} if found else set()


def _section(records: Iterable[bytes | memoryview | None]) -> bytes:
    parts: list[bytes | memoryview] = []
    for record in records:
        if record is not None:
            parts += [len(record).to_bytes(4, "big"), record]
    return b"".join(parts)
