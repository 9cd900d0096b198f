"""What has to be read: the files of today beside the shards that earlier builds left."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from kg.dumps import Document, File, PassedOver, Refused, Stamp, is_plain, read_archive
from kg.errors import UNDECODABLE
from kg.model import Finding, Record
from kg.places import names_in, read_bytes, within, write_bytes
from kg.staging.shards import SHARDS, Stamped, read_stamps, shard_of, shard_place
from kg.staging.spool import Spool, Spooled

_ARCHIVES: Final = "archives"


class _Archive(Record, frozen=True):
    """How many documents the archive of that stamp gave, when it was read to its end."""

    stamp: Stamp
    documents: int


@dataclass
class Plan:
    """What the first map has to do. `dropped` are the documents that are gone or read again, by shard."""

    dirty: list[int] = field(default_factory=list)
    dropped: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)  # of what could not be opened
    refused: int = 0
    files: int = 0  # files that were found, an archive as one
    documents: int = 0  # that are to be read


def make_plan(
    files: Iterable[File | PassedOver | Refused],
    shards: str,
    spool_folder: Path,
    key: str,
    scanned: Callable[[int], None],
) -> Plan:
    """Compare `files` with the shards staged in the folder `shards`, and spool what has to be read.

    A file of the same path, size and time is the same file, unless it could not be read; a shard that was read under
    another `key` is read anew.
    `scanned` is told how many files were looked at.
    """
    plan, spool = Plan(), Spool(spool_folder)
    known, stale = _known(shards, key)
    archives = _read_archives(shards)
    complete: dict[str, _Archive] = {}
    kept: set[str] = set()
    for found in files:
        if isinstance(found, PassedOver | Refused):
            plan.findings.append(Finding(found.code, found.path, None, found.message))
            plan.refused += isinstance(found, Refused)
            continue
        plan.files += 1
        scanned(plan.files)
        docs = [doc for doc in known.get(found.path, ()) if doc.stamp == found.stamp]
        if is_plain(found.path):
            kept.update(doc.path for doc in docs)
            if not docs:
                spool.add(
                    shard_of(found.path),
                    Spooled(found.path, found.path, found.stamp, location=os.fsencode(found.location)),
                )
            continue
        archive = archives.get(found.path)
        if archive is None or archive.stamp != found.stamp or archive.documents != len(docs):
            archive = _spool_archive(found, {doc.path for doc in docs}, spool)
        if archive is None:  # what was read of it before stays
            docs = known.get(found.path, [])
        else:
            complete[found.path] = archive
        kept.update(doc.path for doc in docs)
    spool.flush()
    plan.documents = spool.documents
    for docs in known.values():
        for doc in docs:
            if doc.path not in kept:
                plan.dropped[shard_of(doc.path)].append(doc.path)
    plan.dirty = sorted(spool.shards | plan.dropped.keys() | stale)
    _write_archives(shards, complete)
    return plan


def _known(shards: str, key: str) -> tuple[dict[str, list[Stamped]], set[int]]:
    """The staged documents by their container, and the shards that count for nothing any more."""
    known: dict[str, list[Stamped]] = defaultdict(list)
    stale: set[int] = set()
    there = {within(shards, name) for name in names_in(shards)}
    for number in range(SHARDS):
        place = shard_place(shards, number)
        shard = read_stamps(place) if place in there else None
        if shard is not None and shard.key == key:
            for doc in shard.docs:
                known[doc.container].append(doc)
        elif place in there:
            stale.add(number)
    return known, stale


def _spool_archive(file: File, staged: set[str], spool: Spool) -> _Archive | None:
    """Spool the members that are not staged yet; None where a disk or a network did not let us read all."""
    number, is_read = 0, True
    for found in read_archive(file.location, file.path):
        number += 1
        is_read &= not (isinstance(found, Refused) and found.code == "unreadable")
        if found.path not in staged:
            data = found.data if isinstance(found, Document) else None
            refused = (found.code, found.message) if isinstance(found, Refused) else None
            spooled = Spooled(found.path, file.path, file.stamp, data, refused=refused)
            spool.add(shard_of(found.path), spooled)
    return _Archive(file.stamp, number) if is_read else None


def _read_archives(shards: str) -> dict[str, _Archive]:
    try:
        return msgspec.msgpack.decode(read_bytes(within(shards, _ARCHIVES)), type=dict[str, _Archive])
    except (FileNotFoundError, *UNDECODABLE):
        return {}


def _write_archives(shards: str, archives: dict[str, _Archive]) -> None:
    write_bytes(within(shards, _ARCHIVES), msgspec.msgpack.encode(archives))
