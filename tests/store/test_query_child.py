"""Queries in a child process: its answers, its end, and that it asks nobody."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import (
    OutputError,
    QueryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    UsageError,
)
from kg.store.query import ResultFormat, _crash, run_query

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
NAMES = "SELECT ?p ?n { ?p a schema:Person ; schema:name ?n } ORDER BY ?p"


def ask(store_dir: Path, text: str, result_format: ResultFormat, **options: float) -> bytes:
    timeout = options.get("timeout", 30.0)
    memory = int(options.get("memory", 8 << 30))
    return b"".join(run_query(store_dir, text, result_format=result_format, timeout=timeout, memory=memory))


def lives(pid: int) -> bool:
    """Whether there is such a process and it is no zombie."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def children(parent: int) -> set[int]:
    """The living child processes of a process."""
    listings = Path(f"/proc/{parent}/task").glob("*/children")
    return {pid for listing in listings for pid in map(int, listing.read_text().split()) if lives(pid)}


def child_of(parent: subprocess.Popen[bytes]) -> int:
    """The query's process, once it has begun to work."""
    deadline = time.monotonic() + 20
    while not (found := children(parent.pid)) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    (child,) = found
    return child


@pytest.fixture
def no_child_left() -> Iterator[None]:
    before = children(os.getpid())
    yield
    assert children(os.getpid()) <= before


NAME_VALUES = {
    "Ada Lund",
    "Ben Ohm",
    "Cem Üzgün",
    "Eva Rot",
    "Ida Korn",
    "Jan Moor",
    '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #\n=1+1',
}


def test_csv_is_exact(store_dir: Path) -> None:
    rows = list(csv.reader(io.StringIO(ask(store_dir, NAMES, ResultFormat.CSV).decode(), newline="")))
    assert rows[0] == ["p", "n"]
    assert {name for _, name in rows[1:]} == NAME_VALUES
    assert len(rows) == 9


@pytest.mark.parametrize(
    ("form", "known"),
    [
        (ResultFormat.JSON, ox.QueryResultsFormat.JSON),
        (ResultFormat.XML, ox.QueryResultsFormat.XML),
        (ResultFormat.TSV, ox.QueryResultsFormat.TSV),
    ],
)
def test_other_formats_read_back(store_dir: Path, form: ResultFormat, known: ox.QueryResultsFormat) -> None:
    data = ask(store_dir, NAMES, form)
    solutions = ox.parse_query_results(data, format=known)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [solution["n"] for solution in solutions]
    assert {name.value for name in names if isinstance(name, ox.Literal)} == NAME_VALUES
    if form is not ResultFormat.TSV:
        other = rdflib.query.Result.parse(io.BytesIO(data), format=form.value)
        assert {str(binding[rdflib.Variable("n")]) for binding in other.bindings} == NAME_VALUES


# rdflib's own JSON-LD reader uses a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("form", "reader"),
    [(ResultFormat.TURTLE, "turtle"), (ResultFormat.N_TRIPLES, "nt"), (ResultFormat.JSON_LD, "json-ld")],
)
def test_graphs_read_back(store_dir: Path, form: ResultFormat, reader: str) -> None:
    data = ask(
        store_dir, "CONSTRUCT { ?p schema:name ?n } WHERE { ?p a schema:Person ; schema:name ?n }", form
    )
    graph = rdflib.Graph().parse(data=data, format=reader)
    assert {
        str(name) for name in graph.objects(None, rdflib.URIRef("https://schema.org/name"))
    } == NAME_VALUES
    assert len(graph) == 8


def test_describe_and_ask(store_dir: Path) -> None:
    described = ask(store_dir, "DESCRIBE <https://kg.example/id/tag/taz/meer>", ResultFormat.N_TRIPLES)
    assert b'<http://www.w3.org/2004/02/skos/core#prefLabel> "Meer" .' in described
    assert json.loads(ask(store_dir, "ASK { ?s a kg:Nothing }", ResultFormat.JSON))["boolean"] is False
    assert ask(store_dir, "ASK {}", ResultFormat.ROWS) == b'["answer"]\n[["boolean", "true"]]\n'


def test_rows_end_early(store_dir: Path) -> None:
    answer = b"".join(run_query(store_dir, NAMES, result_format=ResultFormat.ROWS, max_rows=1))
    xsd_string = "http://www.w3.org/2001/XMLSchema#string"
    assert [json.loads(line) for line in answer.splitlines()] == [
        ["p", "n"],
        [["iri", "https://kg.example/id/person/ada-lund"], [xsd_string, "Ada Lund"]],
    ]


