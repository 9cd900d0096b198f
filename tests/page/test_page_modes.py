"""Light and dark, the phone, the keyboard alone, the details, the commands to copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from kg.network.chosen import WHOLE_SIZE
from kg.page import write_page

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py

PHONE = {"width": 390, "height": 844}


def paper(page: Page) -> str:
    """The colour of the canvas in its corner."""
    pixel = page.evaluate(
        """() => {
          const context = document.querySelector("#graph canvas").getContext("2d");
          return [...context.getImageData(2, 2, 1, 1).data.slice(0, 3)];
        }"""
    )
    return ",".join(str(part) for part in pixel)


LIGHT, DARK = "251,251,249", "20,23,27"


@pytest.mark.parametrize(
    ("system", "round_"), [("light", [DARK, LIGHT, LIGHT]), ("dark", [LIGHT, DARK, DARK])]
)
def test_the_button_goes_to_the_other_mode_first(
    open_page: Opener, archive_page: Path, system: str, round_: list[str]
) -> None:
    page = open_page(archive_page, color_scheme=system).page
    button = page.locator("#mode-button")
    for colour in round_:
        button.click()
        page.wait_for_timeout(100)
        assert paper(page) == colour
    expect(button).to_have_attribute("aria-label", "Darstellung: Auto")


def test_the_mode_is_remembered(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    page.locator("#mode-button").click()
    page.reload()
    expect(page.locator("#mode-button")).to_have_attribute("aria-label", "Darstellung: Dunkel")
    page.wait_for_timeout(200)
    assert paper(page) == DARK


def test_a_browser_that_forbids_memory_gets_a_page_all_the_same(
    open_page: Opener, chromium: Any, archive_page: Path
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.goto(archive_page.as_uri())
    page.locator("#mode-button").click()
    expect(page.locator("#mode-button")).to_have_attribute("aria-label", "Darstellung: Dunkel")
    assert faults == []
    context.close()


def test_the_system_turning_dark_turns_the_canvas(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    assert paper(page) == LIGHT
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert paper(page) == DARK


def test_forced_colours_keep_the_canvas_readable(open_page: Opener, archive_page: Path) -> None:
    opened = open_page(archive_page, forced_colors="active", color_scheme="dark")
    assert paper(opened.page) == "0,0,0"
    assert opened.messages == []


def test_everything_by_keyboard_alone(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.value || document.activeElement.tagName"
            )
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid" or reached[-1] == "BODY", reached[-1]
    for wanted in (
        "search",
        "list-button",
        "mode-button",
        "person",
        "range-from",
        "range-to",
        "graph",
        "zoom-in",
    ):
        assert wanted in reached, wanted
    page.locator("#list-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_visible()
    page.locator("#list-rows a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("#save summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tabelle (CSV)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tabelle (CSV)")).to_be_hidden()
    expect(page.locator("#save summary")).to_be_focused()


def test_the_sheet_of_the_phone_can_be_drawn_up(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page, viewport=PHONE, address="#place%2Fm%C3%BChlheide").page
    panel, grip = page.locator("#panel"), page.get_by_role("button", name="Höhe der Einzelheiten ändern")
    low = panel.bounding_box()
    place = grip.bounding_box()
    assert low is not None
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 6)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] - 194, steps=4)
    page.mouse.up()
    dragged = panel.bounding_box()
    assert dragged is not None
    assert dragged["height"] == pytest.approx(low["height"] + 200, abs=8)
    grip.press("Enter")
    assert grip.get_attribute("aria-expanded") in {"true", "false"}
    grip.press("Enter")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_person_has_roles_months_and_company(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    iri, data = next((node, data) for node, data in archive.nodes(data=True) if data.get("roles"))
    page = open_page(archive_page).page
    page.evaluate("iri => { location.hash = encodeURIComponent(iri); }", "tag/taz/die-erste")
    panel = page.locator("#panel")
    expect(page.locator("#panel-title")).to_have_text(data["label"])
    expect(panel.locator(".roles")).to_have_text("Bundeskanzlerin (SPD) · Abgeordnete")
    most = max(data["months"][1::2])
    expect(panel.get_by_role("img")).to_have_attribute(
        "aria-label", f"am meisten {month_of(archive, iri, most)}: {most}"
    )
    expect(panel.locator("h3", has_text="Zusammen mit Personen (2 von 3, häufigste zuerst)")).to_be_visible()
    expect(panel.locator("li", has_text="3 × ")).to_be_visible()
    panel.get_by_text("Mehr davon im Terminal").click()
    expect(panel.locator("code").first).to_have_text(f'kg view --around="{data["label"]}" --depth 2')
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.get_by_role("button", name="Kopieren: kg why").click()
    expect(panel.get_by_role("button", name="Kopieren: kg why")).to_have_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()") == f'kg why "{data["label"]}"'


def month_of(graph: nx.MultiDiGraph, iri: str, most: int) -> str:
    months = graph.nodes[iri]["months"]
    index = next(month for month, count in zip(months[::2], months[1::2], strict=True) if count == most)
    names = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    return f"{names[index % 12]} {2022 + index // 12}"


def test_a_part_says_how_the_rest_is_reached(
    open_page: Opener, archive: nx.MultiDiGraph, tmp_path: Path
) -> None:
    part = archive.copy()
    part.graph[WHOLE_SIZE] = 19_401
    said = {
        "de": ("Den Rest zeigen eigene Seiten", "19.401"),
        "en": ("The rest has pages of its own", "19,401"),
    }
    for lang, (words, total) in said.items():
        write_page(part, tmp_path / "graph.html", title="x", lang=lang)
        filters = open_page(tmp_path / "graph.html").page.locator("#filters")
        expect(filters).to_contain_text(words)
        expect(filters).to_contain_text(total)
        for option in ("--around", "--depth 2", "--tag", "--since", "--until", "--community", "--top"):
            expect(filters.locator(".rest")).to_contain_text(option)


def test_english_dates_are_british(open_page: Opener, archive: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_page(archive, tmp_path / "graph.html", title="x", lang="en")
    iri, data = next((node, data) for node, data in archive.nodes(data=True) if data["kind"] == "article")
    page = open_page(tmp_path / "graph.html").page
    page.evaluate(
        "iri => { location.hash = encodeURIComponent(iri); }", iri.removeprefix("https://kg.example/id/")
    )
    expect(page.locator("#panel .facts")).to_contain_text(f"{data['date'].day} {data['date']:%b %Y}")
