"""Decisions: read with care, and stronger than every rule."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.model import Candidate, Decision, NodeKind, Part, Ref, TagKind
from kg.resolve import Claim
from kg.resolve.decisions import Settled, read_decisions
from tests.resolved import Resolution, resolve

Maker = Callable[..., Claim]
HEADER = "action,a,b,comment\n"


def person(text: str) -> Candidate:
    return Candidate(NodeKind.PERSON, text, Part.BODY, None, 0, len(text), 6, 0.95)


def place(text: str) -> Candidate:
    return Candidate(NodeKind.PLACE, text, Part.BODY, None, 0, len(text), 6, 0.95)


def organization(text: str) -> Candidate:
    return Candidate(NodeKind.ORGANIZATION, text, Part.BODY, None, 0, len(text), 6, 0.95)


def decide(action: str, a: str, b: str) -> Decision:
    return Decision(action, a, b, "", 2)


def archive(article: Maker, names: list[str], *decisions: Decision, tags: tuple[str, ...] = ()) -> Resolution:
    claims = [
        article(f"{number}.txt", f"Artikel: Nummer {number}", candidates=(person(name),), tags=tags)
        for number, name in enumerate(names)
    ]
    return resolve(claims, "taz", decisions)


def persons(identities: Resolution) -> list[str]:
    return [one.name for one in identities.entities if one.ref.kind is NodeKind.PERSON]


def test_a_file_is_read_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(
        HEADER + '\nsame,Kolb,"Kolb, Anna","zwei\nZeilen"\nkind,Moore,topic\n', encoding="utf-8-sig"
    )
    assert read_decisions(path) == (
        Decision("same", "Kolb", "Kolb, Anna", "zwei Zeilen", 3),
        Decision("kind", "Moore", "topic", "", 5),
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("join,A,B,\n", "d.csv:2: unknown action `join`"),
        ("same,A,,\n", "d.csv:2: `same` needs both a and b"),
        ("kind,A,thing,\n", "d.csv:2: unknown kind `thing`"),
        ("same,A,A,\n", "d.csv:2: a and b are one spelling"),
        ("different,Müller,Mueller,\n", "d.csv:2: a and b have one address"),
        ("same,A,B\n\ndifferent,B,A\n", "d.csv:4: `B` and `A` are the same by line 2"),
        (
            "same,A,B\nsame,B,C\ndifferent,A,C\nsame,A,D\nsame,D,E\nsame,E,C\n",
            "d.csv:4: `A` and `C` are the same by lines 2 and 3",
        ),
        ("kind,A,topic\nkind,A,place\n", "d.csv:3: line 2 says `topic` of `A`"),
        ("same,A\n", "d.csv:2: needs 4 columns, has 2"),
        ('same,"A\n', "d.csv:"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_decisions(path)
    assert str(error.value).startswith(message)


def test_a_wrong_header_and_an_unreadable_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"^d\.csv:1: the first line must be action,a,b,comment$"):
        read_decisions(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"^cannot read d\.csv"):
        read_decisions(path)
    with pytest.raises(UsageError, match=r"^cannot read none\.csv"):
        read_decisions(tmp_path / "none.csv")


def test_same_joins_what_no_rule_joins(article: Maker) -> None:
    names = ["Thomas Meyer", "Thomas Meier"]
    assert len(persons(archive(article, names))) == 2
    identities = archive(article, names, decide("same", *names))
    assert len(persons(identities)) == 1
    assert "decision" in {one.rule for one in identities.identities}
    assert identities.doubts == ()


def test_same_gives_a_family_name_to_a_person(article: Maker) -> None:
    names = ["Sergej Lawrow", "Lawrow"]
    identities = archive(article, names, decide("same", "Lawrow", "Sergej Lawrow"))
    assert identities.book.singles["Lawrow"] == Ref(NodeKind.PERSON, "sergej-lawrow")


def test_different_keeps_apart_what_a_rule_joins_and_ends_the_doubt(article: Maker) -> None:
    names = ["Andrij Bondarez", "Andriy Bondarets"]
    assert len(persons(archive(article, names))) == 1
    identities = archive(article, names, decide("different", *names))
    assert sorted(persons(identities)) == names
    assert identities.doubts == ()


def test_kind_makes_a_name_a_place_or_nothing(article: Maker) -> None:
    names = ["Alt Teskow", "Alt Teskow"]
    assert persons(archive(article, names)) == ["Alt Teskow"]
    place = archive(article, names, decide("kind", "Alt Teskow", "place"))
    assert place.book.full["Alt Teskow"] == Ref(NodeKind.PLACE, "alt-teskow")
    assert persons(place) == []
    topic = archive(article, names, decide("kind", "Alt Teskow", "topic"))
    assert "Alt Teskow" not in topic.book.full


@pytest.mark.parametrize("kind", list(TagKind))
def test_kind_decides_a_tag(article: Maker, kind: TagKind) -> None:
    identities = archive(article, ["Anna Kolb"], decide("kind", "Moore", kind), tags=("Moore",))
    (tag,) = identities.tags
    assert (tag.kind, tag.kind_basis) == (kind, "a decision")
    named = kind not in {TagKind.TOPIC, TagKind.SERIES}
    assert (tag.focus in {one.ref for one in identities.entities}) == named


@pytest.mark.parametrize("kind", list(TagKind))
@pytest.mark.parametrize("told", [(), (("same", "Rautenmark", "Rautenmark AG"),)])
def test_kind_decides_a_tag_that_begins_as_a_company_does(
    article: Maker, kind: TagKind, told: tuple[tuple[str, str, str], ...]
) -> None:
    spans = [*map(place, ["Rautenmark", "Rautenmarks"] * 2), *map(organization, ["Rautenmark AG"] * 2)]
    claims = [
        article(f"{number}.txt", f"Artikel: Nummer {number}", candidates=(span,), tags=("Rautenmark",))
        for number, span in enumerate(spans)
    ]
    identities = resolve(claims, "taz", [decide("kind", "Rautenmark", kind), *(decide(*row) for row in told)])
    borne = {one.ref.kind for one in identities.entities if "Rautenmark" in {one.name, *one.alternates}}
    assert borne == (set() if kind in {TagKind.TOPIC, TagKind.SERIES} else {NodeKind(kind)})
    if not told:
        # The company is not the topic, and stays.
        assert "Rautenmark AG" in identities.book.full


def test_name_decides_the_spelling_and_the_old_address_leads_on(article: Maker) -> None:
    identities = archive(article, ["Milena Kovaric"], decide("name", "Milena Kovaric", "Milena Kovarićowa"))
    (only,) = [one for one in identities.entities if one.ref.kind is NodeKind.PERSON]
    assert (only.ref.key, only.name) == ("milena-kovaricowa", "Milena Kovarićowa")
    assert only.alternates == ("Milena Kovaric",)
    assert only.replaces == ("milena-kovaric",)


def test_a_row_about_nobody_is_a_finding(article: Maker) -> None:
    identities = archive(
        article, ["Anna Kolb"], decide("same", "Anna Kolb", "Nobody Here"), decide("kind", "Nix", "topic")
    )
    found = [(one.code, one.path, one.line) for one in identities.findings]
    assert found == [("decision-unused", "decisions.csv", 2)] * 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("same", "Pflege", "Niederlande"), "are not both persons, organisations or places of one kind"),
        (("kind", "Teskow", "topic"), "`Teskow` stays of the kind place"),
        (("name", "Pflege", "Die Pflege"), "`Pflege` is no person, organisation or place"),
    ],
)
def test_a_row_that_changes_nothing_is_a_finding(article: Maker, row: tuple[str, str, str], why: str) -> None:
    claims = [
        article("a.txt", "Artikel: Nummer 1", candidates=(person("Anna Kolb"),), authors=("Anna Kolb",)),
        article("b.txt", "Artikel: Nummer 2", places=("Teskow",), tags=("Pflege", "Moorsiel")),
        article(
            "c.txt", "Artikel: Nummer 3", candidates=(place("Moorsiel"),), tags=("Moorsiel", "Niederlande")
        ),
    ]
    found = [one for one in resolve(claims, "taz", [decide(*row)]).findings if one.code == "decision-unused"]
    assert [(one.path, one.line) for one in found] == [("decisions.csv", 2)]
    assert why in found[0].message
    held = [
        ("kind", "Pflege", "series"),
        ("kind", "Moorsiel", "organization"),
        ("kind", "Anna Kolb", "person"),
        ("name", "Anna Kolb", "Anne Kolb"),
        ("same", "Teskow", "Moorsiel"),
        ("same", "Anna Kolb", "Niederlande"),
        ("different", "Pflege", "Moorsiel"),
    ]
    findings = resolve(claims, "taz", [decide(*row) for row in held]).findings
    assert not [one for one in findings if one.code == "decision-unused"]


@pytest.mark.parametrize("absent", ["Aaron Nobody", "Nobody Zuletzt"])
def test_a_name_that_the_archive_no_longer_has_still_joins_two_others(article: Maker, absent: str) -> None:
    rows = decide("same", "Thomas Meyer", absent), decide("same", absent, "Thomas Meier")
    identities = archive(article, ["Thomas Meyer", "Thomas Meier", "Tom Meyer"], *rows)
    assert len(persons(identities)) == 2
    places = [place(name) for name in ("Moorsiel", "Alt Moorsiel")]
    claims = [
        article(f"{one.text}.txt", f"Artikel: {one.text}", candidates=(one,), tags=(one.text,))
        for one in places
    ]
    identities = resolve(
        claims, "taz", [decide("same", "Moorsiel", absent), decide("same", absent, "Alt Moorsiel")]
    )
    assert identities.book.full["Moorsiel"] == identities.book.full["Alt Moorsiel"]


@pytest.mark.parametrize(
    ("a", "b", "settled"),
    [
        ("A", "B", True),
        ("C", "A", True),
        ("C", "D", True),
        ("A", "D", True),
        ("D", "A", True),
        ("D", "E", False),
        ("A", "E", False),
        ("F", "G", False),
    ],
)
def test_rows_settle_what_follows_from_them(a: str, b: str, settled: bool) -> None:
    rows = [
        decide("same", "A", "B"),
        decide("different", "B", "D"),
        decide("same", "C", "B"),
        decide("kind", "F", "topic"),
    ]
    for order in permutations(rows):
        assert Settled(order).has_pair(a, b) == settled
    assert [Settled(rows).has_kind(tag) for tag in "FAG"] == [True, False, False]


NAMES = [
    "Andrij Bondarez",
    "Andriy Bondarets",
    "Andrij Bondarets",
    "Thomas Meyer",
    "Thomas Meier",
    "Bondarez",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=5))
def test_nobody_is_both_joined_and_different(article: Maker, pairs: list[tuple[bool, str, str]]) -> None:
    rows = [decide("same" if same else "different", a, b) for same, a, b in pairs if a != b]
    wrong = {frozenset((row.a, row.b)) for row in rows if row.action == "different"}
    identities = archive(article, NAMES, *rows)
    full = identities.book.full
    for a, b in map(tuple, wrong):
        assert a not in full or b not in full or full[a] != full[b]
