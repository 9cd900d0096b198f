"""The Parquet tables of a build: nodes, edges, mentions, identities, roles and doubts, for DuckDB, pandas and the page.

Rows are written as lines of JSON, shard by shard, and turned into Parquet by DuckDB at the end, so memory does not grow
with the number of rows, and any number of writers work side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import OutputError
from kg.model import Doubt, Record


class NodeRow(Record, frozen=True):
    """A node of the graph. `count` is the number of articles that touch it.

    Of articles and stubs alone: `date` (ISO 8601), and the dump that tells the most of it with its first and last line.
    """

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
    replaces: tuple[str, ...] = ()  # older addresses, which lead here
    dump: str | None = (
        None  # of articles: the path of the fullest, of stubs of the one that announces or names it
    )
    first_line: int | None = None
    last_line: int | None = None


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


Row = NodeRow | EdgeRow | MentionRow | IdentityRow | RoleRow | Doubt

TABLES: Final[dict[str, type[Record]]] = {
    "nodes": NodeRow,
    "edges": EdgeRow,
    "mentions": MentionRow,
    "identities": IdentityRow,
    "roles": RoleRow,
    "doubts": Doubt,
}
"""Name of the Parquet file, without its ending → the record of a row, whose fields are the columns."""

_NAMES: Final = {record: name for name, record in TABLES.items()}
DATES: Final = frozenset({"date", "first", "last"})
"""Columns that are dates in the tables, and text in the records."""


def encode_rows(rows: Iterable[Row]) -> dict[str, bytes]:
    """Name of the table → its rows as lines of JSON, in their order; only tables that have rows."""
    encoder = msgspec.json.Encoder()
    by_table: dict[type, list[Row]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row)
    return {_NAMES[record]: encoder.encode_lines(of_table) for record, of_table in by_table.items()}


@contextmanager
def reading(place: Path) -> Iterator[None]:
    """Make an `OutputError` of what DuckDB cannot read while the block reads tables at `place`."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise OutputError(f"{place} cannot be read: {str(error).splitlines()[0]}") from error
