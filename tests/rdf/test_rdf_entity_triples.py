"""Persons, organisations, places, tags, the scheme and dump files: records in, exact triples out."""

from __future__ import annotations

import pytest

from kg.model import Entity, NodeKind, Ref, Rendering, Source, Tag
from kg.rdf.iris import Iris
from kg.rdf.triples import (
    entity_triples,
    files_triples,
    scheme_triples,
    tag_triples,
)
from tests.turtle import lines_of

IRIS = Iris()
SHA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_all_properties_of_a_person_in_their_order() -> None:
    person = Entity(
        Ref(NodeKind.PERSON, "wiebke-tammen"),
        "Wiebke Tammen",
        alternates=("Wibke Tammen", "Tammen, W.", "Wibke Tammen"),
        given="Wiebke",
        family="Tammen",
        job_titles=("Senatorin", "Betriebsrätin"),
        replaces=("wibke-tammen", "wiebke-tammen", "tammen-w"),
    )
    assert entity_triples(person, IRIS, mention_count=3, article_count=2).splitlines() == lines_of(
        """
        <person/wiebke-tammen> a schema:Person ;
            schema:name "Wiebke Tammen" ;
            schema:alternateName "Tammen, W." , "Wibke Tammen" ;
            schema:givenName "Wiebke" ;
            schema:familyName "Tammen" ;
            schema:jobTitle "Betriebsrätin"@de , "Senatorin"@de ;
            kg:mentionCount 3 ;
            kg:articleCount 2 ;
            dcterms:replaces <person/tammen-w> , <person/wibke-tammen> .
        """
    )


@pytest.mark.parametrize(
    ("kind", "news_media", "types"),
    [
        (NodeKind.PERSON, False, "schema:Person"),
        (NodeKind.PLACE, False, "schema:Place"),
        (NodeKind.ORGANIZATION, False, "schema:Organization"),
        (NodeKind.ORGANIZATION, True, "schema:Organization , schema:NewsMediaOrganization"),
    ],
)
def test_the_least_that_a_thing_says(kind: NodeKind, news_media: bool, types: str) -> None:
    entity = Entity(Ref(kind, "x"), "X", news_media=news_media)
    assert entity_triples(entity, IRIS, mention_count=0, article_count=0).splitlines() == lines_of(
        f'<{kind.value}/x> a {types} ; schema:name "X" ; kg:mentionCount 0 ; kg:articleCount 0 .'
    )


def test_the_scheme() -> None:
    assert scheme_triples(IRIS, "taz").splitlines() == lines_of(
        """
        <scheme/taz> a skos:ConceptScheme ;
            skos:prefLabel "Schlagwörter: taz"@de , "Tags: taz"@en ;
            schema:publisher <organization/taz> .
        """
    )


def test_all_properties_of_a_tag_in_their_order() -> None:
    tag = Tag(
        "schwerpunkt-hafen",
        "Schwerpunkt Hafen",
        alternates=("Schwerpunkt: Hafen", "Schwerpunkt Hafen"),
        number="7100001",
        broader="hafen",
        focus=Ref(NodeKind.PLACE, "nordersiel"),
    )
    assert tag_triples(tag, IRIS).splitlines() == lines_of(
        """
        <tag/taz/schwerpunkt-hafen> a skos:Concept ;
            skos:prefLabel "Schwerpunkt Hafen" ;
            skos:altLabel "Schwerpunkt: Hafen" ;
            skos:inScheme <scheme/taz> ;
            kg:tagKind "topic" ;
            schema:identifier "t7100001" ;
            schema:url <https://taz.de/!t7100001> ;
            skos:broader <tag/taz/hafen> ;
            foaf:focus <place/nordersiel> .
        """
    )


def test_the_least_that_a_tag_says() -> None:
    assert tag_triples(Tag("hafen", "Hafen"), IRIS).splitlines() == lines_of(
        '<tag/taz/hafen> a skos:Concept ; skos:prefLabel "Hafen" ; skos:inScheme <scheme/taz> ; kg:tagKind "topic" .'
    )


def test_a_dump_file() -> None:
    source = Source("2021/häfen & kräne.txt", SHA, Rendering.PHOXY, 1, 9)
    assert "".join(files_triples([source], IRIS)).splitlines() == lines_of(
        f"""
        <file/ca978112ca1bbdcafac231b39a23dc4d> a prov:Entity , kg:DumpFile ;
            kg:path "2021/häfen & kräne.txt" ;
            kg:rendering "phoxy" ;
            kg:sha256 "{SHA}" .
        """
    )


def test_copies_of_a_file_are_one_node_with_several_paths() -> None:
    sources = [
        Source("b.txt", SHA, Rendering.MENU, 1, 9),
        Source("z.txt", "0" * 64, Rendering.TABLE, 1, 9),
        Source("a.zip/b.txt", SHA, Rendering.MENU, 1, 9),
        Source("b.txt", SHA, Rendering.MENU, 1, 9),
    ]
    expected = lines_of(
        f"""
        <file/{"0" * 32}> a prov:Entity , kg:DumpFile ;
            kg:path "z.txt" ; kg:rendering "table" ; kg:sha256 "{"0" * 64}" .
        <file/ca978112ca1bbdcafac231b39a23dc4d> a prov:Entity , kg:DumpFile ;
            kg:path "a.zip/b.txt" , "b.txt" ; kg:rendering "menu" ; kg:sha256 "{SHA}" .
        """
    )
    assert sorted("".join(files_triples(sources, IRIS)).splitlines()) == sorted(expected)
    assert list(files_triples(sources, IRIS)) == list(files_triples(reversed(sources), IRIS))
