"""The addresses: exact, legal for a strict parser whatever the key holds, and never two things under one."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import (
    Authorship,
    Basis,
    Identity,
    Mention,
    NodeKind,
    NumberTold,
    Part,
    Ref,
    SectionListing,
    TagAssignment,
)
from kg.rdf.iris import DEFAULT_BASE, Iris, check_base

PERSON = Ref(NodeKind.PERSON, "wiebke-tammen")


def mention(part: Part, start: int, image: int | None = None) -> Mention:
    return Mention(PERSON, part, start, start + 3, "abc", 1, Basis.KNOWN_NAME, 1.0, image)


def test_the_addresses_of_nodes() -> None:
    iris = Iris()
    base = "https://kg.example/id/"
    assert iris.article("7000001") == f"{base}article/taz/7000001"
    assert iris.of(Ref(NodeKind.ARTICLE, "h-abc")) == f"{base}article/taz/h-abc"
    assert iris.of(PERSON) == f"{base}person/wiebke-tammen"
    assert iris.of(Ref(NodeKind.ORGANIZATION, "nwa")) == f"{base}organization/nwa"
    assert iris.of(Ref(NodeKind.PLACE, "koeln")) == f"{base}place/koeln"
    assert iris.of(Ref(NodeKind.TAG, "hafen")) == iris.tag("hafen") == f"{base}tag/taz/hafen"
    assert iris.file("0123456789abcdef" * 4) == f"{base}file/0123456789abcdef0123456789abcdef"
    assert iris.scheme == f"{base}scheme/taz"
    assert iris.publisher == f"{base}organization/taz"
    assert iris.evidence_graph == f"{base}graph/evidence"
    assert iris.dataset == f"{base}dataset"
    assert iris.page("7000001") == "https://taz.de/!7000001"
    assert iris.page("t7100001") == "https://taz.de/!t7100001"


def test_the_addresses_within_an_article() -> None:
    iris = Iris("https://archive.example/x/")
    article = "https://archive.example/x/article/taz/1"
    assert iris.image("1", 2) == f"{article}#img-2"
    assert iris.mention("1", mention(Part.BODY, 123)) == f"{article}#m-123"
    assert iris.mention("1", mention(Part.HEADLINE, 0)) == f"{article}#m-headline-0"
    assert iris.mention("1", mention(Part.ABSTRACT, 7)) == f"{article}#m-abstract-7"
    assert iris.mention("1", mention(Part.CAPTION, 12, image=0)) == f"{article}#m-caption-1-12"
    assert iris.mention("1", mention(Part.CAPTION, 12, image=1)) == f"{article}#m-caption-2-12"
    assert iris.link("1", 4) == f"{article}#l-4"
    assert iris.link("1", 4, occurrence=2) == f"{article}#l-4-2"


def test_mentions_at_the_same_offset_of_different_parts_differ() -> None:
    iris = Iris()
    places = [
        (Part.BODY, None),
        (Part.HEADLINE, None),
        (Part.ABSTRACT, None),
        (Part.CAPTION, 0),
        (Part.CAPTION, 1),
    ]
    made = {iris.mention("1", mention(part, start, image)) for part, image in places for start in (0, 1, 10)}
    assert len(made) == 15


def test_each_reason_has_an_address_of_its_own() -> None:
    iris = Iris()
    reasons = [
        TagAssignment("hafen", Basis.OWN_TAG, "a.txt", 1),
        TagAssignment("hafen", Basis.RELATED_TAG_POSITION, "a.txt", 1),
        TagAssignment("hafen", Basis.OWN_TAG, "a.txt", 11),
        TagAssignment("hafen", Basis.OWN_TAG, "a.txt1", 1),
    ]
    made = [iris.tag_assignment("1", reason) for reason in reasons]
    assert len(set(made)) == 4
    assert all(
        re.fullmatch(r"https://kg.example/id/article/taz/1#tag-hafen-[0-9a-f]{16}", iri) for iri in made
    )

    authorship = Authorship(PERSON, "W. Tammen", Basis.BYLINE, "a.txt", 3)
    assert re.fullmatch(
        r".*/article/taz/1#author-wiebke-tammen-[0-9a-f]{16}", iris.authorship("1", authorship)
    )
    as_organization = Authorship(
        Ref(NodeKind.ORGANIZATION, PERSON.key), "W. Tammen", Basis.BYLINE, "a.txt", 3
    )
    assert iris.authorship("1", authorship) != iris.authorship("1", as_organization)

    listings = [
        SectionListing("Nord", "a.txt", 1),
        SectionListing("Nord", "a.txt", 11),
        SectionListing("Nord", "a.txt1", 1),
        SectionListing("Norda.txt", "", 1),
    ]
    sections = {iris.section_listing("1", listing) for listing in listings}
    assert len(sections) == 4
    assert all(re.fullmatch(r".*/article/taz/1#section-[0-9a-f]{16}", iri) for iri in sections)
    number = iris.number_announcement("1", NumberTold("a.txt", 3))
    assert re.fullmatch(r".*/article/taz/1#number-[0-9a-f]{16}", number)
    assert number != iris.number_announcement("1", NumberTold("a.txt", 4))
    announced = iris.announcement("1", "a.txt", 3)
    assert re.fullmatch(r".*/article/taz/1#announced-[0-9a-f]{16}", announced)
    assert announced != iris.announcement("1", "b.txt", 3)

    identity = Identity(PERSON, "W. Tammen", "initials", 2, "a.txt", 3)
    assert re.fullmatch(r".*/person/wiebke-tammen#name-[0-9a-f]{16}", iris.identity(identity))


def test_reasons_do_not_run_together() -> None:
    iris = Iris()
    one = Identity(PERSON, "ab", "c", 1, "d", 1)
    other = Identity(PERSON, "a", "bc", 1, "d", 1)
    assert iris.identity(one) != iris.identity(other)


HOSTILE = [
    "",
    "..",
    "../../x",
    "a b",
    "<script>",
    'x> <y> "z" .\n',
    "ä€𝄞",
    "%41",
    "#m-1",
    "\x00",
    "\ud800",
    "a?b#c",
]


@pytest.mark.parametrize("base", [DEFAULT_BASE, "urn:kg:taz/", "https://archive.example/graph#"])
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)))
def test_every_address_is_legal_whatever_the_key(base: str, key: str) -> None:
    iris = Iris(base)
    made = [
        *(iris.of(Ref(kind, key)) for kind in NodeKind),
        iris.article(key),
        iris.tag(key),
        iris.file(key),
        iris.page(key),
        iris.image(key, 1),
        iris.mention(key, mention(Part.HEADLINE, 3)),
        iris.link(key, 1),
        iris.tag_assignment(key, TagAssignment(key, Basis.OWN_TAG, key, 1)),
        iris.authorship(key, Authorship(Ref(NodeKind.PERSON, key), key, Basis.BYLINE, key, 1)),
        iris.section_listing(key, SectionListing(key, key, 1)),
        iris.number_announcement(key, NumberTold(key, 1)),
        iris.announcement(key, key, 1),
        iris.identity(Identity(Ref(NodeKind.PERSON, key), key, key, 1, key, 1)),
        iris.within_dataset(key),
    ]
    lines = "".join(f"<{iri}> <{iri}> <{iri}> .\n" for iri in made)
    assert [quad.subject.value for quad in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)] == made
    assert all(iri.isascii() and iri.count("#") <= 1 for iri in made)


@given(st.text(max_size=8), st.text(max_size=8))
def test_different_keys_never_share_an_address(one: str, other: str) -> None:
    iris = Iris()
    assert (iris.tag(one) == iris.tag(other)) == (one == other)


@pytest.mark.parametrize(
    "base",
    [
        "https://kg.example/id/",
        "http://localhost:8000/",
        "https://archiv.example/zeitung/taz#",
        "https://münchen.example/straße/",
        "https://a.example/%C3%A4/",
        "https://a.example/",
        "https://a.example/#",
        "urn:kg:taz/",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6#",
    ],
)
def test_bases_that_are_addresses(base: str) -> None:
    assert check_base(base) == base
    assert ox.NamedNode(f"{base}x").value == f"{base}x"
    assert Iris(base).tag("x").startswith(base)


@pytest.mark.parametrize(
    "base",
    [
        "",
        "/",
        "#",
        "id/",
        "//kg.example/",
        "kg.example/id/",
        "https://kg.example/id",
        "https://kg.example",
        "https:///",
        "https://",
        "https://a.example/?q=/",
        "https://a.example/#x/",
        "https://a.example/#x#",
        "https://a.example/##",
        "https://user:secret@a.example/",
        "https://a.example:port/",
        "https://a.example/../",
        "https://a.example/a/./b/",
        "https://a.example/a b/",
        "https://a.example/<b>/",
        'https://a.example/"/',
        "https://a.example/{x}/",
        "https://a.example/%zz/",
        "https://a.example/%4/",
        "https://a.example/\\/",
        "https://a.example/\n/",
        "https://a.example/\x00/",
        "https://a.example/\ud800/",
        "https://a.example/x/\n",
        "javascript:alert(1)/",
        "file:///etc/",
        "mailto:a@b.example/",
        "urn:/",
        "urn:x:/",
        "urn:kg:/",
    ],
)
def test_bases_that_are_none(base: str) -> None:
    with pytest.raises(UsageError, match="base IRI"):
        Iris(base)


def test_an_unknown_publisher_is_refused() -> None:
    with pytest.raises(UsageError, match="taz"):
        Iris(publisher="times")


def test_no_prefix_is_the_beginning_of_another() -> None:
    spaces = list(Iris().prefixes.values())
    assert len(spaces) == 6
    assert not any(one != other and other.startswith(one) for one in spaces for other in spaces)
