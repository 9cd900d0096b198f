"""What the store of the last build was made of, so that the next one can be made by what changed."""

from __future__ import annotations

import filecmp
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.files import link, remove

_OF: Final = "of"
"""The file that names the build whose shards these are, by the SHA-256 of its report; written last."""

_SUFFIXES: Final = ("nt.zst", "evidence.nt.zst")
_MOST: Final = 0.25
"""The share of changed shards, in bytes, from which on a store is loaded anew."""


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


def changed(stored: Path, written: Path, names: Sequence[str], report: Path) -> list[str] | None:
    """The names of the shards that are not as they were when the store beside `report` was made.

    None where that is not known, or where so much changed that a new store is made sooner.
    """
    try:
        if (stored / _OF).read_text() != _digest(report):
            return None
    except FileNotFoundError:
        return None
    before = {path.name.partition(".")[0] for path in stored.glob("*.zst")}
    found = [name for name in sorted(before | set(names)) if not _is_same(stored, written, name)]
    total = sum(path.stat().st_size for path in stored.glob("*.zst"))
    sizes = sum(
        path.stat().st_size
        for name in found
        for path in (*stored.glob(f"{name}.*"), *written.glob(f"{name}.*nt.zst"))
    )
    return found if sizes <= 2 * _MOST * total else None


def _is_same(stored: Path, written: Path, name: str) -> bool:
    for suffix in _SUFFIXES:
        before, after = stored / f"{name}.{suffix}", written / f"{name}.{suffix}"
        if before.exists() != after.exists():
            return False
        if before.exists() and not (before.samefile(after) or filecmp.cmp(before, after, shallow=False)):
            return False
    return True


def _digest(report: Path) -> str:
    return hashlib.sha256(report.read_bytes()).hexdigest()
