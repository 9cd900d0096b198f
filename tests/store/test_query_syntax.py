"""What runs and what does not, and where an error is said to be."""

from __future__ import annotations

import pytest

from kg.errors import QueryRefusedError, QuerySyntaxError
from kg.rdf.vocabulary import PREFIXES
from kg.store.grammar import table
from kg.store.syntax import MAX_DEPTH, QueryForm, check_query

EVERYTHING = """
PREFIX x: <urn:x:> # a comment with SERVICE <http://127.0.0.1/> in it
SELECT DISTINCT ?s (COUNT(DISTINCT ?o) AS ?n) (GROUP_CONCAT(?l ; separator=", ") AS ?all)
FROM <urn:g> FROM NAMED <urn:h>
WHERE {
  ?s x:a/^x:b|!(x:c|^a)/x:d+ ?o, 1, -1.5, 1e3, true, 'a'@de-AT, "b"^^x:t ; a ?q ; . [] a () . [ a ?x ] .
  (1 '''two ' "''' "three\\"" "\\u00fc") x:p _:b .
  { SELECT * { ?a ?b ?c } LIMIT 3 OFFSET 2 } UNION { GRAPH ?g { ?d ?e x:a\\,b } } MINUS { <urn:i> ?p $v }
  OPTIONAL { ?s x:y [] } VALUES (?k ?l) { (UNDEF 1) ("x" x:y) } VALUES ?m { 1 2 }
  BIND(IF(?o < 3 && ?n>=-1, COALESCE(?o, 2), ?o+1*-2/3) AS ?z)
  FILTER NOT EXISTS { ?s x:n ?o } FILTER(?q NOT IN (1, 2) || !BOUND(?x)) FILTER x:f(DISTINCT ?a, ?b)
  FILTER REGEX(STR(?s), "^a", "i")
}
GROUP BY ?s (?o + 1 AS ?w) STR(?s) HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s STRLEN(?s) LIMIT 1
VALUES ?last { "x" }
"""


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (EVERYTHING, QueryForm.SELECT),
        ("ASK {}", QueryForm.ASK),
        ("construct { ?s ?p ?o } where { ?s ?p ?o . }", QueryForm.CONSTRUCT),
        ("CONSTRUCT WHERE { ?s a schema:Person }", QueryForm.CONSTRUCT),
        ("DESCRIBE <urn:a> kg:Mention", QueryForm.DESCRIBE),
        ("BASE <http://b.example/> DESCRIBE <relative>", QueryForm.DESCRIBE),
        ("SELECT * { ?a ?b ?c FILTER(?a<?b&&?c>?a) }", QueryForm.SELECT),
        ("SELECT * { ?a ?b ?c FILTER(?a<=?b) }", QueryForm.SELECT),
    ],
)
def test_queries_are_read_whole(text: str, form: QueryForm) -> None:
    checked = check_query(text, PREFIXES)
    assert checked.form is form
    assert checked.tokens[-1].kind == "end"


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("SELECT * WHERE {\n  ?s ?p\n  ?o . foo }", 3, 8, '"foo" cannot stand here'),
        ("SELECT * { ?s ?p ?ü } ü LIMIT", 1, 23, '"ü" cannot stand here'),
        ("SELECT * { ?s ?p LIMIT 5", 1, 18, '"LIMIT" cannot stand here'),
        ("SELECT * {", 1, 11, "the query ends too early"),
        ("", 1, 1, "the query ends too early"),
        ("SELECT * { ?s ?p 'open }", 1, 18, "not closed"),
        ("SELECT * { ?s schma:name ?n }", 1, 15, 'did you mean "schema:"?'),
        ("SELECT * { ?s zz:name ?n }", 1, 15, 'unknown prefix "zz:"; known are dcat: dcterms:'),
        ("SELECT * { ?s ?p ?o . OPTINAL { ?s ?q ?r } }", 1, 23, 'did you mean "OPTIONAL"?'),
        ("SELEKT * {}", 1, 1, 'did you mean "SELECT"?'),
        ("SELECT * { ?s <name> ?n }", 1, 15, "<name> is relative"),
        ("SELECT * { ?s ?p ?o } LIMIT ten", 1, 29, '"ten" cannot stand here; expected number'),
        ("SELECT ?x { ?x ?y }", 1, 19, '"}" cannot stand here'),
        ("SELECT * { \\u0053ERVICE <urn:a> {} }", 1, 12, "cannot stand here"),
        ("ASK { ?s ?p '\udcfc' }", 1, 14, "no UTF-8"),
        ("SELECT * {} ; DROP ALL", 1, 13, '";" cannot stand here'),
        ("SELECT * { <<?a ?b ?c>> ?p ?o }", 1, 12, "cannot stand here"),
        ("ASK {" + "{" * MAX_DEPTH + "}" * MAX_DEPTH + "}", 1, 5 + MAX_DEPTH, "brackets are open"),
    ],
)
def test_an_error_points_at_the_first_wrong_token(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_query(text, PREFIXES)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert said in str(caught.value)


def test_the_caret_stands_below_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_query("ASK\n{ ?s schma:name\x1b ?n }", PREFIXES)
    _, shown, caret = str(caught.value).split("\n")
    assert shown == "  { ?s schma:name  ?n }"
    assert shown[caret.index("^") :].startswith("schma:name")


def test_the_caret_stands_below_the_place_of_a_long_line() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        check_query("ASK { " + "?s ?p ?o . " * 50 + "wrong }", PREFIXES)
    _, shown, caret = str(caught.value).split("\n")
    assert shown[caret.index("^") :].startswith("wrong")
    assert len(shown) <= 102


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o OPTIONAL { SERVICE schema:x {} } }",
        # To this parser's eye an IRI at first sight, to Oxigraph's a comparison, SERVICE and a comment.
        "SELECT * { ?s ?p ?x FILTER(?x<schema:b)SERVICE#>\n<http://127.0.0.1/>{} }",
        "SELECT * { { SELECT * { SERVICE <urn:x> {} } } }",
        "LOAD <http://127.0.0.1/x>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "drop graph <urn:g>",
        "CREATE GRAPH <urn:g>",
        "ADD DEFAULT TO <urn:g>",
        "MOVE DEFAULT TO <urn:g>",
        "COPY DEFAULT TO <urn:g>",
        "SELECT * {} INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    ],
)
def test_what_asks_others_or_writes_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="only"):
        check_query(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX SERVICE: <urn:x:> SELECT * { SERVICE:ep { ?s ?p ?o } }",
        "PREFIX : <urn:x:> SELECT * { SERVICE:ep { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<urn:x>{} }",
        "SELECT * { BIND(1 AS ?x)SERVICE<urn:x>{} }",
        "SELECT * { ?s ?p '' '} SERVICE <urn:x> {} #' }",
    ],
)
def test_no_spelling_of_service_passes(text: str) -> None:
    with pytest.raises((QueryRefusedError, QuerySyntaxError)):
        check_query(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s schema:serviceType "SERVICE <http://127.0.0.1/> { }" }',
        "SELECT * { ?SERVICE ?LOAD <http://kg.example/SERVICE/INSERT> }",
        "PREFIX SERVICE: <urn:x:> SELECT * { SERVICE:a SERVICE:b SERVICE:c }",
        "SELECT * { ?s ?p '''a ' SERVICE <urn:x> {}''' } # SERVICE <urn:x> {}",
    ],
)
def test_the_words_alone_are_harmless(text: str) -> None:
    assert check_query(text, PREFIXES).form is QueryForm.SELECT


def test_the_grammar_needs_one_token_of_look_ahead() -> None:
    # table() raises where two alternatives of a rule begin alike; and every rule is reached from the start.
    choices = table().choices
    reached, todo = set[str](), ["Query"]
    while todo:
        name = todo.pop()
        if name in choices and name not in reached:
            reached.add(name)
            todo += [symbol for sequence in choices[name].values() for symbol in sequence]
    assert reached == set(choices)
    assert not {symbol for symbol in choices if "SERVICE" in choices[symbol]}
