"""The queries with a name: their rows, counted by hand, in two engines; and their heads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import rdflib

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES
from kg.store.graph_store import open_store
from kg.store.in_process import query_store
from kg.store.named import NamedQuery, find_query, named_queries, parse_named_query
from kg.store.parameters import ParameterKind, bind
from kg.store.results import Iri, Value
from kg.store.syntax import check_query
from kg.store.tables import NodeRow
from tests.rows import write_rows

ID = "https://kg.example/id/"
A, P, T, ORG, PL = (
    ID + folder for folder in ("article/taz/", "person/", "tag/taz/", "organization/", "place/")
)
HOSTILE = '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #\n=1+1'
D1, D2, D3, D4 = date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 20), date(2023, 2, 1)
ONE, TWO, THREE, FOUR, FIVE = (
    "Eins: Der Deich",
    "Zwei: Der Hafen",
    "Drei: Das Meer",
    "Vier: Kommentar",
    "Fünf: Ohne Tag",
)

Row = tuple[Value, ...]
CASES: list[tuple[str, dict[str, Value], list[Row]]] = [
    (
        "agency-share",
        {},
        [("2022", "taz", 1, ORG + "taz"), ("2023", "dpa", 2, ORG + "dpa"), ("2023", "taz", 1, ORG + "taz")],
    ),
    (
        "articles-about-person",
        {"person": P + "ada-lund"},
        [
            (D4, FOUR, A + "4"),
            (D3, THREE, A + "3"),
            (D2, TWO, A + "2"),
            (D1, ONE, A + "1"),
            (None, FIVE, A + "h-five"),
        ],
    ),
    ("articles-about-person", {"person": P + "x"}, [(D4, FOUR, A + "4")]),
    ("articles-about-person", {"person": P + "ada"}, []),
    (
        "articles-between",
        {"from": "2023-01-01", "to": "2023-01-20"},
        [
            (D2, TWO, "Ida Korn", A + "2"),
            (D2, TWO, "Jan Moor", A + "2"),
            (D3, THREE, "Jan Moor", A + "3"),
            (D3, ONE, None, A + "6"),
        ],
    ),
    ("articles-between", {"to": date(2022, 12, 31)}, [(D1, ONE, "Ida Korn", A + "1")]),
    (
        "articles-by-author",
        {"author": P + "ida-korn"},
        [(D2, TWO, A + "2"), (D1, ONE, A + "1"), (None, FIVE, A + "h-five")],
    ),
    ("articles-by-author", {"author": ORG + "dpa"}, [(D4, FOUR, A + "4")]),
    (
        "authors-of-tag",
        {"tag": T + "kueste"},
        [("Ida Korn", 2, P + "ida-korn"), ("Jan Moor", 1, P + "jan-moor")],
    ),
    (
        "co-mentions",
        {"person": P + "ada-lund"},
        [("Ben Ohm", 2, P + "ben-ohm"), ("Cem Üzgün", 2, P + "cem-uezguen")],
    ),
    ("co-mentions", {"person": P + "x"}, [("Eva Rot", 1, P + "eva-rot")]),
    ("co-mentions", {"person": P + "eva-rot"}, [(HOSTILE, 1, P + "x")]),
    (
        "datelines",
        {},
        [("Kiel", 3, D1, D3, PL + "kiel"), ("Wien", 2, D2, D3, PL + "wien")],
    ),
    (
        "most-cited",
        {},
        [
            (None, 2, None, A + "99"),
            ("Neun: Fehlt", 2, None, A + "h-stub1"),
            (TWO, 2, D2, A + "2"),
            (ONE, 1, D1, A + "1"),
        ],
    ),
    (
        "most-mentioned",
        {"minimum": "2"},
        [
            ("Ada Lund", 4, D1, D3, P + "ada-lund"),
            ("Ben Ohm", 2, D1, D2, P + "ben-ohm"),
            ("Cem Üzgün", 2, D2, D2, P + "cem-uezguen"),
        ],
    ),
    (
        "most-used-tags",
        {},
        [
            ("Küste", 4, T + "kueste", None),
            ("Deich", 3, T + "deich", None),
            ("Ada Lund", 2, T + "ada-lund", P + "ada-lund"),
            ("Meer", 2, T + "meer", None),
        ],
    ),
    (
        "person-spellings",
        {},
        [
            ("Ada Lund", "Ada Lunde", P + "ada-lund"),
            ("Ada Lund", "Lund, Ada", P + "ada-lund"),
            ("Cem Üzgün", "Cem Uezguen", P + "cem-uezguen"),
        ],
    ),
    ("person-timeline", {"person": P + "ada-lund"}, [("2022-12", 1), ("2023-01", 2)]),
    ("related-tags", {"tag": T + "kueste"}, [("Deich", 2, T + "deich"), ("Meer", 1, T + "meer")]),
    (
        "sources",
        {"article": A + "1"},
        [
            ("2023/1.txt", "gopherproxy", None, None, ID + "file/f1"),
            ("2023/2.txt", "mills", 1, 40, ID + "file/f2"),
        ],
    ),
    ("tag-pairs", {}, [("Deich", "Küste", 2, T + "deich", T + "kueste")]),
    ("tag-timeline", {"tag": T + "kueste"}, [("2022-12", 1), ("2023-01", 2)]),
    (
        "thread",
        {"article": A + "2"},
        [
            ("from", "related", D3, THREE, A + "3"),
            ("from", "related", D1, ONE, A + "1"),
            ("to", "link", D1, ONE, A + "1"),
            ("to", "related", D1, ONE, A + "1"),
            ("to", "related", None, None, A + "99"),
            ("to", "related", None, "Neun: Fehlt", A + "h-stub1"),
        ],
    ),
    ("thread", {"article": A + "3"}, [("to", "related", D2, TWO, A + "2")]),
    (
        "wanted",
        {},
        [
            (None, 2, "https://taz.de/!99", A + "99"),
            ("Neun: Fehlt", 2, None, A + "h-stub1"),
        ],
    ),
    (
        "who-writes-about-person",
        {"person": P + "ada-lund"},
        [("Ida Korn", 3, P + "ida-korn"), ("Jan Moor", 2, P + "jan-moor")],
    ),
    (
        "why-tag",
        {"article": A + "1"},
        [
            ("Deich", PREFIXES["kg"] + "OwnTag", "2023/2.txt", 30),
            ("Küste", PREFIXES["kg"] + "RelatedTagPosition", "2023/1.txt", 12),
        ],
    ),
]


def case_id(value: object) -> str | None:
    return value if isinstance(value, str) else None


@pytest.mark.parametrize(("name", "bindings", "rows"), CASES, ids=case_id)
def test_the_rows_are_those_counted_by_hand(
    store_dir: Path, name: str, bindings: dict[str, Value], rows: list[Row]
) -> None:
    assert list(query_store(open_store(store_dir), find_query(name).sparql, bindings).rows) == rows


# rdflib's Dataset.query itself uses what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("name", "bindings", "rows"), CASES, ids=case_id)
def test_rdflib_gives_the_same_rows(
    rdflib_dataset: rdflib.Dataset, name: str, bindings: dict[str, Value], rows: list[Row]
) -> None:
    text = bind(check_query(find_query(name).sparql, PREFIXES), bindings)
    found = [tuple(row) for row in rdflib_dataset.query(text, initNs=PREFIXES) if isinstance(row, tuple)]
    assert [tuple(None if cell is None else str(cell) for cell in row) for row in found] == [
        tuple(None if cell is None else str(cell) for cell in row) for row in rows
    ]


def test_every_query_is_tried() -> None:
    assert {name for name, _, _ in CASES} == {query.name for query in named_queries()}
    assert len(named_queries()) == 20


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_every_order_is_total(query: NamedQuery, store_dir: Path) -> None:
    # No two rows may tie, or engines are free to differ: the keys of ORDER BY, projected, tell all rows apart.
    order = query.sparql.rpartition("ORDER BY")[2].replace("DESC(", " ").replace(")", " ").split()
    # With no minimum, and of what has most rows.
    most = {
        name: max((case for case in CASES if case[0] == name), key=lambda case: len(case[2]))[1]
        for name, _, _ in CASES
    }
    bindings: dict[str, Value] = {p.name: None for p in query.parameters} | {
        p.name: most[query.name][p.name] for p in query.parameters if p.names
    }
    solutions = query_store(open_store(store_dir), query.sparql, bindings)
    keys = [[row[key.lstrip("?")] for key in order] for row in solutions.dicts()]
    assert len({str(key) for key in keys}) == len(solutions.rows)
    assert len(keys) == len({str(row) for row in solutions.rows})


def test_a_head_describes_its_parameters() -> None:
    query = find_query("articles-between")
    assert query.title == "Articles between two dates"
    assert [(p.name, p.kind, p.required, p.example) for p in query.parameters] == [
        ("from", ParameterKind.DATE, False, "1978-01-01"),
        ("to", ParameterKind.DATE, False, "9999-12-31"),
    ]
    find_query("articles-between").require({})
    with pytest.raises(UsageError, match=r'co-mentions needs person, a name .*: --set person="Hanna Kolb"'):
        find_query("co-mentions").require({})
    find_query("co-mentions").require({"person": P + "ada-lund"})
    assert [p.names for p in find_query("articles-by-author").parameters] == ["author"]
    assert [p.names for p in find_query("articles-between").parameters] == [None, None]


def test_every_parameter_that_takes_a_name_says_of_what() -> None:
    named = {p.name: p.names for query in named_queries() for p in query.parameters if p.names}
    assert named == {"person": "person", "author": "author", "tag": "tag", "article": "article"}
    for query in named_queries():
        assert all(p.names for p in query.parameters if p.kind is ParameterKind.TEXT), query.name


def test_an_article_is_meant_by_its_number_as_text_and_as_a_number(tmp_path: Path) -> None:
    iri = "https://kg.example/id/article/taz/6021874"
    tables = write_rows(tmp_path, [NodeRow(iri, "article", "Ein Fund", None, "https://taz.de/!6021874")])
    for number in (6021874, "6021874", iri):
        assert find_query("thread").resolved({"article": number}, tables) == {"article": Iri(iri)}


def test_an_unknown_parameter_is_said_to_be_unknown_even_where_another_is_missing() -> None:
    with pytest.raises(UsageError, match="co-mentions has no parameter 'perso'; it takes person"):
        find_query("co-mentions").require({"perso": "x"})
    with pytest.raises(UsageError, match="has no parameter 'till'; it takes from, to"):
        find_query("articles-between").require({"from": "2023-01-01", "till": "2023-01-02"})
    with pytest.raises(UsageError, match="has no parameter 'x'; it takes none"):
        find_query("agency-share").require({"x": "x"})


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(UsageError, match="did you mean co-mentions"):
        find_query("comentions")
    with pytest.raises(UsageError, match="kg query --list"):
        find_query("zzz")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Title\nASK {}", "lacks its title or description"),
        ("# T\n# D\n# ?x: what\nASK {}", "no parameter of the query"),
        ("# T\n# D\n# ?x planet: what\nASK { VALUES ?x { 1 } }", "no parameter of the query"),
        ("# T\n# D\nASK { VALUES ?x { 1 } }", "does not describe x"),
    ],
)
def test_a_head_that_disagrees_with_its_query_is_an_error(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_named_query("q", text)
