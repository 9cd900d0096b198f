"""The shards as they are written: which files there are, and what they add up to.

NNN.nt.zst, NNN.evidence.nt.zst     N-Triples, whole nodes, no line twice
NNN.nodes.zst, …                    rows of the tables, a line of JSON each
NNN.ttl.zst                         NNN.nt.zst as Turtle, where that was asked for; made at the end
NNN.pieces                          which of that is of which article or stub
NNN.done                            what they add up to; written last, so that it says that all are there
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final, TypeVar

import msgspec
import zstandard

from kg.errors import UNDECODABLE
from kg.model import Finding, Record, Ref
from kg.pieces import short_digest
from kg.places import names_in, read_bytes, remove_file, size_of, within, write_bytes
from kg.rdf.void import Counts, count
from kg.store.tables import TABLES
from kg.writing import Tally

ENTITIES: Final = "entities"
"""The name of the shard behind those of articles: persons, organisations, places and tags."""

DUMP_FILES: Final = "files-"
"""What the names of the last shards begin with, which have the dump files, before the first digit of their hash."""

COMMON: Final = "common"
"""Beside the written shards: the names with which they were written, or would come out the same."""

_LEVEL: Final = 1
"""Of zstd: the files are written once and read once."""


Tallied = tuple[tuple[Ref, int, int, bool], ...]
"""Nodes with their mentions, articles, and whether they are authors."""


class Done(Record, frozen=True):
    """What a written shard adds up to."""

    key: str
    how: str  # digest of code and options
    common: str  # SHA-256 of the names with which it was written, or would come out the same
    tally: Tallied
    findings: tuple[Finding, ...]
    counts: Counts
    sizes: dict[str, int]  # file name → bytes
    edges: int
    mentions: int
    pieces: bytes = b""  # digest of the file
    rows: dict[str, bytes] = msgspec.field(default_factory=dict)  # table → digest of its file
    tallied: bytes = b""  # digest of the tally


class MadeOf(Record, frozen=True):
    """What a written shard was made of, its files and the digest of its tally; a fraction of the rest."""

    key: str
    common: str
    sizes: dict[str, int]
    tallied: bytes


class Summary(Record, frozen=True):
    """What a written shard adds up to, without its tally."""

    findings: tuple[Finding, ...]
    counts: Counts
    edges: int
    mentions: int


class _Rows(Record, frozen=True):
    rows: dict[str, bytes]


class _Tallied(Record, frozen=True):
    tally: Tallied


_AnyDone = TypeVar("_AnyDone", Done, MadeOf)
_DONE: Final = msgspec.msgpack.Decoder(Done)
_MADE_OF: Final = msgspec.msgpack.Decoder(MadeOf)
_SUMMARY: Final = msgspec.msgpack.Decoder(Summary)
_ROWS: Final = msgspec.msgpack.Decoder(_Rows)
_TALLIED: Final = msgspec.msgpack.Decoder(_Tallied)


def put_whole(
    target: str,
    name: str,
    knowledge: Iterable[str],
    evidence: Iterable[str] = (),
    rows: Mapping[str, bytes] = MappingProxyType({}),
    *,
    key: str = "",
) -> None:
    """Write a shard in one piece, of which nothing is taken over; triples are packed as they come."""
    triples = _Packing(knowledge)
    counts = count(triples.lines())
    files = {"nt": triples.packed()}
    reasons = _Packing(evidence)
    if sum(1 for _ in reasons.lines()):
        files["evidence.nt"] = reasons.packed()
    edges = rows.get("edges", b"").count(b"\n")
    done = Done(key, "", "", (), (), counts, {}, edges=edges, mentions=0)
    put(target, name, {**files, **pack(rows)}, done)


class _Packing:
    """Texts that are compressed as their lines are looked at, so that they are never in memory together."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._frame = compressor().compressobj()
        self._packed: list[bytes] = []
        self._size = 0

    def lines(self) -> Iterator[bytes]:
        """All lines, once."""
        for text in self._texts:
            data = text.encode()
            self._size += len(data)
            self._packed.append(self._frame.compress(data))
            yield from lines_of(data)
        self._packed.append(self._frame.flush())

    def packed(self) -> bytes:
        """All that was looked at, in a frame that tells its size as those of the other shards do: some readers ask."""
        target = BytesIO()
        source = zstandard.ZstdDecompressor().stream_reader(b"".join(self._packed))
        compressor().copy_stream(source, target, size=self._size)
        return target.getvalue()


