"""Folding: what transliterations differ in is forgotten, and nothing else."""

from __future__ import annotations

import pytest

from kg.resolve.folding import bare, fold, inflected, initials, spelled_by_habit, words_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("Wolodymyr Selenskyj", "Wolodymyr Selenskij", "Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Alexej Nawalny", "Alexei Navalny", "Aleksej Nawalnyj"),
        ("Oleksij Hrymaljuk", "Olexij Hrymaliuk", "Oleksiy Hrymalyuk"),
        ("Milena Kovarić", "Milena Kovaric"),
        ("Andrij Bondarez", "Andriy Bondarets"),
        ("Taras Schewtschenko", "Taras Shevchenko"),
        ("Jens-Uwe Karstens", "Jens Uwe Karstens"),
        ("Boris Jelzin", "Boris Yeltsin"),
    ],
)
def test_transliterations_fold_to_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olaf Scholz", "Olaf Schulz"),
        ("Anna Kolb", "Anna Kalb"),
        ("Jan Weber", "Jan Webers"),
        ("Wladimir Putin", "Wolodymyr Putin"),
        ("Maria Merz", "Mario Merz"),
        ("Peter Mann", "Peter Mahn"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_names_that_lists_know_in_both_spellings_are_two() -> None:
    assert fold("Thomas Meyer") == fold("Thomas Meier")
    assert spelled_by_habit(["Thomas", "Meyer"], ["Thomas", "Meier"])
    assert not spelled_by_habit(["Wolodymyr", "Selenskyj"], ["Wolodymyr", "Selenskij"])
    assert not spelled_by_habit(["Anna", "Kolb"], ["Anna", "Kolb"])


def test_titles_and_initials_are_told_apart_from_names() -> None:
    words = words_of("Prof. Dr. Wilko F. Niemann Jr.")
    assert words == ["Wilko", "F.", "Niemann", "Jr."]
    assert bare(words) == ("Wilko", "Niemann")
    assert initials(words) == "f"


def test_adjectives_inside_a_name_may_be_inflected() -> None:
    assert inflected("Grüne Liste") == inflected("Grünen Liste") == inflected("Grüner Liste")
    assert inflected("Grüne Liste") != inflected("Graue Liste")
