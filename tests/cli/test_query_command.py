"""`kg query` as it is typed: what it prints where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pyoxigraph as ox
import pytest

import kg
from conftest import Built
from kg.cli.query import query
from kg.errors import (
    KgError,
    NotFoundError,
    OutputError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    UsageError,
)
from kg.store.graph_store import load_store
from kg.store.tables import NodeRow
from tests.commands import Command
from tests.rows import write_rows

ESCAPE = "\x1b[31mred\x07"
GRAPH = """\
<https://kg.example/id/person/ada> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person> .
<https://kg.example/id/person/ada> <https://schema.org/name> "Ada Lund" .
<https://kg.example/id/person/ben> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person> .
<https://kg.example/id/person/ben> <https://schema.org/name> "=1+1" .
<https://kg.example/id/person/eve> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Person> .
<https://kg.example/id/person/eve> <https://schema.org/name> "\\u001B[31mred\\u0007\\u202E\\n[bold]x[/bold]" .
<https://kg.example/id/article/taz/1> <https://schema.org/mentions> <https://kg.example/id/person/ada> .
<https://kg.example/id/article/taz/1> <https://schema.org/mentions> <https://kg.example/id/person/ben> .
"""
NAMES = "SELECT ?n ?p { ?p a schema:Person ; schema:name ?n } ORDER BY ?p"
ARTICLE = "https://kg.example/id/article/taz/1"
KG = [sys.executable, "-c", "from kg.cli import main; main()"]

COMMAND = Command(query)
run, printed, failure = COMMAND.run, COMMAND.printed, COMMAND.failure


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "graph.nt").write_text(GRAPH, encoding="utf-8")
    load_store(folder / "store", [folder / "graph.nt"], evidence_graph="urn:evidence")
    nodes = [
        NodeRow("https://kg.example/id/person/ada", "person", "Ada Lund"),
        NodeRow(ARTICLE, "article", "A"),
    ]
    write_rows(folder / "tables", nodes)
    return folder


def test_a_table_is_the_default(out: Path) -> None:
    head, rule, *rows = printed(out, NAMES + " LIMIT 2").splitlines()
    assert head == " n          p"
    assert set(rule.strip()) == {"─"}
    assert rows == [
        " Ada Lund   <https://kg.example/id/person/ada>",
        " =1+1       <https://kg.example/id/person/ben>",
    ]
    assert printed(out, NAMES + " LIMIT 2", "--format", "table") == printed(out, NAMES + " LIMIT 2")


def test_known_namespaces_are_short_and_numbers_stand_right(out: Path) -> None:
    table = printed(out, "SELECT ?kind (COUNT(*) AS ?number) { ?s a ?kind } GROUP BY ?kind")
    assert table.splitlines()[0] == " kind            number"
    assert table.splitlines()[2] == " schema:Person        3"


def test_nothing_in_a_table_steers_the_terminal(out: Path) -> None:
    table = printed(out, NAMES)
    assert "\\x1b[31mred\\x07\\u202e\\n[bold]x[/bold]" in table
    assert not set(table) & {"\x1b", "\x07", "\u202e"}
    assert len(table.splitlines()) == 5


def test_a_long_table_is_cut_and_says_so(out: Path) -> None:
    result = run(out, NAMES, "--limit-rows", "2")
    assert len(result.stdout.splitlines()) == 4
    assert result.stderr == "the first 2 rows; --limit-rows 0 shows all, --format csv writes all\n"
    for all_rows in ("3", "0"):
        whole = run(out, NAMES, "--limit-rows", all_rows)
        assert (len(whole.stdout.splitlines()), whole.stderr) == (5, "")


def test_no_rows_are_said_beside_the_table(out: Path) -> None:
    result = run(out, 'SELECT ?s { ?s schema:name "Nobody" }')
    assert (result.stdout.split(), result.stderr) == (["s", "─" * len(result.stdout.split()[1])], "no rows\n")


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT * { ?s a schema:People }", "no schema:People"),
        ("SELECT * { ?s a schema:Persons }", "no schema:Persons (did you mean schema:Person?)"),
        (
            "PREFIX schema: <http://schema.org/> SELECT * { ?s a schema:Person }",
            "no <http://schema.org/Person> (did you mean schema:Person?)",
        ),
        (
            "SELECT * { <https://kg.example/id/person/zoe> schema:nam ?n ; ?p kg:kicker }",
            "no <https://kg.example/id/person/zoe>, no schema:nam (did you mean schema:name?), no kg:kicker",
        ),
    ],
)
def test_no_rows_are_explained_by_what_the_graph_does_not_have(out: Path, sparql: str, said: str) -> None:
    assert run(out, sparql).stderr == f"no rows; the graph has {said}\n"


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s schema:name ?n FILTER(datatype(?n) = xsd:date) }",
        "SELECT * FROM <urn:other> { ?s schema:name ?n }",
        "SELECT * { GRAPH <urn:other> { ?s schema:name ?n } }",
        r"BASE <http://other.example/> SELECT * { <person> schema:name <http://escaped.example/\u0041> }",
    ],
)
def test_names_of_graphs_bases_and_datatypes_are_nothing_that_a_graph_has(out: Path, sparql: str) -> None:
    assert run(out, sparql).stderr == "no rows\n"


def test_what_only_the_evidence_has_is_known(tmp_path: Path) -> None:
    (tmp_path / "graph.nt").write_text(GRAPH, encoding="utf-8")
    reason = "<urn:a> <http://www.w3.org/ns/oa#exact> <urn:b> .\n"
    (tmp_path / "evidence.nt").write_text(reason, encoding="utf-8")
    load_store(
        tmp_path / "store",
        [tmp_path / "graph.nt"],
        evidence_files=[tmp_path / "evidence.nt"],
        evidence_graph="urn:evidence",
    )
    assert run(tmp_path, "SELECT * { ?a oa:exact <urn:b> }").stderr == "no rows\n"


def test_csv_is_exact_even_where_a_spreadsheet_would_calculate(out: Path) -> None:
    rows = list(csv.reader(io.StringIO(printed(out, NAMES, "--format", "csv"), newline="")))
    assert [row[0] for row in rows] == ["n", "Ada Lund", "=1+1", ESCAPE + "\u202e\n[bold]x[/bold]"]


@pytest.mark.parametrize("option", [["--json"], ["--format", "json"]])
def test_json_is_the_w3c_one(out: Path, option: list[str]) -> None:
    answer = json.loads(printed(out, NAMES, *option))
    assert answer["head"]["vars"] == ["n", "p"]
    assert answer["results"]["bindings"][0]["n"] == {"type": "literal", "value": "Ada Lund"}
    assert json.loads(printed(out, "ASK {}", *option))["boolean"] is True


@pytest.mark.parametrize(
    ("name", "known"), [("xml", ox.QueryResultsFormat.XML), ("tsv", ox.QueryResultsFormat.TSV)]
)
def test_xml_and_tsv_read_back(out: Path, name: str, known: ox.QueryResultsFormat) -> None:
    solutions = ox.parse_query_results(printed(out, NAMES, "--format", name), format=known)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [str(solution["n"]) for solution in solutions][:2] == ['"Ada Lund"', '"=1+1"']


@pytest.mark.parametrize(
    ("options", "known"),
    [
        ([], ox.RdfFormat.TURTLE),
        (["--format", "ttl"], ox.RdfFormat.TURTLE),
        (["--format", "nt"], ox.RdfFormat.N_TRIPLES),
        (["--format", "jsonld"], ox.RdfFormat.JSON_LD),
        (["--json"], ox.RdfFormat.JSON_LD),
    ],
)
def test_graphs_are_turtle_or_as_asked(out: Path, options: list[str], known: ox.RdfFormat) -> None:
    text = "CONSTRUCT { ?p schema:name ?n } WHERE { ?p schema:name ?n }"
    assert len(list(ox.parse(printed(out, text, *options), format=known))) == 3


def test_queries_come_from_files_and_from_standard_input(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes(b"\xef\xbb\xbf" + "# Frage über Ada\nASK { ?s schema:name 'Ada Lund' }".encode())
    assert printed(out, "-f", str(file)).split()[-1] == "true"
    assert printed(out, "-", stdin=b"ASK { ?s schema:name 'Nobody' }").split()[-1] == "false"
    assert isinstance(failure(out, "-f", str(tmp_path / "none.rq")), UsageError)
    assert "not UTF-8 (byte 3)" in str(failure(out, "-", stdin=b"ASK\xff"))


def test_the_name_of_a_query_alone_is_told_where_it_belongs(out: Path) -> None:
    assert "a named query: kg query --name most-mentioned" in str(failure(out, "most-mentioned"))


def test_named_queries_take_parameters(out: Path) -> None:
    table = printed(out, "--name", "co-mentions", "--set", "person=Ada Lund")
    assert table.splitlines()[2].split() == ["=1+1", "1", "<https://kg.example/id/person/ben>"]
    assert "=1+1" in printed(out, "--name", "most-mentioned", "--set", "?minimum=1")
    hostile = 'person=" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #'
    assert isinstance(failure(out, "--name", "co-mentions", "--set", hostile), NotFoundError)


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_a_name_in_other_capitals_is_taken_to_the_stored_spelling(example_build: Built, form: str) -> None:
    arguments = ["--name", "co-mentions", "--format", form, "--set"]
    stored = printed(example_build.out, *arguments, "person=Hanna Kolb")
    assert "Annegret Thiede" in stored
    assert printed(example_build.out, *arguments, "person=hanna KOLB") == stored


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_a_name_that_is_not_there_is_no_empty_answer(example_build: Built, form: str) -> None:
    arguments = ["--name", "co-mentions", "--format", form]
    error = failure(example_build.out, *arguments, "--set", "person=Hanna Kolbe")
    assert (type(error), error.exit_code) == (NotFoundError, 8)
    assert "no person named “Hanna Kolbe” is in the graph; did you mean “Hanna Kolb”" in str(error)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("articles-by-author", "author=JANA petersen-ruhl"),
        ("authors-of-tag", "tag=deichbau"),
        ("thread", "article=!6021874"),
        ("thread", "article=gericht lässt bagger rollen"),
    ],
)
def test_authors_tags_and_articles_are_found_by_any_of_their_names(
    example_build: Built, name: str, setting: str
) -> None:
    assert printed(example_build.out, "--name", name, "--set", setting, "--format", "csv").count("\n") > 1
    key = setting.partition("=")[0]
    assert isinstance(failure(example_build.out, "--name", name, "--set", f"{key}=Niemand"), NotFoundError)


def test_a_name_that_is_there_may_have_no_rows(example_build: Built) -> None:
    result = run(example_build.out, "--name", "articles-by-author", "--set", "author=Hanna Kolb")
    assert (result.exception, result.stderr) == (None, "no rows\n")


def test_names_are_resolved_for_python_as_well(example_build: Built) -> None:
    graph = kg.open(example_build.out)
    stored = graph.query(name="co-mentions", person="Hanna Kolb")
    assert graph.query(name="co-mentions", person="hanna kolb") == stored
    assert graph.person("hanna kolb").name == "Hanna Kolb"
    assert graph.query(name="co-mentions", person="https://kg.example/id/person/hanna-kolb") == stored
    with pytest.raises(NotFoundError, match="did you mean “Hanna Kolb”"):
        graph.query(name="co-mentions", person="Hanna Kolbe")


@pytest.mark.parametrize("name", ["articles-about-person", "co-mentions", "person-timeline"])
def test_namesakes_are_never_mixed(example_build: Built, name: str) -> None:
    out = example_build.out
    error = failure(out, "--name", name, "--set", "person=Jonas Terhorst", "--json")
    assert (type(error), error.exit_code) == (NotFoundError, 8)
    both = [f"https://kg.example/id/person/jonas-terhorst{which}" for which in ("", "-2")]
    assert [line.split()[0] for line in str(error).splitlines()[1:]] == both
    answers = [printed(out, "--name", name, "--set", f"person={iri}", "--format", "csv") for iri in both]
    assert all(answer.count("\n") > 1 for answer in answers)
    assert answers[0] != answers[1]


def test_an_older_address_leads_to_the_same_answer(example_build: Built) -> None:
    def sources(article: str) -> str:
        return printed(
            example_build.out, "--name", "sources", "--set", f"article={article}", "--format", "csv"
        )

    older = "https://kg.example/id/article/taz/h-2bphjhgodnp3ffwmslx4wjpumc"
    assert sources(older) == sources("6021874") == sources("https://taz.de/!6021874")
    graph = kg.open(example_build.out)
    assert graph.person("https://kg.example/id/person/andriy-bondarets").name == "Andrij Bondarez"
    assert graph.article(older).iri == "https://kg.example/id/article/taz/6021874"


def test_a_query_for_the_evidence_says_that_there_is_none(out: Path, example_build: Built) -> None:
    assert printed(example_build.out, "--name", "why-tag", "--set", "article=6021874").count("\n") > 3
    error = failure(out, "--name", "why-tag", "--set", f"article={ARTICLE}")
    assert isinstance(error, OutputError)
    assert str(error).endswith("which this store does not have: run kg build --evidence")


def test_parameters_of_own_queries(out: Path) -> None:
    text = "SELECT ?p { VALUES ?name { 'x' } ?p schema:name ?name }"
    assert "person/ben" in printed(out, text, "--set", "name==1+1")


def test_the_list_shows_queries_and_parameters(tmp_path: Path) -> None:
    listing = printed(tmp_path, "--list")
    assert "\nco-mentions\n    Persons named in the same articles" in listing
    assert (
        "    --set person=…  a name of the person, in any spelling of the archive, or the address "
        '(required, for example "Hanna Kolb")' in listing
    )
    assert "    --set minimum=…  leave out pairs with fewer articles (otherwise 2)\n" in listing


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        ([], UsageError, "give one of"),
        (["ASK {}", "--name", "wanted"], UsageError, "give one of"),
        (["--name", "wantd"], UsageError, "did you mean wanted"),
        (["--name", "co-mentions"], UsageError, "needs person"),
        (["--name", "co-mentions", "--set", "perso=x"], UsageError, "no parameter 'perso'; it takes person"),
        (["--name", "wanted", "--set", "minimum"], UsageError, "--set takes key=value"),
        (["--name", "wanted", "--set", "=1"], UsageError, "--set takes key=value"),
        (["--name", "wanted", "--set", "minimum=1", "--set", "minimum=2"], UsageError, "minimum twice"),
        (["--name", "wanted", "--set", "minimum=few"], UsageError, "whole number such as 1"),
        (["ASK {}", "--json", "--format", "csv"], UsageError, "either --json or --format"),
        (["ASK {}", "--format", "ttl"], UsageError, "cannot be written as ttl"),
        (["DESCRIBE <urn:a>", "--format", "csv"], UsageError, "cannot be written as csv"),
        (["DESCRIBE <urn:a>", "--format", "table"], UsageError, "a graph is no table"),
        (["ASK { SERVICE <urn:a> {} }"], QueryRefusedError, "SERVICE"),
        (["DROP ALL"], QueryRefusedError, "only reads"),
        (["ASK {\n?s ?p }"], QuerySyntaxError, "line 2, column 7"),
        (["SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v . ?w ?x ?y . "
          "?a1 ?b1 ?c1 . ?d1 ?e1 ?f1 }", "--format", "csv", "--timeout", "0.5"], QueryTimeoutError, "0.5 seconds"),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(out: Path, arguments: list[str], kind: type[KgError], said: str) -> None:
    error = failure(out, *arguments)
    assert type(error) is kind
    assert said in str(error)


def test_no_graph_is_said_so(tmp_path: Path) -> None:
    error = failure(tmp_path, "ASK {}")
    assert isinstance(error, OutputError)
    assert "run kg build first" in str(error)


def test_help_shows_examples_line_by_line(out: Path) -> None:
    text = printed(out, "--help")
    assert '\n  kg query --name co-mentions --set person="Hanna Kolb"\n' in text
    assert "begins with = + - or @" in " ".join(text.split())


def test_a_broken_pipe_ends_quietly(out: Path) -> None:
    # 4,096 rows, half a megabyte: more than a pipe holds, so that writing goes on after the reader has left.
    text = "SELECT ?a ?b ?c ?d { ?a ?w ?x . ?b ?y ?z . ?c ?v ?u . ?d ?s ?t }"
    writer = subprocess.Popen(
        [*KG, "query", text, "--format", "csv", "--out", str(out)], stdout=-1, stderr=-1
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    assert writer.stdout.readline() == b"a,b,c,d\r\n"
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait(20) == 0
    writer.stderr.close()


def test_exit_codes_and_one_line_of_error(out: Path) -> None:
    def code(*arguments: str) -> tuple[int, int]:
        ended = subprocess.run(
            [*KG, "query", *arguments, "--out", str(out)], capture_output=True, check=False
        )
        assert b"Traceback" not in ended.stderr
        return ended.returncode, ended.stderr.count(b"\n")

    assert code("ASK {}") == (0, 0)
    assert code("--name", "nothing-like-it") == (2, 1)
    assert code("CLEAR ALL") == (6, 1)
    assert code("ASK") == (6, 3)


def test_letters_that_the_output_cannot_hold_are_written_as_codes(out: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    text = "SELECT ('Üzgün' AS ?n) {}"
    ended = subprocess.run(
        [*KG, "query", text, "--out", str(out)], capture_output=True, check=True, env=environment
    )
    assert b"\\xdczg\\xfcn" in ended.stdout


def test_a_terminal_folds_wide_cells(out: Path) -> None:
    text = "SELECT ('" + "wort " * 40 + "' AS ?long) (1 AS ?n) {}"
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    terminal = pexpect.spawn(
        KG[0],
        [*KG[1:], "query", text, "--out", str(out)],
        dimensions=(24, 60),
        encoding="utf-8",
        env=environment,
    )
    terminal.expect(pexpect.EOF)
    lines = str(terminal.before).splitlines()
    assert max(map(len, lines)) <= 60
    assert sum(line.count("wort") for line in lines) == 40
    assert "\x1b" not in str(terminal.before)


def test_ctrl_c_ends_command_and_child(out: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(12)) + " }"
    command = subprocess.Popen([*KG, "query", text, "--out", str(out)], stdout=-1, stderr=-1)
    listing = Path(f"/proc/{command.pid}/task/{command.pid}/children")
    deadline = time.monotonic() + 20
    while not (child := listing.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=10)
    assert command.returncode == 130
    assert b"Traceback" not in said
    assert child
    assert not Path(f"/proc/{child}").exists()
