"""The reduce: from the claims and texts of all shards to what is decided about them, a part for each shard.

parts/NNN.decided articles and stubs of the shard
common            names that every shard is written with
identities        the rest: entities, tags, identities, doubts
findings/NNNN     what was found to be doubtful; more than all the rest where an archive is large
compared          the paths of dumps whose texts were compared with those of others
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Set
from contextlib import ExitStack, closing, contextmanager
from itertools import count, islice
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kg.model import Decision, Finding, Identities, Record
from kg.parts import Common, write_parts
from kg.places import is_remote, make_folder, names_in, read_bytes, remove_folder, within, write_bytes
from kg.relations import Relations, open_relations
from kg.resolve import Texts, resolve_pages
from kg.resolve.staged import STAGED_TABLES, unpack_lines
from kg.staging import PAGES, Shard, all_shards, shard_place, telling_damage

_TEXTS: Final = msgspec.msgpack.Decoder(Texts)
_TOGETHER: Final = 10_000
"""Findings in a file."""
Form = TypeVar("Form")


class ReduceTask(Record, frozen=True):
    """Resolve the shards in the folder `staged`, and leave in `target` what is decided. Places are text.

    `scratch` is a folder here for what does not fit in memory; `threads` may work on tables of
    so many `pages`.
    """

    staged: str
    target: str
    publisher: str
    decisions: tuple[Decision, ...]
    scratch: str
    threads: int
    pages: int


class Reduced(Record, frozen=True):
    """What a reduce came to. `parts` are the SHA-256 of the parts by shard; `years` the first and the last."""

    articles: int
    stubs: int
    years: tuple[str, ...]
    parts: dict[int, str]
    common: str  # SHA-256


@telling_damage()
def reduce_shards(task: ReduceTask) -> Reduced:
    """Do the task. Raises `OutputError` where a shard is damaged."""
    with _no_collection(), open_relations(Path(task.scratch), task.threads, task.pages) as relations:
        return _reduce(task, relations)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let Python not look for cycles: the reduce holds millions of objects that live long, and makes hardly a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _reduce(task: ReduceTask, relations: Relations) -> Reduced:
    target = task.target
    pages = _StagedPages(task.staged, relations)
    resolved = resolve_pages(pages, task.publisher, task.decisions)
    focus = {tag.slug: tag.focus for tag in resolved.tags if tag.focus is not None}
    common = msgspec.msgpack.encode(Common(resolved.book, focus))
    write_bytes(within(target, "common"), common)
    rest = Identities(task.publisher, resolved.tags, resolved.entities, resolved.identities, resolved.doubts)
    write_bytes(within(target, "identities"), msgspec.msgpack.encode(rest))
    _write_findings(resolved.findings(), within(target, "findings"))
    write_bytes(within(target, "compared"), msgspec.msgpack.encode(resolved.compared))
    years = resolved.years
    return Reduced(
        resolved.number_of_articles,
        resolved.number_of_stubs,
        tuple(dict.fromkeys(years[:1] + years[-1:])),
        write_parts(resolved.batches(), within(target, "parts")),
        hashlib.sha256(common).hexdigest(),
    )


def read_identities(target: str, form: type[Form]) -> Form:
    """What a reduce decided beside the parts, or some fields of `Identities`."""
    return msgspec.msgpack.decode(read_bytes(within(target, "identities")), type=form)


def read_compared(target: str) -> list[str]:
    """The paths of the dumps whose texts a reduce compared with those of others, because they may be one article."""
    return msgspec.msgpack.decode(read_bytes(within(target, "compared")), type=list[str])


def _write_findings(findings: Iterator[Finding], folder: str) -> None:
    remove_folder(folder)  # a killed build's
    make_folder(folder)
    for number in count():
        some = list(islice(findings, _TOGETHER))
        if not some:
            return
        write_bytes(within(folder, f"{number:04d}"), msgspec.msgpack.encode(some))


def read_findings(target: str) -> Iterator[Finding]:
    """What a reduce found to be doubtful."""
    folder = within(target, "findings")
    for name in names_in(folder):
        yield from msgspec.msgpack.decode(read_bytes(within(folder, name)), type=list[Finding])


class _Gone(Record, frozen=True):
    page: int


class _StagedPages:
    """The tables of all shards, and their texts, one shard in memory at a time."""

    def __init__(self, staged: str, relations: Relations) -> None:
        self._staged = staged
        self.relations = relations
        files: dict[str, list[Path]] = {table: [] for table in STAGED_TABLES}
        gone: list[_Gone] = []
        with ExitStack() as opened:
            others = {table: opened.enter_context(closing(relations.lines(table))) for table in STAGED_TABLES}
            for number, shard in all_shards(staged):
                if pages := shard.tables.pages:
                    for table, of_shards in files.items():
                        of_shards.append(_here(shard.table(table), relations.folder))
                    left = set(range(pages)).difference(shard.numbers)
                    gone += (_Gone(number * PAGES + page) for page in sorted(left))
                for packed in shard.rows():
                    for table, lines in unpack_lines(packed).items():
                        others[table].add(lines)
            relations.insert("gone", _Gone, gone)
            for table, record in STAGED_TABLES.items():
                relations.load(table, record, files[table], others[table], without="gone")

    def texts(self, pages: Set[int]) -> Iterator[tuple[int, Texts]]:
        for number in sorted({page // PAGES for page in pages}):
            shard, first = Shard.open(shard_place(self._staged, number)), number * PAGES
            if shard is not None:
                for page, text in zip(shard.numbers, shard.texts(), strict=True):
                    if first + page in pages:
                        yield first + page, _TEXTS.decode(text)


def _here(place: str, folder: Path) -> Path:
    """A file that DuckDB can read: a copy in `folder` of one that is far away."""
    if not is_remote(place):
        return Path(place)
    path = folder / place.rpartition("/")[2]
    path.write_bytes(read_bytes(place))
    return path
