"""Articles and stubs: records in, exact triples out."""

from __future__ import annotations

import hashlib
import random

import msgspec
import pyoxigraph as ox

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Block,
    Image,
    InlineLink,
    Mention,
    NodeKind,
    Part,
    Passage,
    Ref,
    RelatedEdge,
    Rendering,
    SectionListing,
    Source,
    Stub,
    TagAssignment,
)
from kg.rdf.iris import Iris
from kg.rdf.triples import article_triples, stub_triples
from kg.rdf.vocabulary import PREFIXES
from tests.turtle import lines_of

IRIS = Iris()
FULL = Source(
    "2021/hafen.txt",
    "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    Rendering.MILLS,
    2,
    41,
)
OTHER = Source(
    "2021/7.txt", "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d", Rendering.TABLE, 1, 20
)
TAMMEN = Ref(NodeKind.PERSON, "wiebke-tammen")
LOHMANN = Ref(NodeKind.PERSON, "ada-lohmann")
NEWS_AGENCY = Ref(NodeKind.ORGANIZATION, "nwa")
NORDERSIEL = Ref(NodeKind.PLACE, "nordersiel")
BODY = "Seit Donnerstag streiken die Kranführer.\n\nDie Reederei schweigt\n\nIm Hafen von Nordersiel\xa0ruht alles."

ARTICLE = Article(
    source=FULL,
    headline='Hafenstreit: "Kräne" stehen still',
    headline_line=2,
    teaser=Passage("Die Kranführer streiken.\nDie Reederei schweigt.", 4),
    images=(Image(Passage("Wiebke Tammen\nvor dem Kran", 7)), Image(Passage("Kran 4", 9))),
    dateline="NORDERSIEL",
    body=(
        Block(Passage("Seit Donnerstag\nstreiken die Kranführer.", 11)),
        Block(Passage("Die Reederei schweigt", 14), subhead=True),
        Block(Passage("Im Hafen von Nordersiel\xa0ruht\nalles.", 16)),
    ),
    links=(InlineLink(1, 20), InlineLink(2, 21), InlineLink(3, 22), InlineLink(4, 23)),
)
NODE = ArticleNode(
    key="7000001",
    path=FULL.path,
    sources=(OTHER, FULL),
    headline=ARTICLE.headline,
    date="2021-03-04",
    number="7000001",
    kicker="Hafenstreit",
    title='"Kräne" stehen still',
    opinion=True,
    replaces=("h-old", "7000001", "h-older"),
    sections=(
        SectionListing("Wirtschaft", "w.txt", 4),
        SectionListing("Nord", "n.txt", 2),
        SectionListing("Nord", "n.txt", 9),
    ),
    places=(NORDERSIEL,),
    credits=(NEWS_AGENCY, Ref(NodeKind.ORGANIZATION, "taz")),
    authors=(
        Authorship(LOHMANN, "Ada Lohmann", Basis.BYLINE, FULL.path, 30),
        Authorship(LOHMANN, "Ada Lohmann", Basis.BYLINE, OTHER.path, 12),
        Authorship(LOHMANN, "A. Lohmann", Basis.BYLINE, OTHER.path, 13),
        Authorship(LOHMANN, "Alle von Ada", Basis.INDEX_PAGE, "ada.txt", 3),
    ),
    tags=(
        TagAssignment("streik", Basis.RELATED_TAG_POSITION, "k.txt", 15),
        TagAssignment("hafen", Basis.OWN_TAG, FULL.path, 33),
        TagAssignment("hafen", Basis.INDEX_PAGE, "t.txt", 2),
    ),
    related=(
        RelatedEdge(Ref(NodeKind.ARTICLE, "h-stub"), FULL.path, 40),
        RelatedEdge(Ref(NodeKind.ARTICLE, "7000002"), FULL.path, 41),
        RelatedEdge(Ref(NodeKind.ARTICLE, "h-stub"), FULL.path, 42),
    ),
    link_targets=(
        Ref(NodeKind.TAG, "wiebke-tammen"),
        Ref(NodeKind.ARTICLE, "7000009"),
        None,
        Ref(NodeKind.PERSON, "jonte-brink"),
    ),
)
MENTIONS = (
    Mention(TAMMEN, Part.CAPTION, 0, 13, "Wiebke Tammen", 7, Basis.KNOWN_NAME, 0.9, 0),
    Mention(TAMMEN, Part.BODY, 0, 13, "Wiebke Tammen", 11, Basis.KNOWN_NAME, 0.9),
    Mention(NORDERSIEL, Part.BODY, 78, 88, "Nordersiel", 16, Basis.KNOWN_NAME, 0.9),
)
EXPECTED = f"""
<article/taz/7000001> a schema:NewsArticle , schema:OpinionNewsArticle ;
    schema:identifier "7000001" ;
    schema:url <https://taz.de/!7000001> ;
    dcterms:replaces <article/taz/h-old> , <article/taz/h-older> ;
    schema:headline "Hafenstreit: \\"Kräne\\" stehen still"@de ;
    kg:kicker "Hafenstreit"@de ;
    kg:title "\\"Kräne\\" stehen still"@de ;
    schema:abstract "Die Kranführer streiken. Die Reederei schweigt."@de ;
    schema:datePublished "2021-03-04"^^xsd:date ;
    schema:dateline "NORDERSIEL" ;
    schema:locationCreated <place/nordersiel> ;
    schema:sourceOrganization <organization/nwa> , <organization/taz> ;
    schema:author <person/ada-lohmann> ;
    schema:creditText "A. Lohmann" , "Ada Lohmann" ;
    schema:articleSection "Nord"@de , "Wirtschaft"@de ;
    kg:subhead "Die Reederei schweigt"@de ;
    schema:wordCount 14 ;
    kg:textSha256 "{hashlib.sha256(BODY.encode()).hexdigest()}" ;
    schema:image <article/taz/7000001#img-1> , <article/taz/7000001#img-2> ;
    schema:about <tag/taz/hafen> , <tag/taz/streik> ;
    schema:mentions <person/wiebke-tammen> , <place/nordersiel> ;
    kg:linksToTag <tag/taz/wiebke-tammen> ;
    schema:citation <article/taz/7000009> ;
    kg:relatedArticle <article/taz/7000002> , <article/taz/h-stub> ;
    schema:publisher <organization/taz> ;
    schema:inLanguage "de" ;
    prov:wasDerivedFrom <file/3e23e8160039594a33894f6564e1b134> , <file/ca978112ca1bbdcafac231b39a23dc4d> ;
    kg:fullestDump <file/ca978112ca1bbdcafac231b39a23dc4d> ;
    kg:firstLine 2 ;
    kg:lastLine 41 .

<article/taz/7000001#img-1> a schema:ImageObject ;
    schema:caption "Wiebke Tammen vor dem Kran"@de .

<article/taz/7000001#img-2> a schema:ImageObject ;
    schema:caption "Kran 4"@de .
"""


