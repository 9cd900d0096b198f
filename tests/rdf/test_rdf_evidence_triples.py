"""The evidence: records in, exact triples out; a quote always says what stands at its offsets."""

from __future__ import annotations

import re

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Block,
    Identity,
    Image,
    InlineLink,
    Mention,
    NodeKind,
    NumberTold,
    Part,
    Passage,
    Ref,
    Rendering,
    SectionListing,
    Selector,
    SelectorKind,
    Source,
    Stub,
    TagAssignment,
)
from kg.rdf.iris import Iris
from kg.rdf.triples import evidence_triples, identity_evidence, stub_evidence
from kg.rdf.vocabulary import PREFIXES
from tests.turtle import lines_of

IRIS = Iris()
SOURCE = Source(
    "hafen.txt", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", Rendering.MILLS, 1, 41
)
TAMMEN = Ref(NodeKind.PERSON, "wiebke-tammen")
ARTICLE = Article(
    source=SOURCE,
    headline="Tammen geht",
    headline_line=1,
    teaser=Passage("Wer auf Tammen\nfolgt", 2),
    images=(Image(Passage("Kran 4", 5)), Image(Passage("Tammen, vorn", 6))),
    body=(
        Block(Passage("Der Senat sucht seit gestern eine Nachfolge: „Wiebke\nTammen fehlt uns“,", 8)),
        Block(Passage("heißt es.", 11)),
    ),
)
NODE = ArticleNode("7000001", SOURCE.path, (SOURCE,), ARTICLE.headline)


def test_a_mention_in_the_body() -> None:
    mention = Mention(TAMMEN, Part.BODY, 46, 59, "Wiebke Tammen", 8, Basis.TOPIC_LINK, 0.9)
    m = "article/taz/7000001#m-46"
    assert evidence_triples(NODE, ARTICLE, [mention], IRIS).splitlines() == lines_of(
        f"""
        <{m}> a oa:Annotation , kg:Mention ;
            oa:motivatedBy oa:identifying ;
            oa:hasBody <person/wiebke-tammen> ;
            oa:hasTarget <{m}-t> ;
            kg:part "body" ;
            kg:firstLine 8 ;
            kg:basis kg:TopicLink ;
            kg:confidence 0.9 .
        <{m}-t> a oa:SpecificResource ;
            oa:hasSource <article/taz/7000001> ;
            oa:hasSelector <{m}-p> , <{m}-q> .
        <{m}-p> a oa:TextPositionSelector ; oa:start 46 ; oa:end 59 .
        <{m}-q> a oa:TextQuoteSelector ;
            oa:exact "Wiebke Tammen" ;
            oa:prefix "t seit gestern eine Nachfolge: „" ;
            oa:suffix " fehlt uns“,\\n\\nheißt es." .
        """
    )


@pytest.mark.parametrize(
    ("mention", "fragment", "prefix", "suffix", "extra"),
    [
        (
            Mention(TAMMEN, Part.HEADLINE, 0, 6, "Tammen", 1, Basis.KNOWN_NAME, 1.0),
            "headline-0",
            "",
            " geht",
            "",
        ),
        (
            Mention(TAMMEN, Part.ABSTRACT, 8, 14, "Tammen", 2, Basis.KNOWN_NAME, 1.0),
            "abstract-8",
            "Wer auf ",
            " folgt",
            "",
        ),
        (
            Mention(TAMMEN, Part.CAPTION, 0, 6, "Tammen", 6, Basis.KNOWN_NAME, 1.0, image=1),
            "caption-2-0",
            "",
            ", vorn",
            "kg:ofImage <article/taz/7000001#img-2> ;",
        ),
    ],
)
def test_a_mention_in_another_part(
    mention: Mention, fragment: str, prefix: str, suffix: str, extra: str
) -> None:
    m = f"article/taz/7000001#m-{fragment}"
    assert evidence_triples(NODE, ARTICLE, [mention], IRIS).splitlines() == lines_of(
        f"""
        <{m}> a oa:Annotation , kg:Mention ;
            oa:motivatedBy oa:identifying ;
            oa:hasBody <person/wiebke-tammen> ;
            oa:hasTarget <{m}-t> ;
            kg:part "{mention.part.value}" ; {extra}
            kg:firstLine {mention.line} ;
            kg:basis kg:KnownName ;
            kg:confidence 1.0 .
        <{m}-t> a oa:SpecificResource ;
            oa:hasSource <article/taz/7000001> ;
            oa:hasSelector <{m}-p> , <{m}-q> .
        <{m}-p> a oa:TextPositionSelector ; oa:start {mention.start} ; oa:end {mention.end} .
        <{m}-q> a oa:TextQuoteSelector ; oa:exact "Tammen" ; oa:prefix "{prefix}" ; oa:suffix "{suffix}" .
        """
    )


