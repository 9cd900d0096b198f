"""Records as rows of tables: what each is in SQL, how they become Parquet, and the database of one reduce.

A table is a record of scalars, its fields the columns. Rows go to DuckDB as lines of JSON, which msgspec writes faster
than DuckDB takes them one by one.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec

from kg.errors import OutputError
from kg.model import Record

if TYPE_CHECKING:
    import duckdb

MEMORY: Final = 512
"""MB that DuckDB may hold before it spills: a quarter of the 2 GB that a build of 100,000 articles is to stay below."""

_PAGES_A_MB: Final = 1300
"""Of so many pages it may hold a MB more where they are many, since not all that it makes of them can be spilled: two
threads join a million pages with 512 MB, not with 320, four with 768, not with 512.
"""

_THREADS: Final = 4
"""As many threads as that is enough for: DuckDB wants some 125 MB for each."""

_BATCH: Final = 5_000
"""Rows that are encoded, or fetched, at a time."""

_SQL_TYPES: Final = {
    str: "VARCHAR",
    int: "INTEGER",
    float: "DOUBLE",
    bool: "BOOLEAN",
    tuple[str, ...]: "VARCHAR[]",
}


def columns(record: type[Record], dates: Iterable[str] = ()) -> dict[str, str]:
    """Column → SQL type; those among `dates` are text in the record and a date in the table."""
    return {
        field.name: "DATE" if field.name in dates else _sql_type(field.type)
        for field in msgspec.structs.fields(record)
    }


def _sql_type(annotation: Any) -> str:
    if isinstance(annotation, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    is_word = isinstance(annotation, type) and issubclass(annotation, StrEnum)
    return _SQL_TYPES[str if is_word else annotation]


def from_lines(
    files: Sequence[Path], typed: Mapping[str, str], *, longest: int, compression: str = "uncompressed"
) -> str:
    """The query for the rows of files of JSON lines, in their order; `typed` is what `columns` gives. DuckDB reads into
    a buffer of twice the `longest` row, in bytes.
    """
    if not files:
        return f"SELECT {_nothing(typed)} WHERE false"
    told = ", ".join(f"'{name}': '{kind}'" for name, kind in typed.items())
    return f"""
        FROM read_json({_listed(files)}, columns={{{told}}}, format='newline_delimited',
                       compression='{compression}', maximum_object_size={longest}, hive_partitioning=false)
    """


def _nothing(typed: Mapping[str, str]) -> str:
    return ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in typed.items())


def _listed(files: Iterable[Path]) -> str:
    """File names as a list in SQL, of which nothing is a pattern."""
    names = (glob.escape(str(path)).replace("'", "''") for path in files)
    return "[" + ", ".join(f"'{name}'" for name in names) + "]"


def silence(connection: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB draw no progress bar between the lines of an answer."""
    # Where it is off, as in notebooks without widgets, turning it off is an error.
    if connection.sql("SELECT current_setting('enable_progress_bar')").fetchall()[0][0]:
        connection.execute("SET enable_progress_bar = false")


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `KeyboardInterrupt` at Ctrl-C where DuckDB, which takes the signal for itself while it works, raises
    `RuntimeError`. A decorator, too.
    """
    try:
        yield
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from error


def to_parquet(record: type[Record], rows: Sequence[Record]) -> bytes:
    """A Parquet file of these rows, in their order. Raises `OutputError` where a row does not fit its table."""
    import numpy as np

    typed = columns(record)
    values = zip(*map(msgspec.structs.astuple, rows), strict=True) if rows else ([] for _ in typed)
    found = {}  # DuckDB finds it by this name
    for name, column in zip(typed, values, strict=True):
        found[name] = np.empty(len(rows), dtype=object)
        found[name][:] = column
    told = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in typed.items())
    target = Path(_folder().name, str(get_ident()))
    with _explained(), _writer().cursor() as connection:
        connection.execute(
            f"COPY (SELECT {told} FROM found) TO $to (FORMAT parquet, COMPRESSION zstd)", {"to": str(target)}
        )
    return target.read_bytes()


@cache
def _folder() -> TemporaryDirectory[str]:
    """For files in passing of this process."""
    return TemporaryDirectory(prefix="kg-")


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """A database of this process, without tables, that never spills: to open one takes longer than to write a file."""
    import duckdb

    connection = duckdb.connect(config={"threads": 1, "memory_limit": f"{MEMORY}MB", "temp_directory": ""})
    silence(connection)
    return connection


class LineFile:
    """A file of JSON lines in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.longest = 1  # in bytes
        self._file = path.open("wb")

    def add(self, lines: bytes) -> None:
        """Add whole lines."""
        self.longest = max(self.longest, *map(len, lines.split(b"\n")))
        self._file.write(lines)

    def close(self) -> None:
        """No more lines."""
        self._file.close()


