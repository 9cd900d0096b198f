"""Tables for tests, from rows that they invent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import zstandard

from kg.store.tables import Row, encode_rows, write_tables


def write_rows(tables: Path, rows: Iterable[Row]) -> Path:
    """Write the tables of `rows` into the folder `tables`, as a build does."""
    lines = tables.with_name(f"{tables.name} lines")
    lines.mkdir(parents=True)
    files = {}
    for name, data in encode_rows(rows).items():
        files[name] = [lines / f"{name}.zst"]
        files[name][0].write_bytes(zstandard.compress(data))
    write_tables(files, tables)
    return tables
