"""Kickers, titles and slugs."""

from __future__ import annotations

import pytest

from kg.parse import split_headline

CERTAIN = [
    ("Nato-Treffen: Alles neu", None, "Nato-Treffen", "Alles neu"),
    ("Ein Satz ohne alles", None, None, "Ein Satz ohne alles"),
    ("Anwohner:innen im Glück", None, None, "Anwohner:innen im Glück"),
    ("Anwohner:innen: Im Glück", None, "Anwohner:innen", "Im Glück"),
    ("Moor: „Wir sagen: Nein“", None, "Moor", "„Wir sagen: Nein“"),
    ("„Wir sagen: Nein“", None, None, "„Wir sagen: Nein“"),
    ('Moor: „Wir sagen: Nein"', None, "Moor", '„Wir sagen: Nein"'),
    ("„Moor: Alles neu", None, "„Moor", "Alles neu"),
    ("+++ Nachrichten: Moor +++: Lage: ernst", None, "+++ Nachrichten: Moor +++", "Lage: ernst"),
    ("++Moor-Ticker++: Es geht: los", None, "++Moor-Ticker++", "Es geht: los"),
    (": verboten", None, None, "verboten"),
    (
        "40 Jahre taz: Die Ausgabe: Die Zeitung",
        "40-Jahre-taz-Die-Ausgabe",
        "40 Jahre taz: Die Ausgabe",
        "Die Zeitung",
    ),
    ("40 Jahre taz: Die Ausgabe: Die Zeitung", "40-Jahre-taz", "40 Jahre taz", "Die Ausgabe: Die Zeitung"),
    ("Ausgabe vom 22./23. Mai: Kurz: gut", "Ausgabe-vom-22/23-Mai", "Ausgabe vom 22./23. Mai", "Kurz: gut"),
    ("Größe & Maß: Ein Ärger: Ja", "Groesse--Mass", "Größe & Maß", "Ein Ärger: Ja"),
    ("Moor: Alles neu", "Ganz-anders", "Moor", "Alles neu"),
]


@pytest.mark.parametrize(("headline", "slug", "kicker", "title"), CERTAIN)
def test_certain_splits(headline: str, slug: str | None, kicker: str | None, title: str) -> None:
    assert split_headline(headline, slug) == (kicker, title, True)


def test_the_first_of_several_separators_is_proposed_as_uncertain() -> None:
    assert split_headline("Die Wahrheit: Moor: Alles neu", None) == ("Die Wahrheit", "Moor: Alles neu", False)


def test_a_slug_that_fits_nowhere_settles_nothing() -> None:
    assert split_headline("Die Wahrheit: Moor: Alles neu", "Anderes") == (
        "Die Wahrheit",
        "Moor: Alles neu",
        False,
    )


@pytest.mark.parametrize(
    ("kicker", "slug"),
    [
        ("Nato-Außenministertreffen", "Nato-Aussenministertreffen"),
        ("40 Jahre taz: Die Gründer-Ausgabe", "40-Jahre-taz-Die-Gruender-Ausgabe"),
        ("Ausgabe vom 22/23. November 2014", "Ausgabe-vom-22/23-November-2014"),
        ("Erdoğan und Éloïse", "Erdogan-und-Eloise"),
        ("Was heißt „Ökologie“?", "Was-heisst-Oekologie"),
    ],
)
def test_a_slug_settles_the_kicker(kicker: str, slug: str) -> None:
    assert split_headline(f"{kicker}: Ein: Titel", slug) == (kicker, "Ein: Titel", True)
