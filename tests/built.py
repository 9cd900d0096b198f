"""A dump to build from, and what builds leave, for tests that compare them."""

from __future__ import annotations

from pathlib import Path

from kg.outputs import CACHE

PAGE = """       # taz.de -- Hafen: {title}

       Ein Absatz über den Hafen.

       4 Dec 2024
"""


def outputs(out: Path) -> dict[str, bytes]:
    """The files of a build but for the store, whose files are RocksDB's own affair, and the cache."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not {"store", CACHE} & set(path.relative_to(out).parts)
    }
