"""What the store of the last build was made of, so that the next one can be made by what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import zstandard

from kg.errors import UNDECODABLE
from kg.files import link, remove
from kg.model import Record
from kg.pieces import Triples, read_triples, split
from kg.store.batches import batches, blocks
from kg.store.renewal import Lines

_OF: Final = "of"
"""The file that says which build's shards these are; written last."""

_TRIPLES: Final = ("nt.zst", "evidence.nt.zst")
_SUFFIXES: Final = (*_TRIPLES, "pieces")
_BATCH_BYTES: Final = 1 << 20
_MOST: Final = 0.25
"""The share of changed triples, in bytes, from which on a store is loaded anew."""


class _Of(Record, frozen=True):
    """The SHA-256 of the build's report, what else its store depends on, and the bytes of each file."""

    report: str
    how: str
    sizes: dict[str, int]


def forget(stored: Path) -> None:
    """Let the shards count as no build's."""
    (stored / _OF).unlink(missing_ok=True)


def keep(stored: Path, written: Path, names: Sequence[str], report: Path, how: str) -> None:
    """Keep the triples of the shards `names`, of which the store beside `report` was made.

    `how` stands for the options that shape a store beside its triples.
    """
    forget(stored)
    remove(stored)
    stored.mkdir()
    for name in names:
        for suffix in _SUFFIXES:
            source = written / f"{name}.{suffix}"
            if source.exists():
                link(source, stored / source.name)
    (stored / _OF).write_bytes(msgspec.json.encode(_Of(_digest(report), how, _sizes(stored))))


def is_known(stored: Path, report: Path, how: str) -> bool:
    """Whether these are the shards that the store beside `report` was made of, in this way, and all of them."""
    try:
        of = msgspec.json.decode((stored / _OF).read_bytes(), type=_Of)
    except (FileNotFoundError, *UNDECODABLE):
        return False
    return of == _Of(_digest(report), how, _sizes(stored))


def _sizes(stored: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in sorted(stored.iterdir()) if path.name != _OF}


def _digest(report: Path) -> str:
    return hashlib.sha256(report.read_bytes()).hexdigest()


class Differences:
    """What differs between the triples of the shards `names` in two folders, `before` and `after`.

    Pieces that come to the same triples are not read. Linear in the shards' pieces, and in what changed.
    """

    def __init__(self, before: Path, after: Path, names: Sequence[str]) -> None:
        self._before, self._after = before, after
        earlier = {path.name.partition(".")[0] for path in before.glob("*.nt.zst")}
        self._names = [name for name in sorted(earlier | set(names)) if not self._is_same_file(name)]
        # A file is packed, its pieces are not, so each counts by its share.
        changed = sum(map(self._changed_bytes, self._names))
        total = sum(path.stat().st_size for path in before.glob("*.nt.zst"))
        self.are_many = changed > 2 * _MOST * total

    def lines(self, file: int) -> Lines:
        """The lines that go and those that come in the file of that number, of all shards together: a triple may
        move between them.
        """
        gone: set[bytes] = set()
        come: set[bytes] = set()
        for name in self._names:
            old, new = _triples(self._before, name), _triples(self._after, name)
            stays = dict.fromkeys(_lines(self._after, name, file, new, old), False)
            for line in _lines(self._before, name, file, old, new):
                if line in stays:
                    stays[line] = True
                else:
                    gone.add(line)
            come.update(line for line, stayed in stays.items() if not stayed)
        return Lines(gone - come, come - gone)

    def _is_same_file(self, name: str) -> bool:
        for suffix in _TRIPLES:
            one, other = (folder / f"{name}.{suffix}" for folder in (self._before, self._after))
            if one.exists() != other.exists() or (one.exists() and not one.samefile(other)):
                return False
        return True

    def _changed_bytes(self, name: str) -> float:
        old, new = _triples(self._before, name), _triples(self._after, name)
        return _share(old, new) * _packed(self._before, name) + _share(new, old) * _packed(self._after, name)


def _packed(folder: Path, name: str) -> int:
    """The bytes of the files of triples of a shard."""
    paths = [folder / f"{name}.{suffix}" for suffix in _TRIPLES]
    return sum(path.stat().st_size for path in paths if path.exists())


def _triples(folder: Path, name: str) -> tuple[Triples, ...] | None:
    """The pieces of a shard; None where it is in one piece, or not there."""
    try:
        return read_triples(str(folder), name)
    except FileNotFoundError:
        return None


def _share(here: Sequence[Triples] | None, there: Sequence[Triples] | None) -> float:
    """The share of the bytes of `here` that `there` has not."""
    if here is None or there is None:
        return 1.0
    known = {one.triples for one in there}
    total = sum(sum(one.sizes[: len(_TRIPLES)]) for one in here)
    changed = sum(sum(one.sizes[: len(_TRIPLES)]) for one in here if one.triples not in known)
    return changed / max(total, 1)


def _lines(
    folder: Path, name: str, file: int, here: Sequence[Triples] | None, there: Sequence[Triples] | None
) -> Iterator[bytes]:
    """The lines of a file of the shard, without those of pieces that are `there` as well."""
    path = folder / f"{name}.{_TRIPLES[file]}"
    if not path.exists():
        return
    if here is None or there is None:
        for batch in batches(blocks(path), _BATCH_BYTES):
            yield from batch.splitlines(keepends=True)
        return
    data = zstandard.decompress(path.read_bytes())
    known = {one.triples for one in there}
    stretches = split(data, [one.sizes[file] for one in here])
    for one, stretch in zip(here, stretches, strict=True):
        if one.triples not in known:
            yield from bytes(stretch).splitlines(keepends=True)