@contextmanager
def _explained() -> Iterator[None]:
    """Make an `OutputError` of what DuckDB cannot do for want of memory or of room on the disk."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise OutputError(f"the tables of the reduce: {str(error).splitlines()[0]}") from error


class Relations:
    """The tables of one reduce. They are gone when the connection is closed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """`folder` is for files in passing."""
        self._connection = connection
        self.folder = folder

    def lines(self, table: str) -> LineFile:
        """A file for the rows of a table that will be."""
        return LineFile(self.folder / f"{table}.lines")

    def load(
        self,
        table: str,
        record: type[Record],
        files: Sequence[Path],
        others: LineFile | None = None,
        *,
        without: str | None = None,
    ) -> None:
        """Let `table` be the rows of Parquet files, and others; of the former none whose page is in `without`."""
        self._take(f"{table}_others", record, others or self.lines(table))
        queries = [f"FROM {table}_others"]
        if files:
            kept = f"ANTI JOIN {without} USING (page)" if without is not None else ""
            queries.append(f"FROM read_parquet({_listed(files)}, hive_partitioning=false) {kept}")
        self.run(f"CREATE TEMP VIEW {table} AS {' UNION ALL BY NAME '.join(queries)}")

    def insert(self, table: str, record: type[Record], rows: Iterable[Record]) -> None:
        """Make a table of these rows, in the place of one of that name."""
        encoder, rest = msgspec.json.Encoder(), iter(rows)
        with closing(self.lines(table)) as lines:
            while batch := list(islice(rest, _BATCH)):
                lines.add(encoder.encode_lines(batch))
            self._take(table, record, lines)

    def _take(self, table: str, record: type[Record], lines: LineFile) -> None:
        lines.close()
        query = from_lines([lines.path], columns(record), longest=lines.longest)
        self.run(f"CREATE OR REPLACE TEMP TABLE {table} AS {query}")
        lines.path.unlink()

    def run(self, statement: str) -> None:
        """Make a table or a view; a statement must be such that it can be run again."""
        with _explained():
            self._execute(statement)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer; it must be read to its end before the next question."""
        with _explained():
            found = self._execute(query)
            while some := found.fetchmany(_BATCH):
                yield from some

    def _execute(self, statement: str) -> duckdb.DuckDBPyConnection:
        """Where several threads find no memory, by one, which needs least."""
        import duckdb

        try:
            return self._connection.execute(statement)
        except duckdb.OutOfMemoryException:
            threads = self._connection.sql("SELECT current_setting('threads')").fetchall()[0][0]
        self._connection.execute("SET threads = 1")
        try:
            return self._connection.execute(statement)
        finally:
            with self._connection.cursor() as other:  # an answer here would be gone
                other.execute(f"SET threads = {threads}")


@contextmanager
def open_relations(folder: Path, threads: int, pages: int = 0) -> Iterator[Relations]:
    """A database in memory for the tables of so many `pages`, which beyond `MEMORY` (more where they are very many)
    spills into a folder in `folder`; gone at the end of the block.
    """
    import duckdb

    with TemporaryDirectory(prefix="tables-", dir=folder) as own:
        config: dict[str, str | int | float | list[str]] = {
            "threads": min(threads, _THREADS),
            "memory_limit": f"{max(MEMORY, pages // _PAGES_A_MB)}MB",
            "temp_directory": own,
            "preserve_insertion_order": False,
        }
        with duckdb.connect(config=config) as connection:
            silence(connection)
            yield Relations(connection, Path(own))
