"""Python values from an open store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, QueryRefusedError, QuerySyntaxError, UsageError
from kg.store.graph_store import open_store
from kg.store.in_process import query_store
from kg.store.results import Iri, Solutions, Value, literal_value

A = "https://kg.example/id/article/taz/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def store(store_dir: Path) -> ox.Store:
    return open_store(store_dir)


def test_rows_are_python_values(store: ox.Store) -> None:
    solutions = query_store(
        store,
        """SELECT ?a ?h ?d ?n (?n > 0 AS ?some) ?none
           { ?a schema:identifier "1" ; schema:headline ?h ; schema:datePublished ?d ; kg:firstLine ?n }""",
    )
    row = (Iri(A + "1"), "Eins: Der Deich", date(2022, 12, 31), 1, True, None)
    assert solutions == Solutions(("a", "h", "d", "n", "some", "none"), (row,))
    assert [type(value) for value in solutions.rows[0][:2]] == [Iri, str]
    assert solutions.dicts()[0]["d"] == date(2022, 12, 31)


def test_bindings_fill_the_values_blocks(store: ox.Store) -> None:
    text = "SELECT ?p { VALUES ?name { 'nobody' } ?p schema:name ?name } ORDER BY ?p"
    assert query_store(store, text).rows == ()
    person = "https://kg.example/id/person/"
    assert query_store(store, text, {"name": "Eva Rot"}).rows == (
        (person + "eva-rot",),
        (person + "eva-rot-2",),
    )
    with pytest.raises(UsageError, match="no parameter"):
        query_store(store, text, {"nam": "Eva Rot"})


def test_ask_and_graphs_are_rows_too(store: ox.Store) -> None:
    assert query_store(store, "ASK { ?s a kg:ArticleStub }") == Solutions(("answer",), ((True,),))
    graph = query_store(
        store, "CONSTRUCT { ?s a kg:X } WHERE { { ?s a kg:ArticleStub } UNION { ?s schema:url ?u } }"
    )
    rdf_type, kind = PREFIX_RDF + "type", "https://kg.example/ns#X"
    assert graph == Solutions(
        ("subject", "predicate", "object"), ((A + "99", rdf_type, kind), (A + "h-stub1", rdf_type, kind))
    )


PREFIX_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def test_evidence_is_reached_by_graph_only(store: ox.Store) -> None:
    count = "(COUNT(*) AS ?n)"
    assert query_store(store, f"SELECT {count} {{ ?s a kg:TagAssignment }}").rows == ((0,),)
    assert query_store(store, f"SELECT {count} {{ GRAPH ?g {{ ?s a kg:TagAssignment }} }}").rows == ((2,),)


def test_graphs_elsewhere_are_not_fetched(store: ox.Store) -> None:
    text = "SELECT * FROM <http://127.0.0.1:1/x> FROM NAMED <http://127.0.0.1:1/y> { ?s ?p ?o GRAPH ?g { ?s ?q ?r } }"
    assert query_store(store, text).rows == ()


def test_what_the_engine_refuses_is_said_in_its_words(store: ox.Store) -> None:
    with pytest.raises(QuerySyntaxError, match=r"^The SELECT contains a variable that is unbound$"):
        query_store(store, "SELECT (COUNT(?x) AS ?c) ?y { ?x ?y ?z }")
    with pytest.raises(QuerySyntaxError, match="well-formed but means nothing"):
        query_store(store, "SELECT * { VALUES (?a ?b) { (1) } }")
    with pytest.raises(QueryError, match="custom function <urn:f> is not supported"):
        query_store(store, "SELECT (<urn:f>(1) AS ?x) {}")
    with pytest.raises(QueryRefusedError):
        query_store(store, "SELECT * { SERVICE <http://127.0.0.1:1/> {} }")


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("2024-02-29", XSD + "date", date(2024, 2, 29)),
        ("2023-02-29", XSD + "date", "2023-02-29"),
        ("0.95", XSD + "decimal", 0.95),
        ("1", XSD + "boolean", True),
        ("yes", XSD + "boolean", "yes"),
        ("007", XSD + "integer", 7),
        ("seven", XSD + "integer", "seven"),
        ("x", "urn:own", "x"),
    ],
)
def test_a_literal_is_what_its_datatype_says(text: str, datatype: str, value: Value) -> None:
    found = literal_value(text, datatype)
    assert (found, type(found)) == (value, type(value))
