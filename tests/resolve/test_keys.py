"""Slugs and hashes."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.resolve.keys import article_key, collapse, slug


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Özlem Şahin", "oezlem-sahin"),
        ("Recep Yıldız-Ağaoğlu", "recep-yildiz-agaoglu"),
        ("Großstraße", "grossstrasse"),
        ("Łukasz Đorđe Ærø", "lukasz-dorde-aero"),
        ("Anwohner:innen", "anwohnerinnen"),
        ("B’90/Grüne – Basis", "b90-gruene-basis"),
        ("Ausgabe-vom-22/23-November-2014", "ausgabe-vom-22-23-november-2014"),
        ("  Nato  ", "nato"),
        ("Nato-Außenministertreffen", "nato-aussenministertreffen"),
    ],
)
def test_slugs(label: str, expected: str) -> None:
    assert slug(label) == expected


@given(st.text())
def test_a_slug_is_never_empty_and_always_safe_in_an_address(label: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(label))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@example("가")
def test_a_slug_does_not_depend_on_the_unicode_form(label: str) -> None:
    assert slug(unicodedata.normalize("NFD", label)) == slug(label)


def test_labels_without_latin_letters_keep_apart() -> None:
    assert slug("+++") != slug("???")
    assert slug("+++").startswith("u-")


def test_article_keys() -> None:
    key = article_key("taz", "Kicker:  Title", "2024-12-04")
    assert re.fullmatch(r"h-[a-z2-7]{26}", key)
    assert key == article_key("taz", " Kicker: Title", "2024-12-04")
    assert key != article_key("taz", "Kicker: Title", None)
    assert article_key("taz", "a", "b") != article_key("taza", "", "b")


@given(st.text(alphabet=st.sampled_from("aäa\u0308\u0308ß \t\n\u00a0\u2000\u200b\x1c\ud800")))
def test_collapsed_is_nfc_with_single_blanks(text: str) -> None:
    assert collapse(text) == " ".join(unicodedata.normalize("NFC", text).split())
