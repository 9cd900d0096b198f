"""The second map: a staged shard and what the reduce decided about it become triples and rows. A pure function of both.

NNN.nt.zst, NNN.evidence.nt.zst     N-Triples, whole nodes, no line twice
NNN.nodes.zst, …                    rows of the tables, a line of JSON each
NNN.done                            what they add up to; written last, so that it says that all are there
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Final

import msgspec
import zstandard

from kg.model import Article, ArticleNode, Finding, NameBook, Record, Ref, Stub
from kg.places import make_folder, names_in, read_bytes, remove_file, size_of, within, write_bytes
from kg.rdf.iris import Iris
from kg.rdf.void import Counts, count
from kg.resolve.known import Names
from kg.staging import Shard, code_digest, shard_of
from kg.store.tables import TABLES, EdgeRow, MentionRow, encode_rows
from kg.writing import Decided, Tally, Written, write_articles, write_stubs

_WRITING: Final = (
    "shard_writing.py",
    "writing.py",
    "rdf",
    "resolve",
    "people",
    "model",
    "texts.py",
    "store/tables.py",
)
"""The code that decides what is written."""

WHOLE: Final = "whole"
"""The name of the last of the written shards, which has what belongs to no article, such as entities and tags."""

COMMON: Final = "common"
"""Beside the written shards: the names with which they were written, or would come out the same."""

_LEVEL: Final = 1
"""Of zstd: the files are written once and read once."""


class Common(Record, frozen=True):
    """What the writers of all shards need; each process reads it once."""

    book: NameBook
    focus: dict[str, Ref]  # tag slug → the thing it names
    base_iri: str
    publisher: str
    with_text: bool
    evidence: bool


class Part(Record, frozen=True):
    """What the reduce decided about the articles and stubs of one shard."""

    nodes: tuple[ArticleNode, ...]
    stubs: tuple[Stub, ...]


class Done(Record, frozen=True):
    """What a written shard adds up to. `tally` is a ref with its mentions, articles, and whether it is an author."""

    key: str
    common: str  # SHA-256 of the names with which it was written, or would come out the same
    asked: tuple[Ref, ...]  # the persons whose other names mattered
    tally: tuple[tuple[Ref, int, int, bool], ...]
    findings: tuple[Finding, ...]
    counts: Counts
    sizes: dict[str, int]  # file name → bytes
    edges: int
    mentions: int


class WriteTask(Record, frozen=True):
    """Write one shard into the folder `target`. Places are text."""

    shard: int
    staged: str
    part: str
    common: str
    common_digest: str
    target: str
    key: str

    @property
    def name(self) -> str:
        """What its files are called, without their endings."""
        return f"{self.shard:03d}"


_COMMON: Final = msgspec.msgpack.Decoder(Common)
_PART: Final = msgspec.msgpack.Decoder(Part)
_DONE: Final = msgspec.msgpack.Decoder(Done)
_ARTICLE: Final = msgspec.msgpack.Decoder(Article)


def writing_key() -> str:
    """What the written shards depend on beside what is staged and decided."""
    return code_digest(*_WRITING)


def write_parts(articles: Iterable[ArticleNode], stubs: Iterable[Stub], folder: str) -> dict[int, str]:
    """Put what was decided about articles and stubs into one file for each shard; the SHA-256 of each.

    The articles of a shard must come together, so that no more of them are in memory.
    """
    stubs_of: dict[int, list[Stub]] = {}
    for stub in stubs:
        stubs_of.setdefault(shard_of(stub.key), []).append(stub)
    make_folder(folder)
    digests: dict[int, str] = {}

    def write(shard: int, nodes: Iterable[ArticleNode]) -> None:
        if shard in digests:
            raise RuntimeError(f"the articles of shard {shard} did not come together")
        by_key = sorted(nodes, key=attrgetter("key"))
        part = msgspec.msgpack.encode(Part(tuple(by_key), tuple(stubs_of.pop(shard, ()))))
        write_bytes(part_place(folder, shard), part)
        digests[shard] = hashlib.sha256(part).hexdigest()

    for shard, nodes in groupby(articles, key=lambda node: shard_of(node.path)):
        write(shard, nodes)
    for shard in sorted(stubs_of):
        write(shard, ())
    return dict(sorted(digests.items()))


def part_place(folder: str, shard: int) -> str:
    """Where the decisions about a shard lie; there is no file where there are none."""
    return within(folder, f"{shard:03d}.decided")


def write_shard(task: WriteTask) -> int:
    """Do the task; the number of articles and stubs written."""
    decided = _decided(task.common, task.common_digest)
    decided.names.asked.clear()
    part = _PART.decode(read_bytes(task.part))
    articles = write_articles(_told(part, task.staged), decided)
    stubs = write_stubs(part.stubs, decided)
    write_outputs(
        task.target,
        task.name,
        [articles, stubs],
        key=task.key,
        common=task.common_digest,
        asked=decided.names.asked,
        evidence=decided.evidence,
    )
    return len(part.nodes) + len(part.stubs)


@lru_cache(maxsize=1)
def _decided(common: str, digest: str) -> Decided:
    """Read once by each process, as long as the digest is the same."""
    del digest
    one = _COMMON.decode(read_bytes(common))
    return Decided(Names(one.book), one.focus, Iris(one.base_iri, one.publisher), one.with_text, one.evidence)


def _told(part: Part, staged: str) -> Iterator[tuple[ArticleNode, Article]]:
    """The articles of the shard with the dump that tells each best, by path."""
    nodes = {
        (source.path, source.sha256): node
        for node in part.nodes
        for source in node.sources
        if source.path == node.path
    }
    shard = Shard.open(staged) if nodes else None
    for record in shard.pages() if shard is not None else ():
        article = _ARTICLE.decode(record)
        node = nodes.get((article.source.path, article.source.sha256))
        if node is not None:
            yield node, article


def write_outputs(
    target: str,
    name: str,
    written: Sequence[Written],
    *,
    evidence: bool,
    key: str = "",
    common: str = "",
    asked: Collection[Ref] = (),
) -> None:
    """Write the files of one shard in the place of all its last ones, and last the one that says they are there."""
    for suffix in ("done", "nt.zst", "evidence.nt.zst", *(f"{table}.zst" for table in TABLES)):
        remove_file(within(target, f"{name}.{suffix}"))
    knowledge = "".join(one.knowledge for one in written).encode()
    rows = [row for one in written for row in one.rows]
    parts = {"nt": knowledge, **encode_rows(rows)}
    if evidence:
        parts["evidence.nt"] = "".join(one.evidence for one in written).encode()
    files = [f"{name}.{suffix}.zst" for suffix in sorted(parts)]
    for suffix, data in sorted(parts.items()):
        _compress(within(target, f"{name}.{suffix}.zst"), data)
    tally = Tally()
    for one in written:
        tally.add(one.tally)
    done = Done(
        key,
        common,
        tuple(sorted(asked)),
        tuple(
            (ref, tally.mentions[ref], tally.articles[ref], ref in tally.authors)
            for ref in sorted(tally.mentions.keys() | tally.articles.keys())
        ),
        tuple(finding for one in written for finding in one.findings),
        count(knowledge.splitlines(keepends=True)),
        {file: size_of(within(target, file)) for file in files},
        edges=sum(isinstance(row, EdgeRow) for row in rows),
        mentions=sum(isinstance(row, MentionRow) for row in rows),
    )
    write_bytes(within(target, f"{name}.done"), msgspec.msgpack.encode(done))


def _compress(place: str, data: bytes) -> None:
    write_bytes(place, zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(data))


def read_done(target: str, name: str) -> Done:
    """What a written shard adds up to."""
    return _DONE.decode(read_bytes(within(target, f"{name}.done")))


def find_done(target: str, task: WriteTask) -> Done | None:
    """What the shard adds up to if it was written before of the same pages and decisions, whatever the names."""
    try:
        done = read_done(target, task.name)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    try:
        whole = all(size_of(within(target, name)) == size for name, size in done.sizes.items())
    except FileNotFoundError:
        return None
    return done if whole and done.key == task.key else None


def still_done(target: str, task: WriteTask, done: Done) -> None:
    """Note that the shard would come out the same with the names of `task`."""
    renewed = msgspec.structs.replace(done, common=task.common_digest)
    write_bytes(within(target, f"{task.name}.done"), msgspec.msgpack.encode(renewed))


def read_common(place: str) -> Common | None:
    """The names and options in a file; None where there is none."""
    try:
        return _COMMON.decode(read_bytes(place))
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def forget_others(target: str, names: Collection[str]) -> None:
    """Remove what was written for shards that are not among `names`."""
    for name in names_in(target):
        if name.partition(".")[0] not in names:
            remove_file(within(target, name))


def add_up(dones: Iterable[Done]) -> Tally:
    """The tally of many shards."""
    tally = Tally()
    for done in dones:
        for ref, mentions, articles, is_author in done.tally:
            tally.mentions[ref] += mentions
            tally.articles[ref] += articles
            if is_author:
                tally.authors.add(ref)
    return tally


def digest_of(place: str) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(read_bytes(place)).hexdigest()


def digest(*told: object) -> str:
    """The SHA-256 of values as msgpack."""
    return hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()
