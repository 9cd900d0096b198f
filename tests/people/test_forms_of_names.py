"""Genitives, particles and the words of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.people.forms import (
    bases,
    family_forms,
    given_form,
    inflections,
    is_noun,
    name_words,
    with_genitive,
)


@pytest.mark.parametrize(
    ("surface", "nominative"),
    [("Kolbs", "Kolb"), ("Scholz’", "Scholz"), ("Ohm’s", "Ohm"), ("Brix'", "Brix"), ("Harms", "Harms")],
)
def test_a_surface_may_be_a_genitive(surface: str, nominative: str) -> None:
    assert nominative in bases(surface)
    assert bases(surface)[0] == surface


@pytest.mark.parametrize(
    ("text", "name", "exact"),
    [
        ("Kolbs Rede", "Kolb", "Kolbs"),
        ("Brix’ Rede", "Brix", "Brix’"),
        ("„‚Kolb’“", "Kolb", "Kolb"),  # what closes a quotation is no genitive
        ("Ohm’s Rede", "Ohm", "Ohm’s"),
        ("Kolbe", "Kolb", "Kolb"),
        ("Kolb", "Kolb", "Kolb"),
    ],
)
def test_the_genitive_belongs_to_a_mention(text: str, name: str, exact: str) -> None:
    start = text.index(name)
    assert text[start : with_genitive(text, start + len(name))] == exact


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Nordkoreas", "Nordkorea"),
        ("Grünen Liste", "Grüne Liste"),
        ("Paktes", "Pakt"),
        ("Forums Links", "Forum Links"),
    ],
)
def test_things_are_inflected(surface: str, name: str) -> None:
    assert name in inflections(surface)


@pytest.mark.parametrize(
    ("name", "particles", "family"),
    [
        ("Clemens von der Aue", "von der", "Aue"),
        ("Samir al-Khatib", "", "al-Khatib"),
        ("Robert F. Kessler Jr.", "", "Kessler"),
        ("Ina Thal-Ohm", "", "Thal-Ohm"),
        ("Andreas Jung*", "", "Jung"),
    ],
)
def test_the_family_name_of_a_full_name(name: str, particles: str, family: str) -> None:
    assert family_forms(name) == (particles, family)


def test_one_word_has_no_family_name() -> None:
    assert family_forms("Umbach") is None
    assert given_form("Umbach") is None


def test_an_initial_is_no_given_name_to_call_anybody_by() -> None:
    assert [given_form(name) for name in ("W. F. Niemann", "Wilko F. Niemann")] == [None, "Wilko"]


@pytest.mark.parametrize("word", ["Koch", "Wolf", "Berg", "Merz"])
def test_names_that_are_nouns(word: str) -> None:
    assert is_noun(word)


def test_words_hold_their_compounds() -> None:
    text = "Thal-Ohm und N’Diour, al-Khatib; die Kolb-Regierung"
    assert [text[start:end] for start, end in name_words(text)] == [
        "Thal-Ohm",
        "N’Diour",
        "al-Khatib",
        "Kolb-Regierung",
    ]


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_genitive_never_ends_beyond_the_text(text: str, end: int) -> None:
    if 0 < end <= len(text):
        assert end <= with_genitive(text, end) <= len(text)
