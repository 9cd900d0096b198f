"""Parquet files joined: rows, types and statistics are those of all of them, for a reader that knows nothing of it."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from kg.store.parquet import join_parquet

ROWS = """SELECT i AS number, 'name ' || (i // 3) AS name, if(i % 5 = 0, NULL, i / 7) AS share, [name, 'b'] AS names,
                 i % 2 = 0 AS even, DATE '2020-01-01' + i::INTEGER AS day FROM range({}, {}) AS numbers (i)"""


def query(text: str) -> duckdb.DuckDBPyRelation:
    found = duckdb.sql(text)
    assert found is not None
    return found


def part(folder: Path, start: int, end: int) -> bytes:
    path = folder / f"{start}.parquet"
    query(ROWS.format(start, end)).write_parquet(str(path), compression="zstd", row_group_size=2048)
    return path.read_bytes()


def joined(folder: Path, *parts: bytes) -> duckdb.DuckDBPyRelation:
    path = folder / "joined.parquet"
    with path.open("wb") as file:
        join_parquet(parts, file)
    return duckdb.read_parquet(str(path))


def test_rows_come_one_behind_the_other(tmp_path: Path) -> None:
    ends = [0, 1, 1, 9000, 9100, 30_000]  # a row, none, several row groups, more than 14 of them
    parts = [part(tmp_path, start, end) for start, end in pairwise(ends)]
    found, expected = joined(tmp_path, *parts), query(ROWS.format(0, 30_000))
    assert found.types == expected.types
    assert found.fetchall() == expected.fetchall()


def test_each_value_is_found_by_what_the_file_says_of_its_pages(tmp_path: Path) -> None:
    found = joined(tmp_path, *(part(tmp_path, start, start + 3000) for start in range(0, 15_000, 3000)))
    for number in range(0, 15_000, 501):
        assert found.filter(f"name = 'name {number // 3}' AND number = {number}").fetchall()[0][0] == number
    path = tmp_path / "joined.parquet"
    told = query(f"SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('{path}')")
    assert sorted(told.fetchall()) == [(group, [2048, 952][group % 2]) for group in range(10)]


def test_one_file_stays_as_it_is(tmp_path: Path) -> None:
    for one in (part(tmp_path, 0, 5000), part(tmp_path, 0, 0)):
        target = BytesIO()
        join_parquet([one], target)
        assert target.getvalue() == one


@pytest.mark.parametrize("bad", [b"", b"PAR1", b"PAR1\xff\xff\0\0PAR1", b"no file of that kind at all"])
def test_what_is_no_parquet_is_told(bad: bytes) -> None:
    with pytest.raises(ValueError, match="no Parquet file"):
        join_parquet([bad], BytesIO())
    with pytest.raises(ValueError, match="no file"):
        join_parquet([], BytesIO())
