"""Tables lie where the user's folders are, whose names say nothing of columns."""

from pathlib import Path

import pytest

from kg.model import Record
from kg.relations import open_relations, to_parquet


class _Row(Record, frozen=True):
    page: int
    date: str


@pytest.mark.parametrize("name", ["date=2024-05-01", "year=2024", "a[1]/../b"])
def test_names_of_folders_are_no_columns_and_no_patterns(tmp_path: Path, name: str) -> None:
    (tmp_path / "a[1]").mkdir()
    folder = tmp_path / name
    folder.mkdir()
    path = folder / "000.parquet"
    path.write_bytes(to_parquet(_Row, [_Row(0, "2001-01-01")]))
    with open_relations(folder, 1) as relations:
        relations.load("told", _Row, [(path, 7)], [_Row(0, "2002-02-02")])
        assert sorted(relations.rows("FROM told")) == [(0, "2002-02-02"), (7, "2001-01-01")]
