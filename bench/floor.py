"""What no build can do without: `python bench/floor.py DUMPS GRAPH.nt`, figures as JSON.

Every file below DUMPS is read and hashed with SHA-256, members of tar archives each by themselves; then Oxigraph loads
the finished triples in bulk into a new store on disk.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox


def contents(folder: Path) -> Iterator[bytes]:
    """The bytes of every dump."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".tar":
            with tarfile.open(path) as archive:
                for member in archive:
                    file = archive.extractfile(member)
                    if file is not None:
                        yield file.read()
        elif path.is_file():
            yield path.read_bytes()


def main(dumps: str, triples: str) -> None:
    """Measure both parts one after the other."""
    started = time.perf_counter()
    size = 0
    for data in contents(Path(dumps)):
        hashlib.sha256(data).digest()
        size += len(data)
    read = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=Path(triples).parent) as folder:
        store = ox.Store(folder)
        store.bulk_load(path=triples, format=ox.RdfFormat.N_TRIPLES)
        count = len(store)
        loaded = time.perf_counter()
    figures = {
        "megabytes": round(size / 1e6, 3),
        "triples": count,
        "read_seconds": round(read - started, 3),
        "load_seconds": round(loaded - read, 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