def compressor() -> zstandard.ZstdCompressor:
    """Packs what a build leaves for the next one."""
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)


def lines_of(data: bytes) -> Iterator[bytes]:
    """The lines of a text, one in memory at a time."""
    return iter(BytesIO(data))


def pack(data: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each compressed; there is nothing of what is empty but triples."""
    return {name: compressor().compress(one) for name, one in sorted(data.items()) if one or name == "nt"}


def put(target: str, name: str, packed: Mapping[str, bytes], done: Done, pieces: bytes | None = None) -> None:
    """Write the files of a shard in the place of all its last ones, and last the one that says they are there."""
    for suffix in (
        "done",
        "pieces",
        "ttl.zst",
        "nt.zst",
        "evidence.nt.zst",
        *(f"{table}.zst" for table in TABLES),
    ):
        remove_file(within(target, f"{name}.{suffix}"))
    files = {f"{name}.{suffix}.zst": one for suffix, one in packed.items()}
    if pieces is not None:
        files[f"{name}.pieces"] = pieces
    for file, one in files.items():
        write_bytes(within(target, file), one)
    sizes = {file: len(one) for file, one in files.items()}
    rows = {table: short_digest(packed[table]) for table in TABLES if table in packed}
    whole = msgspec.structs.replace(
        done,
        sizes=sizes,
        pieces=short_digest(pieces or b""),
        rows=rows,
        tallied=short_digest(msgspec.msgpack.encode(done.tally)),
    )
    write_bytes(within(target, f"{name}.done"), msgspec.msgpack.encode(whole))


def read_summary(target: str, name: str) -> Summary:
    """What a written shard adds up to, without its tally."""
    return _SUMMARY.decode(read_bytes(within(target, f"{name}.done")))


def read_rows_digests(target: str, name: str) -> dict[str, bytes]:
    """What stands for the rows of a written shard, by their table; nothing where it has none."""
    return _ROWS.decode(read_bytes(within(target, f"{name}.done"))).rows


def read_tally(target: str, name: str) -> Tallied:
    """The tally of a written shard."""
    return _TALLIED.decode(read_bytes(within(target, f"{name}.done"))).tally


def read_whole(target: str, name: str) -> Done | None:
    """What a written shard adds up to if all its files are there."""
    return _read_whole(target, name, _DONE)


def read_made_of(target: str, name: str) -> MadeOf | None:
    """What a written shard was made of if all its files are there."""
    return _read_whole(target, name, _MADE_OF)


def _read_whole(target: str, name: str, decoder: msgspec.msgpack.Decoder[_AnyDone]) -> _AnyDone | None:
    try:
        done = decoder.decode(read_bytes(within(target, f"{name}.done")))
        whole = all(size_of(within(target, name)) == size for name, size in done.sizes.items())
    except (FileNotFoundError, *UNDECODABLE):
        return None
    return done if whole else None


def forget_others(target: str, names: Collection[str]) -> None:
    """Remove what was written for shards that are not among `names`."""
    for name in names_in(target):
        if name.partition(".")[0] not in names:
            remove_file(within(target, name))


def add_up(tallies: Iterable[Iterable[tuple[Ref, int, int, bool]]]) -> Tally:
    """The tally of many shards, or of the pieces of one."""
    tally = Tally()
    for one in tallies:
        for ref, mentions, articles, is_author in one:
            tally.mentions[ref] += mentions
            tally.articles[ref] += articles
            if is_author:
                tally.authors.add(ref)
    return tally
