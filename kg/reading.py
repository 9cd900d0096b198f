"""The first map: a document becomes a page and a claim. A pure function of one file's bytes and name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from kg.dumps import Document, decode
from kg.model import Article, ErrorPage, Finding, Page, Record
from kg.parse import parse_page
from kg.people.candidates import recognise_all
from kg.resolve import Claim, claim

SHARDS: Final = 256
"""Into how many parts an archive is cut by the hash of each dump's path; a changed file changes one of them."""


class Reading(Record, frozen=True):
    """What one document gave: `page` is None where nothing could be made of it, and `findings` say why."""

    page: Page | None
    claim: Claim | None
    findings: tuple[Finding, ...]


def read_documents(documents: Sequence[Document], recognizer: str = "crf") -> list[Reading]:
    """Decode, parse and recognise documents, whose texts are tagged together since that is faster.

    Each reading depends on its document alone.
    """
    parsed = [_parse(document) for document in documents]
    pages = [one.page for one in parsed if one.page is not None]
    recognised = iter(recognise_all(pages, recognizer))
    return [one if one.page is None else _claimed(one, next(recognised)) for one in parsed]


def _claimed(reading: Reading, page: Page) -> Reading:
    return Reading(page, None if isinstance(page, ErrorPage) else claim(page), reading.findings)


def _parse(document: Document) -> Reading:
    """Decode and parse one document.

    The parser promises not to raise; should it break that promise, one file is refused and the run goes on.
    """
    decoded = decode(document.data)
    notes = tuple(Finding(code, document.path, None, message) for code, message in decoded.notes)
    sha256 = hashlib.sha256(document.data).hexdigest()
    try:
        parsed = parse_page(decoded.text, path=document.path, sha256=sha256)
    except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the other files
        message = f"a fault of kg, please report it with this file: {type(error).__name__}: {error}"
        return Reading(None, None, (*notes, Finding("parser-failed", document.path, None, message)))
    return Reading(parsed.page, None, notes + parsed.findings)


def shard_of(path: str) -> int:
    """The shard of a dump, from 0 to `SHARDS` - 1, by the SHA-256 of its path."""
    return hashlib.sha256(path.encode()).digest()[0] % SHARDS


class ShardFiles:
    """Articles staged on disk, one file of msgpack records for each shard, so that memory holds one shard at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Article)
        self._buffers: dict[int, list[bytes]] = {}
        self._buffered = 0

    def add(self, article: Article) -> None:
        """Stage an article in the shard of its path."""
        record = self._encoder.encode(article)
        parts = self._buffers.setdefault(shard_of(article.source.path), [])
        parts += [len(record).to_bytes(4, "big"), record]
        self._buffered += len(record)
        if self._buffered > 1 << 24:
            self.flush()

    def flush(self) -> None:
        """Append what is buffered to the files."""
        for shard, parts in self._buffers.items():
            with self._path(shard).open("ab") as file:
                file.write(b"".join(parts))
        self._buffers.clear()
        self._buffered = 0

    def read(self, shard: int) -> list[Article]:
        """The articles of a shard, by path."""
        path = self._path(shard)
        if not path.exists():
            return []
        data = memoryview(path.read_bytes())
        articles = []
        position = 0
        while position < len(data):
            start = position + 4
            position = start + int.from_bytes(data[position:start], "big")
            articles.append(self._decoder.decode(data[start:position]))
        return sorted(articles, key=lambda article: (article.source.path, article.source.sha256))

    def _path(self, shard: int) -> Path:
        return self._folder / f"{shard:03d}.msgpack"