@pytest.mark.usefixtures("no_child_left")
@pytest.mark.parametrize("text", [ENDLESS, ENDLESS_ROWS])
def test_a_query_is_stopped_at_its_limit(store_dir: Path, text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.5 seconds; --timeout"):
        ask(store_dir, text, ResultFormat.CSV, timeout=0.5)
    assert time.monotonic() - begun < 3


@pytest.mark.usefixtures("no_child_left")
def test_a_reader_that_leaves_ends_the_child(store_dir: Path) -> None:
    answer = run_query(store_dir, ENDLESS_ROWS, result_format=ResultFormat.CSV)
    assert next(answer).startswith(b"a,b,c")
    assert isinstance(answer, Iterator)
    del answer


def test_ctrl_c_ends_parent_and_child(store_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store.query import ResultFormat, run_query;"
        "list(run_query(Path(sys.argv[1]), sys.argv[2], result_format=ResultFormat.CSV))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(store_dir), ENDLESS], stderr=subprocess.DEVNULL
    )
    child = child_of(parent)
    parent.send_signal(signal.SIGINT)
    assert parent.wait(10) != 0
    assert not lives(child)


def test_a_child_ends_by_itself_when_its_parent_was_killed(store_dir: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.store.query import ResultFormat, run_query;"
        "list(run_query(Path(sys.argv[1]), sys.argv[2], result_format=ResultFormat.CSV, timeout=1))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(store_dir), ENDLESS], stderr=subprocess.DEVNULL
    )
    child = child_of(parent)
    parent.kill()
    parent.wait(10)
    deadline = time.monotonic() + 20
    while lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(child)


@pytest.mark.usefixtures("no_child_left")
def test_memory_is_limited(store_dir: Path) -> None:
    with pytest.raises(QueryError, match="needs more memory than it may have"):
        ask(store_dir, ENDLESS_ROWS + " ORDER BY ?a", ResultFormat.CSV, memory=1 << 30)


@pytest.mark.parametrize(
    "said",
    [
        "memory allocation of 64 bytes failed",
        "terminate called after throwing an instance of 'std::bad_alloc'",
        "terminate called after throwing an instance of 'std::system_error'\n"
        "  what():  Resource temporarily unavailable",
    ],
)
def test_however_the_engine_says_that_memory_is_short(said: str) -> None:
    assert "needs more memory than it may have" in _crash(-signal.SIGABRT, said)
    assert "engine stopped (signal 11)" in _crash(-signal.SIGSEGV, said)


def test_a_crash_of_the_engine_is_an_error(store_dir: Path) -> None:
    # So long a chain overflows the stack of Oxigraph's parser; the child dies of it, and nothing else.
    with pytest.raises(QueryError, match=r"engine stopped \(signal 11\)"):
        ask(store_dir, "ASK { FILTER(" + "||".join(["?x=1"] * 20_000) + ") }", ResultFormat.CSV)


def test_what_the_engine_refuses_is_told(store_dir: Path) -> None:
    with pytest.raises(QuerySyntaxError, match=r"^The SELECT contains a variable that is unbound$"):
        ask(store_dir, "SELECT (COUNT(?x) AS ?c) ?y { ?x ?y ?z }", ResultFormat.CSV)
    with pytest.raises(QueryError, match="custom function <urn:f> is not supported"):
        ask(store_dir, "SELECT (<urn:f>(1) AS ?x) {}", ResultFormat.CSV)


def test_no_store_and_damaged_store(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run kg build first"):
        ask(tmp_path / "store", "ASK {}", ResultFormat.CSV)
    (tmp_path / "store").mkdir()
    with pytest.raises(OutputError, match=r"damaged .* run kg build again"):
        ask(tmp_path / "store", "ASK {}", ResultFormat.CSV)


@pytest.mark.parametrize(
    ("text", "form", "choice"),
    [
        ("ASK {}", ResultFormat.TURTLE, "choose csv, tsv, json, xml$"),
        ("DESCRIBE <urn:a>", ResultFormat.CSV, "choose ttl, nt, jsonld$"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", ResultFormat.ROWS, "choose ttl, nt, jsonld$"),
    ],
)
def test_a_format_fits_the_form(store_dir: Path, text: str, form: ResultFormat, choice: str) -> None:
    with pytest.raises(UsageError, match=choice):
        run_query(store_dir, text, result_format=form)


@pytest.fixture
def listener() -> Iterator[tuple[int, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1], server


SERVICES = [
    "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?where {{ <{}> }} SERVICE ?where {{ ?s ?p ?o }} }}",
    "PREFIX x: <{}> SELECT * {{ ?s ?p ?x FILTER(?x<x:b)SERVICE#>\nx:{{ ?a ?b ?c }} }}",
    "PREFIX : <{}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "LOAD <{}>",
    "SELECT * {{ ?s ?p ?o }} ; LOAD <{}>",
]


@pytest.mark.parametrize("text", SERVICES)
def test_no_server_is_asked(store_dir: Path, listener: tuple[int, socket.socket], text: str) -> None:
    port, server = listener
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        ask(store_dir, text.format(f"http://127.0.0.1:{port}/"), ResultFormat.CSV)
    with pytest.raises(BlockingIOError):
        server.accept()


def test_graphs_and_functions_of_a_server_do_not_ask_it(
    store_dir: Path, listener: tuple[int, socket.socket]
) -> None:
    port, server = listener
    url = f"http://127.0.0.1:{port}/"
    text = f"SELECT * FROM <{url}> FROM NAMED <{url}> {{ ?s ?p <{url}> GRAPH <{url}> {{ ?a ?b ?c }} }}"
    assert ask(store_dir, text, ResultFormat.CSV).startswith(b"a,b,c,p,s")
    with pytest.raises(BlockingIOError):
        server.accept()


def test_the_engine_itself_would_ask(listener: tuple[int, socket.socket]) -> None:
    # Why the check above is needed: left alone, Oxigraph asks whom a query names.
    port, server = listener
    code = f"import pyoxigraph; pyoxigraph.Store().query('ASK {{ SERVICE <http://127.0.0.1:{port}/> {{}} }}')"
    engine = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    server.settimeout(20)
    connection, _ = server.accept()
    connection.close()
    engine.wait(20)
