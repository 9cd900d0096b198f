"""Filters of the page: kinds, themes, connections, months; how fast they are and how they stand in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlencode

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from kg.network.chosen import MONTHS
from kg.page import write_page

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py


def seen(page: Page) -> tuple[int, int, int]:
    """Nodes in sight, nodes in all, connections in sight."""
    words = (page.locator("#seen").text_content() or "").replace(".", "").split()
    numbers = [int(word) for word in words if word.isdigit()]
    assert len(numbers) == 3
    return numbers[0], numbers[1], numbers[2]


def read(page: Page, name: str) -> Any:
    return page.evaluate("id => JSON.parse(document.getElementById(id).textContent)", name)


def articles_of(graph: nx.MultiDiGraph, first: date, last: date) -> list[str]:
    return [node for node, day in graph.nodes(data="date") if day and first <= day < last]


def touched(graph: nx.MultiDiGraph, articles: list[str]) -> set[str]:
    things = {"person", "organization", "place", "tag"}
    return {
        end for article in articles for end in graph.successors(article) if graph.nodes[end]["kind"] in things
    }


def test_a_month_range_keeps_what_was_in_the_paper_then(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, address="#?from=2022-03&to=2022-04").page
    articles = articles_of(archive, date(2022, 3, 1), date(2022, 5, 1))
    inside, whole, lines = seen(page)
    assert inside == len(articles) + len(touched(archive, articles))
    assert whole == len(archive)
    assert 0 < lines < archive.number_of_edges()
    expect(page.locator("#range-text")).to_have_text(
        f"03/2022 bis 04/2022 · Artikel im Archiv: {len(articles)}"
    )
    stubs = [node for node, kind in archive.nodes(data="kind") if kind == "stub"]
    page.get_by_label("auch ohne Datum").check()
    assert seen(page)[0] == inside + len(stubs)
    page.get_by_role("button", name="Filter zurücksetzen").click()
    assert seen(page) == (len(archive), len(archive), archive.number_of_edges())
    expect(page).to_have_url(re.compile(r"html#?$"))


def test_the_details_follow_the_range(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, address="#place%2Fm%C3%BChlheide?from=2022-03&to=2022-04").page
    place = "https://kg.example/id/place/mühlheide"
    count = archive.nodes[place]["count"]
    mentions = [source for source, _, key in archive.in_edges(place, keys=True) if key == "mentions"]
    for last, before in (("Mai", date(2022, 6, 1)), ("Juni", date(2022, 7, 1))):
        page.get_by_role("slider", name="Bis").press("ArrowRight")
        expect(page.get_by_role("slider", name="Bis")).to_have_attribute("aria-valuetext", f"{last} 2022")
        touching = set(archive.predecessors(place)) & set(articles_of(archive, date(2022, 3, 1), before))
        expect(page.locator("#panel .facts")).to_have_text(f"Ort · in {len(touching)} von {count} Artikeln")
        seen_now = [article for article in mentions if article in touching]
        expect(page.locator("#panel h3").nth(1)).to_have_text(
            f"Erwähnt in ({len(seen_now)} von {len(mentions)})"
        )
    page.get_by_role("button", name="Filter zurücksetzen").click()
    expect(page.locator("#panel .facts")).to_have_text(f"Ort · in {count} Artikeln")
    expect(page.locator("#panel h3").nth(1)).to_have_text(f"Erwähnt in ({len(mentions)})")


def test_what_was_opened_in_the_details_stays_open(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page, address="#place%2Fm%C3%BChlheide").page
    more = page.get_by_role("button", name=re.compile("Alle .* zeigen")).first
    rows = page.locator("#panel ul").first.locator("li")
    more.click()
    whole = rows.count()
    page.locator("#panel summary").click()
    page.locator("input[value=organization]").uncheck()
    assert rows.count() == whole
    page.get_by_role("slider", name="Bis").press("Home")
    assert rows.count() < whole
    page.get_by_role("slider", name="Bis").press("End")
    assert rows.count() == whole
    expect(page.locator("#panel details")).to_have_attribute("open", "")
    expect(page.get_by_role("slider", name="Bis")).to_be_focused()


def test_undated_articles_count_where_they_are_asked_for(open_page: Opener, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph(**{MONTHS: ("2022-01", [1, 1, 1])})
    graph.add_node("n:/person/Ada", kind="person", label="Ada", count=4, months=(0, 1, 2, 1))
    graph.add_node("n:/person/Bea", kind="person", label="Bea", count=1, months=(1, 1))
    graph.add_node("n:/person/Eva", kind="person", label="Eva", count=2, months=(2, 1))
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html", address="#person%2FAda?from=2022-01&to=2022-02").page
    facts = page.locator("#panel .facts")
    expect(facts).to_have_text("Person · in 1 von 4 Artikeln")
    assert seen(page)[0] == 2
    page.get_by_label("auch ohne Datum").check()
    expect(facts).to_have_text("Person · in 3 von 4 Artikeln")
    assert seen(page)[0] == 3
    page.evaluate("location.hash = '#person%2FBea'")
    expect(facts).to_have_text("Person · in einem Artikel")


def test_keys_move_the_ends_of_the_range(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page).page
    start, end = page.get_by_role("slider", name="Von"), page.get_by_role("slider", name="Bis")
    last = len(archive.graph[MONTHS][1]) - 1
    start.focus()
    for key in ("ArrowRight", "PageUp", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert start.get_attribute("aria-valuenow") == "13"
    assert start.get_attribute("aria-valuetext") == "Februar 2023"
    end.focus()
    for key in ("PageDown", "Home"):
        page.keyboard.press(key)
    assert end.get_attribute("aria-valuenow") == "13"
    assert seen(page)[0] < len(archive)
    page.keyboard.press("End")
    start.focus()
    page.keyboard.press("Home")
    assert (start.get_attribute("aria-valuenow"), end.get_attribute("aria-valuenow")) == ("0", str(last))
    assert seen(page)[0] == len(archive)


def test_the_mouse_moves_the_ends_of_the_range(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    track = page.locator("#range").bounding_box()
    assert track is not None
    level = track["y"] + track["height"] - 2
    page.mouse.move(track["x"] + 1, level)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] / 2, level, steps=5)
    page.mouse.up()
    months = int(page.locator("#range-to").get_attribute("aria-valuenow") or 0) + 1
    assert int(page.locator("#range-from").get_attribute("aria-valuenow") or 0) == pytest.approx(
        months / 2, abs=1
    )
    page.mouse.move(track["x"] + track["width"] / 2 + 40, level)
    assert int(page.locator("#range-from").get_attribute("aria-valuenow") or 0) == pytest.approx(
        months / 2, abs=1
    )


def test_one_kind_alone_and_all_again(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page).page
    people = sum(kind == "person" for _, kind in archive.nodes(data="kind"))
    alone = page.get_by_role("button", name="Nur dies: Person")
    alone.focus()
    page.keyboard.press("Enter")
    assert seen(page)[0] == people
    expect(page.locator("input[value=article]")).not_to_be_checked()
    page.keyboard.press("Enter")
    assert seen(page)[0] == len(archive)


def test_a_connection_without_its_tick_is_not_drawn(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page).page
    page.locator("summary", has_text="Verbindungen").click()
    page.locator("input[value=mentions]").uncheck()
    mentions = sum(key == "mentions" for *_, key in archive.edges(keys=True))
    assert seen(page)[2] == archive.number_of_edges() - mentions
    assert page.evaluate("location.hash") == "#?without=mentions"


def test_one_theme_alone(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    page.locator("summary", has_text="Themenfelder").click()
    first = page.locator("details", has_text="Themenfelder").locator(".choice").first
    members = int(first.locator(".count").text_content() or 0)
    first.hover()
    first.get_by_role("button").click()
    assert seen(page)[0] == members
    anchors = [theme["anchor"] for theme in read(page, "page-data")["themes"]]
    assert anchors[0].startswith("tag/")
    others = sorted(anchor for anchor in anchors if anchor != first.locator("input").get_attribute("value"))
    address = "#?" + urlencode({"no-theme": " ".join(others)})
    expect(page).to_have_url(archive_page.as_uri() + address)
    assert seen(open_page(archive_page, address=address).page)[0] == members
    for box in page.locator("input[data-filter=theme]").all():
        box.uncheck()
    assert seen(page)[0] == 0
    expect(page.locator("#nothing")).to_be_visible()
    page.locator("#nothing-reset").click()
    expect(page.locator("#nothing")).to_be_hidden()


def test_a_node_that_a_filter_hides_is_left(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page, address="#place%2Fm%C3%BChlheide").page
    expect(page.locator("#panel")).to_be_visible()
    page.locator("input[value=place]").uncheck()
    expect(page.locator("#panel")).to_be_hidden()
    page.wait_for_timeout(400)  # a late address would be written by now
    expect(page.locator("input[value=place]")).not_to_be_checked()
    assert page.evaluate("location.hash") == "#?hide=place"


@pytest.fixture
def with_small_theme(tmp_path: Path) -> Path:
    """The page of two themes of which one has five members, and of a node that belongs to nothing."""
    graph = nx.MultiDiGraph()
    graph.add_node("n:/tag/alone", kind="tag", label="Alone", count=0)
    for tag, articles in (("large", 20), ("small", 4)):
        graph.add_node(f"n:/tag/{tag}", kind="tag", label=tag.title(), count=articles)
        for number in range(articles):
            graph.add_node(f"n:/article/{tag}-{number}", kind="article", label=f"{tag} {number}")
            graph.add_edge(f"n:/article/{tag}-{number}", f"n:/tag/{tag}", key="about", relation="about")
    write_page(graph, tmp_path / "graph.html", title="x")
    return tmp_path / "graph.html"


def test_the_smallest_theme_has_a_name_and_a_filter_like_any_other(
    open_page: Opener, with_small_theme: Path
) -> None:
    page = open_page(with_small_theme, address="#tag%2Fsmall").page
    expect(page.locator("#panel")).to_contain_text("Themenfeld Small")
    page.locator("summary", has_text="Themenfelder").click()
    choices = page.locator("details", has_text="Themenfelder").locator(".choice")
    assert [choice.locator(".count").text_content() for choice in choices.all()] == ["21", "5", "1"]
    expect(page.locator("summary", has_text="Themenfelder").locator(".count")).to_have_text("2")
    assert seen(page)[0] == 27
    choices.nth(1).locator("input").uncheck()
    assert seen(page)[0] == 22
    choices.nth(2).locator("input").uncheck()
    assert seen(page)[0] == 21


def test_going_to_a_node_is_not_undone_by_an_address_still_to_be_written(
    open_page: Opener, archive_page: Path
) -> None:
    page = open_page(archive_page).page
    page.evaluate(
        """() => {
            const box = document.querySelector("input[value=stub]");
            box.click();
            box.click(); // soon after the first: its address waits to be written
            const search = document.getElementById("search");
            setTimeout(() => {
                search.value = "mühlheide";
                search.dispatchEvent(new Event("input"));
                search.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
            }, 200);
            const start = performance.now();
            while (performance.now() < start + 300); // both are due: first the search, then the address
        }"""
    )
    expect(page.locator("#panel-title")).to_have_text("Mühlheide")
    expect(page).to_have_url(archive_page.as_uri() + "#place%2Fm%C3%BChlheide")


def test_an_address_restores_node_filters_and_view(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page).page
    page.locator("input[value=stub]").uncheck()
    page.get_by_label("nach Themenfeld").check()
    page.locator("#search").fill("mühlheide")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_visible()
    address = "#place%2Fm%C3%BChlheide?hide=stub&colour=theme"
    expect(page).to_have_url(archive_page.as_uri() + address)
    again = open_page(archive_page, address=address).page
    expect(again.locator("#panel-title")).to_have_text("Mühlheide")
    expect(again.locator("input[value=stub]")).not_to_be_checked()
    expect(again.get_by_label("nach Themenfeld")).to_be_checked()
    assert seen(again) == seen(page)


def test_a_handle_that_is_dragged_for_long_is_not_refused_its_address(
    open_page: Opener, archive_page: Path
) -> None:
    """Chromium refuses, and says so on the console, more than 200 changes of the address in half a minute."""
    opened = open_page(archive_page)
    calls = opened.page.evaluate(
        """() => {
          const [replace, handle] = [history.replaceState.bind(history), document.getElementById("range-from")];
          window.written = 0;
          history.replaceState = (...given) => { window.written += 1; replace(...given); };
          for (let step = 0; step < 300; step += 1)
            handle.dispatchEvent(new KeyboardEvent("keydown", { key: step % 2 ? "ArrowLeft" : "ArrowRight" }));
          handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
          return window.written;
        }"""
    )
    assert 0 < calls < 100
    expect(opened.page).to_have_url(re.compile(r"#\?from=2022-02&to="))
    assert opened.messages == []


@pytest.mark.parametrize(
    "address",
    ["#?hide=nobody&from=x&to=y", "#?from=2025-01&to=2022-01", "#?no-theme=999&view=x", "#?%", "#a?b?c"],
)
def test_a_wrong_address_filters_nothing(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path, address: str
) -> None:
    opened = open_page(archive_page, address=address)
    assert seen(opened.page)[0] == len(archive)
    assert opened.messages == []


def test_search_brings_back_what_filters_hide(open_page: Opener, archive_page: Path) -> None:
    page = open_page(archive_page, address="#?hide=place&from=2022-01&to=2022-01").page
    page.locator("#search").fill("altbach")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Altbach")
    expect(page.locator("input[value=place]")).to_be_checked()
