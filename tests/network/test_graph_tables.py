"""The tables of a build become a networkx graph: typed, complete, in a fixed order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.network.graph import to_networkx
from kg.store.tables import EdgeRow, NodeRow, Row
from tests.rows import write_rows

BASE = "https://kg.example/id/"
ARTICLE = NodeRow(
    f"{BASE}article/taz/1",
    "article",
    "Kicker: Titel",
    date="2024-12-04",
    url="https://taz.de/!1",
    abstract="Ein Teaser.",
    count=1,
)
PERSON = NodeRow(
    f"{BASE}person/jo-doe", "person", "Jo Doe", alternates=("Doe", "J. Doe"), count=2, author=True
)
AUTHOR = EdgeRow(
    ARTICLE.iri, PERSON.iri, "author", date="2024-12-04", basis="Byline", path="a/b.txt", line=17
)
MENTION = EdgeRow(ARTICLE.iri, PERSON.iri, "mentions", count=3, basis="KnownName", path="a/b.txt", line=4)


def write_tables(folder: Path, *rows: Row) -> Path:
    return write_rows(folder / "tables", rows)


def test_attributes_carry_their_types_and_empty_ones_are_absent(tmp_path: Path) -> None:
    graph = to_networkx(write_tables(tmp_path, PERSON, ARTICLE))
    assert dict(graph.nodes[ARTICLE.iri]) == {
        "kind": "article",
        "label": "Kicker: Titel",
        "date": date(2024, 12, 4),
        "url": "https://taz.de/!1",
        "abstract": "Ein Teaser.",
        "count": 1,
        "author": False,
    }
    assert dict(graph.nodes[PERSON.iri]) == {
        "kind": "person",
        "label": "Jo Doe",
        "alternates": ("Doe", "J. Doe"),
        "count": 2,
        "author": True,
    }


def test_parallel_edges_are_keyed_by_their_relation(tmp_path: Path) -> None:
    graph = to_networkx(write_tables(tmp_path, ARTICLE, PERSON, MENTION, AUTHOR))
    assert list(graph.edges(keys=True, data=True)) == [
        (
            ARTICLE.iri,
            PERSON.iri,
            "author",
            {
                "relation": "author",
                "count": 1,
                "date": date(2024, 12, 4),
                "basis": "Byline",
                "path": "a/b.txt",
                "line": 17,
            },
        ),
        (
            ARTICLE.iri,
            PERSON.iri,
            "mentions",
            {"relation": "mentions", "count": 3, "basis": "KnownName", "path": "a/b.txt", "line": 4},
        ),
    ]


def test_rows_that_repeat_a_relation_add_up_and_tell_the_first_place(tmp_path: Path) -> None:
    later = EdgeRow(ARTICLE.iri, PERSON.iri, "mentions", count=2, basis="TopicLink", path="c.txt", line=1)
    graph = to_networkx(write_tables(tmp_path, ARTICLE, PERSON, later, MENTION))
    (edge,) = graph[ARTICLE.iri][PERSON.iri].values()
    assert edge == {
        "relation": "mentions",
        "count": 5,
        "basis": "KnownName",
        "path": "a/b.txt",
        "line": 4,
    }


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    one = to_networkx(write_tables(tmp_path / "1", ARTICLE, PERSON, AUTHOR, MENTION))
    other = to_networkx(write_tables(tmp_path / "2", MENTION, AUTHOR, PERSON, ARTICLE))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))


def test_a_node_without_label_is_called_by_its_key(tmp_path: Path) -> None:
    stub = NodeRow(f"{BASE}article/taz/77", "stub", "")
    assert to_networkx(write_tables(tmp_path, stub)).nodes[stub.iri]["label"] == "77"


def test_a_build_of_nothing_is_an_empty_graph(tmp_path: Path) -> None:
    graph = to_networkx(write_tables(tmp_path))
    assert len(graph) == 0
    assert graph.is_directed()
    assert graph.is_multigraph()


def test_a_folder_whose_name_is_a_pattern_is_read_as_itself(tmp_path: Path) -> None:
    write_tables(tmp_path / "out1", NodeRow(f"{BASE}tag/taz/other", "tag", "other"))
    graph = to_networkx(write_tables(tmp_path / "out[1]*?", PERSON))
    assert list(graph) == [PERSON.iri]


def test_missing_tables_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"nodes\.parquet is missing: run kg build first"):
        to_networkx(tmp_path)


def test_a_file_that_is_no_table_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "nodes.parquet").write_text("not a table")
    with pytest.raises(OutputError, match="cannot be read"):
        to_networkx(tmp_path)


def test_an_edge_to_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="person/jo-doe, which is no node"):
        to_networkx(write_tables(tmp_path, ARTICLE, AUTHOR))
