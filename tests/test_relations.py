"""Records as tables: what is written as Parquet or inserted comes back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import duckdb
import msgspec
import pytest

from kg.errors import OutputError
from kg.model import NodeKind, Record
from kg.relations import Relations, open_relations, to_parquet


class _Row(Record, frozen=True):
    page: int
    kind: NodeKind | None
    text: str
    count: int = 1


class _Other(Record, frozen=True):
    page: str
    kind: str | None
    text: str
    count: int


ROWS = [_Row(0, NodeKind.PERSON, "ü\0“'\u2028\n\U0001f600"), _Row(1, None, "x" * 16_000_000, 2)]


def test_what_lies_in_several_files_and_elsewhere_is_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "a'[b]*"
    folder.mkdir()
    files = [folder / "[1]'.parquet", folder / "2.parquet", folder / "3.parquet"]
    for path, rows in zip(files, (ROWS[:1], [], ROWS[1:]), strict=True):
        path.write_bytes(to_parquet(_Row, rows))
    with open_relations(folder, threads=2) as relations:
        others = relations.lines("others")
        others.add(msgspec.json.Encoder().encode_lines([_Row(20, None, "")]))
        relations.load("told", _Row, files, others)
        found = list(relations.rows("FROM told ORDER BY page"))
    assert found == [(0, "person", ROWS[0].text, 1), (1, None, ROWS[1].text, 2), (20, None, "", 1)]


@pytest.mark.parametrize("name", ["text=2024-05-01", "year=2024", "a[1]/../b"])
def test_names_of_folders_are_no_columns_and_no_patterns(tmp_path: Path, name: str) -> None:
    (tmp_path / "a[1]").mkdir()
    folder = tmp_path / name
    folder.mkdir()
    path = folder / "000.parquet"
    path.write_bytes(to_parquet(_Row, [_Row(7, None, "2001-01-01")]))
    with open_relations(folder, threads=1) as relations:
        relations.load("told", _Row, [path])
        assert list(relations.rows("FROM told")) == [(7, None, "2001-01-01", 1)]


def test_rows_that_are_gone_are_not_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "000.parquet"
    path.write_bytes(to_parquet(_Row, [_Row(page, None, "") for page in range(4)]))
    with open_relations(tmp_path, threads=1) as relations:
        relations.insert("gone", _Row, [_Row(page, None, "") for page in (1, 3, 9)])
        others = relations.lines("others")
        others.add(msgspec.json.Encoder().encode_lines([_Row(9, None, "")]))
        relations.load("told", _Row, [path], others, without="gone")
        assert sorted(page for page, *_ in relations.rows("FROM told")) == [0, 2, 9]


def test_a_table_without_files_has_columns_and_no_rows(tmp_path: Path) -> None:
    with open_relations(tmp_path, threads=1) as relations:
        relations.load("told", _Row, [])
        assert list(relations.rows("SELECT page, kind, text, count FROM told")) == []


def test_what_is_inserted_replaces_what_was_there(tmp_path: Path) -> None:
    with open_relations(tmp_path, threads=1) as relations:
        relations.insert("told", _Row, ROWS)
        relations.insert("told", _Row, iter(ROWS[:1]))
        assert list(relations.rows("FROM told")) == [(0, "person", ROWS[0].text, 1)]
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_fit_in_memory_is_spilled_beside(tmp_path: Path) -> None:
    with open_relations(tmp_path, threads=2) as relations:
        relations.run("SET memory_limit = '60MB'")
        relations.run("CREATE TEMP TABLE many AS SELECT hash(range)::VARCHAR AS told FROM range(3_000_000)")
        assert any(tmp_path.rglob("*.tmp"))
        (row,) = relations.rows("SELECT count(*), count(DISTINCT told) FROM many")
    assert row == (3_000_000, 3_000_000)
    assert list(tmp_path.iterdir()) == []


def test_many_pages_have_more_memory(tmp_path: Path) -> None:
    limits = []
    for pages in (0, 300_000, 2_600_000):
        with open_relations(tmp_path, threads=1, pages=pages) as relations:
            limits += [limit for (limit,) in relations.rows("SELECT current_setting('memory_limit')")]
    assert limits == ["488.2 MiB", "488.2 MiB", "1.8 GiB"]


class _Narrow:
    """A connection on which so many threads, and more, find no memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, too_many: int) -> None:
        self.sql, self.cursor = connection.sql, connection.cursor
        self._connection = connection
        self._too_many = too_many
        self.tried: list[int] = []

    def execute(self, statement: str) -> object:
        if not statement.startswith("SET"):
            self.tried.append(threads_of(self._connection))
            if self.tried[-1] >= self._too_many:
                raise duckdb.OutOfMemoryException("no memory")
        return self._connection.execute(statement)


def threads_of(connection: duckdb.DuckDBPyConnection) -> int:
    ((threads,),) = connection.sql("SELECT current_setting('threads')").fetchall()
    return int(threads)


def test_what_several_threads_have_no_memory_for_is_left_to_one(tmp_path: Path) -> None:
    with duckdb.connect(config={"threads": 3}) as connection:
        narrow = _Narrow(connection, too_many=2)
        relations = Relations(cast(Any, narrow), tmp_path)
        relations.run("CREATE TABLE told AS SELECT range AS number FROM range(20_000)")
        assert sum(number for (number,) in relations.rows("FROM told")) == sum(range(20_000))
        assert narrow.tried == [3, 1, 3, 1]
        assert threads_of(connection) == 3


def test_what_one_thread_has_no_memory_for_either_is_told(tmp_path: Path) -> None:
    with duckdb.connect(config={"threads": 3}) as connection:
        narrow = _Narrow(connection, too_many=1)
        with pytest.raises(OutputError, match="tables of the reduce: no memory"):
            Relations(cast(Any, narrow), tmp_path).run("CREATE TABLE told AS SELECT 7 AS number")
        assert narrow.tried == [3, 1]
        assert threads_of(connection) == 3


def test_what_does_not_fit_and_cannot_be_spilled_is_told(tmp_path: Path) -> None:
    with open_relations(tmp_path, threads=2) as relations:
        relations.run("SET memory_limit = '10MB'")
        with pytest.raises(OutputError, match="tables of the reduce: Out of Memory"):
            relations.run(
                "CREATE TEMP TABLE many AS SELECT list(range::VARCHAR) AS told FROM range(3_000_000)"
            )


def test_a_row_that_does_not_fit_its_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="tables of the reduce"):
        to_parquet(_Row, [_Other("one", None, "", 1)])
