"""Persons across the archive: what makes one, what joins two spellings, and what is refused."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Candidate, Decision, Entity, IndexKind, NodeKind, Part, Ref, Related, TagRef
from kg.parse import parse_selector
from kg.resolve import Claim
from kg.resolve.book import DOMINANT, ENOUGH, WINDOW
from tests.resolved import Resolution, resolve

Maker = Callable[..., Claim]


def named(text: str, confidence: float = 0.95, **fields: Any) -> Candidate:
    kind = fields.pop("kind", NodeKind.PERSON)
    start = fields.pop("start", 0)
    line = fields.pop("line", 6)
    return Candidate(kind, text, Part.BODY, None, start, start + len(text), line, confidence, **fields)


class Desk:
    """Makes an archive of articles, each by the names in it."""

    def __init__(self, article: Maker) -> None:
        self.claims: list[Claim] = []
        self._article = article

    def write(self, *candidates: Candidate | str, **fields: Any) -> Desk:
        number = len(self.claims) + 1
        found = tuple(named(one) if isinstance(one, str) else one for one in candidates)
        fields.setdefault("date", f"2024-{1 + number // 28:02d}-{1 + number % 28:02d}")
        claim = self._article(f"{number:03d}.txt", f"Artikel: Nummer {number}", candidates=found, **fields)
        self.claims.append(claim)
        return self

    def resolve(self) -> Resolution:
        return resolve(self.claims)

    def persons(self) -> dict[str, Entity]:
        return {one.name: one for one in self.resolve().entities if one.ref.kind is NodeKind.PERSON}


@pytest.fixture
def desk(article: Maker) -> Desk:
    return Desk(article)


def person(key: str) -> Ref:
    return Ref(NodeKind.PERSON, key)


# ------------------------------------------------------------------------------------------ what makes a person


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("Holger Grünbauer", "Holger Grünbauer"),
        ("Holger\nGrünbauer", "Holger Grünbauer"),
        ("HOLGER GRÜNBAUER", "Holger Gruenbauer"),
        ("Machtwechsel in Grünau", "Holger Gruenbauer"),
        (None, "Holger Gruenbauer"),
    ],
)
def test_words_that_link_to_a_topic_spell_its_name_where_they_are_the_name(
    desk: Desk, anchor: str | None, name: str
) -> None:
    for _ in range(2):
        desk.write(links=[(anchor, "/Holger-Gruenbauer/!t5000001")])
    (only,) = desk.persons().values()
    assert (only.ref, only.name, only.alternates) == (person("holger-gruenbauer"), name, ())
    assert [tag.label for tag in desk.resolve().tags] == [name]


def test_a_tag_spells_better_than_words_that_link_to_it(desk: Desk) -> None:
    desk.write(links=[("Holger Grünbauer", "/Holger-Gruenbauer/!t5000001")], tags=["Holger-Grünbauer"])
    assert [tag.label for tag in desk.resolve().tags] == ["Holger-Grünbauer"]


def test_a_party_that_is_a_name_of_the_text_too_is_joined_once_at_one_place(desk: Desk) -> None:
    short = named("SM", kind=NodeKind.ORGANIZATION, start=20)
    for _ in range(3):
        desk.write(named("Jo Thal", party="SM"), short, tags=["Soziale Mitte"])
    desk.write(short, tags=["Soziale Mitte"])
    found = [one for one in desk.resolve().identities if one.spelling == "SM"]
    assert [(one.ref.key, one.rule, one.count) for one in found] == [("soziale-mitte", "acronym", 4)]
    assert found[0].evidence.startswith("the text “SM” of 001.txt:6")


def test_family_names_of_one_letter_are_no_middle_initials(desk: Desk) -> None:
    desk.write("Susanne R.", "Susanne K.", "Johannes Paul I.", "Johannes Paul V.").write("Susanne K. Roth")
    identities = desk.resolve()
    assert sorted(desk.persons()) == [
        "Johannes Paul I.", "Johannes Paul V.", "Susanne K.", "Susanne K. Roth", "Susanne R.",
    ]  # fmt: skip
    assert identities.doubts == ()
    assert {one.name: one.family for one in identities.entities if one.ref.kind is NodeKind.PERSON} == {
        "Johannes Paul I.": None,
        "Johannes Paul V.": None,
        "Susanne K.": None,
        "Susanne K. Roth": "Roth",
        "Susanne R.": None,
    }


def test_one_uncertain_span_is_no_person(desk: Desk) -> None:
    assert desk.write(named("Brühl Quastig", 0.6)).persons() == {}


def test_a_certain_name_a_known_first_name_a_role_or_several_articles_make_one(desk: Desk) -> None:
    desk.write(
        named("Xyr Quastig", 0.95),
        named("Hanna Zwolk", 0.75),
        named("Qel Vrons", 0.6, role="Bürgermeisterin"),
        named("Ulp Tornig", 0.6),
    )
    desk.write(named("Ulp Tornig", 0.55), date="2024-02-02")
    assert sorted(desk.persons()) == ["Hanna Zwolk", "Qel Vrons", "Ulp Tornig", "Xyr Quastig"]


def test_a_better_known_name_with_a_word_too_many_is_no_other_person(desk: Desk) -> None:
    desk.write("Andrij Bondarez", "Andrij Bondarez Brot").write("Andrij Bondarez")
    assert list(desk.persons()) == ["Andrij Bondarez"]


def test_a_place_of_a_dateline_is_no_person_however_often_it_is_taken_for_one(desk: Desk) -> None:
    desk.write("Alt Teskow", "Alt Teskow", places=("ALT TESKOW",)).write("Alt Teskow")
    assert desk.persons() == {}
    assert desk.resolve().book.full["Alt Teskow"] == Ref(NodeKind.PLACE, "alt-teskow")


def test_a_firm_is_no_person(desk: Desk) -> None:
    assert desk.write(named("Sky News", 0.99)).persons() == {}


def test_a_family_name_alone_needs_a_role_in_several_articles(desk: Desk) -> None:
    once = desk.write(named("Gurow", role="Außenminister"), "Lawrow")
    assert once.persons() == {}
    twice = once.write(named("Gurow", role="Außenminister"), "Lawrow")
    assert list(twice.persons()) == ["Gurow"]
    assert twice.resolve().book.singles == {"Gurow": person("gurow")}


def test_a_family_name_that_somebody_bears_is_no_person_of_its_own(desk: Desk) -> None:
    desk.write(named("Thiede", role="Ministerin")).write(named("Thiede", role="Ministerin")).write(
        "Anna Thiede"
    )
    assert list(desk.persons()) == ["Anna Thiede"]


def test_particles_open_no_full_name(desk: Desk) -> None:
    desk.write("Noor van der Zwaag", "Van der Zwaag", "van der Zwaag").write("Van der Zwaag")
    assert list(desk.persons()) == ["Noor van der Zwaag"]


def test_names_in_announcements_of_unknown_articles_count(desk: Desk) -> None:
    row = Related("Krieg: Ein Historiker", 50, candidates=(named("Alexander Lurz", role="Historiker"),))
    assert list(desk.write(related=[row]).persons()) == ["Alexander Lurz"]


# ------------------------------------------------------------------------------------------ what joins two spellings


def test_folded_spellings_are_one_and_the_tag_gives_the_name(desk: Desk) -> None:
    desk.write("Oleksij Hrymaljuk", "Oleksiy Hrymalyuk", tags=["Olexij Hrymaliuk"])
    (only,) = desk.persons().values()
    assert only.name == "Olexij Hrymaliuk"
    assert only.alternates == ("Oleksij Hrymaljuk", "Oleksiy Hrymalyuk")
    assert only.replaces == ("oleksij-hrymaljuk", "oleksiy-hrymalyuk")
    rows = {one.spelling: one for one in desk.resolve().identities if one.ref == only.ref}
    assert rows["Oleksij Hrymaljuk"].rule == "folded spelling"
    assert "001.txt:6" in rows["Oleksij Hrymaljuk"].evidence
    assert "001.txt:30" in rows["Oleksij Hrymaljuk"].evidence
    assert rows["Olexij Hrymaliuk"].rule == "tag"


def test_spellings_of_one_slug_are_told_why_they_are_one(desk: Desk) -> None:
    desk.write("Milena Kovaric", "Milena Kovarić", tags=["Milena Kovaric"]).write("Milena Kovarić")
    found = {(one.spelling, one.rule): one.evidence for one in desk.resolve().identities}
    assert found == {
        ("Milena Kovaric", "tag"): "",
        ("Milena Kovaric", "text"): "",
        ("Milena Kovarić", "same slug"): (
            "the text “Milena Kovarić” of 001.txt:6 and the text “Milena Kovaric” of 001.txt:6: "
            "both are `milena-kovaric` in addresses, without capitals, diacritics and signs"
        ),
    }


def test_spellings_of_one_slug_on_one_line_are_counted_by_all_rules(desk: Desk) -> None:
    link = ("Kovarić und ihr Verein", "/Milena-Kovaric/!t5000001")
    desk.write(named("Milena Kovaric", line=11), tags=["Milena Kovarić"], links=[link])
    found = {(one.spelling, one.rule): one for one in desk.resolve().identities}
    assert set(found) == {("Milena Kovarić", "tag"), ("Milena Kovaric", "same slug")}
    joined = found["Milena Kovaric", "same slug"]
    assert (joined.count, joined.line) == (2, 11)
    assert joined.evidence.startswith("the text “Milena Kovaric” of 001.txt:11 and the tag")


def test_a_spelling_that_is_alone_is_joined_to_none(desk: Desk) -> None:
    desk.write("Milena Kovaric")
    settled = Decision("name", "Milena Kovaric", "Milena Kovarić", "", 2)
    resolved = resolve(desk.claims, "taz", [settled])
    assert "Milena Kovarić" in [one.name for one in resolved.entities]
    assert [(one.spelling, one.rule, one.evidence) for one in resolved.identities] == [
        ("Milena Kovaric", "text", "")
    ]


def test_the_most_frequent_spelling_of_the_texts_gives_the_name(desk: Desk) -> None:
    desk.write("Milena Kovaric").write("Milena Kovarić").write("Milena Kovarić").write("MILENA KOVARIĆ")
    (only,) = desk.persons().values()
    assert only.name == "Milena Kovarić"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Thomas Meyer", "Thomas Meier"), ("Stefan Kolb", "Stephan Kolb"), ("Olaf Scholz", "Olaf Schulz")],
)
def test_german_spellings_are_two_persons(desk: Desk, one: str, other: str) -> None:
    assert sorted(desk.write(one).write(other).persons()) == sorted([one, other])


def test_spellings_that_fold_but_are_known_names_are_doubtful(desk: Desk) -> None:
    identities = desk.write("Thomas Meyer").write("Thomas Meier").resolve()
    (doubt,) = identities.doubts
    assert (doubt.kind, {doubt.a, doubt.b}) == ("same", {"Thomas Meyer", "Thomas Meier"})
    assert [finding.code for finding in identities.findings] == ["person-doubtful"]


def test_two_persons_are_asked_about_once(desk: Desk) -> None:
    desk.write(named("Thomas Meyer", role="Minister")).write(named("Thomas Meier", role="Minister"))
    assert len(desk.resolve().doubts) == 1
    assert [finding.code for finding in desk.resolve().findings] == ["person-doubtful"]


@pytest.mark.parametrize("field", ["tags", "authors"])
def test_a_doubt_weighs_the_articles_that_it_touches(desk: Desk, field: str) -> None:
    for name, times in (("Thomas Meyer", 5), ("Thomas Meier", 3)):
        for _ in range(times):
            desk.write(**{field: (name,)})
    assert [doubt.score for doubt in desk.resolve().doubts] == [3.0]


def test_a_doubt_weighs_all_spellings_of_a_person(desk: Desk) -> None:
    for name in (
        "Thomas F. Meyer",
        "Thomas Meyer",
        "Thomas Meyer",
        "Thomas Meier",
        "Thomas Meier",
        "Thomas Meier",
    ):
        desk.write(name)
    assert [doubt.score for doubt in desk.resolve().doubts] == [3.0]


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Alexander Kolbe", "Alex Kolbe", True),
        ("Brigitte Kolbe", "Brogitte Kolbe", True),  # no known name: perhaps a slip
        ("Maria Kolbe", "Martin Kolbe", False),
    ],
)
def test_a_shared_role_leaves_given_names_in_doubt_that_may_be_one(
    desk: Desk, one: str, other: str, asked: bool
) -> None:
    desk.write(named(one, role="Landrat")).write(named(other, role="Landrat"))
    assert len(desk.persons()) == 2
    assert bool(desk.resolve().doubts) == asked


def test_initials_that_fit_few_persons_are_asked_about_one_after_the_other(desk: Desk) -> None:
    for name in ("Rita Lenz", "Rita Lenz", "Rudolf Lenz", "Thomas Lenz", "R. Lenz"):
        desk.write(name)
    identities = desk.resolve()
    assert [(doubt.a, doubt.b, doubt.path) for doubt in identities.doubts] == [
        ("Rita Lenz", "R. Lenz", "005.txt")
    ]
    assert identities.doubts[0].evidence == "the initials fit “Rita Lenz” or “Rudolf Lenz”"
    assert "R. Lenz" not in identities.book.full
    different = Decision("different", "Rita Lenz", "R. Lenz", "", 2)
    (doubt,) = resolve(desk.claims, "taz", [different]).doubts
    assert (doubt.a, doubt.b) == ("Rudolf Lenz", "R. Lenz")
    joined = resolve(desk.claims, "taz", [different, Decision("same", doubt.a, doubt.b, "", 3)])
    assert joined.book.full["R. Lenz"] == person("rudolf-lenz")
    assert joined.doubts == ()


def test_initials_that_fit_many_persons_are_left_alone(desk: Desk) -> None:
    for name in ("Rita Lenz", "Rudolf Lenz", "Ralf Lenz", "Renate Lenz", "R. Lenz"):
        desk.write(name)
    assert desk.resolve().doubts == ()


def test_conflicting_parties_refuse_a_fold(desk: Desk) -> None:
    desk.write(named("Andrij Bondarez", party="SPD")).write(named("Andriy Bondarets", party="CDU"))
    assert len(desk.persons()) == 2
    assert [doubt.kind for doubt in desk.resolve().doubts] == ["same"]


def test_middle_initials_join_unless_they_differ(desk: Desk) -> None:
    desk.write("Wilko F. Niemann", "Wilko Niemann").write("Wilko F. Niemann").write("W. F. Niemann")
    (only,) = desk.persons().values()
    assert (only.name, only.alternates) == ("Wilko F. Niemann", ("W. F. Niemann", "Wilko Niemann"))
    desk.write("Hanna A. Kolb").write("Hanna B. Kolb")
    assert {"Hanna A. Kolb", "Hanna B. Kolb"} <= set(desk.persons())


def test_father_and_son_are_two(desk: Desk) -> None:
    assert len(desk.write("Robert Kessler Jr.").write("Robert Kessler Sr.").persons()) == 2


def test_an_initial_fits_only_one_bearer(desk: Desk) -> None:
    desk.write("Wilko Niemann").write("Walter Niemann").write("W. Niemann")
    assert sorted(desk.persons()) == ["Walter Niemann", "Wilko Niemann"]
    assert "W. Niemann" not in desk.resolve().book.full


def test_a_genitive_joins_its_base_and_is_no_name(desk: Desk) -> None:
    desk.write("Milena Kovarić").write("Milena Kovarićs")
    (only,) = desk.persons().values()
    assert (only.name, only.alternates) == ("Milena Kovarić", ())
    assert desk.resolve().book.full["Milena Kovarićs"] == only.ref


def test_a_genitive_is_told_by_the_family_name_in_its_own_article(desk: Desk) -> None:
    desk.write("Annalena Baerbocks", "Baerbock")
    assert list(desk.persons()) == ["Annalena Baerbock"]


@pytest.mark.parametrize(
    "names", [["Gisela Oltmanns", "Oltmanns"], ["Henning Tjarks", "Tjarks", "Tjark"], ["Jan Petersens"]]
)
def test_a_family_name_may_end_in_s(desk: Desk, names: list[str]) -> None:
    assert list(desk.write(*names).persons()) == [names[0]]


def test_the_number_of_a_topic_joins_spellings_of_one_family_name(desk: Desk) -> None:
    desk.write(tags=["Wolodymyr Selenskyj"])
    desk.write(links=["/Wolodymyr-Selenskyj/!t5001", "/Wladimir-Selenskyj/!t5001"])
    (only,) = desk.persons().values()
    assert only.replaces == ("wladimir-selenskyj",)


def test_an_author_page_tells_who_a_pen_name_is(desk: Desk, index_page: Maker) -> None:
    desk.write(authors=["Knurrhahn"])
    assert list(desk.persons()) == ["Knurrhahn"]
    row = Related("Artikel: Nummer 1", 7)
    desk.claims.append(index_page("a.txt", IndexKind.AUTHOR, "Detlef Knurrhahn", [row]))
    (only,) = desk.persons().values()
    assert (only.name, only.alternates) == ("Detlef Knurrhahn", ("Knurrhahn",))
    (node,) = desk.resolve().articles
    assert {one.author for one in node.authors} == {only.ref}


def test_roles_are_counted_with_their_dates_even_beside_the_family_name(desk: Desk) -> None:
    desk.write(named("Hanna Kolb", role="Umweltministerin", party="Grüne"), date="2024-03-01")
    desk.write("Hanna Kolb", named("Kolb", role="Umweltministerin"), date="2024-01-01")
    desk.write(named("Hanna Kolb", role="Umweltministerin"), date="2024-02-01")
    (only,) = desk.persons().values()
    assert [(one.title, one.party, one.count, one.first, one.last) for one in only.roles] == [
        ("Umweltministerin", None, 2, "2024-01-01", "2024-02-01"),
        ("Umweltministerin", "Grüne", 1, "2024-03-01", "2024-03-01"),
    ]
    assert only.job_titles == ("Umweltministerin",)


# ------------------------------------------------------------------------------------------ family names alone


def test_a_dominant_bearer_has_the_family_name_for_a_time(desk: Desk) -> None:
    desk.write("Anna Thiede", date="2022-05-10").write("Anna Thiede", date="2022-06-10")
    ((first, last, ref),) = desk.resolve().book.single_spans["Thiede"]
    assert (first, last, ref) == ("2021-05-01", "2023-06-30", person("anna-thiede"))


def test_two_bearers_at_one_time_have_it_not(desk: Desk) -> None:
    desk.write("Enno Wolf").write("Enno Wolf").write("Focko Wolf").write("Focko Wolf")
    assert "Wolf" not in desk.resolve().book.single_spans


def test_two_bearers_at_two_times_have_it_one_after_the_other(desk: Desk) -> None:
    for date in ("2004-01-01", "2004-02-01"):
        desk.write("Enno Wolf", date=date)
    for date in ("2024-01-01", "2024-02-01"):
        desk.write("Focko Wolf", date=date)
    spans = desk.resolve().book.single_spans["Wolf"]
    assert [(first[:4], last[:4], ref.key) for first, last, ref in spans] == [
        ("2003", "2005", "enno-wolf"),
        ("2023", "2025", "focko-wolf"),
    ]


def test_one_article_is_no_habit_also_beside_one_who_has_it_at_another_time(desk: Desk) -> None:
    desk.write("Enno Wolf", date="2004-01-01")
    for date in ("2024-01-01", "2024-02-01"):
        desk.write("Focko Wolf", date=date)
    assert [ref.key for *_, ref in desk.resolve().book.single_spans["Wolf"]] == ["focko-wolf"]


def test_whose_a_family_name_is_follows_from_the_articles_around_each_month(article: Maker) -> None:
    choose = random.Random(1)
    for _ in range(20):
        months = [choose.randrange(2000 * 12, 2005 * 12) for _ in range(choose.randrange(2, 30))]
        told = list(
            zip(choose.choices(("Enno", "Focko", "Geske"), (8, 1, 1), k=len(months)), months, strict=True)
        )
        desk = Desk(article)
        for given, month in told:
            desk.write(f"{given} Wolf", date=f"{month // 12}-{month % 12 + 1:02d}-15")
        spans = desk.resolve().book.single_spans.get("Wolf", ())
        for month in range(1998 * 12, 2007 * 12):
            near = Counter(given for given, seen in told if abs(seen - month) <= WINDOW)
            has_it = [
                given
                for given, count in near.items()
                if count >= DOMINANT * near.total() and sum(one == given for one, _ in told) >= ENOUGH
            ]
            day = f"{month // 12}-{month % 12 + 1:02d}-15"
            found = [ref.key for first, last, ref in spans if first <= day <= last]
            assert found == [f"{given.lower()}-wolf" for given in has_it], told


# ------------------------------------------------------------------------------------------ namesakes


def sport(desk: Desk, date: str, *, role: str | None = "Torwart") -> None:
    desk.write(
        named("Jonas Terhorst", role=role),
        "Hauke Sperling",
        tags=["Fußball"],
        authors=["Ralf Pautzke"],
        date=date,
    )


def politics(desk: Desk, date: str, *, role: str | None = "Landtagsabgeordneter") -> None:
    desk.write(
        named("Jonas Terhorst", role=role),
        "Anna Thiede",
        tags=["Landtag"],
        authors=["Sophie Drewes"],
        date=date,
    )


def test_namesakes_of_conflicting_callings_at_one_time_are_two(desk: Desk) -> None:
    sport(desk, "2022-01-01")
    politics(desk, "2022-06-01")
    politics(desk, "2023-06-01", role=None)
    sport(desk, "2024-01-01")
    desk.write("Jonas Terhorst", date="2024-02-01")
    identities = desk.resolve()
    refs = [one.ref.key for one in identities.entities if one.name == "Jonas Terhorst"]
    assert refs == ["jonas-terhorst", "jonas-terhorst-2"]
    by_path = {
        node.path: identities.book.namesakes["Jonas Terhorst"].get(node.key) for node in identities.articles
    }
    keys = {path: ref.key if ref else None for path, ref in by_path.items()}
    assert keys == {
        "001.txt": "jonas-terhorst",
        "002.txt": "jonas-terhorst-2",
        "003.txt": "jonas-terhorst-2",
        "004.txt": "jonas-terhorst",
        "005.txt": None,
    }
    assert "Jonas Terhorst" not in identities.book.full
    roles = {one.ref.key: one.job_titles for one in identities.entities if one.name == "Jonas Terhorst"}
    assert roles == {"jonas-terhorst": ("Torwart",), "jonas-terhorst-2": ("Landtagsabgeordneter",)}


def test_each_namesake_has_the_places_of_the_own_articles(desk: Desk) -> None:
    sport(desk, "2022-01-01")
    politics(desk, "2022-06-01")
    link = ("Jonas Terhorst", "/Jonas-Terhorst/!t5000001")
    desk.write("Jonas Terhorst", "Anna Thiede", tags=["Landtag", "Jonas Terhorst"], links=[link])
    sport(desk, "2024-01-01")
    row = Related("Artikel: Nummer 2", 60, tag=TagRef("Jonas Terhorst", 70))
    desk.write("Jonas Terhorst", date="2024-02-01", related=[row])
    found = {
        (one.ref.key, one.spelling, one.rule): (one.count, f"{one.path}:{one.line}", one.evidence)
        for one in desk.resolve().identities
        if one.ref.key.startswith("jonas-terhorst")
    }
    why = "articles of no common context: politics in 3 and sport in 2"
    first, second = (
        f"person 1 of 2 of this name (sport): {why}",
        f"person 2 of 2 of this name (politics): {why}",
    )
    assert found == {
        ("jonas-terhorst", "Jonas Terhorst", "text"): (2, "001.txt:6", first),
        ("jonas-terhorst-2", "Jonas Terhorst", "text"): (3, "002.txt:6", second),
        ("jonas-terhorst-2", "Jonas Terhorst", "tag"): (2, "003.txt:31", second),
        ("jonas-terhorst-2", "Jonas Terhorst", "topic link"): (1, "003.txt:11", second),
    }


def test_one_career_after_another_is_one_person(desk: Desk) -> None:
    for date in ("2022-01-01", "2022-06-01"):
        sport(desk, date)
    for date in ("2023-01-01", "2023-06-01"):
        politics(desk, date)
    assert [name for name in desk.persons() if name == "Jonas Terhorst"] == ["Jonas Terhorst"]
    assert "Jonas Terhorst" in desk.resolve().book.full


def test_a_shared_context_keeps_a_person_whole(desk: Desk) -> None:
    sport(desk, "2022-01-01")
    politics(desk, "2022-06-01")
    politics(desk, "2023-06-01")
    sport(desk, "2024-01-01")
    desk.write(named("Jonas Terhorst", role="Torwart"), tags=["Landtag"], date="2022-07-01")
    assert desk.resolve().book.namesakes == {}


def test_without_a_conflict_nobody_is_split(desk: Desk) -> None:
    for number, role in enumerate(["Richterin", "Präsidentin", "Autorin", "Ministerin"] * 2):
        desk.write(named("Hanna Kolb", role=role), tags=[f"Thema {number}"])
    assert list(desk.persons()) == ["Hanna Kolb"]


# ------------------------------------------------------------------------------------------ properties


def test_the_order_of_claims_does_not_matter(desk: Desk) -> None:
    sport(desk, "2022-01-01")
    politics(desk, "2022-06-01")
    politics(desk, "2023-06-01")
    sport(desk, "2024-01-01")
    desk.write(
        "Oleksij Hrymaljuk", "Oleksiy Hrymalyuk", "Thomas Meyer", "Thomas Meier", tags=["Olexij Hrymaliuk"]
    )
    desk.write(named("Soziale Mitte", kind=NodeKind.ORGANIZATION), tags=["Ministerin Thiede", "Senegal"])
    expected = desk.resolve()
    for seed in range(5):
        shuffled = desk.claims.copy()
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == expected


def test_every_ref_of_the_book_and_every_focus_is_an_entity(desk: Desk) -> None:
    sport(desk, "2022-01-01")
    politics(desk, "2022-06-01")
    politics(desk, "2023-06-01")
    sport(desk, "2024-01-01")
    desk.write(
        named("Gurow", role="General"), tags=["Jonas Terhorst", "Senegal", "Ostkohle AG", "Minister Gurow"]
    )
    desk.write(named("Gurow", role="General"), links=["/Donald-Trump/!t5204455"], places=("WIEN",))
    identities = desk.resolve()
    refs = {one.ref for one in identities.entities}
    book = identities.book
    told = {*book.full.values(), *book.singles.values()}
    told |= {ref for by_article in book.namesakes.values() for ref in by_article.values()}
    told |= {ref for spans in book.single_spans.values() for *_, ref in spans}
    told |= {tag.focus for tag in identities.tags if tag.focus is not None}
    told |= {one.author for node in identities.articles for one in node.authors}
    told |= {place for node in identities.articles for place in node.places}
    assert told <= refs
    assert len(refs) == len(identities.entities)
    assert {one.ref for one in identities.identities} <= refs
    keys = {(one.ref.kind, one.ref.key) for one in identities.entities}
    assert not {(one.ref.kind, key) for one in identities.entities for key in one.replaces} & keys
    assert parse_selector("/Donald-Trump/!t5204455") is not None
