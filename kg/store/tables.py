"""The Parquet tables of a build: nodes, edges, mentions and identities, for DuckDB, pandas and the page.

Rows are collected as lines of JSON in a folder and turned into Parquet by DuckDB at the end, so memory does not grow
with the number of rows, and any number of writers could collect side by side.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path
from types import UnionType
from typing import IO, Any, Final, get_args

import msgspec

from kg.errors import OutputError
from kg.model import Record


class NodeRow(Record, frozen=True):
    """A node of the graph. `count` is the number of articles that touch it; `date` is ISO 8601, of articles only."""

    iri: str
    kind: str  # article, stub, person, organization, place, tag
    label: str
    date: str | None = None
    url: str | None = None
    abstract: str | None = None
    alternates: tuple[str, ...] = ()
    count: int = 0
    author: bool = False
    tag_kind: str | None = None  # of tags: person, organization, place, topic, series
    kind_basis: str | None = None  # why a tag is of that kind


class EdgeRow(Record, frozen=True):
    """An edge and why it is there: the statement's basis, dump file and line. `date` is that of the source article."""

    source: str
    target: str
    relation: str
    count: int = 1
    date: str | None = None
    basis: str | None = None
    path: str | None = None
    line: int | None = None


class MentionRow(Record, frozen=True):
    """A mention with its quotation; offsets are code points in the text of `part`."""

    article: str
    entity: str
    part: str
    image: int | None
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    basis: str
    confidence: float
    path: str
    line: int


class IdentityRow(Record, frozen=True):
    """A spelling joined to an entity, the rule that joined it, how often and where first."""

    entity: str
    kind: str
    name: str
    spelling: str
    rule: str
    count: int
    path: str
    line: int
    evidence: str = ""


class RoleRow(Record, frozen=True):
    """A job title or party beside a person's name, how often, and from when to when (ISO 8601)."""

    entity: str
    title: str
    party: str | None
    count: int
    first: str | None
    last: str | None


class DoubtRow(Record, frozen=True):
    """A question that only a person can answer; see `kg.model.Doubt`."""

    kind: str
    a: str
    b: str
    score: float
    evidence: str
    path: str
    line: int


Row = NodeRow | EdgeRow | MentionRow | IdentityRow | RoleRow | DoubtRow

TABLES: Final[dict[str, type[Record]]] = {
    "nodes": NodeRow,
    "edges": EdgeRow,
    "mentions": MentionRow,
    "identities": IdentityRow,
    "roles": RoleRow,
    "doubts": DoubtRow,
}
"""Name of the Parquet file, without its ending → the record of a row, whose fields are the columns."""

_DATES: Final = frozenset({"date", "first", "last"})
_SQL_TYPES: Final = {
    str: "VARCHAR",
    int: "INTEGER",
    float: "DOUBLE",
    bool: "BOOLEAN",
    tuple[str, ...]: "VARCHAR[]",
}


def _columns(record: type[Record]) -> dict[str, str]:
    """Column → SQL type; a date is text in the record and a date in the table."""
    return {
        field.name: "DATE" if field.name in _DATES else _SQL_TYPES[_without_none(field.type)]
        for field in msgspec.structs.fields(record)
    }


def _without_none(annotation: Any) -> Any:
    if isinstance(annotation, UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


_LONGEST_ROW: Final = 1 << 26
"""Bytes of the longest row that is read back: a teaser may be as long as a whole dump, and JSON escapes it."""


class RowCollector:
    """Collects rows in a folder of its own; `write_tables` makes Parquet of them. Close it, or use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._encoder = msgspec.json.Encoder()
        self._files: dict[type, IO[bytes]] = {
            record: self._path(name).open("wb") for name, record in TABLES.items()
        }

    def __enter__(self) -> RowCollector:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files, so that every row is in them."""
        for file in self._files.values():
            file.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows, each to its table."""
        for row in rows:
            self._files[type(row)].write(self._encoder.encode(row) + b"\n")

    def write_tables(self, tables: Path) -> None:
        """Write `nodes.parquet`, `edges.parquet`, … into the folder `tables` and remove the collected lines.

        Rows keep the order in which they came. Raises `OutputError` where a row does not fit its table or the disk is
        full.
        """
        import duckdb

        tables.mkdir(parents=True, exist_ok=True)
        self.close()
        with duckdb.connect(config={"threads": 1}) as connection:
            for name, record in TABLES.items():
                target = tables / f"{name}.parquet"
                try:
                    rows = connection.read_json(
                        glob.escape(str(self._path(name))),
                        columns=_columns(record),
                        format="newline_delimited",
                        maximum_object_size=_LONGEST_ROW,
                    )
                    rows.write_parquet(str(target), compression="zstd")
                except duckdb.Error as error:
                    raise OutputError(f"cannot write {target}: {str(error).splitlines()[0]}") from error
                self._path(name).unlink()
        self._folder.rmdir()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"
