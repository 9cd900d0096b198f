"""Text of a dump becomes data: nothing of it can end a script element, run, or turn the page's writing round."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.page.escape import csp_hash, json_for_html, safe_url, shown
from kg.page.texts import TEXTS


@given(st.recursive(st.text() | st.integers() | st.booleans() | st.none(), st.lists))
def test_json_holds_no_markup_and_means_the_same(value: object) -> None:
    written = str(json_for_html(value))
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == value


def test_half_a_surrogate_pair_can_still_be_written_as_utf8() -> None:
    assert json_for_html("a\ud83db").encode() == b'"a\xef\xbf\xbdb"'


@pytest.mark.parametrize("url", ["https://taz.de/!1", "http://example.org/a?b=c#d", "HTTPS://TAZ.DE/"])
def test_addresses_of_the_web_are_kept(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//taz.de/!1",
        "taz.de/!1",
        "https:taz.de",
        "https://",
        "http://[broken",
        "gopher://taz.de/1/!1",
    ],
)
def test_other_addresses_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_shown_text_is_one_line_without_controls() -> None:
    assert shown(" a\u202eb\x00c\n\td\u2066 ü„“ ") == "a b c d ü„“"


def test_the_hash_is_that_of_the_policy() -> None:
    digest = base64.b64encode(hashlib.sha256("ä".encode()).digest()).decode()
    assert csp_hash("ä") == f"'sha256-{digest}'"


def test_both_languages_say_the_same_things() -> None:
    german, english = TEXTS["de"], TEXTS["en"]
    assert list(german) == list(english)
    for key, words in german.items():
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", english[key])), key


def test_no_text_was_left_in_the_other_language() -> None:
    alike = {key for key, words in TEXTS["de"].items() if words == TEXTS["en"][key]}
    assert alike == {"kind.person", "kind.organization", "column.name", "column.source", "mode.auto"}


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    """But for the families whose last part is a kind, a relation, a column or a mode."""
    page = files("kg.page")
    scripts = "".join(
        part.read_text(encoding="utf-8")
        for part in page.joinpath("static").iterdir()
        if part.name.endswith(".js")
    )
    template = page.joinpath("templates", "page.html.j2").read_text(encoding="utf-8")
    used = set(re.findall(r'\btext\(\s*"([\w.]+)"', scripts))
    for key in re.findall(r'\bcounted\(\s*"(\w+)"', scripts):
        used |= {key, f"{key}.one"}
    used |= set(re.findall(r"texts\.(\w+)", template)) | set(re.findall(r'texts\["(\w+)"\]', template))
    families = ("kind.", "in.", "out.", "together.", "relation.", "column.", "mode.")
    assert {key for key in TEXTS["de"] if not key.startswith(families)} == used - {"items"}


def test_every_relation_has_its_word_and_both_its_views() -> None:
    parts = {
        family: {key.split(".")[1] for key in TEXTS["de"] if key.startswith(family)}
        for family in ("in.", "out.")
    }
    relations = {key.split(".")[1] for key in TEXTS["de"] if key.startswith("relation.")}
    assert parts["out."] == parts["in."] == relations - {"together"}
