"""Serialisations: every form says the same triples to Oxigraph and to rdflib, with the same bytes each time."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import chain, groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import OutputError
from kg.rdf import ontology
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block
from kg.rdf.serialize import Format, convert, count_triples, read_quads, turtle_body, turtle_head

IRIS = Iris()
RDFLIB_NAMES = {
    Format.NT: "nt",
    Format.TTL: "turtle",
    Format.JSONLD: "json-ld",
    Format.RDFXML: "xml",
    Format.NQ: "nquads",
    Format.TRIG: "trig",
}
KINDS = """<urn:x:s> <urn:x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:x:s> <https://schema.org/wordCount> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:x:s> <https://schema.org/wordCount> "99999999999999999999"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:x:s> <https://schema.org/wordCount> "-5"^^<http://www.w3.org/2001/XMLSchema#integer> .
<urn:x:s> <https://schema.org/wordCount> "many" .
<urn:x:s> <https://schema.org/headline> "plain" .
<urn:x:s> <https://schema.org/headline> "Cranes"@en .
<urn:x:s> <https://schema.org/headline> "Kräne \\"stehen\\" <b>still</b> & \\\\ \\n 𝄞"@de .
<urn:x:s> <https://schema.org/url> "a literal" .
<urn:x:s> <https://schema.org/name> <https://a.example/node> .
<urn:x:s> <https://schema.org/name> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<urn:x:s> <https://kg.example/ns#truncated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<urn:x:s> <https://kg.example/ns#truncated> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<urn:x:s> <https://schema.org/datePublished> "2021-03-04"^^<http://www.w3.org/2001/XMLSchema#date> .
<urn:x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/NewsArticle> .
<urn:x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:T> .
<urn:x:t> <urn:x:p> <urn:x:s> .
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The valid examples, and a literal or link of every kind, as one N-Triples file."""
    path = tmp_path_factory.mktemp("graph") / "graph.nt"
    lines = [KINDS]
    for example in sorted(ontology.path("examples").glob("[ek]*/*.ttl")):
        quads = ox.parse(path=example, format=ox.RdfFormat.TURTLE)
        lines += [f"{quad.triple} .\n" for quad in quads]
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", Format)
def test_each_form_says_the_same(form: Format, graph: Path, tmp_path: Path) -> None:
    target = tmp_path / f"graph.{form.extension}"
    convert(graph, target, form, IRIS)
    assert set(read_quads(target)) == set(read_quads(graph))
    assert count_triples(target) == count_triples(graph) > 200

    again = tmp_path / f"again.{form.extension}"
    convert(graph, again, form, IRIS)
    assert again.read_bytes() == target.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([target.name, again.name])


@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")  # rdflib's own code
@pytest.mark.parametrize("form", Format)
def test_rdflib_reads_the_same(
    form: Format, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # rdflib keeps the lexical form of a literal then, but not that of a bare number in Turtle.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    source = tmp_path / "source.nt"
    source.write_bytes(b"".join(line for line in graph.read_bytes().splitlines(True) if b'"007"' not in line))
    target = tmp_path / f"graph.{form.extension}"
    convert(source, target, form, IRIS)
    read = rdflib.Dataset().parse(data=target.read_bytes(), format=RDFLIB_NAMES[form])
    found = {quad[:3] for quad in read.quads()}
    assert found == set(rdflib.Graph().parse(data=source.read_bytes(), format="nt"))
    assert len(found) == count_triples(source)


def test_turtle_is_short_and_grouped(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    convert(graph, target, Format.TTL, IRIS)
    text = target.read_text(encoding="utf-8")
    assert "@prefix schema: <https://schema.org/> ." in text
    assert "@prefix person: <https://kg.example/id/person/> ." in text
    assert "article:7000001 a schema:NewsArticle ;\n" in text
    assert text.count("\narticle:7000001 ") == 1


def test_turtle_of_nodes_one_behind_the_other_is_turtle_of_all(graph: Path, tmp_path: Path) -> None:
    nodes = [
        list(lines) for _, lines in groupby(graph.read_bytes().splitlines(True), lambda line: line.split()[0])
    ]
    assert len(nodes) > 20
    joined = turtle_head(IRIS)
    for part in (nodes[:1], nodes[1:9], [], nodes[9:]):
        joined += turtle_body(BytesIO(b"".join(chain(*part))), graph, IRIS)
    convert(graph, tmp_path / "graph.ttl", Format.TTL, IRIS)
    assert joined == (tmp_path / "graph.ttl").read_bytes()
    with pytest.raises(OutputError, match=r"graph\.nt is not valid N-Triples.*line 2"):
        turtle_body(BytesIO(b"<urn:x:s> <urn:x:p> <urn:x:o> .\n<s> .\n"), graph, IRIS)


def test_jsonld_carries_its_context_and_uses_its_names(graph: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.jsonld"
    convert(graph, target, Format.JSONLD, IRIS)
    document = json.loads(target.read_bytes())
    assert document["@context"] == json.loads(ontology.path("context.jsonld").read_bytes())["@context"]
    nodes = {node["@id"]: node for node in document["@graph"]}
    article = nodes["https://kg.example/id/article/taz/7000001"]
    assert article["headline"] == "Hafenstreit: Kräne stehen still"
    assert article["wordCount"] == 24
    assert article["datePublished"] == "2021-03-04"
    assert article["author"] == "https://kg.example/id/person/ada-lohmann"
    kinds = nodes["urn:x:s"]
    assert kinds["@type"] == ["NewsArticle", "urn:x:T"]
    assert kinds["headline"][:2] == [{"@value": "plain"}, {"@value": "Cranes", "@language": "en"}]
    assert kinds["wordCount"] == ["007", "99999999999999999999", -5, {"@value": "many"}]


def test_an_empty_graph_is_a_whole_file_in_every_form(tmp_path: Path) -> None:
    source = tmp_path / "empty.nt"
    source.write_bytes(b"")
    for form in Format:
        target = tmp_path / f"out.{form.extension}"
        convert(source, target, form, IRIS)
        assert count_triples(target) == 0


def test_rdfxml_holds_no_character_that_xml_forbids(tmp_path: Path) -> None:
    block = Block("https://a.example/s")
    block.localized("https://schema.org/caption", "a\x00b\x1bc\ufffed\x0be")
    block.plain("https://schema.org/name", "eins\r\nzwei\rdrei\n\tvier ]]> & <")
    block.integer("https://schema.org/wordCount", 7)
    source = tmp_path / "graph.nt"
    source.write_text(block.text(), encoding="utf-8")
    target = tmp_path / "graph.rdf"
    convert(source, target, Format.RDFXML, IRIS)
    read = rdflib.Graph().parse(
        data=target.read_bytes(), format="xml"
    )  # by expat, which refuses what XML does
    assert set(read.objects()) == {
        rdflib.Literal("a\ufffdb\ufffdc\ufffdd\ufffde", lang="de"),
        rdflib.Literal("eins\nzwei\ndrei\n\tvier ]]> & <"),
        rdflib.Literal(7),
    }


@pytest.mark.parametrize(
    "line",
    [
        "<https://a.example/a b> <urn:x:p> <urn:x:o> .",
        "<relative> <urn:x:p> <urn:x:o> .",
        '<urn:x:s> <urn:x:p> "two\nlines" .',
        '<urn:x:s> <urn:x:p> "x"@de_DE .',
        '<urn:x:s> <urn:x:p> "\\uD800" .',
        "<urn:x:s> <urn:x:p> .",
    ],
)
def test_what_is_invalid_is_refused_and_leaves_the_old_file(line: str, tmp_path: Path) -> None:
    source = tmp_path / "graph.nt"
    source.write_text(f"<urn:x:s> <urn:x:p> <urn:x:o> .\n{line}\n", encoding="utf-8")
    target = tmp_path / "graph.ttl"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match=r"graph\.nt is not valid application/n-triples.*line 2"):
        convert(source, target, Format.TTL, IRIS)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nt", "graph.ttl"]


def test_a_missing_file_and_an_unknown_ending_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot read .*none\.nt"):
        count_triples(tmp_path / "none.nt")
    with pytest.raises(OutputError, match=r"graph\.txt"):
        count_triples(tmp_path / "graph.txt")
