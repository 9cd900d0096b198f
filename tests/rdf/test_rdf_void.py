"""The description of a graph counts what two parsers count, and says it in legal VoID and DCAT."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, RDF, VOID

from kg.rdf import ontology
from kg.rdf.iris import Iris
from kg.rdf.serialize import Format, convert, count_triples
from kg.rdf.void import Counts, add_counts, count, write_void

BASE = "https://kg.example/id/"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nt"
    lines = []
    for example in sorted(ontology.path("examples/knowledge").glob("*.ttl")):
        lines += [f"{quad.triple} .\n" for quad in ox.parse(path=example, format=ox.RdfFormat.TURTLE)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def counted(path: Path) -> Counts:
    with path.open("rb") as lines:
        return count(lines)


def test_counts_are_those_of_a_parser(graph: Path) -> None:
    triples = list(rdflib.Graph().parse(data=graph.read_bytes(), format="nt"))
    counts = counted(graph)
    assert counts.triples == len(triples) == count_triples(graph)
    assert counts.properties == Counter(str(predicate) for _, predicate, _ in triples)
    assert counts.classes == Counter(str(value) for _, predicate, value in triples if predicate == RDF.type)
    assert counts.classes["https://schema.org/NewsArticle"] == 5
    assert counts.classes["https://kg.example/ns#ArticleStub"] == 3
    assert list(counts.properties) == sorted(counts.properties)


def test_counts_of_parts_add_up(graph: Path) -> None:
    lines = graph.read_bytes().splitlines(keepends=True)
    assert add_counts([count(lines[::2]), count(lines[1::2])]) == counted(graph)
    assert add_counts([]) == count([])


def test_blanks_and_brackets_in_texts_confuse_no_count() -> None:
    lines = [
        b'<urn:x:s> <urn:x:p> "a <b> <c> . \\" <d>"@de .\n',
        b"<urn:x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:x:T> .\n",
    ]
    counts = count(lines)
    assert counts.triples == 2
    assert counts.properties == {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type": 1, "urn:x:p": 1}
    assert counts.classes == {"urn:x:T": 1}


def test_the_description(graph: Path, tmp_path: Path) -> None:
    iris = Iris()
    turtle, target = tmp_path / "graph.ttl", tmp_path / "void.ttl"
    convert(graph, turtle, Format.TTL, iris)
    counts = counted(graph)
    write_void(counts, target, [turtle, graph], "taz", iris)
    described = rdflib.Graph().parse(data=target.read_bytes(), format="turtle")
    dataset = rdflib.URIRef(f"{BASE}dataset")
    assert not any(isinstance(term, rdflib.BNode) for triple in described for term in triple)
    assert set(described.objects(dataset, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    assert described.value(dataset, VOID.triples) == rdflib.Literal(counts.triples)
    assert described.value(dataset, VOID.uriSpace) == rdflib.Literal(BASE)

    by_class = {
        str(described.value(part, VOID["class"])): described.value(part, VOID.entities).toPython()  # type: ignore[union-attr]  # rdflib's Node has no toPython
        for part in described.objects(dataset, VOID.classPartition)
    }
    assert by_class == counts.classes
    by_property = {
        str(described.value(part, VOID.property)): described.value(part, VOID.triples).toPython()  # type: ignore[union-attr]  # as above
        for part in described.objects(dataset, VOID.propertyPartition)
    }
    assert by_property == counts.properties

    sizes = {
        (str(described.value(part, DCAT.mediaType)), str(described.value(part, DCAT.byteSize)))
        for part in described.objects(dataset, DCAT.distribution)
    }
    media = "https://www.iana.org/assignments/media-types"
    assert sizes == {
        (f"{media}/application/n-triples", str(graph.stat().st_size)),
        (f"{media}/text/turtle", str(turtle.stat().st_size)),
    }


def test_the_description_depends_on_the_graph_alone(graph: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "void.ttl", tmp_path / "elsewhere" / "void.ttl"
    write_void(counted(graph), one, [graph], "taz", Iris())
    write_void(counted(graph), other, [graph], "taz", Iris())
    assert one.read_bytes() == other.read_bytes()
    assert str(tmp_path) not in one.read_text(encoding="utf-8")


def test_an_empty_graph_is_described_too(tmp_path: Path) -> None:
    target = tmp_path / "void.ttl"
    write_void(count([]), target, [], "taz", Iris())
    assert count_triples(target) > 0
