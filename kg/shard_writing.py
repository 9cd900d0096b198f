"""The second map: a staged shard and what the reduce decided about it become triples and rows. A pure function of both.

What would come out the same is taken over from the shard as it was written before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import msgspec

from kg.errors import OutputError
from kg.model import Article, Record, Stub, Verdict
from kg.parts import Part, read_common, read_part
from kg.pieces import FILES, DamagedError, KnownPieces, Piece, Stretches, new_piece, short_digest
from kg.places import read_bytes, within, write_bytes
from kg.rdf.iris import Iris
from kg.rdf.void import count
from kg.renewed_names import ChangedNames
from kg.resolve.known import Names
from kg.resolve.nodes import article_node
from kg.staging import Shard, code_digest, telling_damage
from kg.writing import Decided, Written, write_article, write_stub
from kg.written_shards import COMMON, Done, Tallied, add_up, lines_of, pack, put, read_made_of, read_whole

_WRITING: Final = (
    "shard_writing.py",
    "whole_writing.py",
    "written_shards.py",
    "pieces.py",
    "parts.py",
    "renewed_names.py",
    "writing.py",
    "rdf",
    "parse/headline.py",
    "resolve",
    "people",
    "model",
    "texts.py",
    "store/tables.py",
)
"""The code that decides what is written."""


class WriteOptions(Record, frozen=True):
    """What shapes triples and rows beside what is decided."""

    base_iri: str
    publisher: str
    with_text: bool
    evidence: bool


class WriteTask(Record, frozen=True):
    """Write one shard into the folder `target`. Places are text, digests SHA-256.

    `last_common` is the digest of the names in `COMMON`, with which the last build ended; empty where there are none.
    """

    shard: int
    staged: str
    part: str
    common: str
    common_digest: str
    last_common: str
    target: str
    options: WriteOptions
    how: str
    key: str

    @property
    def name(self) -> str:
        """What its files are called, without their endings."""
        return f"{self.shard:03d}"


_ARTICLE: Final = msgspec.msgpack.Decoder(Article)
_VERDICT: Final = msgspec.json.Decoder(Verdict)
_STUB: Final = msgspec.msgpack.Decoder(Stub)


class _Dated(Record, frozen=True):
    """Of an article, or of what is decided about it, the date."""

    date: str | None = None


class _DatedPage(_Dated, frozen=True, tag="article"):
    """The same of a staged article."""


_DATED: Final = msgspec.json.Decoder(_Dated)
_DATED_PAGE: Final = msgspec.msgpack.Decoder(_DatedPage)


def writing_key() -> str:
    """What the written shards depend on beside what is staged and decided."""
    return code_digest(*_WRITING)


@telling_damage()
def write_shard(task: WriteTask) -> int:
    """Do the task; the number of articles and stubs written anew. Raises `OutputError` where a shard is damaged."""
    part = read_part(task.part)
    told = list(_told(part, task.staged))
    if len(told) != len(part.articles) + len(part.stubs):
        raise OutputError(f"{task.staged} is not what was read any more: build again")
    last = _Last.of(task)
    numbers = [last.number_of(one) if last is not None else None for one in told]
    if last is not None and numbers == list(range(len(last.known.pieces))):
        done = msgspec.structs.replace(last.done, key=task.key, common=task.common_digest)
        write_bytes(within(task.target, f"{task.name}.done"), msgspec.msgpack.encode(done))
        return 0
    decided = _decided(task.common, task.common_digest, task.options)
    try:
        made = [
            _written(one, decided) if last is None or number is None else last.known.taken(number)
            for one, number in zip(told, numbers, strict=True)
        ]
    except DamagedError:  # nothing of it is taken over
        numbers = [None] * len(told)
        made = [_written(one, decided) for one in told]
    data = {file: b"".join(stretches[index] for _, stretches in made) for index, file in enumerate(FILES)}
    pieces = [piece for piece, _ in made]
    done = Done(
        key=task.key,
        how=task.how,
        common=task.common_digest,
        tally=_added_up(pieces),
        findings=tuple(finding for piece in pieces for finding in piece.findings),
        counts=count(lines_of(data["nt"])),
        sizes={},  # `put` knows them
        edges=data["edges"].count(b"\n"),
        mentions=data["mentions"].count(b"\n"),
    )
    put(task.target, task.name, pack(data), done, msgspec.msgpack.encode(pieces))
    return numbers.count(None)


@dataclass(frozen=True)
class _Told:
    """An article or stub before it is written: what the reduce decided, and the dump that tells it best."""

    made_of: bytes
    decided: bytes | memoryview  # a verdict or a stub
    pages: _Pages | None  # None for a stub
    page: int = 0

    def texts(self) -> Iterator[bytes]:
        """All bytes in which a name may stand."""
        yield bytes(self.decided)
        if self.pages is not None:
            yield bytes(self.pages.all[self.page])

    def date(self) -> str | None:
        """The date of the article; a stub has none."""
        if self.pages is None:
            return None
        return _DATED_PAGE.decode(self.pages.all[self.page]).date or _DATED.decode(self.decided).date

    def write(self, decided: Decided) -> Written:
        """Make triples and rows of it."""
        if self.pages is None:
            return write_stub(_STUB.decode(self.decided), decided)
        article = _ARTICLE.decode(self.pages.all[self.page])
        return write_article(article_node(article, _VERDICT.decode(self.decided)), article, decided)


@dataclass(frozen=True)
class _Pages:
    """The staged articles of a shard, read when the first is asked for."""

    shard: Shard

    @cached_property
    def all(self) -> list[memoryview]:
        """The encoded articles."""
        return list(self.shard.pages())


def _told(part: Part, staged: str) -> Iterator[_Told]:
    """The articles of a shard, by path, and its stubs."""
    verdicts = {told.path: told.verdict.encode() for told in part.articles}
    shard = Shard.open(staged) if verdicts else None
    if shard is not None:
        pages, key = _Pages(shard), shard.key.encode()
        articles = (doc for doc in shard.docs if doc.kind == "article")
        for number, doc in enumerate(articles):
            verdict = verdicts.get(doc.path)
            if verdict is not None:
                made_of = short_digest(verdict, doc.path.encode(), doc.sha256.encode(), key)
                yield _Told(made_of, verdict, pages, number)
    for stub in part.stubs:
        yield _Told(short_digest(stub), stub, None)


@dataclass(frozen=True)
class _Last:
    """A shard as it was written before, by the same code and options."""

    done: Done
    known: KnownPieces
    changed: ChangedNames | None  # since then; None where no name has changed

    @staticmethod
    def of(task: WriteTask) -> _Last | None:
        """None where nothing of it can be taken over."""
        done = read_whole(task.target, task.name)
        if done is None or done.how != task.how or done.common not in {task.common_digest, task.last_common}:
            return None
        changed = None
        if done.common != task.common_digest:
            changed = _changed_names(
                within(task.target, COMMON), task.last_common, task.common, task.common_digest
            )
            if changed is None:
                return None
        try:
            return _Last(done, KnownPieces(task.target, task.name, done.pieces), changed)
        except DamagedError:
            return None

    def number_of(self, told: _Told) -> int | None:
        """The number of the piece that it would come to again."""
        number = self.known.number_of(told.made_of)
        if number is None or self.changed is None:
            return number
        return None if self.changed.touch(self.known.pieces[number].refs, told.texts, told.date) else number


@lru_cache(maxsize=1)
def _changed_names(before: str, before_digest: str, after: str, after_digest: str) -> ChangedNames | None:
    """Found out once by each process; None where the names before are not those of the digest any more."""
    old, new = read_common(before, before_digest), read_common(after, after_digest)
    return ChangedNames(old, new) if old is not None and new is not None else None


def _written(told: _Told, decided: Decided) -> tuple[Piece, Stretches]:
    names = decided.names.unasked()
    return new_piece(told.made_of, told.write(replace(decided, names=names)), names.asked)


@lru_cache(maxsize=1)
def _decided(common: str, digest: str, options: WriteOptions) -> Decided:
    """Read once by each process."""
    one = read_common(common, digest)
    if one is None:
        raise OutputError(
            f"{common} is gone or another build's: do all workers reach that folder, and is it this build's alone?"
        )
    iris = Iris(options.base_iri, options.publisher)
    return Decided(Names(one.book), one.focus, iris, options.with_text, options.evidence)


def _added_up(pieces: Iterable[Piece]) -> Tallied:
    tally = add_up(
        ((ref, mentions, 1, is_author) for ref, mentions, is_author in one.tally) for one in pieces
    )
    return tuple(
        (ref, tally.mentions[ref], tally.articles[ref], ref in tally.authors)
        for ref in sorted(tally.articles)
    )


def is_written(task: WriteTask) -> bool:
    """Whether the shard was written before of the same pages, decisions and names."""
    done = read_made_of(task.target, task.name)
    return done is not None and (done.key, done.common) == (task.key, task.common_digest)


def digest_of(place: str) -> str:
    """The SHA-256 of a file; empty where there is none."""
    try:
        return hashlib.sha256(read_bytes(place)).hexdigest()
    except FileNotFoundError:
        return ""


def digest(*told: object) -> str:
    """The SHA-256 of values as msgpack."""
    return hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()
