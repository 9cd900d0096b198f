"""Values in the place of a query's example values, and nothing but values."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES
from kg.store.parameters import ParameterKind, bind, slots
from kg.store.results import Iri, Value
from kg.store.syntax import CheckedQuery, check_query


def checked(data: str) -> CheckedQuery:
    return check_query(f"SELECT ?x {{ VALUES ?x {{ {data} }} }}", PREFIXES)


def answer(query: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None:
    results = ox.Store().query(query, prefixes=PREFIXES)
    assert isinstance(results, ox.QuerySolutions)
    (row,) = list(results)
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None = row["x"]
    return term


@pytest.mark.parametrize(
    ("data", "kind", "example"),
    [
        ('"Ada Lund"', ParameterKind.TEXT, "Ada Lund"),
        ("UNDEF", ParameterKind.TEXT, "UNDEF"),
        ("", ParameterKind.TEXT, ""),
        ("7", ParameterKind.INTEGER, "7"),
        ('"2024-01-31"^^xsd:date', ParameterKind.DATE, "2024-01-31"),
        ("schema:Person", ParameterKind.IRI, "schema:Person"),
        ("<urn:a>", ParameterKind.IRI, "<urn:a>"),
    ],
)
def test_the_kind_is_the_examples(data: str, kind: ParameterKind, example: str) -> None:
    (slot,) = slots(checked(data))
    assert (slot.name, slot.kind, slot.value) == ("x", kind, example)


def test_blocks_of_several_variables_are_no_parameters() -> None:
    assert slots(check_query("SELECT * { VALUES (?a ?b) { (1 2) } }", PREFIXES)) == ()


XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("data", "value", "term"),
    [
        ('"x"', "Ada", ox.Literal("Ada")),
        ('"x"', "12", ox.Literal("12")),
        ("1", "12", ox.Literal(12)),
        (
            '"2024-01-31"^^xsd:date',
            "1999-12-01",
            ox.Literal("1999-12-01", datatype=ox.NamedNode(XSD + "date")),
        ),
        ("<urn:a>", "https://kg.example/id/x", ox.NamedNode("https://kg.example/id/x")),
        ('"x"', Iri("urn:b"), ox.NamedNode("urn:b")),
        ('"x"', 5, ox.Literal(5)),
        ('"x"', True, ox.Literal(True)),
        ('"x"', 1.5, ox.Literal(1.5)),
        ('"x"', date(2024, 2, 29), ox.Literal("2024-02-29", datatype=ox.NamedNode(XSD + "date"))),
        ('"x"', None, None),
        ('"x"', "Zu\u0308rich", ox.Literal("Zürich")),
        ("", "fills an empty block", ox.Literal("fills an empty block")),
        ('"x" "y"', "replaces several", ox.Literal("replaces several")),
    ],
)
def test_a_value_is_one_term(data: str, value: Value, term: ox.NamedNode | ox.Literal | None) -> None:
    assert answer(bind(checked(data), {"x": value})) == term


@pytest.mark.parametrize(
    ("data", "value", "said"),
    [
        ("1", "1 } SERVICE", "whole number such as 1"),
        ("1", "1" * 5000, "whole number"),
        ('"2024-01-31"^^xsd:date', "31.1.2024", "date such as 2024-01-31"),
        ("<urn:a>", "urn:a> } SERVICE <urn:b", "absolute IRI"),
        ("<urn:a>", "relative", "absolute IRI"),
        ('"x"', Iri("urn:a b"), "absolute IRI"),
        ('"x"', "\udcff", "no text"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(data: str, value: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        bind(checked(data), {"x": value})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { VALUES ?person { 'x' } }", "did you mean 'person'?"),
        ("SELECT * { VALUES ?x { 'x' } }", "it has x"),
        ("SELECT * { ?a ?b ?c }", "a parameter is a block VALUES"),
    ],
)
def test_a_name_that_is_no_parameter_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(check_query(text, PREFIXES), {"persn": "y"})
    assert said in str(caught.value)


def test_a_name_with_two_blocks_is_filled_in_both() -> None:
    query = check_query("SELECT * { VALUES ?x { 'a' } { VALUES ?x { 'b' } } VALUES ?y { 'c' } }", PREFIXES)
    assert [slot.value for slot in slots(check_query(bind(query, {"x": "n"}), PREFIXES))] == ["n", "n", "c"]


HOSTILE = [
    '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #',
    '"""',
    "\\",
    '\\" } #',
    "a\nb\r\tc\x00\x07\x7f",
    "' } ; DROP ALL #",
    "\\u0022 } SERVICE",
    "{}?x$1",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_values_in_both_engines(value: str) -> None:
    query = bind(checked('"x"'), {"x": value})
    assert answer(query) == ox.Literal(value)
    ((found,),) = rdflib.Graph().query(query)  # type: ignore[misc]  # rdflib types rows as several things
    assert str(found) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_itself(value: str) -> None:
    query = bind(checked('"x"'), {"x": value})
    kinds = [token.kind for token in check_query(query, PREFIXES).tokens]
    assert kinds == [token.kind for token in checked('"x"').tokens]
    assert answer(query) == ox.Literal(normalize("NFC", value))
