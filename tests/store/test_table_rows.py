"""Rows that cannot be written, and names that are looked up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kg.errors import NotFoundError, OutputError
from kg.store.lookup import Lookup
from kg.store.tables import NodeRow
from tests.rows import write_rows


def write(folder: Path, *rows: NodeRow) -> Path:
    return write_rows(folder / "tables", rows)


def test_a_row_that_fits_no_table_is_one_line_of_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*nodes\.parquet: .*date") as raised:
        write(tmp_path, NodeRow("urn:a", "article", "A", date="the day before"))
    assert "\n" not in str(raised.value)


def test_a_full_disk_is_one_line_of_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: No space left on device\nand more")

    monkeypatch.setattr(duckdb.DuckDBPyRelation, "write_parquet", fail)
    with pytest.raises(OutputError, match=r"No space left on device$"):
        write(tmp_path, NodeRow("urn:a", "article", "A"))


@pytest.fixture(scope="module")
def lookup(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    return Lookup(
        write(
            tmp_path_factory.mktemp("small"),
            NodeRow("urn:p:ada", "person", "Ada Lund", alternates=("Ada Lunde", "Lund, Ada")),
            NodeRow("urn:p:ada-2", "person", "ADA LUND"),
            NodeRow("urn:p:oe", "person", "Özlem Öz"),
            NodeRow("urn:p:karl", "person", "Karl Meer"),
            NodeRow("urn:p:karl-2", "person", "Karl Meer"),
            NodeRow("urn:t:ada", "tag", "Ada Meer"),
            NodeRow("urn:t:karl", "tag", "Karl Meer"),
            NodeRow("urn:a:1", "article", "Hafen: Es brennt", url="https://taz.de/!1"),
        )
    )


@pytest.mark.parametrize(
    ("name", "kind", "spelling", "iri"),
    [
        ("Ada Lund", "person", "Ada Lund", "urn:p:ada"),
        ("ADA LUND", "person", "ADA LUND", "urn:p:ada-2"),
        ("LUND, ada", "person", "Lund, Ada", "urn:p:ada"),
        ("o\u0308ZLEM ÖZ", "person", "Özlem Öz", "urn:p:oe"),
        ("ada meer", "tag", "Ada Meer", "urn:t:ada"),
        ("urn:t:ada", "tag", "urn:t:ada", "urn:t:ada"),
        ("hafen: es BRENNT", "article", "Hafen: Es brennt", "urn:a:1"),
        ("es brennt", "article", "urn:a:1", "urn:a:1"),
        ("!1", "article", "urn:a:1", "urn:a:1"),
    ],
)
def test_capitals_do_not_matter_where_no_name_has_the_same(
    lookup: Lookup, name: str, kind: str, spelling: str, iri: str
) -> None:
    assert lookup.find(name, [kind]) == iri
    assert lookup.spelling(name, [kind]) == spelling


def test_namesakes_have_one_spelling_and_two_addresses(lookup: Lookup) -> None:
    assert lookup.spelling("karl meer", ["person"]) == "Karl Meer"
    with pytest.raises(NotFoundError, match="names 2 of them; choose one of urn:p:karl, urn:p:karl-2"):
        lookup.find("karl meer", ["person"])


def test_a_name_that_is_not_there_is_answered_with_the_nearest(lookup: Lookup) -> None:
    for ask in (lookup.find, lookup.spelling):
        with pytest.raises(
            NotFoundError, match="no person named “Özlem Otz” is in the graph; did you mean “Özlem Öz”"
        ):
            ask("Özlem Otz", ["person"])
        with pytest.raises(NotFoundError, match="no person named “Ada Meer”"):
            ask("Ada Meer", ["person"])


def test_a_near_name_is_told_once(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find("Karl Meerr", ("person", "tag"))
    assert str(raised.value).count("“Karl Meer”") == 1
