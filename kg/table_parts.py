"""The Parquet tables, put together of parts, of which the next build makes only those whose rows have changed.

A part is kept in a file called after its table and its key, which stands for its rows and for how they are written:
a short digest, and the Parquet file of which it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import OutputError
from kg.files import remove
from kg.pieces import DIGEST_BYTES, short_digest
from kg.places import write_bytes
from kg.relations import columns, from_lines, silence
from kg.store.parquet import join_parquet
from kg.store.tables import DATES, TABLES

if TYPE_CHECKING:
    import duckdb

_LONGEST_ROW: Final = 1 << 26
"""Bytes of the longest row that is read back: a teaser may be as long as a whole dump, and JSON escapes it."""


class Part(NamedTuple):
    """Files of what `encode_rows` gives for one table, compressed with zstd; equal keys stand for equal rows."""

    key: str
    files: Sequence[Path]


def write_tables(parts: Mapping[str, Sequence[Part]], tables: Path, kept: Path) -> None:
    """Write `nodes.parquet`, `edges.parquet`, … into the folder `tables`, of all tables that `parts` names.

    Rows keep their order. Parts are taken from the folder `kept` and left there; what is there of other rows goes.
    Raises `OutputError` where a row does not fit its table or the disk is full.
    """
    import duckdb

    tables.mkdir(parents=True, exist_ok=True)
    kept.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 1}) as connection:
        silence(connection)
        for name, of_table in parts.items():
            target = tables / f"{name}.parquet"
            try:
                with target.open("wb") as file:
                    join_parquet((_parquet(connection, name, part, kept) for part in of_table), file)
            except duckdb.Error as error:
                raise OutputError(f"cannot write {target}: {str(error).splitlines()[0]}") from error
            now = {_file(name, part) for part in of_table}
            for path in kept.glob(f"{name}-*"):
                if path.name not in now:
                    remove(path)


def _file(name: str, part: Part) -> str:
    return f"{name}-{part.key}"


def _parquet(connection: duckdb.DuckDBPyConnection, name: str, part: Part, kept: Path) -> bytes:
    place = kept / _file(name, part)
    if place.exists():
        data = place.read_bytes()
        digest, parquet = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
        if digest == short_digest(parquet):
            return parquet
    made = kept / f"{name}.parquet"
    query = from_lines(part.files, columns(TABLES[name], DATES), longest=_LONGEST_ROW, compression="zstd")
    connection.sql(query).write_parquet(str(made), compression="zstd")
    parquet = made.read_bytes()
    made.unlink()
    write_bytes(str(place), short_digest(parquet), parquet)
    return parquet
