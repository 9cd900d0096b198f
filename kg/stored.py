"""What the store of the last build was made of, so that the next one can be made by what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import zstandard

from kg.files import link, remove
from kg.pieces import Triples, read_triples, split
from kg.store.renewal import Lines

_OF: Final = "of"
"""The file that names the build whose shards these are, by the SHA-256 of its report; written last."""

_SUFFIXES: Final = ("nt.zst", "evidence.nt.zst", "pieces")
_MOST: Final = 0.25
"""The share of changed triples, in bytes, from which on a store is loaded anew."""


def forget(stored: Path) -> None:
    """Let the shards count as no build's."""
    (stored / _OF).unlink(missing_ok=True)


def keep(stored: Path, written: Path, names: Sequence[str], report: Path) -> None:
    """Keep the triples of the shards `names`, of which the store beside `report` was made."""
    forget(stored)
    remove(stored)
    stored.mkdir()
    for name in names:
        for suffix in _SUFFIXES:
            source = written / f"{name}.{suffix}"
            if source.exists():
                link(source, stored / source.name)
    (stored / _OF).write_text(_digest(report))


def is_known(stored: Path, report: Path) -> bool:
    """Whether these are the shards that the store beside `report` was made of."""
    try:
        return (stored / _OF).read_text() == _digest(report)
    except FileNotFoundError:
        return False


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
        total = sum(_packed(before, path.name) for path in before.glob("*.nt.zst"))
        self.are_many = changed > 2 * _MOST * total

    def lines(self, file: int) -> Lines:
        """The lines that go and those that come in the file of that number, of all shards together: a triple may
        move between them.
        """
        gone: set[bytes] = set()
        come: set[bytes] = set()
        for name in self._names:
            old, new = _triples(self._before, name), _triples(self._after, name)
            gone.update(_lines(self._before, name, file, old, new))
            come.update(_lines(self._after, name, file, new, old))
        return Lines(gone - come, come - gone)

    def _is_same_file(self, name: str) -> bool:
        for suffix in _SUFFIXES[:2]:
            one, other = (folder / f"{name}.{suffix}" for folder in (self._before, self._after))
            if one.exists() != other.exists() or (one.exists() and not one.samefile(other)):
                return False
        return True

    def _changed_bytes(self, name: str) -> float:
        old, new = _triples(self._before, name), _triples(self._after, name)
        return _share(old, new) * _packed(self._before, f"{name}.nt.zst") + _share(new, old) * _packed(
            self._after, f"{name}.nt.zst"
        )


def _packed(folder: Path, name: str) -> int:
    path = folder / name
    return path.stat().st_size if path.exists() else 0


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
    total = sum(one.sizes[0] for one in here)
    return sum(one.sizes[0] for one in here if one.triples not in known) / max(total, 1)


def _lines(
    folder: Path, name: str, file: int, here: Sequence[Triples] | None, there: Sequence[Triples] | None
) -> Iterator[bytes]:
    """The lines of a file of the shard, without those of pieces that are `there` as well."""
    path = folder / f"{name}.{_SUFFIXES[file]}"
    if not path.exists():
        return
    data = zstandard.decompress(path.read_bytes())
    if here is None or there is None:
        yield from data.splitlines(keepends=True)
        return
    known = {one.triples for one in there}
    stretches = split(data, [one.sizes[file] for one in here])
    for one, stretch in zip(here, stretches, strict=True):
        if one.triples not in known:
            yield from bytes(stretch).splitlines(keepends=True)
