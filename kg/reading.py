"""The first map: documents are decoded, parsed and recognised, shard by shard. A pure function of bytes and names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from itertools import count, islice, pairwise
from math import ceil
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from kg.dumps import NEVER, Document, Refused, decode, read_file, read_plain
from kg.errors import OutputError
from kg.model import Article, ErrorPage, Finding, IndexPage, Page, Record
from kg.parse import parse_page
from kg.people.candidates import recognise_all
from kg.people.recognizers import told_of
from kg.places import is_remote
from kg.relations import to_parquet
from kg.resolve.claims import Claim, Texts, claim
from kg.resolve.staged import STAGED_TABLES, pack_rows, rows_of_pages, tells_the_same
from kg.staging import (
    PAGES,
    Doc,
    Plan,
    Records,
    Shard,
    Spooled,
    Tables,
    code_digest,
    read_spool,
    remove_shard,
    shard_place,
    spool_place,
    stage_shard,
    stage_tables,
    telling_damage,
)

_CLAIM: Final = msgspec.msgpack.Decoder(Claim)
_TEXTS: Final = msgspec.msgpack.Decoder(Texts)
_BATCH: Final = 200
"""Documents that are read together: more tag hardly faster, and each holds up to 16 MiB."""

_TOGETHER: Final = 300
"""Documents of a task, where shards have fewer."""

_FEW: Final = 64
"""Fewer pages of a shard have no tables: the reduce reads their rows faster than files are written. As few may also
have come, or have gone, since the tables of a shard were made.
"""

_READING: Final = (
    "dumps",
    "parse",
    "people",
    "model",
    "texts.py",
    "reading.py",
    "relations.py",
    "resolve/claims.py",
    "resolve/credits.py",
    "resolve/folding.py",
    "resolve/full_names.py",
    "resolve/keys.py",
    "resolve/labels.py",
    "resolve/facts.py",
    "resolve/kickers.py",
    "resolve/numbers.py",
    "resolve/rows.py",
    "resolve/said.py",
    "resolve/staged.py",
    "resolve/tags.py",
)
"""The code that decides what is read of a document."""


class Renewal(Record, frozen=True):
    """Bring one shard up to date: leave out `dropped` and read what is spooled. Places are text."""

    number: int
    shard: str
    spool: str
    dropped: tuple[str, ...]


class ReadTask(Record, frozen=True):
    """Bring some shards up to date, whose documents are read together."""

    renewals: tuple[Renewal, ...]
    key: str
    recognizer: str
    publisher: str


def reading_key(recognizer: str, publisher: str) -> str:
    """What the staged outcome of this map depends on beside the documents."""
    return f"{told_of(recognizer)} {publisher} {code_digest(*_READING)}"


def read_tasks(
    plan: Plan, staged: str, spool: str, key: str, recognizer: str, publisher: str, workers: int
) -> list[ReadTask]:
    """What brings the shards in the folder `staged` up to date with a plan whose documents are in `spool`: tasks of
    about as many shards, as many tasks for each of the workers.
    """
    renewals = [
        Renewal(
            shard, shard_place(staged, shard), spool_place(spool, shard), tuple(plan.dropped.get(shard, ()))
        )
        for shard in plan.dirty
    ]
    # A task has some hundred documents: fewer are read more slowly.
    rounds = max(1, ceil(plan.documents / _TOGETHER / workers))
    tasks = max(1, min(len(renewals), rounds * workers))
    ends = [len(renewals) * number // tasks for number in range(tasks + 1)]
    return [ReadTask(tuple(renewals[a:b]), key, recognizer, publisher) for a, b in pairwise(ends)]


@telling_damage()
def read_shards(task: ReadTask) -> int:
    """Do the task; the number of documents read. What was read before of the same bytes is taken over.

    Raises `OutputError` where a shard is damaged.
    """
    shards = [_Renewed(renewal, task.key, task.publisher) for renewal in task.renewals]
    spooled = ((shard, one) for shard in shards for one in read_spool(shard.renewal.spool))
    number = 0
    while batch := list(islice(spooled, _BATCH)):
        number += len(batch)
        _read_batch(batch, task.recognizer)
    for shard in shards:
        shard.stage()
    return number


class _Renewed:
    """A shard in the making: what it had, and what it will have, by path."""

    def __init__(self, renewal: Renewal, key: str, publisher: str) -> None:
        self.renewal = renewal
        self._key = key
        self._publisher = publisher
        old = Shard.open(renewal.shard)
        same_code = old is not None and old.key == key
        self.known = {doc.path: (doc, records) for doc, records in old.records()} if old and same_code else {}
        self.tables = old.tables if old and same_code else Tables({})
        dropped = set(renewal.dropped)
        if dropped and old is None:
            raise OutputError(f"{renewal.shard} is gone: do all workers reach that folder?")
        self.contents = {path: one for path, one in self.known.items() if path not in dropped}
        self.claims: dict[str, Claim] = {}  # of the pages that were read now, with their texts

    def add(self, doc: Doc, page: Page | None) -> None:
        """Add what was read of a document."""
        if page is None or isinstance(page, ErrorPage):
            self.contents[doc.path] = doc, Records(None, None, None)
            return
        encode = msgspec.msgpack.encode
        made = self.claims[doc.path] = claim(page)
        self.contents[doc.path] = (
            replace(doc, told_by=self._told_by(doc, made)),
            Records(
                encode(replace(made, texts=None)),
                encode(made.texts),
                encode(page) if isinstance(page, Article) else None,
            ),
        )

    def _told_by(self, doc: Doc, made: Claim) -> str:
        """The SHA-256 of the earliest bytes of the document, from one build to the next, that told the same."""
        known, records = self.known.get(doc.path, (doc, Records(None, None, None)))
        if records.claim is None or records.texts is None or made.texts is None:
            return doc.sha256
        before = _CLAIM.decode(records.claim), _TEXTS.decode(records.texts)
        return known.told_by if tells_the_same(before, (made, made.texts), self._publisher) else doc.sha256

    def stage(self) -> None:
        """Put the new in the place of the old; no shard is left without a document."""
        place = self.renewal.shard
        if not self.contents:
            remove_shard(place)
            return
        contents = [self.contents[path] for path in sorted(self.contents)]
        if self._keeps_tables([doc for doc, _ in contents]):
            tables = self.tables
            contents = _numbered(contents, tables.pages)
        else:
            contents = [(replace(doc, page=-1), records._replace(rows=None)) for doc, records in contents]
            contents = _numbered(contents, 0)
            tables = self._new_tables(contents)
        contents = [
            (doc, records._replace(rows=self._rows(doc, records)))
            if doc.page >= tables.pages and records.rows is None
            else (doc, records)
            for doc, records in contents
        ]
        stage_shard(place, self._key, contents, tables)

    def _keeps_tables(self, docs: Sequence[Doc]) -> bool:
        """Whether the tables of the shard as it was, if it had any, are of most of what it will be."""
        pages = self.tables.pages
        kept = sum(0 <= doc.page < pages for doc in docs)
        came = sum(doc.is_claimed for doc in docs) - kept
        has_numbers = max(pages - 1, *(doc.page for doc in docs)) + came < PAGES
        return max(came, pages - kept) < _FEW and has_numbers

    def _new_tables(self, contents: Sequence[tuple[Doc, Records]]) -> Tables:
        """Write the tables of all pages; none where they are few."""
        if sum(doc.is_claimed for doc, _ in contents) < _FEW:
            return Tables({})
        pages = [self._page(doc, records) for doc, records in contents if doc.is_claimed]
        rows = rows_of_pages(pages, self._publisher)
        tables = {name: to_parquet(record, rows[name]) for name, record in STAGED_TABLES.items()}
        return stage_tables(self.renewal.shard, tables, len(pages))

    def _rows(self, doc: Doc, records: Records) -> bytes:
        """The rows of a page by itself."""
        return pack_rows(rows_of_pages([self._page(doc, records)], self._publisher))

    def _page(self, doc: Doc, records: Records) -> tuple[int, Claim, Texts]:
        """The number of a page in the archive, and what it claims and says."""
        number = self.renewal.number * PAGES + doc.page
        made = self.claims.get(doc.path)
        if made is not None and made.texts is not None:
            return number, made, made.texts
        return number, _CLAIM.decode(records.claim or b""), _TEXTS.decode(records.texts or b"")


def _numbered(contents: Sequence[tuple[Doc, Records]], taken: int) -> list[tuple[Doc, Records]]:
    """The same with numbers for the pages that have none, above those of the others and the first `taken`."""
    free = count(max(taken, 1 + max((doc.page for doc, _ in contents), default=-1)))
    return [
        (replace(doc, page=next(free)) if doc.is_claimed and doc.page < 0 else doc, records)
        for doc, records in contents
    ]


def _read_batch(batch: Iterable[tuple[_Renewed, Spooled]], recognizer: str) -> None:
    fresh: list[tuple[_Renewed, Spooled, Document, str]] = []
    for shard, spooled in batch:
        found = _load(spooled)
        if isinstance(found, Refused):
            finding = Finding(found.code, found.path, None, found.message)
            # A disk or a network may let it be read the next time.
            stamp = NEVER if found.code == "unreadable" else spooled.stamp
            doc = replace(_doc(spooled, "", None, (finding,)), stamp=stamp)
            shard.add(doc, None)
            continue
        sha256 = hashlib.sha256(found.data).hexdigest()
        known = shard.known.get(spooled.path)
        if known is not None and known[0].sha256 == sha256:
            doc = replace(known[0], container=spooled.container, stamp=spooled.stamp)
            shard.contents[spooled.path] = doc, known[1]
        else:
            fresh.append((shard, spooled, found, sha256))
    readings = read_documents([(document, sha256) for *_, document, sha256 in fresh], recognizer)
    for (shard, spooled, _, sha256), (page, findings) in zip(fresh, readings, strict=True):
        shard.add(_doc(spooled, sha256, page, findings), page)


def _load(spooled: Spooled) -> Document | Refused:
    if spooled.refused is not None:
        return Refused(spooled.path, *spooled.refused)
    if spooled.data is not None:
        return Document(spooled.path, spooled.data)
    location = os.fsdecode(spooled.location or b"")
    if is_remote(location):
        return read_plain(location, spooled.path)
    return next(read_file(Path(location), spooled.path))


def _doc(spooled: Spooled, sha256: str, page: Page | None, findings: tuple[Finding, ...]) -> Doc:
    kinds = {Article: "article", IndexPage: "index", ErrorPage: "error"}
    source, kind = (page.source, kinds[type(page)]) if page is not None else (None, None)
    return Doc(spooled.path, spooled.container, spooled.stamp, sha256, source, kind, findings)


def read_documents(
    documents: Sequence[tuple[Document, str]], recognizer: str = "crf"
) -> list[tuple[Page | None, tuple[Finding, ...]]]:
    """Decode, parse and recognise documents, each with the SHA-256 of its bytes; None where there is no page in one.

    Their texts are tagged together since that is faster; each outcome depends on its document alone.
    """
    parsed = [_parse(document, sha256) for document, sha256 in documents]
    recognised = iter(recognise_all([page for page, _ in parsed if page is not None], recognizer))
    return [(next(recognised) if page is not None else None, findings) for page, findings in parsed]


def _parse(document: Document, sha256: str) -> tuple[Page | None, tuple[Finding, ...]]:
    """Decode and parse one document.

    The parser promises not to raise; should it break that promise, one file is refused and the run goes on.
    """
    decoded = decode(document.data)
    notes = tuple(Finding(code, document.path, None, message) for code, message in decoded.notes)
    try:
        parsed = parse_page(decoded.text, path=document.path, sha256=sha256)
    except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the other files
        message = f"a fault of kg, please report it with this file: {type(error).__name__}: {error}"
        return None, (*notes, Finding("parser-failed", document.path, None, message))
    return parsed.page, notes + parsed.findings