def test_all_properties_of_an_article_in_their_order() -> None:
    assert article_triples(NODE, ARTICLE, MENTIONS, IRIS).splitlines() == lines_of(EXPECTED)


def test_the_body_only_when_asked_for() -> None:
    plain = set(article_triples(NODE, ARTICLE, MENTIONS, IRIS).splitlines())
    with_text = set(article_triples(NODE, ARTICLE, MENTIONS, IRIS, with_text=True).splitlines())
    assert plain <= with_text
    (body,) = ox.parse(input="\n".join(with_text - plain), format=ox.RdfFormat.N_TRIPLES)
    assert body.predicate == ox.NamedNode("https://schema.org/articleBody")
    assert body.object == ox.Literal(BODY, language="de")


def test_the_least_that_an_article_says() -> None:
    article = Article(FULL, "Ohne alles", 2)
    node = ArticleNode("h-x", FULL.path, (FULL,), "Ohne alles")
    assert article_triples(node, article, (), IRIS).splitlines() == lines_of(
        f"""
        <article/taz/h-x> a schema:NewsArticle ;
            schema:headline "Ohne alles"@de ;
            schema:wordCount 0 ;
            kg:textSha256 "{hashlib.sha256(b"").hexdigest()}" ;
            schema:publisher <organization/taz> ;
            schema:inLanguage "de" ;
            prov:wasDerivedFrom <file/ca978112ca1bbdcafac231b39a23dc4d> ;
            kg:fullestDump <file/ca978112ca1bbdcafac231b39a23dc4d> ;
            kg:firstLine 2 ;
            kg:lastLine 41 .
        """
    )


