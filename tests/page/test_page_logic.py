"""The page's own functions that need no page: run in Chromium, which is there for the other tests anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Call: TypeAlias = Callable[..., Any]


@pytest.fixture(scope="module")
def call(chromium: Browser) -> Iterator[Call]:
    """`call("csv", "csvCell", value)` runs a function of `csv.js`."""
    page = chromium.new_page()

    def run(script: str, function: str, *values: object) -> Any:
        source = files("kg.page").joinpath("static", f"{script}.js").read_text(encoding="utf-8")
        return page.evaluate(f"values => {{ {source}\nreturn {function}(...values); }}", list(values))

    yield run
    page.close()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Müller", "muller"),
        ("Mueller", "muller"),
        ("Weiß", "weiss"),
        ("Wałęsa", "walesa"),
        ("Şengün", "sengun"),
    ],
)
def test_folding(call: Call, name: str, folded: str) -> None:
    assert call("fold", "fold", name) == folded


@pytest.mark.parametrize(
    ("names", "wanted", "match"),
    [
        (["olaf scholz"], "olaf", 3),
        (["olaf scholz"], "scholz", 2),
        (["olaf scholz"], "cho", 1),
        (["olaf"], "x", 0),
    ],
)
def test_matching(call: Call, names: list[str], wanted: str, match: int) -> None:
    assert call("fold", "matchOf", names, wanted) == match


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Mark Rutte", 'kg view --around="Mark Rutte" --depth 2'),
        ("Noor van der Zwaag-Öztürk", 'kg view --around="Noor van der Zwaag-Öztürk" --depth 2'),
        ("$(rm -rf ~)", "kg view --around='$(rm -rf ~)' --depth 2"),
        ("`id`; O'Neill", "kg view --around='`id`; O'\\''Neill' --depth 2"),
        ('a"b\\', "kg view --around='a\"b\\' --depth 2"),
    ],
)
def test_a_name_in_a_command_is_nothing_but_a_name(call: Call, name: str, command: str) -> None:
    assert call("command", "aroundCommand", name) == command


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Deich bricht", "Deich bricht"),
        ("Der Deich – bald bricht er", "Der Deich …"),
        ("Donaudampfschifffahrt", "Donaudampfschifffahrt"),
        ("Donaudampfschifffahrt ruht", "Donaudampfschifffahrt …"),
        ("Donaudampfschifffahrtsgesellschaftskapitän ruht", "Donaudampfschi…"),
        ("😀" * 5000, "😀" * 14 + "…"),
        ("Zum 9. November", "Zum 9. November"),
        ("Zum 9. November 89", "Zum 9. November …"),
    ],
)
def test_a_headline_is_cut_at_a_word(call: Call, headline: str, said: str) -> None:
    assert call("labels", "shorten", headline, 15) == said


LONG = "Bundesarbeitsgemeinschaft der Freien Wohlfahrtspflege in Oberniederbayern und Franken"


def test_a_name_is_told_in_full_and_a_headline_is_not(call: Call) -> None:
    said = """((name) => [() => true, () => false].map((kind) => {
      globalThis.isArticle = kind;
      return labelOf({ name });
    }))"""
    assert call("labels", said, LONG) == ["Bundesarbeitsgemeinschaft der …", LONG]
    headline, name = call("labels", said, "n" * 5000)
    assert (len(headline), len(name)) == (34, 90)


def test_a_name_wider_than_the_screen_is_cut_by_its_signs(call: Call) -> None:
    said = """((label) => {
      const look = { pixels: 12 };
      globalThis.FONT = "sans-serif";
      return fitted(label, look, widthOf(label, fontOf(look)) * 0.41);
    })"""
    assert call("labels", said, "😀" * 10) == "😀" * 3 + "…"
    assert call("labels", said, "n" * 10) == "nnn…"


def test_the_end_of_an_address_tells_namesakes_apart(call: Call) -> None:
    assert call("labels", "lastSigns", "maximilian-altmann-2", 12) == "…n-altmann-2"
    assert call("labels", "lastSigns", "kolb-2", 12) == "kolb-2"


def test_a_name_like_an_option_is_none(call: Call) -> None:
    assert call("command", "whyCommand", "--help") == "kg why -- '--help'"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_no_formula(call: Call, start: str) -> None:
    assert call("csv", "csvCell", f'{start}1"') == f'"\'{start}1"""'


@pytest.mark.parametrize(("iso", "number"), [("2022-01", 24264), ("0001-12", 23)])
def test_months_count_and_read_back(call: Call, iso: str, number: int) -> None:
    assert call("months", "monthNumber", iso) == number
    assert call("months", "monthIso", number) == iso


def test_articles_between_two_months(call: Call) -> None:
    assert call("months", "articlesBetween", [0, 2, 3, 5, 7, 1], 1, 7) == 6
    assert call("months", "articlesBetween", [], 0, 9) == 0


def test_bars_leave_out_empty_months(call: Call) -> None:
    assert call("months", "barsPath", [2, 0, 1], 2) == "M0.08 1v-1h.84v1zM2.08 1v-0.5h.84v0.5z"


def test_ground_knows_what_a_name_would_cover(call: Call) -> None:
    covered = """(() => {
      const ground = new Ground(400, 200);
      ground.mark([0, 0, 40, 40], SHAPE);
      ground.mark([200, 100, 240, 120], NAME);
      return [[0, 0, 40, 40], [0, 0, 80, 40], [300, 0, 340, 40], [230, 110, 300, 130]].map((box) => ground.cover(box));
    })"""
    assert call("ground", covered) == [1, 0.5, 0, float("inf")]
