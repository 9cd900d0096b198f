"""Names in the texts of one page, as far as the page alone tells."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.model import (
    Article,
    Block,
    Candidate,
    ErrorPage,
    Image,
    IndexKind,
    IndexPage,
    NodeKind,
    Page,
    Part,
    Passage,
    Related,
    Rendering,
    Source,
)
from kg.people.candidates import recognise, recognise_all
from kg.people.recognizer import Span
from kg.people.spans import is_person_shape, name_after_role, repaired

SOURCE = Source("a.txt", "0" * 64, Rendering.MENU, 1, 9)


def article(body: str, headline: str = "Nichts Neues", **more: object) -> Article:
    return Article(SOURCE, headline, 1, body=(Block(Passage(body, 7)),), **more)  # type: ignore[arg-type]  # fields by name


def candidates(body: str) -> list[Candidate]:
    page = recognise(article(body))
    assert isinstance(page, Article)
    return [one for one in page.candidates if one.part is Part.BODY]


def persons(body: str) -> list[str]:
    return [one.text for one in candidates(body) if one.kind is NodeKind.PERSON]


def test_every_text_is_read_with_its_place() -> None:
    page = recognise(
        article(
            "Am Montag sprach\nBundeskanzlerin Angela Merkel.",
            headline="Gerhard Schröder tritt zurück",
            teaser=Passage("Auch Helmut Kohl war da.", 3),
            images=(Image(Passage("Willy Brandt in Berlin", 5)),),
        )
    )
    assert isinstance(page, Article)
    found = {one.text: one for one in page.candidates if one.kind is NodeKind.PERSON}
    assert {text: (one.part, one.image, one.line) for text, one in found.items()} == {
        "Gerhard Schröder": (Part.HEADLINE, None, 1),
        "Helmut Kohl": (Part.ABSTRACT, None, 3),
        "Willy Brandt": (Part.CAPTION, 0, 5),
        "Angela Merkel": (Part.BODY, None, 8),
    }
    merkel = found["Angela Merkel"]
    assert page.body_text[merkel.start : merkel.end] == "Angela Merkel"
    assert (merkel.role, merkel.party) == ("Bundeskanzlerin", None)


def test_rows_that_announce_other_articles_are_read_too() -> None:
    row = Related("Neues von Angela Merkel", 20, teaser=Passage("Sie traf Gerhard Schröder.", 21))
    page = recognise(IndexPage(SOURCE, IndexKind.TOPIC, "Politik", entries=(row, Related("Wetter", 23))))
    assert isinstance(page, IndexPage)
    first, second = page.entries
    assert [(one.text, one.part, one.line) for one in first.candidates] == [
        ("Angela Merkel", Part.HEADLINE, 20),
        ("Gerhard Schröder", Part.ABSTRACT, 21),
    ]
    assert second.candidates == ()


def test_pages_together_give_what_each_gives_alone() -> None:
    pages: list[Page] = [
        article("Angela Merkel sprach."),
        ErrorPage(SOURCE, "file not found"),
        article("Gerhard Schröder kam aus Hannover."),
        article(""),
    ]
    assert recognise_all(pages) == [recognise(page) for page in pages]


@pytest.mark.parametrize(
    ("text", "name", "role", "party"),
    [
        ("Dort sprach der SPD-Abgeordnete Martin Schulz.", "Martin Schulz", "SPD-Abgeordnete", "SPD"),
        ("Dort sprach Martin Schulz (SPD) lange.", "Martin Schulz", None, "SPD"),
        ("Das sagte Nato-Generalsekretär Peter Möller.", "Peter Möller", "Nato-Generalsekretär", None),
        ("Das sagte Martin Schulz, Bürgermeister von Würselen.", "Martin Schulz", "Bürgermeister", None),
    ],
)
def test_roles_and_parties(text: str, name: str, role: str | None, party: str | None) -> None:
    assert [(one.text, one.role, one.party) for one in candidates(text) if one.kind is NodeKind.PERSON] == [
        (name, role, party)
    ]


def test_a_role_shows_a_name_that_nothing_else_does() -> None:
    found = candidates("Am Abend kam Außenminister Qwertzow aus dem Haus.")
    assert [(one.text, one.role) for one in found] == [("Qwertzow", "Außenminister")]


def test_a_family_name_that_ends_like_a_trade_stands_behind_frau_and_herr() -> None:
    assert name_after_role("mit Frau Niedermeister dort", 9, honorific=True) == len("mit Frau Niedermeister")
    assert name_after_role("mit Kapitän Niedermeister dort", 12, honorific=False) is None
    assert name_after_role("die Frau Bürgermeister kam", 9, honorific=True) is None


@pytest.mark.parametrize(
    ("span", "text", "names"),
    [
        ("Prof. Henning Tjarks", "Der Ingenieur Prof. Henning Tjarks kam", ["Henning Tjarks"]),
        ("Herr Ott", "weder Herr Ott noch", ["Ott"]),
        ("Samir Oberarzt", "Tagsüber ist Samir Oberarzt am Klinikum", ["Samir"]),
        ("Lotte Osterbauer", "Tagsüber ist Lotte Osterbauer am Klinikum", ["Lotte Osterbauer"]),
        ("Ole Biobauer", "Tagsüber ist Ole Biobauer auf dem Feld", ["Ole"]),
        ("Andrij Bondarez Brot", "verteilt Andrij Bondarez Brot", ["Andrij Bondarez"]),
        ("Juni Peter von Thal", "ist für Juni Peter von Thal geladen", ["Peter von Thal"]),
        ("Anna Kolb und Jan Ott", "mit Anna Kolb und Jan Ott dort", ["Anna Kolb", "Jan Ott"]),
        ("Robert H. Kessler", "kam Robert H. Kessler Jr. zurück", ["Robert H. Kessler Jr."]),
        ("Anna", "sagte Anna van der Zwaag dort", ["Anna van der Zwaag"]),
        ("Tarek", "sagte Tarek al-Sawahli dort", ["Tarek al-Sawahli"]),
        ("Abdel Tarek", "sagte Abdel Tarek al-Sawahli dort", ["Abdel Tarek al-Sawahli"]),
        ("Jan Van", "sagte Jan Van der Zwaag dort", ["Jan Van der Zwaag"]),
        ("Jan Van", "sagte Jan Van dort", ["Jan"]),
        ("Strack-Thal", "sagte Agnes-Marie Strack-Thal dort", ["Agnes-Marie Strack-Thal"]),
        ("Thal", "in Rheinland-Pfalz Thal dort", ["Thal"]),
        ("Susanne R.", "sagte Susanne R. dort", ["Susanne R."]),
        ("Johannes Paul II.", "sagte Johannes Paul II. dort", ["Johannes Paul II."]),
        ("Anna Kolb.", "sagte Anna Kolb. Dort", ["Anna Kolb"]),
        ("Adolphe d’Ennery", "mit Adolphe d’Ennery dort", ["Adolphe d’Ennery"]),
        ("Karl der Große", "wie Karl der Große dort", ["Karl der Große"]),
        ("Perry", "griff Perry zur Gitarre dort", ["Perry"]),
        ("Ida", "erfährt Ida vom Direktor alles", ["Ida"]),
        ("Karl", "kam Karl vom Thal dort", ["Karl vom Thal"]),
        ("Khatib’", "nach al-Khatib’ Rede", ["Khatib"]),
        ("Peter von der", "sagte Peter von der SPD", ["Peter"]),
        ("Konrad-Adenauer-Stiftung", "die Konrad-Adenauer-Stiftung zahlt", []),
        ("Karl-Marx-Straße", "in der Karl-Marx-Straße", []),
        ("Willy-Brandt-Haus", "im Willy-Brandt-Haus", []),
        ("Konrad Adenauer Stiftung", "die Konrad Adenauer Stiftung", []),
        ("Oberarzt", "ein Oberarzt kam", []),
    ],
)
def test_spans_are_put_right(span: str, text: str, names: list[str]) -> None:
    start = text.index(span)
    found = [text[one.start : one.end] for one in repaired(text, start, start + len(span), 0.9)]
    assert found == names


def test_a_village_is_no_person() -> None:
    text = "in der Scheune von Alt Teskow"
    (found,) = repaired(text, text.index("Alt"), len(text), 0.4)
    assert (text[found.start : found.end], found.kind) == ("Alt Teskow", "place")


def test_a_part_of_a_name_that_stands_alone_makes_the_name_surer() -> None:
    page = recognise(article("Es gehört Peter Möller. Der Nachbar heißt Peter Möller, und Möller lacht."))
    assert isinstance(page, Article)
    full = [one.confidence for one in page.candidates if one.text == "Peter Möller"]
    assert len(full) == 2
    assert min(full) >= 0.9


@pytest.mark.parametrize(
    ("name", "is_person"), [("Tel Aviv", False), ("Frankfurt am Main", False), ("Anna Kolb", True)]
)
def test_a_place_of_two_words_is_not_made_a_person(name: str, is_person: bool) -> None:
    assert is_person_shape(name, Span(0, len(name), "place", 0.9), after_role=False) is is_person


@pytest.mark.parametrize(
    "text",
    [
        "Er zog nach Tel Aviv und dann nach Frankfurt am Main.",
        "Die Konrad-Adenauer-Stiftung sitzt in der Karl-Marx-Straße.",
        "Koch oder Köchin, das ist die Frage.",
        "Der Präsident von Frankreich und der Trainer der Mannschaft.",
    ],
)
def test_things_are_no_persons(text: str) -> None:
    assert [name for name in persons(text) if name != "Koch"] == []


def test_the_first_part_of_a_compound_may_be_an_organisation() -> None:
    found = candidates("Gegen die UN-Sanktionen war der CDU-Außenpolitiker Martin Schulz.")
    assert [(one.text, one.kind, one.party) for one in found] == [
        ("UN", NodeKind.ORGANIZATION, None),
        ("CDU", NodeKind.ORGANIZATION, None),
        ("Martin Schulz", NodeKind.PERSON, "CDU"),
    ]


def test_a_broadcaster_is_not_made_a_person() -> None:
    assert not is_person_shape("Sky News", Span(0, 8, "organization", 0.7), after_role=False)
    assert not is_person_shape("Sky News", Span(0, 8, "place", 0.7), after_role=False)


@pytest.mark.parametrize(("confidence", "is_person"), [(0.7, True), (0.97, False)])
def test_what_is_surely_a_place_is_no_person_by_its_form(confidence: float, *, is_person: bool) -> None:
    name = "Madonna Campiglio"
    assert is_person_shape(name, Span(0, len(name), "place", confidence), after_role=False) is is_person


def test_candidates_come_in_order_and_never_overlap() -> None:
    found = candidates(
        "Kanzler Olaf Scholz, Angela Merkel (CDU), die Nato und Wien: Herr Otto, Frau Otto, SPD."
    )
    assert len(found) > 3
    assert all(left.end <= right.start for left, right in pairwise(found))
