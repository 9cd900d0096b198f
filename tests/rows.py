"""Tables for tests, from rows that they invent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import zstandard

from kg.store.tables import TABLES, Row, encode_rows
from kg.table_parts import Part, write_tables


def write_rows(tables: Path, rows: Iterable[Row]) -> Path:
    """Write the tables of `rows` into the folder `tables`, as a build does."""
    lines = tables.with_name(f"{tables.name} lines")
    lines.mkdir(parents=True)
    parts = {table: [Part("", [])] for table in TABLES}
    for name, data in encode_rows(rows).items():
        file = lines / f"{name}.zst"
        file.write_bytes(zstandard.compress(data))
        parts[name] = [Part("", [file])]
    write_tables(parts, tables, lines / "kept")
    return tables
