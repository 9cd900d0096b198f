"""Job titles and parties beside a name."""

import pytest

from kg.people.roles import Role, role_after, role_of, roles_before


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Bundeskanzler", Role("Bundeskanzler")),
        ("Umweltministerin", Role("Umweltministerin")),
        ("Bundespräsidenten", Role("Bundespräsident")),
        ("Bundeskanzlers", Role("Bundeskanzler")),
        ("Nato-Generalsekretär", Role("Nato-Generalsekretär")),
        ("EU-Kommissarin", Role("EU-Kommissarin")),
        ("SPD-Politikerin", Role("SPD-Politikerin", "SPD")),
        ("CDU-Chef", Role("CDU-Chef", "CDU")),
        ("FDP-Bundestagsabgeordnete", Role("FDP-Bundestagsabgeordnete", "FDP")),
        ("Krabbenfischer", Role("Krabbenfischer")),
        ("Tierärztin", Role("Tierärztin")),
        ("SPD-Fraktionsvize", Role("SPD-Fraktionsvize", "SPD")),
        ("Theologen", Role("Theologe")),
    ],
)
def test_words_that_are_roles(word: str, role: Role) -> None:
    assert role_of(word) == role


@pytest.mark.parametrize(
    "word", ["Müller", "Fischer", "Bauer", "Berg", "Haus", "minister", "Wetter", "CDU", ""]
)
def test_words_that_are_none(word: str) -> None:
    assert role_of(word) is None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("die damalige Umweltministerin Ina Thal sprach", "Ina", Role("Umweltministerin")),
        ("Küsteningenieur Prof. Dr. Jan Ott", "Jan", Role("Küsteningenieur")),
        ("taz: Frau Kolb, wie", "Kolb", Role(None)),
        ("Finanzminister von der Aue", "von", Role("Finanzminister")),
        ("Ärztin Šuba kam", "Šuba", Role("Ärztin")),
    ],
)
def test_a_role_stands_before_the_name(text: str, name: str, role: Role) -> None:
    assert (text.index(name), role) in list(roles_before(text))


@pytest.mark.parametrize(
    "text", ["der Ex‑-Trainer Ott", "xTrainer Ott", "5Trainer Ott", "Trainer ott", "Trainer, Ott"]
)
def test_a_role_is_a_word_and_stands_directly_before(text: str) -> None:
    assert list(roles_before(text)) == []


def test_what_a_president_presides_over_is_no_name() -> None:
    assert list(roles_before("Der Präsident von Tarvien kam, der Trainer ging")) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Jan Ott (SPD) sagte", Role(None, "SPD")),
        ("Jan Ott (Grüne Liste) sagte", Role(None, "Grüne Liste")),
        ("Jan Ott, Bürgermeister von Thal,", Role("Bürgermeister")),
        ("Jan Ott, der frühere Trainer,", Role("Trainer")),
        ("Jan Ott (34) sagte", None),
        ("Jan Ott (M.) sagte", None),
        ("Jan Ott, Berge", None),
        ("Jan Ott", None),
    ],
)
def test_a_role_stands_after_the_name(text: str, role: Role | None) -> None:
    assert role_after(text, len("Jan Ott")) == role


def test_a_thing_that_ends_like_a_job_title_is_none() -> None:
    assert role_of("Regierungssprecherin") is not None
    assert role_of("Lautsprecher") is None
    assert role_of("Lautsprechern") is None
