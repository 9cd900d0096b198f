"""How the page looks and reads: contrast, axe in light, dark and on a phone, the accessibility tree, screenshots."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Callable
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Opener: TypeAlias = Callable[..., Any]  # see conftest.py
FONT = "DejaVu Sans"  # as in conftest.py

PHONE = {"width": 390, "height": 844}
SHOTS = Path(__file__).parent / "shots"
TOLERANCE = 0.015
WIDTH_OF_M = 974
"""Of DejaVu Sans, in thousandths of its size."""
WRITTEN = Path(__file__).parents[2] / "out" / "shots"

MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": PHONE, "has_touch": True},
}
STATES = {
    "overview": "",
    "details": "#place%2Fm%C3%BChlheide",
    "themes": "#?colour=theme",
    "range": "#?from=2023-02&to=2023-06&undated=1",
    "list": "#?view=list",
    "nothing": "#?hide=article+organization+person+place+stub+tag",
}
SEEN = {
    "overview-light": ("light", ""),
    "overview-dark": ("dark", ""),
    "themes-dark": ("dark", STATES["themes"]),
    "details-light": ("light", STATES["details"]),
    "list-light": ("light", STATES["list"]),
    "phone-details": ("phone", STATES["details"]),
}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_colour_stands_out_from_the_paper_in_both_modes() -> None:
    """WCAG 2.2: 4.5 for words, 3 for shapes and the borders of controls."""
    style = files("kg.page").joinpath("static", "colours.css").read_text(encoding="utf-8")
    root = style[: style.index("@media")]
    colours = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", root)
    table = {name: (light, dark) for name, light, dark in colours}
    words = {"ink", "muted", "accent"}
    shapes = {name for name in table if name.startswith("theme-")} | {"control", "edge"}
    shapes |= {"person", "organization", "place", "tag", "article", "stub"}
    assert len(shapes) == 18
    for ground in ("paper", "raised"):
        for mode in (0, 1):
            for name in words | shapes:
                least = 4.5 if name in words else 3.0
                assert contrast(table[name][mode], table[ground][mode]) >= least, (name, ground, mode)


@pytest.mark.browser
@pytest.mark.parametrize("state", [*STATES, "unknown"])
@pytest.mark.parametrize("mode", list(MODES))
def test_axe_finds_nothing(open_page: Opener, archive_page: Path, mode: str, state: str) -> None:
    opened = open_page(archive_page, address=STATES.get(state, "#person%2Fnobody"), **MODES[mode])
    page = opened.page
    for group in page.locator("#filters details").all():
        group.evaluate("group => { group.open = true; }")
    if mode == "phone" and state == "overview":
        page.get_by_role("button", name="Filter", exact=True).tap()
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert opened.messages == []


@pytest.mark.browser
def test_what_a_screen_reader_is_told(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page, address=STATES["details"]).page
    expect(page.locator("header")).to_match_aria_snapshot(
        """
        - banner:
          - heading "Nachrichten-Netz 2022–2025" [level=1]
          - search:
            - combobox "Name, Thema oder Überschrift suchen"
          - button "Als Liste"
          - group: Speichern
          - 'button "Darstellung: Auto"'
        """
    )
    expect(page.locator("#filters")).to_match_aria_snapshot(
        """
        - region "Filter":
          - paragraph:
            - status: /\\d+ von \\d+ Knoten und .* Verbindungen sind zu sehen\\./
          - group "Anzeigen":
            - checkbox /Person \\d+/ [checked]
            - 'button "Nur dies: Person"'
          - group "Zeitraum":
            - slider "Von"
            - slider "Bis"
          - group "Farbe":
            - radio "nach Art" [checked]
            - radio "nach Themenfeld"
        """
    )
    expect(page.locator("#panel")).to_match_aria_snapshot(
        """
        - complementary "Mühlheide":
          - paragraph: /Ort · in \\d+ Artikeln/
          - heading "Mühlheide" [level=2]
          - heading "Artikel nach Monat" [level=3]
          - img /am meisten \\w+ \\d+/
          - heading /Erwähnt in \\(\\d+\\)/ [level=3]
          - list
          - button /Alle \\d+ zeigen/
        """
    )


REDUCE = """async ([png, width]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, Math.round((width * image.height) / image.width)];
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return [canvas.toDataURL("image/png").split(",")[1], [...data]];
}"""


def reduced(reader: Page, png: bytes, width: int) -> tuple[bytes, list[int]]:
    """The picture at another width, as a file and as its colours."""
    small, colours = reader.evaluate(REDUCE, [base64.b64encode(png).decode(), width])
    return base64.b64decode(small), colours


def opaque(colours: list[int]) -> list[int]:
    """Red, green and blue alone: the fourth number, opacity, is the same in every shot and would hide a quarter."""
    return [value for index, value in enumerate(colours) if index % 4 != 3]


def unlike(reader: Page, one: bytes, other: bytes) -> float:
    """The share of two pictures, in 36 columns, that differs by more than another version of Chromium explains."""
    first, second = (opaque(reduced(reader, picture, 36)[1]) for picture in (one, other))
    assert len(first) == len(second)
    return sum(abs(a - b) > 16 for a, b in zip(first, second, strict=True)) / len(first)


@pytest.mark.browser
def test_black_is_wholly_unlike_white(reader: Page) -> None:
    shots = []
    for colour in ("black", "white"):
        reader.set_content(f'<body style="background: {colour}">')
        shots.append(reader.screenshot())
    assert unlike(reader, *shots) == 1


@pytest.fixture
def _in_its_font(reader: Page) -> None:
    """The stored pictures show one font; where it is absent, CI fails and everyone else skips."""
    width = reader.evaluate(
        """() => {
          const context = document.createElement("canvas").getContext("2d");
          context.font = "1000px system-ui";
          return context.measureText("m").width;
        }"""
    )
    if round(width) != WIDTH_OF_M:
        missing = f"no {FONT} here (Debian: fonts-dejavu-core), which the stored pictures show"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


@pytest.mark.browser
@pytest.mark.usefixtures("_in_its_font")
@pytest.mark.parametrize("name", list(SEEN))
def test_the_page_looks_as_it_did(open_page: Opener, reader: Page, archive_page: Path, name: str) -> None:
    """KG_REPIN=1 stores what is seen now; the large pictures are in out/shots/ either way."""
    mode, address = SEEN[name]
    png = open_page(archive_page, address=address, **MODES[mode]).page.screenshot()
    WRITTEN.mkdir(parents=True, exist_ok=True)
    (WRITTEN / f"{name}.png").write_bytes(png)
    small, _ = reduced(reader, png, 150 if mode == "phone" else 280)
    stored = SHOTS / f"{name}.png"
    if os.environ.get("KG_REPIN"):
        SHOTS.mkdir(exist_ok=True)
        stored.write_bytes(small)
    assert unlike(reader, small, stored.read_bytes()) < TOLERANCE


@pytest.mark.browser
def test_the_tolerance_still_tells_the_states_apart(
    open_page: Opener, reader: Page, archive_page: Path
) -> None:
    shots = {
        name: reduced(reader, open_page(archive_page, address=address).page.screenshot(), 280)[0]
        for name, address in STATES.items()
    }
    apart = {(one, other): unlike(reader, shots[one], shots[other]) for one, other in combinations(STATES, 2)}
    assert min(apart.values()) > 2 * TOLERANCE, apart
