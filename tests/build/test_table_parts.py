"""Tables of parts: only those whose rows have changed are made again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import zstandard

from kg.store.tables import NodeRow, encode_rows
from kg.table_parts import Part, write_tables


def part(folder: Path, key: str, *labels: str) -> Part:
    rows = [NodeRow(f"urn:{label}", "tag", label) for label in labels]
    (folder / key).write_bytes(zstandard.compress(encode_rows(rows)["nodes"]))
    return Part(key, [folder / key])


def labels(tables: Path) -> list[str]:
    rows = duckdb.read_parquet(str(tables / "nodes.parquet")).select("label").fetchall()
    return [label for (label,) in rows]


def test_parts_of_the_same_key_are_taken_over_and_others_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    first, second = part(tmp_path, "1", "b", "a"), part(tmp_path, "2", "c")
    write_tables({"nodes": [first, second]}, tmp_path / "before", kept)
    assert labels(tmp_path / "before") == ["b", "a", "c"]

    made = []
    write = duckdb.DuckDBPyRelation.write_parquet

    def note(*given: Any, **named: Any) -> None:
        made.append(1)
        write(*given, **named)

    monkeypatch.setattr(duckdb.DuckDBPyRelation, "write_parquet", note)
    write_tables({"nodes": [first, part(tmp_path, "3", "d")]}, tmp_path / "after", kept)
    assert labels(tmp_path / "after") == ["b", "a", "d"]
    assert len(made) == 1
    assert sorted(path.name for path in kept.iterdir()) == ["nodes-1", "nodes-3"]

    write_tables({"nodes": [second, first]}, tmp_path / "mixed", kept)
    write_tables({"nodes": [second, first]}, tmp_path / "fresh", tmp_path / "other")
    assert (tmp_path / "mixed" / "nodes.parquet").read_bytes() == (
        tmp_path / "fresh" / "nodes.parquet"
    ).read_bytes()


@pytest.mark.parametrize("cut", [0, 7, -9, -1])
def test_a_part_that_is_damaged_is_made_again(tmp_path: Path, cut: int) -> None:
    one = part(tmp_path, "1", "a", "b")
    write_tables({"nodes": [one]}, tmp_path / "before", tmp_path / "kept")
    path = tmp_path / "kept" / "nodes-1"
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    write_tables({"nodes": [one]}, tmp_path / "after", tmp_path / "kept")
    assert labels(tmp_path / "after") == ["a", "b"]
    assert path.read_bytes() == whole
