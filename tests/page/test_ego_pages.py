"""`kg build --pages N` writes a static page for each of the N most important names."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe

import kg
from kg.errors import OutputError
from kg.network.choosing import select
from kg.network.selection import Selection
from kg.page import write_page
from kg.page.ego import write_ego_pages
from kg.page.picture import EGO
from kg.store.tables import EdgeRow, NodeRow
from tests.rows import write_rows

EXAMPLES = Path(__file__).parents[2] / "examples" / "dumps"
BASE = "https://kg.example/id/"
HOSTILE = "<script>alert(1)</script>\u202e\" onload='x' &amp;"


class _Page(HTMLParser):
    """Elements, links and the text of headings of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples with thirty pages."""
    folder = tmp_path_factory.mktemp("built") / "out"
    kg.build(EXAMPLES, folder, formats=["nt"], pages=30)
    return folder


def own_pages(folder: Path) -> list[Path]:
    """The pages of names, without the list of them."""
    return sorted(path for path in folder.iterdir() if path.name != "index.html")


def test_there_are_as_many_pages_as_asked_for_all_small_and_without_scripts(out: Path) -> None:
    pages = own_pages(out / "pages")
    assert len(pages) == 30
    assert max(page.stat().st_size for page in pages) <= 18_000
    for path in pages:
        page = _Page(path)
        assert "script" not in page.elements
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        assert page.elements.count("h1") == 1
        policy = next(
            value for name, value in page.attributes if name == "content" and "default-src" in str(value)
        )
        assert str(policy).startswith("default-src 'none'; style-src 'sha256-")


def test_pages_lead_to_each_other_and_back_to_the_whole_and_that_to_them(out: Path) -> None:
    html = (out / "graph.html").read_text(encoding="utf-8")
    assert {f"pages/{path.name}" for path in own_pages(out / "pages")} == set(
        re.findall(r'"ego":"(pages/[^"]+)"', html)
    )
    back = {}
    for path in (out / "pages").iterdir():
        page = _Page(path)
        back[path.name] = next(link for link in page.links if link.startswith("../graph.html"))
        for link in page.links:
            assert link.startswith(("../graph.html#", "https://taz.de/")) or (out / "pages" / link).is_file()
    iri = unquote(back["person-annegret-thiede.html"].partition("#")[2])
    assert f'"iri":"{iri}"' in html


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_page_is_in_a_list_that_the_whole_leads_to(
    example_build: Any, tmp_path: Path, lang: str
) -> None:
    tables = example_build.out / "tables"
    graph = select(tables, Selection(top=10))  # a picture that has few of the names
    write_ego_pages(tables, graph, tmp_path / "pages", 30, lang)
    write_page(graph, tmp_path / "graph.html", title="x", lang=lang)
    assert "pages/index.html" in _Page(tmp_path / "graph.html").links
    listed = _Page(tmp_path / "pages" / "index.html")
    names = {path.name for path in own_pages(tmp_path / "pages")}
    assert len(names) == 30
    assert set(listed.links) == names | {"../graph.html"}
    assert {"de": "Person · Artikel: 15", "en": "Person · Articles: 15"}[lang] in listed.text
    assert all("index.html" in _Page(path).links for path in own_pages(tmp_path / "pages"))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["graph.html", "pages/index.html"])
def test_axe_finds_nothing_on_the_list_and_where_it_is_linked(
    open_page: Callable[..., Any], out: Path, page: str, scheme: str
) -> None:
    opened = open_page(out / page, color_scheme=scheme)
    found = Axe().run(opened.page).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert opened.messages == []


def test_a_page_says_who_when_with_whom_and_in_which_articles(out: Path) -> None:
    text = _Page(out / "pages" / "person-annegret-thiede.html").text
    for said in (
        "Person · Ministerpräsidentin",
        "2022: 4",
        "Dornmark",
        "Jens-Uwe Karstens",
        "2024-10-26",
        "Artikel: 15",
    ):
        assert said in text


def test_the_report_names_the_folder_and_a_build_without_pages_takes_it_away(
    out: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    report = kg.build(EXAMPLES, folder, formats=["nt"], pages=2, lang="en")
    assert "pages" in report.outputs
    assert "To the network" in _Page(next((folder / "pages").iterdir())).text
    assert "pages" not in kg.build(EXAMPLES, folder, formats=["nt"]).outputs
    assert not (folder / "pages").exists()


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Tables of one article and one tag, whose texts nobody vouches for."""
    write_rows(
        tmp_path / "tables",
        [
            NodeRow(f"{BASE}article/taz/1", "article", HOSTILE, date="2024-01-02", url="javascript:alert(1)"),
            NodeRow(f"{BASE}tag/taz/x", "tag", HOSTILE, url="javascript:alert(2)", alternates=(HOSTILE,)),
            NodeRow(f"{BASE}person/{'y' * 300}", "person", HOSTILE),
            EdgeRow(f"{BASE}article/taz/1", f"{BASE}tag/taz/x", "about"),
            EdgeRow(f"{BASE}article/taz/1", f"{BASE}person/{'y' * 300}", "mentions"),
        ],
    )
    return tmp_path / "tables"


