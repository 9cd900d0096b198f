"""Exact N-Triples: what is escaped and how, and that every text comes back from both parsers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.ntriples import Block, literal

ANY_TEXT = st.text(max_size=60)
SPECIAL = st.text(alphabet='"\\\n\r\t\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\ufeff\ufffe\uffff\U0001fffe@^<> .ä€𝄞')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '""'),
        ("Straßenfest", '"Straßenfest"'),
        ('„Nein", sagt sie', '"„Nein\\", sagt sie"'),
        ("a\\nb", '"a\\\\nb"'),
        ("a\nb\r", '"a\\nb\\r"'),
        ("\t\x00\x1b[31m\x7f", '"\\u0009\\u0000\\u001B[31m\\u007F"'),
        ("\x85\x9b", '"\\u0085\\u009B"'),
        ("\u2028\ufeff\xa0\xad", '"\u2028\ufeff\xa0\xad"'),
        ("\ufffe\uffff", '"\\uFFFE\\uFFFF"'),
        ("𝄞\U0001fffe", '"𝄞\U0001fffe"'),
        ("\ud800 und \udfff", '"\ufffd und \ufffd"'),
    ],
)
def test_literal_escapes_exactly(text: str, expected: str) -> None:
    assert literal(text) == expected


@given(st.one_of(ANY_TEXT, SPECIAL))
def test_any_text_comes_back_from_both_parsers(text: str) -> None:
    block = Block("https://a.example/s")
    block.plain("https://a.example/p", text)
    block.localized("https://a.example/q", text)
    lines = block.text()
    assert lines.count("\n") == 2

    strict = {quad.object for quad in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)}
    assert strict == {ox.Literal(text), ox.Literal(text, language="de")}

    graph = rdflib.Graph().parse(data=lines, format="nt")
    assert {str(term) for term in graph.objects()} == {text}
    assert {getattr(term, "language", None) for term in graph.objects()} == {None, "de"}


@given(st.text(alphabet=st.characters(categories=["Cs"]), min_size=1, max_size=5))
def test_surrogates_never_reach_the_file(text: str) -> None:
    assert literal(text) == '"' + "\ufffd" * len(text) + '"'


def test_every_kind_of_term() -> None:
    block = Block("https://a.example/s", "https://a.example/T")
    block.link("https://a.example/p", "https://a.example/o")
    block.links("https://a.example/p", ["https://a.example/o2", "https://a.example/o3"])
    block.localized("https://a.example/p", "House", "en")
    block.integer("https://a.example/p", -7)
    block.date("https://a.example/p", "2021-03-04")
    block.true("https://a.example/p")
    start = "<https://a.example/s> <https://a.example/p>"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert block.text().splitlines() == [
        "<https://a.example/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://a.example/T> .",
        f"{start} <https://a.example/o> .",
        f"{start} <https://a.example/o2> .",
        f"{start} <https://a.example/o3> .",
        f'{start} "House"@en .',
        f'{start} "-7"^^<{xsd}integer> .',
        f'{start} "2021-03-04"^^<{xsd}date> .',
        f'{start} "true"^^<{xsd}boolean> .',
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0.0"),
        (1.0, "1.0"),
        (0.9, "0.9"),
        (0.12345, "0.1235"),
        (0.00001, "0.0"),
        (1 / 3, "0.3333"),
        (10, "10.0"),
    ],
)
def test_decimals_are_never_written_with_an_exponent(number: float, expected: str) -> None:
    block = Block("https://a.example/s")
    block.decimal("https://a.example/p", number)
    assert f'"{expected}"^^' in block.text()


def test_a_triple_said_twice_is_written_once() -> None:
    block = Block("https://a.example/s")
    block.plain("https://a.example/p", "x")
    block.plain("https://a.example/q", "x")
    block.plain("https://a.example/p", "x")
    assert [line.split()[1] for line in block.text().splitlines()] == [
        "<https://a.example/p>",
        "<https://a.example/q>",
    ]
