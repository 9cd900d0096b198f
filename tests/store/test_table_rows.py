"""Rows that cannot be written, and names that are looked up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from kg.errors import NotFoundError, OutputError, UsageError
from kg.store.lookup import Lookup
from kg.store.tables import EdgeRow, NodeRow, RoleRow, Row
from tests.rows import write_rows


def write(folder: Path, *rows: Row) -> Path:
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
            NodeRow(
                "urn:a:1",
                "article",
                "Hafen: Es brennt",
                "2022-01-01",
                "https://taz.de/!1",
                replaces=("urn:a:h-1",),
            ),
            NodeRow("urn:a:2", "article", "Wetter", "2022-01-02"),
            NodeRow("urn:a:3", "article", "Wetter"),
            NodeRow("urn:a:4", "stub", "Wetter"),
            NodeRow("urn:a:5", "article", "Porträt: Öz"),
            NodeRow("urn:p:inci", "person", "İnci Aktaş"),
            NodeRow("urn:p:bund", "person", "Emil Bund", alternates=("Der Bund",)),
            NodeRow("urn:o:bund", "organization", "Der Bund"),
            NodeRow("urn:t:2022", "tag", "Wahl 2022"),
            NodeRow(
                "urn:a:6",
                "article",
                "Der neue Kran",
                replaces=("https://kg.example/id/article/taz/h-abcdefghijklmnopqrstuvwxyz",),
            ),
            NodeRow("urn:p:one", "person", "Johannes 1"),
            NodeRow("urn:a:7", "article", "1968?"),
            EdgeRow("urn:a:1", "urn:p:karl", "mentions", date="2022-01-01"),
            EdgeRow("urn:t:karl", "urn:p:karl", "focus"),
            EdgeRow("urn:a:3", "urn:t:karl", "about", date="2025-01-02"),
            EdgeRow("urn:a:1", "urn:p:karl", "author", date="2022-01-01"),
            EdgeRow("urn:a:2", "urn:p:karl", "author", date="2024-01-02"),
            RoleRow("urn:p:karl", "Rat", "AB", 2, None, None),
        )
    )


@pytest.mark.parametrize(
    ("name", "kind", "iri"),
    [
        ("Ada Lund", "person", "urn:p:ada"),
        ("ADA LUND", "person", "urn:p:ada-2"),
        ("LUND, ada", "person", "urn:p:ada"),
        ("ÖZ, Özlem", "person", "urn:p:oe"),
        ("o\u0308ZLEM  ÖZ ", "person", "urn:p:oe"),
        ("Öz", "person", "urn:p:oe"),
        ("ada meer", "tag", "urn:t:ada"),
        ("urn:t:ada", "tag", "urn:t:ada"),
        ("hafen: es BRENNT", "article", "urn:a:1"),
        ("es brennt", "article", "urn:a:1"),
        ("urn:a:h-1", "article", "urn:a:1"),
        ("1968?", "article", "urn:a:7"),
        ("https://kg.example/id/article/taz/h-abcdefghijklmnopqrstuvwxyz", "article", "urn:a:6"),
        ("h-abcdefghijklmnopqrstuvwxyz", "article", "urn:a:6"),
        ("İnci Aktaş", "person", "urn:p:inci"),
        ("İNCİ AKTAŞ", "person", "urn:p:inci"),
    ],
)
def test_capitals_do_not_matter_where_no_name_has_the_same(
    lookup: Lookup, name: str, kind: str, iri: str
) -> None:
    assert lookup.find(name, [kind]) == lookup.find(name) == iri


@pytest.mark.parametrize(
    "name",
    [
        "1",
        "!1",
        "https://taz.de/!1",
        "https://www.taz.de/!1/",
        "http://taz.de/Es-brennt/!1/",
        "taz.de/!1",
        "https://taz.de/Es-brennt/!1/?goMobile2=1#bb_message",
        "https://taz.de/Es-brennt/!1/?ref=/x/!2",
    ],
)
def test_an_article_is_found_by_its_number_and_by_its_page(lookup: Lookup, name: str) -> None:
    assert lookup.find(name) == "urn:a:1"


def test_names_go_before_headlines(lookup: Lookup) -> None:
    assert lookup.find("Öz") == "urn:p:oe"
    assert lookup.find("Öz", ("article", "stub")) == "urn:a:5"


def test_a_label_goes_before_other_spellings(lookup: Lookup) -> None:
    assert lookup.find("Der Bund") == "urn:o:bund"
    assert lookup.find("Der Bund", ["person"]) == "urn:p:bund"


def test_namesakes_are_told_apart(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find("karl meer", ["person"])
    assert str(raised.value) == (
        "“karl meer” names 2 persons; choose one by its address:\n"
        "  urn:p:karl  Rat AB, 3 articles, 2022 to 2025\n"
        "  urn:p:karl-2  0 articles"
    )


def test_articles_of_one_headline_are_told_apart(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find("Wetter")
    assert str(raised.value) == (
        "“Wetter” names 3 articles; choose one by its address:\n"
        "  urn:a:2  2022-01-02\n  urn:a:3  no date\n  urn:a:4  known only from other pages"
    )


def test_a_name_that_is_not_there_is_answered_with_the_nearest(lookup: Lookup) -> None:
    with pytest.raises(
        NotFoundError, match="no person named “Özlem Otz” is in the graph; did you mean “Özlem Öz”"
    ):
        lookup.find("Özlem Otz", ["person"])
    with pytest.raises(NotFoundError, match=r"did you mean “Özlem Öz”\?"):
        lookup.find("Ozlem", ["person"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ada Meer", "“Ada Meer” is a tag, not a person"),
        ("!1", "“!1” is an article, not a person"),
        ("!12", "nothing in the graph has the number 12"),
        ("Xyxx", "no person named “Xyxx” is in the graph"),
        ("https://kg.example/id/x", "nothing in the graph has the address https://kg.example/id/x"),
    ],
)
def test_what_cannot_be_meant_is_said_so(lookup: Lookup, name: str, said: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find(name, ["person"])
    assert str(raised.value) == said


def test_all_kinds_that_were_asked_for_are_told(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find("Der neue Kran", ["person", "tag"])
    assert str(raised.value) == "“Der neue Kran” is an article, not a person or a tag"


def test_a_number_is_a_name_like_others_where_articles_are_not_meant(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError, match="no tag named “2022” is in the graph; did you mean “Wahl 2022”"):
        lookup.find("2022", ["tag"])
    with pytest.raises(NotFoundError, match="nothing in the graph has the number 2022"):
        lookup.find("2022")


def test_no_name_is_no_name(lookup: Lookup) -> None:
    with pytest.raises(UsageError, match="give a name"):
        lookup.find(" ")


def test_tables_of_another_version_are_said_to_be(tmp_path: Path) -> None:
    tables = write(tmp_path, NodeRow("urn:t:ada", "tag", "Ada"))
    nodes = str(tables / "nodes.parquet")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE old AS SELECT * EXCLUDE replaces FROM read_parquet($1)", [nodes])
        connection.table("old").write_parquet(nodes)
    with pytest.raises(OutputError, match=r"nodes\.parquet is of another version of kg: run kg build again"):
        Lookup(tables)


def test_a_near_name_is_told_once(lookup: Lookup) -> None:
    with pytest.raises(NotFoundError) as raised:
        lookup.find("Karl Meerr", ("person", "tag"))
    assert str(raised.value).count("“Karl Meer”") == 1
