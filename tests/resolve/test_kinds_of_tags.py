"""Kinds of tags, and the organisations and places of the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Candidate, NodeKind, Part, Ref, Related, Tag, TagKind
from kg.resolve import Claim
from tests.resolved import Resolution, resolve

Maker = Callable[..., Claim]
ORGANIZATION, PLACE, PERSON = NodeKind.ORGANIZATION, NodeKind.PLACE, NodeKind.PERSON


def spot(kind: NodeKind, text: str, confidence: float = 0.9, start: int = 0, **fields: Any) -> Candidate:
    return Candidate(kind, text, Part.BODY, None, start, start + len(text), 6, confidence, **fields)


def archive(article: Maker, *texts: list[Candidate], tags: list[str], **fields: Any) -> Resolution:
    claims = [
        article(f"{number}.txt", f"Artikel: Nummer {number}", candidates=tuple(found), **fields)
        for number, found in enumerate(texts)
    ]
    return resolve([*claims, article("tags.txt", "Artikel: Zuletzt", tags=tags)])


def tagged(identities: Resolution, label: str) -> Tag:
    return next(tag for tag in identities.tags if tag.label == label)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Annegret Thiede", TagKind.PERSON),
        ("Senegal", TagKind.PLACE),
        ("USA", TagKind.PLACE),
        ("FC Lüderstadt", TagKind.ORGANIZATION),
        ("Ostkohle AG", TagKind.ORGANIZATION),
        ("Kolumne Nachspielzeit", TagKind.SERIES),
        ("Die Wahrheit", TagKind.SERIES),
        ("Schwerpunkt Senegal", TagKind.TOPIC),
        ("Klimawandel", TagKind.TOPIC),
        ("Kita", TagKind.TOPIC),
    ],
)
def test_form_and_lists_tell_a_kind(article: Maker, label: str, kind: TagKind) -> None:
    identities = archive(article, tags=[label])
    tag = tagged(identities, label)
    assert tag.kind is kind
    assert tag.kind_basis
    assert (tag.focus is not None) == (kind not in {TagKind.TOPIC, TagKind.SERIES})
    assert tag.focus is None or tag.focus in {one.ref for one in identities.entities}


def test_what_texts_use_as_a_place_is_one_though_a_list_has_it_not(article: Maker) -> None:
    identities = archive(
        article,
        [spot(PLACE, "Tarvien")],
        [spot(PLACE, "Tarvien"), spot(PERSON, "Tarviens")],
        tags=["Tarvien"],
    )
    assert tagged(identities, "Tarvien").focus == Ref(PLACE, "tarvien")
    assert identities.book.full["Tarviens"] == Ref(PLACE, "tarvien")


@pytest.mark.parametrize(("confidence", "is_there"), [(0.65, False), (0.75, True)])
def test_a_word_that_nothing_else_speaks_for_is_a_place_where_the_recogniser_is_sure(
    article: Maker, confidence: float, *, is_there: bool
) -> None:
    texts = [[spot(PLACE, "Entwurf", 0.75)], *[[spot(PLACE, "Entwurf", confidence)]] * 5]
    identities = archive(article, *texts, tags=[])
    assert (Ref(PLACE, "entwurf") in {one.ref for one in identities.entities}) == is_there


def test_a_word_taken_for_a_family_name_stays_a_topic(article: Maker) -> None:
    identities = archive(article, [spot(PERSON, "Moore")], [spot(PERSON, "Moore")], tags=["Moore"])
    assert tagged(identities, "Moore").kind is TagKind.TOPIC


def test_a_definite_article_and_kickers_make_a_series(article: Maker) -> None:
    claims = [article(f"{n}.txt", f"Der lange Tisch: Folge {n}", tags=["Der lange Tisch"]) for n in range(2)]
    assert tagged(resolve(claims), "Der lange Tisch").kind is TagKind.SERIES
    assert tagged(resolve(claims[:1]), "Der lange Tisch").kind is TagKind.TOPIC


def test_officers_make_an_organisation(article: Maker) -> None:
    row = Related("Parteitag des Heimatblocks: Der nette Herr", 40)
    texts = [[spot(PLACE, "Heimatblock")], [spot(PERSON, "Liv Tordenskog", role="Pakt-Generalsekretärin")]]
    identities = archive(article, *texts, tags=["Heimatblock", "Ostseepakt"], related=[row])
    assert tagged(identities, "Heimatblock").focus == Ref(ORGANIZATION, "heimatblock")
    assert tagged(identities, "Ostseepakt").focus == Ref(ORGANIZATION, "ostseepakt")


def test_a_party_beside_a_name_is_an_organisation_and_its_initials_join_the_tag(article: Maker) -> None:
    texts = [[spot(PERSON, "Anna Kolb", party="SM"), spot(ORGANIZATION, "SM")]]
    identities = archive(article, *texts, tags=["Soziale Mitte"])
    assert tagged(identities, "Soziale Mitte").focus == Ref(ORGANIZATION, "soziale-mitte")
    assert identities.book.full["SM"] == Ref(ORGANIZATION, "soziale-mitte")


def test_an_acronym_in_brackets_joins_its_name(article: Maker) -> None:
    text = [spot(ORGANIZATION, "Bund der Fischer"), spot(ORGANIZATION, "BDF", start=18)]
    identities = archive(article, text, text, tags=["Kita"])
    assert identities.book.full["BDF"] == identities.book.full["Bund der Fischer"]
    apart = [spot(ORGANIZATION, "Bund der Fischer"), spot(ORGANIZATION, "BDF", start=30)]
    identities = archive(article, apart, apart, tags=["Kita"])
    assert identities.book.full["BDF"] != identities.book.full["Bund der Fischer"]


def test_inflected_organisations_are_one(article: Maker) -> None:
    texts = [[spot(ORGANIZATION, "Grünen Liste"), spot(ORGANIZATION, "Grüne Liste")]] * 2
    identities = archive(article, *texts, tags=["Grüne Liste"])
    assert identities.book.full["Grünen Liste"] == Ref(ORGANIZATION, "gruene-liste")


def test_a_role_and_a_family_name_lead_to_the_one_who_has_both(article: Maker) -> None:
    texts = [
        [spot(PERSON, "Annegret Thiede", role="Ministerpräsidentin")],
        [spot(PERSON, "Jan Thiede", role="Bauer")],
    ]
    identities = archive(article, *texts, tags=["Ministerpräsidentin Thiede"])
    assert tagged(identities, "Ministerpräsidentin Thiede").focus == Ref(PERSON, "annegret-thiede")
    (thiede,) = [one for one in identities.entities if one.name == "Annegret Thiede"]
    assert thiede.alternates == ()
    assert "Ministerpräsidentin Thiede" not in identities.book.full
    described = [one for one in identities.identities if one.spelling == "Ministerpräsidentin Thiede"]
    assert [(one.ref, one.rule) for one in described] == [(thiede.ref, "role and family name")]


def test_a_role_that_two_bearers_have_leads_nowhere(article: Maker) -> None:
    texts = [[spot(PERSON, f"{given} Thiede", role="Ministerin")] for given in ("Anna", "Maria")]
    identities = archive(article, *texts, tags=["Ministerin Thiede"])
    assert tagged(identities, "Ministerin Thiede").focus is None


def test_a_kind_that_texts_dispute_is_doubtful(article: Maker) -> None:
    text = [spot(PLACE, "Linde", 0.5), spot(ORGANIZATION, "Linde", 0.45)]
    identities = archive(article, text, text, tags=["Linde"])
    assert tagged(identities, "Linde").kind is TagKind.TOPIC
    assert [(doubt.kind, doubt.a, doubt.b) for doubt in identities.doubts] == [("kind", "Linde", "topic")]
    (doubt,) = identities.doubts
    assert doubt.evidence == "articles use it as organization in 2 (0.txt:6), place in 2 (0.txt:6)"
    assert "kind-doubtful" in [finding.code for finding in identities.findings]


def test_datelines_and_texts_have_the_same_places(article: Maker) -> None:
    identities = archive(article, [spot(PLACE, "Kranitz")], tags=["Kranitz"], places=("KRANITZ",))
    assert tagged(identities, "Kranitz").focus == Ref(PLACE, "kranitz")
    assert [one.ref.key for one in identities.entities if one.ref.kind is PLACE] == ["kranitz"]


def test_one_uncertain_span_is_no_thing(article: Maker) -> None:
    identities = archive(
        article, [spot(PLACE, "Paktkreisen", 0.5), spot(ORGANIZATION, "Tangos", 0.6)], tags=["Kita"]
    )
    assert [one.name for one in identities.entities] == ["taz"]


def test_the_family_name_of_a_person_is_no_place(article: Maker) -> None:
    text = [spot(PERSON, "Thaddeus Calloway"), spot(PLACE, "Calloway")]
    identities = archive(article, text, text, tags=["Kita"])
    assert Ref(PLACE, "calloway") not in {one.ref for one in identities.entities}


def often(article: Maker, label: str, *, rows: int, seen: int, confidence: float = 0.9) -> Resolution:
    """So many articles with a tag, of which in so many the recogniser takes its label for a place."""
    return resolve(
        article(
            f"{number}.txt",
            f"Artikel: Nummer {number}",
            tags=[label],
            candidates=(spot(PLACE, label, confidence),) if number < seen else (),
        )
        for number in range(rows)
    )


@pytest.mark.parametrize("label", ["Moorlücke", "Mietreform", "Bahnstatistik", "Schulwende", "Müllprüfung"])
@pytest.mark.parametrize("seen", [1, 2, 30])
def test_a_compound_of_common_nouns_is_no_place_however_often_it_is_taken_for_one(
    article: Maker, label: str, seen: int
) -> None:
    identities = often(article, label, rows=30, seen=seen)
    assert (tagged(identities, label).kind, tagged(identities, label).focus) == (TagKind.TOPIC, None)
    assert PLACE not in {one.ref.kind for one in identities.entities}


@pytest.mark.parametrize(
    "label", ["Otterfehn", "Tessensee", "Boyneburgufer", "Wendlinghausen", "Nordukraine"]
)
def test_what_ends_like_a_landscape_or_a_town_may_be_a_place(article: Maker, label: str) -> None:
    assert tagged(often(article, label, rows=3, seen=2), label).focus is not None


def test_what_hardly_an_article_of_a_tag_uses_as_a_place_is_none(article: Maker) -> None:
    for rows, kind in ((10, TagKind.PLACE), (200, TagKind.TOPIC)):
        assert tagged(often(article, "Tarvien", rows=rows, seen=2, confidence=0.65), "Tarvien").kind is kind


def test_hardly_an_article_makes_no_doubt_either(article: Maker) -> None:
    assert often(article, "Kita", rows=5, seen=3, confidence=0.45).doubts
    assert not often(article, "Kita", rows=100, seen=3, confidence=0.45).doubts
