"""The page as a table, and what it gives away: PNG, SVG, CSV."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from kg.page import write_page

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, label: str, folder: Path) -> Path:
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    path: Path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"#list-rows tr > :nth-child({number})").all_text_contents()


def test_the_table_sorts_and_follows_the_filters(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, address="#?hide=article+stub+person").page
    page.get_by_role("button", name="Als Liste").click()
    table = page.locator("#list")
    expect(table.locator("[aria-sort]")).to_have_text("Artikel")
    counts = [int(text) for text in column(page, 3)]
    assert counts == sorted(counts, reverse=True)
    table.get_by_role("button", name="Name").click()
    assert page.locator("th[aria-sort=ascending]").text_content() == "Name"
    names = column(page, 1)
    expected = page.evaluate("names => [...names].sort((a, b) => a.localeCompare(b, 'de'))", names)
    assert names == expected
    table.get_by_role("button", name="Name").click()
    assert column(page, 1) == expected[::-1]
    page.locator("input[value=place]").uncheck()
    assert set(column(page, 2)) == {"Thema", "Organisation"}
    left = sum(kind in {"tag", "organization"} for _, kind in archive.nodes(data="kind"))
    expect(page.locator("#list-caption")).to_have_text(f"Einträge: {left} von {left}")


def test_a_row_leads_to_its_node_and_a_button_brings_more_rows(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, address="#?view=list").page
    expect(page.locator("#list-rows tr")).to_have_count(200)
    page.get_by_role("button", name="Weitere zeigen").click()
    expect(page.locator("#list-rows tr")).to_have_count(400)
    expect(page.locator("#list-rows tr:nth-child(201) a")).to_be_focused()
    first = page.locator("#list-rows a").first
    name = first.locator(".name").text_content() or ""
    first.click()
    expect(page.locator("#panel-title")).to_have_text(name)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#list-rows tr")).to_have_count(len(archive))
    expect(page.locator("#filters")).to_be_hidden()


def test_a_png_has_two_pixels_for_each(open_page: Opener, archive_page: Path, tmp_path: Path) -> None:
    page = open_page(archive_page).page
    box = page.locator("#graph").bounding_box()
    assert box is not None
    path = saved(page, "Bild (PNG)", tmp_path)
    assert path.name == "nachrichten-netz-2022-2025.png"
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    assert (width, height) == (2 * box["width"], 2 * box["height"])
    assert path.stat().st_size > 50_000


@pytest.mark.parametrize("address", ["", "#place%2Fm%C3%BChlheide", "#?colour=theme&hide=article"])
def test_an_svg_has_every_node_and_name_in_sight(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path, tmp_path: Path, address: str
) -> None:
    page = open_page(archive_page, address=address).page
    root = ElementTree.parse(saved(page, "Zeichnung (SVG)", tmp_path)).getroot()
    titles = {title.text for title in root.iter(f"{SVG}title")}
    hidden = {"article"} if "hide" in address else set()
    wanted = {data["label"] for _, data in archive.nodes(data=True) if data["kind"] not in hidden}
    assert {title.rsplit(" (", 1)[0] for title in titles if title} >= wanted
    assert sum(1 for _ in root.iter(f"{SVG}text")) > 10
    links = [link.get("href", "") for link in root.iter(f"{SVG}a")]
    assert all(link.startswith("https://taz.de/") for link in links)
    assert bool(links) == ("hide" not in address)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_most_important_name_of_each_theme_is_told(
    open_page: Opener, example_build: Any, tmp_path: Path, width: int
) -> None:
    page = open_page(example_build.out / "graph.html", viewport={"width": width, "height": 900}).page
    nodes = json.loads(page.locator("#page-nodes").text_content() or "")
    first: dict[int, dict[str, Any]] = {}
    for node in nodes:
        if node["group"] not in {"article", "stub"} and node.get("theme") is not None:
            known = first.setdefault(node["theme"], node)
            if node["size"] > known["size"]:
                first[node["theme"]] = node
    root = ElementTree.parse(saved(page, "Zeichnung (SVG)", tmp_path)).getroot()
    told = {text.text for text in root.iter(f"{SVG}text")}
    assert len(first) > 4
    assert {node["name"] for node in first.values()} <= told


def test_a_table_is_whole_and_no_formula(open_page: Opener, tmp_path: Path) -> None:
    names = ["=1+1", "+49", "-x", "@SUM(A1)", 'Quoted "name", with comma', "plain"]
    graph = nx.MultiDiGraph()
    for number, name in enumerate(names):
        graph.add_node(f"n:/tag/{number}", kind="tag", label=name, count=number)
    write_page(graph, tmp_path / "graph.html", title="=Titel")
    path = saved(open_page(tmp_path / "graph.html").page, "Tabelle (CSV)", tmp_path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Name", "Art"]
    safe = {f"'{name}" if name[0] in "=+-@" else name for name in names}
    assert {row[0] for row in rows[1:]} == safe
    assert {row[-1] for row in rows[1:]} == {f"n:/tag/{number}" for number in range(len(names))}


def test_hostile_names_stay_words_in_an_svg(
    open_page: Opener, hostile: nx.MultiDiGraph, tmp_path: Path
) -> None:
    write_page(hostile, tmp_path / "graph.html", title="x")
    root = ElementTree.parse(
        saved(open_page(tmp_path / "graph.html").page, "Zeichnung (SVG)", tmp_path)
    ).getroot()
    assert not list(root.iter(f"{SVG}script"))
    assert not [name for part in root.iter() for name in part.attrib if name.startswith("on")]
    assert all(link.get("href", "").startswith("https://") for link in root.iter(f"{SVG}a"))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_phone_shows_the_whole_of_every_head_and_day(
    open_page: Opener, archive: nx.MultiDiGraph, tmp_path: Path, lang: str
) -> None:
    """Also that by which the table is sorted, with its arrow."""
    write_page(archive, tmp_path / "graph.html", title="x", lang=lang)
    page = open_page(
        tmp_path / "graph.html", address="#?view=list", viewport={"width": 390, "height": 844}
    ).page
    cut = (
        "cells => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent)"
    )
    # Words may stand below each other; none is broken or reaches beyond the screen.
    broken = """cells => {
      const lines = (cell) => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return new Set([...words.getClientRects()].map((box) => box.top)).size;
      };
      const outside = (cell) => cell.getBoundingClientRect().right > innerWidth;
      const wrong = (cell) => outside(cell) || lines(cell) > cell.textContent.split(" ").length;
      return cells.filter(wrong).map((cell) => cell.textContent);
    }"""
    heads = page.locator("#list thead :is(th, button)")
    for column_name in ("name", "kind", "count", "last"):
        page.locator(f"#list thead button[value={column_name}]").click()
        assert heads.evaluate_all(cut) == []
        assert page.locator("#list td").evaluate_all(cut) == []
        assert page.locator("#list td.number").evaluate_all(broken) == []