def test_lost_text_and_lost_letters_are_said() -> None:
    article = msgspec.structs.replace(ARTICLE, truncated=True, transliterated=True)
    added = set(article_triples(NODE, article, MENTIONS, IRIS).splitlines()) - set(lines_of(EXPECTED))
    assert added == set(lines_of("<article/taz/7000001> kg:truncated true ; kg:transliterated true ."))
    cut = msgspec.structs.replace(ARTICLE, cut=True)
    added = set(article_triples(NODE, cut, MENTIONS, IRIS).splitlines()) - set(lines_of(EXPECTED))
    assert added == set(lines_of("<article/taz/7000001> kg:truncated true ."))


def test_the_order_of_the_input_changes_no_byte() -> None:
    expected = article_triples(NODE, ARTICLE, MENTIONS, IRIS)
    shuffle = random.Random(1)
    for _ in range(10):
        fields = ("sources", "replaces", "sections", "credits", "authors", "tags", "related", "link_targets")
        shuffled = {
            name: tuple(shuffle.sample(getattr(NODE, name), len(getattr(NODE, name)))) for name in fields
        }
        node = msgspec.structs.replace(NODE, **shuffled)
        assert article_triples(node, ARTICLE, shuffle.sample(MENTIONS, 3), IRIS) == expected


def test_a_stub_says_what_others_say_of_it() -> None:
    stub = Stub(
        key="7000009",
        number="7000009",
        headline="Lohnrunde: Erst reden, dann lö",
        cut=True,
        transliterated=True,
        kicker="Lohnrunde",
        title="Erst reden, dann lö",
        teaser=Passage("Vor zwei Jahren ging es\nohne Streik.", 9),
        replaces=("h-old",),
        sections=(SectionListing("Nord", "n.txt", 2),),
        authors=(Authorship(LOHMANN, "Ada Lohmann", Basis.INDEX_PAGE, "ada.txt", 3),),
        tags=(TagAssignment("streik", Basis.RELATED_TAG_POSITION, "k.txt", 15),),
        seen_in=(FULL, OTHER),
    )
    assert stub_triples(stub, [], IRIS).splitlines() == lines_of(
        """
        <article/taz/7000009> a schema:NewsArticle , kg:ArticleStub ;
            schema:identifier "7000009" ;
            schema:url <https://taz.de/!7000009> ;
            dcterms:replaces <article/taz/h-old> ;
            schema:headline "Lohnrunde: Erst reden, dann lö"@de ;
            kg:kicker "Lohnrunde"@de ;
            kg:title "Erst reden, dann lö"@de ;
            schema:abstract "Vor zwei Jahren ging es ohne Streik."@de ;
            schema:author <person/ada-lohmann> ;
            schema:articleSection "Nord"@de ;
            kg:truncated true ;
            kg:transliterated true ;
            schema:about <tag/taz/streik> ;
            schema:publisher <organization/taz> ;
            schema:inLanguage "de" ;
            prov:wasDerivedFrom <file/3e23e8160039594a33894f6564e1b134> , <file/ca978112ca1bbdcafac231b39a23dc4d> .
        """
    )


def test_the_file_and_lines_of_a_stub_are_those_of_its_announcement() -> None:
    stub = Stub("h-a", headline="Erst reden", headline_line=8, path=FULL.path, seen_in=(OTHER, FULL))
    assert _lines_said_of(stub) == ["8", "8"]
    teaser = Passage("Vor zwei Jahren ging es\nohne Streik\nund Streit.", 10)
    assert _lines_said_of(msgspec.structs.replace(stub, teaser=teaser)) == ["8", "12"]


def _lines_said_of(stub: Stub) -> list[str]:
    """kg:firstLine and kg:lastLine in kg:fullestDump."""
    dump, *last = stub_triples(stub, [], IRIS).splitlines()[-3:]
    kg = PREFIXES["kg"]
    assert dump.split()[1:3] == [f"<{kg}fullestDump>", f"<{IRIS.file(FULL.sha256)}>"]
    assert [line.split()[1] for line in last] == [f"<{kg}firstLine>", f"<{kg}lastLine>"]
    return [line.split('"')[1] for line in last]


def test_a_stub_known_from_a_number_alone() -> None:
    assert stub_triples(
        Stub("7000009", number="7000009", seen_in=(FULL,)), [], IRIS
    ).splitlines() == lines_of(
        """
        <article/taz/7000009> a schema:NewsArticle , kg:ArticleStub ;
            schema:identifier "7000009" ;
            schema:url <https://taz.de/!7000009> ;
            schema:publisher <organization/taz> ;
            schema:inLanguage "de" ;
            prov:wasDerivedFrom <file/ca978112ca1bbdcafac231b39a23dc4d> .
        """
    )
