"""Code and `kg.ttl` speak of the same terms, and each is explained in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.model import Basis
from kg.rdf import ontology, vocabulary
from kg.rdf.vocabulary import KG, PREFIXES, basis_iri

KG_BASIS_CLASS = f"{KG}Basis"


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology.path("kg.ttl"), format="turtle")


def test_the_file_is_legal_for_the_strict_parser() -> None:
    assert len(list(ox.parse(path=ontology.path("kg.ttl"), format=ox.RdfFormat.TURTLE))) > 300


def constants() -> dict[str, str]:
    """Every term that `vocabulary` names, by the constant's name."""
    return {
        name: value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, str)
    }


def declared(terms: rdflib.Graph) -> set[str]:
    return {str(subject) for subject in terms.subjects(RDFS.isDefinedBy, None)}


def test_what_the_code_writes_is_declared_and_what_is_declared_is_written(terms: rdflib.Graph) -> None:
    written = {value for value in constants().values() if value.startswith(KG) and value != KG}
    written |= {basis_iri(basis) for basis in Basis}
    assert declared(terms) == written | {KG_BASIS_CLASS}


def test_every_constant_is_used_by_the_code() -> None:
    package = Path(vocabulary.__file__).parent
    modules = [path for path in package.glob("*.py") if path.name != "vocabulary.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    unused = {name for name in constants() if "_" in name and name not in code}
    assert unused == set()


def test_every_subject_of_ours_says_where_it_is_defined(terms: rdflib.Graph) -> None:
    assert {str(subject) for subject in terms.subjects() if str(subject).startswith(KG)} == declared(terms)


def test_labels_and_definitions_in_both_languages(terms: rdflib.Graph) -> None:
    for subject in terms.subjects(RDFS.isDefinedBy, None):
        explanation = SKOS.definition if (subject, RDF.type, OWL.NamedIndividual) in terms else RDFS.comment
        for predicate in (RDFS.label, explanation):
            texts = [
                value for value in terms.objects(subject, predicate) if isinstance(value, rdflib.Literal)
            ]
            assert sorted(str(text.language) for text in texts) == ["de", "en"], (subject, predicate)
            assert all(str(text).strip() for text in texts)


def test_every_term_has_a_kind_that_fits_its_name(terms: rdflib.Graph) -> None:
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual}
    for iri in declared(terms):
        (kind,) = set(terms.objects(rdflib.URIRef(iri), RDF.type)) & kinds
        is_property = kind in {OWL.ObjectProperty, OWL.DatatypeProperty}
        assert iri.removeprefix(KG)[0].islower() == is_property, iri


def test_every_basis_is_an_individual(terms: rdflib.Graph) -> None:
    individuals = {str(subject) for subject in terms.subjects(RDF.type, rdflib.URIRef(KG_BASIS_CLASS))}
    assert individuals == {basis_iri(basis) for basis in Basis}


def test_our_terms_hang_on_the_usual_ones(terms: rdflib.Graph) -> None:
    above = {
        (str(subject).removeprefix(KG), str(value))
        for predicate in (RDFS.subPropertyOf, RDFS.subClassOf)
        for subject, value in terms.subject_objects(predicate)
    }
    assert {
        ("relatedArticle", "http://purl.org/dc/terms/relation"),
        ("linksToTag", "http://purl.org/dc/terms/references"),
        ("fullestDump", "http://www.w3.org/ns/prov#wasDerivedFrom"),
        ("ArticleStub", "https://schema.org/NewsArticle"),
        ("DumpFile", "http://www.w3.org/ns/prov#Entity"),
        ("Mention", "http://www.w3.org/ns/oa#Annotation"),
        ("InlineLink", "http://www.w3.org/ns/oa#Annotation"),
    } <= above


def test_the_header_has_its_version_in_its_address_too(terms: rdflib.Graph) -> None:
    (header,) = terms.subjects(RDF.type, OWL.Ontology)
    version = str(terms.value(header, OWL.versionInfo))
    assert terms.value(header, OWL.versionIRI) == rdflib.URIRef(f"https://kg.example/ns/{version}")


def test_schema_org_is_always_https() -> None:
    for path in sorted(ontology.path().rglob("*.*")):
        assert "http://schema.org" not in path.read_text(encoding="utf-8"), path
    assert PREFIXES["schema"] == "https://schema.org/"


def context() -> dict[str, str | dict[str, str]]:
    loaded: dict[str, str | dict[str, str]] = json.loads(ontology.path("context.jsonld").read_bytes())[
        "@context"
    ]
    return loaded


def test_the_context_has_a_name_for_every_term_of_the_graph() -> None:
    known = set()
    for definition in context().values():
        name = definition if isinstance(definition, str) else definition["@id"]
        prefix, _, local = name.partition(":")
        known.add(PREFIXES[prefix] + local if prefix in PREFIXES else name)
    values = {"rdf:type", "oa:identifying", "oa:linking"}
    expected = {
        value
        for name, value in constants().items()
        if name.partition("_")[0] not in {"XSD", "VOID", "DCAT"}
        and not value.endswith(("#", "/"))
        and "_" in name
    } - {PREFIXES[value.partition(":")[0]] + value.partition(":")[2] for value in values}
    assert expected <= known


@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")  # rdflib's own code
def test_the_context_goes_there_and_back() -> None:
    graph = rdflib.Graph()
    for example in sorted(ontology.path("examples").glob("[ek]*/*.ttl")):
        graph.parse(example, format="turtle")
    short = graph.serialize(format="json-ld", context=context(), auto_compact=False)
    assert '"headline": "Hafenstreit: Kräne stehen still"' in short
    assert isomorphic(rdflib.Graph().parse(data=short, format="json-ld"), graph)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="ontologies/none"):
        ontology.path("none.ttl")