@given(st.data())
def test_a_quote_with_its_context_stands_at_its_offsets(data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=120))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article(SOURCE, text, 1)
    mention = Mention(TAMMEN, Part.HEADLINE, start, end, text[start:end], 1, Basis.KNOWN_NAME, 0.5)
    values: dict[str, str] = {}
    triples = evidence_triples(NODE, article, [mention], IRIS)
    for quad in ox.parse(input=triples, format=ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.object, ox.Literal):
            values[quad.predicate.value.removeprefix(PREFIXES["oa"])] = quad.object.value
    assert values["exact"] == text[int(values["start"]) : int(values["end"])]
    assert (values["prefix"] + values["exact"] + values["suffix"]) in text
    assert len(values["prefix"]) == min(32, start)
    assert len(values["suffix"]) == min(32, len(text) - end)


def test_links_with_and_without_target_and_anchor() -> None:
    links = (
        InlineLink(
            1,
            9,
            "Wiebke",
            Part.BODY,
            None,
            46,
            52,
            Selector(SelectorKind.TOPIC, "/Tammen/!t71", "71", "Tammen"),
        ),
        InlineLink(2, 5, "Kran", Part.CAPTION, 0, 0, 4),
        InlineLink(3, 30, selector=Selector(SelectorKind.ARTICLE, "/!7000009", "7000009")),
        InlineLink(3, 31, "", Part.BODY, None, 5, 5),
    )
    targets = (Ref(NodeKind.TAG, "tammen"), None, Ref(NodeKind.ARTICLE, "7000009"), None)
    article = msgspec.structs.replace(ARTICLE, links=links)
    node = msgspec.structs.replace(NODE, link_targets=targets)
    a = "article/taz/7000001"
    assert evidence_triples(node, article, (), IRIS).splitlines() == lines_of(
        f"""
        <{a}#l-1> a oa:Annotation , kg:InlineLink ;
            oa:motivatedBy oa:linking ;
            oa:hasBody <tag/taz/tammen> ;
            oa:hasTarget <{a}#l-1-t> ;
            kg:linkNumber 1 ;
            kg:selector "/Tammen/!t71" ;
            kg:part "body" ;
            kg:firstLine 9 .
        <{a}#l-1-t> a oa:SpecificResource ; oa:hasSource <{a}> ; oa:hasSelector <{a}#l-1-p> , <{a}#l-1-q> .
        <{a}#l-1-p> a oa:TextPositionSelector ; oa:start 46 ; oa:end 52 .
        <{a}#l-1-q> a oa:TextQuoteSelector ;
            oa:exact "Wiebke" ;
            oa:prefix "t seit gestern eine Nachfolge: „" ;
            oa:suffix " Tammen fehlt uns“,\\n\\nheißt es." .
        <{a}#l-2> a oa:Annotation , kg:InlineLink ;
            oa:motivatedBy oa:linking ;
            oa:hasTarget <{a}#l-2-t> ;
            kg:linkNumber 2 ;
            kg:part "caption" ;
            kg:ofImage <{a}#img-1> ;
            kg:firstLine 5 .
        <{a}#l-2-t> a oa:SpecificResource ; oa:hasSource <{a}> ; oa:hasSelector <{a}#l-2-p> , <{a}#l-2-q> .
        <{a}#l-2-p> a oa:TextPositionSelector ; oa:start 0 ; oa:end 4 .
        <{a}#l-2-q> a oa:TextQuoteSelector ; oa:exact "Kran" ; oa:prefix "" ; oa:suffix " 4" .
        <{a}#l-3> a oa:Annotation , kg:InlineLink ;
            oa:motivatedBy oa:linking ;
            oa:hasBody <article/taz/7000009> ;
            oa:hasTarget <{a}> ;
            kg:linkNumber 3 ;
            kg:selector "/!7000009" ;
            kg:firstLine 30 .
        <{a}#l-3-2> a oa:Annotation , kg:InlineLink ;
            oa:motivatedBy oa:linking ;
            oa:hasTarget <{a}> ;
            kg:linkNumber 3 ;
            kg:part "body" ;
            kg:firstLine 31 .
        """
    )


def test_links_and_targets_must_belong_together() -> None:
    article = msgspec.structs.replace(ARTICLE, links=(InlineLink(1, 9),))
    with pytest.raises(ValueError, match="zip"):
        evidence_triples(NODE, article, (), IRIS)


