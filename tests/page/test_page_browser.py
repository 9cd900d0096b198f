"""The page as a person meets it: Chromium, from the disk, with nothing to ask a network for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from kg.network.chosen import MONTHS
from kg.page import write_page

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py

PHONE = {"width": 390, "height": 844}
COLOURS = {"person": (31, 111, 180), "place": (21, 133, 95), "organization": (200, 80, 27)}

COUNT_PIXELS = """([r, g, b]) => {
  const canvas = document.querySelector("#graph canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4)
    if (Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12) found += 1;
  return found;
}"""

# A pixel of that colour with nothing but that colour around it: the inside of a shape.
FIND_PIXEL = """([r, g, b]) => {
  const canvas = document.querySelector("#graph canvas");
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const is = (x, y) => {
    const i = 4 * (y * width + x);
    return Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 12;
  };
  for (let y = 4; y < height - 4; y += 1)
    for (let x = 4; x < width - 4; x += 1)
      if (is(x, y) && is(x - 3, y) && is(x + 3, y) && is(x, y - 3) && is(x, y + 3)) {
        const box = canvas.getBoundingClientRect();
        return [box.left + (x * box.width) / width, box.top + (y * box.height) / height];
      }
  return null;
}"""


@pytest.fixture(scope="module")
def press_page(press: nx.MultiDiGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(press, path, title="Nachrichten-Netz 2022–2025")
    return path


def pixels(page: Page, kind: str) -> int:
    count: int = page.evaluate(COUNT_PIXELS, COLOURS[kind])
    return count


def search_for(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)


def test_what_is_filtered_out_is_not_drawn(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    people = pixels(page, "person")
    page.get_by_role("button", name="Nur dies: Person").click()
    page.wait_for_timeout(100)
    assert pixels(page, "place") == pixels(page, "organization") == 0
    assert pixels(page, "person") == pytest.approx(people, rel=0.1)


def test_a_picture_that_is_dragged_is_as_whole_as_one_at_rest(open_page: Opener, press_page: Path) -> None:
    """Also where it is dragged farther than its still image reaches."""
    page = open_page(press_page).page
    for _ in range(6):
        page.keyboard.press("+")
    page.mouse.move(800, 880)
    page.mouse.down()
    for step in range(1, 21):
        page.mouse.move(800 - 5 * step, 880 - 20 * step)
    page.wait_for_timeout(100)
    dragged = {kind: pixels(page, kind) for kind in COLOURS}
    page.mouse.up()
    page.wait_for_timeout(100)
    assert dragged == pytest.approx({kind: pixels(page, kind) for kind in COLOURS}, rel=0.1)
    assert sum(dragged.values()) > 1000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_asks_no_network_says_nothing_and_draws(
    open_page: Opener, press_page: Path, scheme: str, viewport: dict[str, int]
) -> None:
    opened = open_page(press_page, color_scheme=scheme, viewport=viewport)
    search_for(opened.page, "mühlheide")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#panel")).to_be_visible()
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#panel")).to_be_hidden()
    opened.page.wait_for_timeout(100)
    assert opened.requests == []
    assert opened.messages == []
    dark = {"person": (90, 169, 230), "place": (67, 197, 158), "organization": (239, 131, 84)}
    for kind, colour in (dark if scheme == "dark" else COLOURS).items():
        assert opened.page.evaluate(COUNT_PIXELS, colour) > 50, kind
    wide = opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide == 0


@pytest.mark.parametrize("typed", ["mühlheide", "Muehlheide", "MUHLHEIDE", "  mühlh"])
def test_search_folds_both_ways_and_enter_goes_there(open_page: Opener, press_page: Path, typed: str) -> None:
    page = open_page(press_page).page
    search_for(page, typed)
    first = page.locator("#results [role=option]").first
    expect(first).to_contain_text("Mühlheide")
    expect(first).to_contain_text("Ort")
    expect(page.locator("#status")).to_contain_text("Treffer: ")
    page.keyboard.press("Enter")
    heading = page.locator("#panel-title")
    expect(heading).to_have_text("Mühlheide")
    expect(heading).to_be_focused()
    expect(page.locator("#results")).to_be_hidden()
    assert page.evaluate("location.hash") == "#place%2Fm%C3%BChlheide"


def test_arrow_keys_choose_a_result(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    search_for(page, "mühlheide")
    second = page.locator("#results [role=option]").nth(1).locator(".name").text_content()
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "result-1"
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text(second or "")


def test_search_finds_other_spellings_and_says_when_there_is_nothing(
    open_page: Opener, press: nx.MultiDiGraph, tmp_path: Path
) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(
        "person/s", kind="person", label="Wolodymyr Selenskyj", alternates=("Wolodymyr Selenskij",)
    )
    graph.add_node("person/l", kind="person", label="Lech Wałęsa Şahin Strauß")
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html").page
    for typed, name in (
        ("selenskij", "Selenskyj"),
        ("walesa", "Wałęsa"),
        ("sahin", "Wałęsa"),
        ("strauss", "Wałęsa"),
    ):
        page.locator("#search").fill(typed)
        expect(page.locator("#results .name")).to_have_count(1)
        expect(page.locator("#results .name")).to_contain_text(name)
    page.locator("#search").fill("qqq")
    expect(page.locator("#results")).to_have_text("Nichts gefunden")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_hidden()


def test_results_of_one_name_differ_and_their_commands_lead_to_the_one_meant(
    open_page: Opener, tmp_path: Path
) -> None:
    graph = nx.MultiDiGraph()
    told: tuple[tuple[str, dict[str, Any]], ...] = (
        ("person/jonas", {"roles": ("Torwart",), "count": 2, "shared": True}),
        ("person/jonas-2", {"roles": ("Kandidat", "Arzt"), "count": 5, "shared": True}),
        ("place/jonas", {"count": 1}),
        ("article/taz/1", {"date": date(2022, 1, 5)}),
        ("article/taz/2", {"date": date(2022, 1, 6)}),
        ("article/taz/h-abcdefghijklmnopq", {"date": date(2022, 1, 6)}),
    )
    for number, (address, facts) in enumerate(told):
        graph.add_node(f"n:/{address}", kind=address.split("/")[0], label="Jonas", **facts)
        # In this order, for the more important ones come first.
        for other in range(len(told) - number):
            graph.add_node(f"n:/tag/{number}-{other}", kind="tag", label="Thema")
            graph.add_edge(
                f"n:/{address}", f"n:/tag/{number}-{other}", key="about", relation="about", count=1
            )
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html").page
    search_for(page, "jonas")
    assert sorted(page.locator("#results .kind").all_text_contents()) == [
        "Artikel · 05.01.2022",
        "Artikel · 06.01.2022 · 2",
        "Artikel · 06.01.2022 · …ghijklmnopq",
        "Ort · in einem Artikel",
        "Person · Kandidat · in 5 Artikeln",
        "Person · Torwart · in 2 Artikeln",
    ]
    for address, said in (
        ("person%2Fjonas-2", "'n:/person/jonas-2'"),
        ("person%2Fjonas", "'n:/person/jonas'"),
        ("place%2Fjonas", '"Jonas"'),
    ):
        page.evaluate("place => { location.hash = place; }", address)
        commands = page.locator("#panel .commands code").all_text_contents()
        assert commands == [f"kg view --around={said} --depth 2", f"kg why {said}"]


def test_details_tell_all_and_lead_on(open_page: Opener, press: nx.MultiDiGraph, press_page: Path) -> None:
    page = open_page(press_page).page
    iri, data = next((node, data) for node, data in press.nodes(data=True) if data["kind"] == "article")
    search_for(page, data["label"])
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(page.locator("#panel-title")).to_have_text(data["label"])
    expect(panel).to_contain_text(data["abstract"])
    expect(panel.locator(".facts")).to_contain_text(f"Artikel · {data['date']:%d.%m.%Y}")
    link = panel.get_by_role("link", name="Zum Original")
    assert link.get_attribute("href") == data["url"]
    assert link.get_attribute("rel") == "noopener noreferrer"
    writer = next(end for _, end, key in press.out_edges(iri, keys=True) if key == "author")
    group = panel.locator("h3", has_text="Geschrieben von (1)")
    expect(group).to_be_visible()
    panel.get_by_role("link", name=press.nodes[writer]["label"]).click()
    expect(page.locator("#panel-title")).to_have_text(press.nodes[writer]["label"])
    expect(panel).to_contain_text("schreibt für die Zeitung")
    wrote = press.in_degree(writer)
    expect(panel.locator("h3").first).to_have_text(f"Hat geschrieben ({wrote})")
    panel.get_by_role("button", name="Zurück").click()
    expect(page.locator("#panel-title")).to_have_text(data["label"])


def test_an_article_tells_its_file_and_lines(open_page: Opener, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for name, lines, said in (
        ("whole", (2, 1039), ", Zeilen 2–1.039"),
        ("announced", (7, 7), ", Zeile 7"),
        ("linked", (), ""),
    ):
        file = f"<b>{name}</b>.txt"
        graph.add_node(f"n:/{name}", kind="article", label=name, dump=file, lines=lines, abstract=said)
    graph.add_node("n:/none", kind="article", label="none")
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html").page
    for node, data in graph.nodes(data=True):
        page.evaluate("name => { location.hash = name; }", data["label"])
        expect(page.locator("#panel-title")).to_have_text(data["label"])
        origin = page.locator("#panel .minor", has_text="Steht in")
        if node == "n:/none":
            expect(origin).to_have_count(0)
        else:
            expect(origin).to_have_text(f"Steht in {data['dump']}{data['abstract']}")


def test_back_leads_to_the_first_node_and_no_farther(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page, address="#place%2Fm%C3%BChlheide").page
    heading, back = page.locator("#panel-title"), page.get_by_role("button", name="Zurück")
    expect(back).to_be_hidden()
    names = ["Mühlheide"]
    for _ in range(2):
        page.locator("#panel-content li a").first.click()
        expect(heading).not_to_have_text(names[-1])
        names.append(heading.text_content() or "")
    page.reload()
    for name in names[-2::-1]:
        back.click()
        expect(heading).to_have_text(name)
    expect(back).to_be_hidden()
    page.go_forward()
    expect(heading).to_have_text(names[1])
    expect(back).to_be_visible()


def test_companions_come_strongest_first_and_the_heading_says_of_how_many(
    open_page: Opener, tmp_path: Path
) -> None:
    """Those that an edge leads to and those that none does; the second may be too many to be told."""
    graph = nx.MultiDiGraph(**{MONTHS: ("2022-01", [1] * 9)})
    for name, kind in (("Ada", "person"), ("Tied", "person"), ("Often", "person"), ("Town", "place")):
        graph.add_node(f"n:/{kind}/{name}", kind=kind, label=name, count=9)
    ends = {"first": date(2022, 1, 1), "last": date(2022, 7, 1)}
    graph.add_edge("n:/person/Ada", "n:/person/Tied", key="together", relation="together", count=3, **ends)
    graph.nodes["n:/person/Ada"].update(
        near=(
            ("n:/person/Often", 8, date(2022, 1, 1), date(2022, 2, 1)),
            ("n:/place/Town", 2, None, None),
        ),
        company=(24, 1),
    )
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html", address="#person%2FAda").page
    assert page.locator("#panel-content h3").all_text_contents() == [
        "Zusammen mit Personen (2 von 24, häufigste zuerst)",
        "Zusammen mit Orten, Organisationen, Themen (1)",
    ]
    assert page.locator("#panel-content li .name").all_text_contents() == ["Often", "Tied", "Town"]
    assert page.locator("#panel-content li .day").all_text_contents() == [
        "8 × · 02/2022",
        "3 × · 07/2022",
        "2 ×",
    ]
    expect(page.locator("#panel-content")).to_contain_text("Hier verbunden: 0 von 9 Artikeln.")
    # Of a range is told only what is true of it.
    page.evaluate("location.hash = '#person%2FAda?from=2022-01&to=2022-03&undated=1'")
    expect(page.locator("#panel-content h3").first).to_have_text("Zusammen mit Personen (2 hier gezeigt)")
    assert page.locator("#panel-content li .day").all_text_contents() == ["8 × · 02/2022", "", "2 ×"]


def test_neighbours_come_newest_first_and_a_button_brings_the_rest(
    open_page: Opener, press: nx.MultiDiGraph, press_page: Path
) -> None:
    page = open_page(press_page, address="#place%2Fm%C3%BChlheide").page
    days = sorted(
        (
            press.nodes[source]["date"]
            for source, _, key in press.in_edges("https://kg.example/id/place/mühlheide", keys=True)
            if key == "mentions"
        ),
        reverse=True,
    )
    rows = page.locator("#panel ul").first.locator("li .day")
    expect(rows).to_have_count(10)
    page.get_by_role("button", name=f"Alle {len(days)} zeigen").first.click()
    assert rows.all_text_contents() == [f"{day:%d.%m.%Y}" for day in days]


def test_a_click_on_a_shape_shows_it_and_a_click_beside_it_leaves(
    open_page: Opener, press_page: Path
) -> None:
    page = open_page(press_page).page
    x, y = page.evaluate(FIND_PIXEL, COLOURS["place"])
    page.mouse.move(x, y)
    expect(page.locator("#tip")).to_be_visible()
    name = page.locator("#tip").text_content() or ""
    page.mouse.click(x, y)
    expect(page.locator("#panel-title")).to_have_text(name)
    expect(page.locator("#panel .facts")).to_contain_text("Ort")
    stage = page.locator("#stage").bounding_box()
    assert stage is not None
    page.mouse.click(stage["x"] + 3, stage["y"] + stage["height"] - 3)
    expect(page.locator("#panel")).to_be_hidden()


def test_a_legend_entry_hides_its_kind_and_brings_it_back(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    before = pixels(page, "person")
    assert before > 1000
    page.get_by_text("Person", exact=True).click()
    page.wait_for_timeout(100)
    assert pixels(page, "person") == 0
    assert pixels(page, "place") > 50
    page.get_by_text("Person", exact=True).click()
    page.wait_for_timeout(100)
    assert pixels(page, "person") == before


def test_going_to_a_node_of_a_hidden_kind_shows_the_kind_again(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    page.get_by_text("Ort", exact=True).click()
    search_for(page, "mühlheide")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Mühlheide")
    expect(page.locator("input[value=place]")).to_be_checked()


def test_an_address_that_is_nobodys_shows_the_whole_and_says_so(open_page: Opener, press_page: Path) -> None:
    for address, said in (
        ("#person%2Fnobody?from=2022-03&to=2022-04", "Adresse person/nobody."),
        ("#%E0%A4%A", "Adresse %E0%A4%A."),
        (f"#{'x' * 5000}", f"Adresse {'x' * 119}…."),
        ("#<img src=x onerror=window.pwned=1>", "Adresse <img src=x onerror=window.pwned=1>."),
        ("#%E2%80%AEtag%1B%2F%E2%80%8Bgone", "Adresse tag/gone."),
    ):
        opened = open_page(press_page, address=address)
        expect(opened.page.locator("#panel")).to_be_hidden()
        expect(opened.page.locator("#unknown")).to_contain_text(said)
        expect(opened.page.locator("#status")).to_contain_text(said)
        assert opened.messages == []
    page = opened.page
    search_for(page, "mühlheide")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Mühlheide")
    expect(page.locator("#unknown")).to_be_hidden()
    page.evaluate("location.hash = '#tag/gone'")
    expect(page.locator("#unknown")).to_contain_text("Adresse tag/gone.")
    page.locator("#unknown").get_by_role("button", name="Schließen").click()
    expect(page.locator("#unknown")).to_be_hidden()


def test_what_is_said_of_an_address_goes_with_escape_and_leaves_heads_and_paper_alone(
    open_page: Opener, press_page: Path
) -> None:
    page = open_page(press_page, address="#tag/gone?view=list").page
    unknown = page.locator("#unknown")
    expect(unknown).to_be_visible()
    heads, notice = page.locator("#list thead").bounding_box(), unknown.bounding_box()
    assert heads
    assert notice
    assert heads["y"] + heads["height"] <= notice["y"]
    page.emulate_media(media="print")
    expect(unknown).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator("#search").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(unknown).to_be_hidden()
    expect(page.locator("#list-button")).to_be_focused()
    page.evaluate("location.hash = '#tag/gone?view=list'")
    unknown.get_by_role("button").click()
    expect(page.locator("#list")).to_be_focused()


def test_no_address_says_nothing(open_page: Opener, press_page: Path) -> None:
    for address in ("", "#", "#?view=list"):
        expect(open_page(press_page, address=address).page.locator("#unknown")).to_be_hidden()


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_buttons_zoom_while_details_are_shown(
    open_page: Opener, press_page: Path, viewport: dict[str, int]
) -> None:
    page = open_page(press_page, address="#place%2Fm%C3%BChlheide", viewport=viewport).page
    expect(page.locator("#panel")).to_be_visible()
    for button in ("zoom-out", "zoom-in"):
        before = page.locator("#graph canvas").screenshot()
        page.locator(f"#{button}").click(timeout=5_000)  # fails where something lies over it
        page.wait_for_timeout(100)
        assert page.locator("#graph canvas").screenshot() != before


def test_keys_zoom_and_pan_the_picture(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    whole = pixels(page, "place")
    page.locator("#graph").focus()
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_timeout(100)
    assert pixels(page, "place") != whole
    page.keyboard.press("0")
    page.wait_for_timeout(100)
    assert pixels(page, "place") == whole
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(100)
    assert pixels(page, "place") == 0


def test_the_phone_has_its_filters_behind_a_button(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page, viewport=PHONE, has_touch=True).page
    expect(page.locator("#filters")).to_be_hidden()
    button = page.get_by_role("button", name="Filter")
    button.tap()
    expect(page.locator("#filters")).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
    search_for(page, "mühlheide")
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_hidden()
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    assert box["height"] < PHONE["height"] * 0.55


def test_hostile_texts_are_shown_and_nothing_of_them_runs(
    open_page: Opener, hostile: nx.MultiDiGraph, tmp_path: Path
) -> None:
    write_page(hostile, tmp_path / "graph.html", title=next(iter(hostile.nodes.values()))["label"])
    opened = open_page(tmp_path / "graph.html")
    page = opened.page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for iri, data in hostile.nodes(data=True):
        page.evaluate("iri => { location.hash = '#' + encodeURIComponent(iri); }", iri.removeprefix("n:/"))
        heading = page.locator("#panel-title")
        expect(heading).to_have_text(" ".join(data["label"].replace("\u2028", " ").split()))
        assert page.locator("#panel a[target]").count() == data["url"].startswith("https:")
    for typed in ("<img", "</script>", "{{7*7}}", "href="):
        page.locator("#search").fill(typed)
        expect(page.locator("#results [role=option]").first).to_contain_text(typed)
    assert page.locator("img, iframe, script:not([type]) ~ script:not([type]) ~ script").count() == 0
    assert page.evaluate("[window.pwned, document.querySelectorAll('[onerror],[onclick]').length]") == [
        None,
        0,
    ]
    assert (dialogs, opened.requests, opened.messages) == ([], [], [])


def test_the_policy_stops_what_would_come_after_all(open_page: Opener, press_page: Path) -> None:
    page = open_page(press_page).page
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.pwned = 1";
          document.body.append(script);
          const image = document.createElement("div");
          image.innerHTML = "<img src='data:,' onerror='window.pwned = 2'>";
          document.body.append(image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None


def test_a_page_without_nodes_says_so(open_page: Opener, tmp_path: Path) -> None:
    write_page(nx.MultiDiGraph(), tmp_path / "graph.html", title="Leer")
    opened = open_page(tmp_path / "graph.html")
    expect(opened.page.locator("#empty")).to_be_visible()
    expect(opened.page.locator("#empty")).to_contain_text("kein Knoten")
    for key in ("+", "0", "/", "Escape"):
        opened.page.keyboard.press(key)
    assert (opened.requests, opened.messages) == ([], [])


def test_one_article_alone_stands_in_the_middle_with_its_name(open_page: Opener, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("article/taz/1", kind="article", label="Nur einer: Der einzige Artikel", count=1)
    write_page(graph, tmp_path / "graph.html", title="Klein")
    opened = open_page(tmp_path / "graph.html")
    expect(opened.page.locator("#empty")).to_be_hidden()
    stage = opened.page.locator("#graph").bounding_box()
    assert stage is not None
    opened.page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    expect(opened.page.locator("#panel-title")).to_have_text("Nur einer: Der einzige Artikel")
    expect(opened.page.locator("#panel")).to_contain_text("Keine Verbindung")
    assert opened.messages == []