def test_hostile_texts_stay_texts(hostile: Path, tmp_path: Path) -> None:
    write_ego_pages(hostile, select(hostile, Selection()), tmp_path / "pages", 5, "de")
    pages = [_Page(path) for path in (tmp_path / "pages").iterdir()]
    assert len(pages) == 3
    for page in pages:
        assert "script" not in page.elements
        assert "<script>alert(1)</script> \" onload='x' &amp;" in page.text
        assert not [link for link in page.links if "javascript" in link]
        assert not [name for name, _ in page.attributes if name == "onload"]


def test_names_around_a_name_are_cut_at_a_word(tmp_path: Path) -> None:
    names = [
        "Bundesarbeitsgemeinschaft",
        "Freiwillige Feuerwehr Oberkirchen",
        "Bundesministerium der Finanzen",
        "x" * 5000,
    ]
    article = f"{BASE}article/taz/1"
    rows: list[NodeRow | EdgeRow] = [NodeRow(article, "article", "x")]
    for number, name in enumerate(["Ada", *names]):
        rows.append(NodeRow(f"{BASE}organization/{number}", "organization", name))
        rows.append(EdgeRow(article, f"{BASE}organization/{number}", "mentions"))
    tables = write_rows(tmp_path / "tables", rows)
    write_ego_pages(tables, nx.MultiDiGraph(), tmp_path / "pages", 1, "de")
    (page,) = own_pages(tmp_path / "pages")
    labels = re.findall(r"<text [^>]*>([^<]+)<title>", page.read_text(encoding="utf-8"))
    assert labels == [
        "Bundesarbeitsgemeinschaft",
        "Freiwillige Feuerwehr …",
        "Bundesministerium der …",
        "x" * 25 + "…",
    ]
    assert "x" * 301 not in page.read_text(encoding="utf-8")


@pytest.mark.browser
def test_a_phone_has_the_names_as_a_list_of_letters_that_can_be_read(
    open_page: Callable[..., Any], hostile: Path, tmp_path: Path
) -> None:
    write_ego_pages(hostile, select(hostile, Selection()), tmp_path / "pages", 1, "de")
    (path,) = own_pages(tmp_path / "pages")
    wide = open_page(path).page
    assert (wide.locator(".star").is_visible(), wide.locator(".rows").is_visible()) == (True, False)
    phone = open_page(path, viewport={"width": 390, "height": 844}).page
    assert (phone.locator(".star").is_visible(), phone.locator(".rows").is_visible()) == (False, True)
    assert phone.locator(".rows li").count() == wide.locator(".star text").count() > 0
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    size = phone.locator(".rows li").first.evaluate("row => parseFloat(getComputedStyle(row).fontSize)")
    assert size >= 12


def test_the_same_tables_give_the_same_bytes(hostile: Path, tmp_path: Path) -> None:
    def written(folder: Path) -> dict[str, bytes]:
        write_ego_pages(hostile, select(hostile, Selection()), folder, 5, "en")
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    assert written(tmp_path / "one") == written(tmp_path / "two")


def test_an_archive_of_nothing_has_no_pages(tmp_path: Path) -> None:
    write_rows(tmp_path / "tables", [])
    write_ego_pages(tmp_path / "tables", nx.MultiDiGraph(), tmp_path / "pages", 3, "de")
    assert list((tmp_path / "pages").iterdir()) == []
    with pytest.raises(OutputError, match="missing"):
        write_ego_pages(tmp_path, nx.MultiDiGraph(), tmp_path / "none", 3, "de")


def test_a_node_that_has_a_page_says_where(hostile: Path, tmp_path: Path) -> None:
    graph = select(hostile, Selection())
    write_ego_pages(hostile, graph, tmp_path / "pages", 1, "de")
    assert [data[EGO] for _, data in graph.nodes(data=True) if EGO in data] == [
        f"pages/{path.name}" for path in own_pages(tmp_path / "pages")
    ]