TAGS = (
    TagAssignment("hafen", Basis.OWN_TAG, "hafen.txt", 33),
    TagAssignment("hafen", Basis.RELATED_TAG_POSITION, "kommentar.txt", 15),
)
AUTHORS = (Authorship(Ref(NodeKind.ORGANIZATION, "nwa"), "NWA", Basis.BYLINE, "hafen.txt", 30),)
REASONS = """
    <TAG1> a rdf:Statement , kg:TagAssignment ;
        rdf:subject <article/taz/7000001> ;
        rdf:predicate schema:about ;
        rdf:object <tag/taz/hafen> ;
        kg:basis kg:OwnTag ;
        kg:confidence 1.0 ;
        kg:path "hafen.txt" ;
        kg:firstLine 33 .
    <TAG2> a rdf:Statement , kg:TagAssignment ;
        rdf:subject <article/taz/7000001> ;
        rdf:predicate schema:about ;
        rdf:object <tag/taz/hafen> ;
        kg:basis kg:RelatedTagPosition ;
        kg:confidence 0.95 ;
        kg:path "kommentar.txt" ;
        kg:firstLine 15 .
    <AUTHOR> a rdf:Statement , kg:Authorship ;
        rdf:subject <article/taz/7000001> ;
        rdf:predicate schema:author ;
        rdf:object <organization/nwa> ;
        schema:creditText "NWA" ;
        kg:basis kg:Byline ;
        kg:confidence 1.0 ;
        kg:path "hafen.txt" ;
        kg:firstLine 30 .
"""


def reasons_of(key: str) -> list[str]:
    turtle = REASONS.replace("<TAG1>", f"<{IRIS.tag_assignment(key, TAGS[0])}>")
    turtle = turtle.replace("<TAG2>", f"<{IRIS.tag_assignment(key, TAGS[1])}>")
    return lines_of(turtle.replace("<AUTHOR>", f"<{IRIS.authorship(key, AUTHORS[0])}>"))


def test_why_an_article_has_its_tags_and_authors() -> None:
    node = msgspec.structs.replace(NODE, tags=TAGS, authors=AUTHORS)
    assert evidence_triples(node, ARTICLE, (), IRIS).splitlines() == reasons_of("7000001")


def test_why_a_stub_has_its_tags_and_authors() -> None:
    stub = Stub("7000001", tags=TAGS, authors=AUTHORS)
    assert stub_evidence(stub, [], IRIS).splitlines() == reasons_of("7000001")


def test_why_an_article_has_its_sections_and_its_number() -> None:
    nord, told = SectionListing("Nord", "nord.txt", 4), NumberTold("menu.txt", 12)
    node = msgspec.structs.replace(NODE, number="7000001", number_from=told, sections=(nord,))
    expected = f"""
        <{IRIS.section_listing("7000001", nord)}> a rdf:Statement , kg:SectionListing ;
            rdf:subject <article/taz/7000001> ;
            rdf:predicate schema:articleSection ;
            rdf:object "Nord"@de ;
            kg:basis kg:IndexPage ;
            kg:confidence 1.0 ;
            kg:path "nord.txt" ;
            kg:firstLine 4 .
        <{IRIS.number_announcement("7000001", told)}> a rdf:Statement , kg:NumberAnnouncement ;
            rdf:subject <article/taz/7000001> ;
            rdf:predicate schema:identifier ;
            rdf:object "7000001" ;
            kg:basis kg:AnnouncedNumber ;
            kg:confidence 0.95 ;
            kg:path "menu.txt" ;
            kg:firstLine 12 .
    """
    assert evidence_triples(node, ARTICLE, (), IRIS).splitlines() == lines_of(expected)
    # To a stub the number is no guess: it is all that is known of it.
    stub = Stub("7000001", number="7000001", number_from=told, sections=(nord,))
    assert stub_evidence(stub, [], IRIS).splitlines() == lines_of(
        expected.replace("confidence 0.95", "confidence 1.0")
    )


def test_a_number_that_the_article_tells_itself_needs_no_reason() -> None:
    assert evidence_triples(msgspec.structs.replace(NODE, number="7000001"), ARTICLE, (), IRIS) == ""


def test_why_a_stub_has_its_headline() -> None:
    stub = Stub(
        "h-a", path="hafen.txt", headline="Erst reden", headline_line=38, teaser=Passage("Vor\nJahren.", 40)
    )
    assert stub_evidence(stub, [], IRIS).splitlines() == lines_of(
        f"""
        <{IRIS.announcement("h-a", "hafen.txt", 38)}> a rdf:Statement , kg:Announcement ;
            rdf:subject <article/taz/h-a> ;
            rdf:predicate schema:headline ;
            rdf:object "Erst reden"@de ;
            kg:confidence 1.0 ;
            kg:path "hafen.txt" ;
            kg:firstLine 38 ;
            kg:lastLine 41 .
        """
    )


def test_why_a_spelling_names_a_person() -> None:
    identity = Identity(TAMMEN, "Wibke Tammen", "tag spelling", 4, "kommentar.txt", 8)
    iri = IRIS.identity(identity)
    assert re.search(r"#name-[0-9a-f]{16}$", iri)
    assert identity_evidence(identity, IRIS).splitlines() == lines_of(
        f"""
        <{iri}> a kg:Identity ;
            kg:entity <person/wiebke-tammen> ;
            kg:spelling "Wibke Tammen" ;
            kg:rule "tag spelling" ;
            kg:count 4 ;
            kg:path "kommentar.txt" ;
            kg:firstLine 8 .
        """
    )
