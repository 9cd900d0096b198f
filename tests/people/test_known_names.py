"""Known names in running text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.model import NodeKind, Ref
from kg.people import KnownNames

KOLB = Ref(NodeKind.PERSON, "anna-kolb")
REUTER = Ref(NodeKind.PERSON, "anna-kolb-reuter")
NAMES = KnownNames({"Anna Kolb": KOLB, "Anna Kolb-Reuter": REUTER})


def found(text: str) -> list[tuple[str, str]]:
    return [(name.ref.key, text[name.start : name.end]) for name in NAMES.find(text)]


def test_a_name_stands_as_whole_words_and_the_longest_wins() -> None:
    text = "Anna Kolb traf Anna Kolb-Reuter, sagte Anna Kolb."
    assert found(text) == [
        ("anna-kolb", "Anna Kolb"),
        ("anna-kolb-reuter", "Anna Kolb-Reuter"),
        ("anna-kolb", "Anna Kolb"),
    ]


def test_a_genitive_is_the_name_without_its_s() -> None:
    assert found("Anna Kolbs Rede, Anna Kolb’ Plan") == [("anna-kolb", "Anna Kolb")] * 2


def test_parts_of_longer_words_are_not_names() -> None:
    assert found("Anna Kolbe, Hanna Kolb, Johanna-Anna Kolb, Anna Kolb-Preis, Anna Kolbst") == []


def test_no_names_find_nothing() -> None:
    assert list(KnownNames({}).find("Anna Kolb")) == []


@given(st.lists(st.sampled_from(["Anna", "Kolb", "Kolb-Reuter", "s", ",", "ä", "😀", "und", "-"])))
def test_offsets_are_code_points(words: list[str]) -> None:
    text = " ".join(words)
    expected = [match.span() for match in re.finditer(r"(?<!\S)Anna Kolb(?:-Reuter)?(?!\S)", text)]
    assert [(name.start, name.end) for name in NAMES.find(text)] == expected
