"""`kg view` opens the page of a build, and makes pages of parts of its graph."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import nbclient
import nbformat
import pytest

import kg
from kg.cli.view import view
from kg.errors import NotFoundError, OutputError, UsageError

EXAMPLES = Path(__file__).parents[2] / "examples" / "dumps"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A folder with a page, and the addresses that a browser is asked to open; there is no browser."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.html").write_text("<!DOCTYPE html>")
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def refuse(url: str) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr("webbrowser.open", refuse)
    return asked


def test_asks_the_browser_and_prints_the_address_where_there_is_none(
    built: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view(out=Path("out"), no_open=False)
    address = (tmp_path / "out" / "graph.html").resolve().as_uri()
    assert built == [address]
    assert capsys.readouterr().out == address + "\n"


def test_prints_nothing_when_a_browser_opened_it(
    built: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: True)
    view(out=Path("out"), no_open=False)
    assert capsys.readouterr().out == ""


def test_no_open_only_prints(built: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    view(out=Path("out"), no_open=True)
    assert built == []
    assert capsys.readouterr().out.startswith("file:///")


def test_a_missing_page_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.html is missing: run kg build first"):
        view(out=tmp_path, no_open=True)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, built."""
    folder = tmp_path_factory.mktemp("it's[1]") / "out"
    kg.build(EXAMPLES, folder, formats=["nt"])
    return folder


def nodes_of(page: str) -> list[dict[str, Any]]:
    """The nodes that a page holds as JSON."""
    start = page.index('id="page-nodes"')
    found: list[dict[str, Any]] = json.loads(
        page[page.index(">", start) + 1 : page.index("</script>", start)]
    )
    return found


def test_a_selection_is_a_page_of_its_own_under_a_name_that_lasts(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        view(out=out, around="annegret thiede", until="2023-03", as_json=True)
    first, second = (json.loads(text + "}") for text in capsys.readouterr().out.split("}\n")[:2])
    assert first == second
    page = Path(first["path"])
    assert page.parent == out / "views"
    assert page.name.startswith("annegret-thiede-2023-03-31-")
    text = page.read_text(encoding="utf-8")
    assert ">Annegret Thiede · –2023-03-31</h1>" in text
    nodes = nodes_of(text)
    assert len(nodes) == first["nodes"]
    assert {"Annegret Thiede"} < {node["name"] for node in nodes}
    assert max(node["date"] for node in nodes if "date" in node) <= "2023-03-31"


def test_selections_combine_to_what_both_hold(out: Path) -> None:
    graph = kg.open(out)
    tagged = {node["iri"] for node in nodes_of(graph.view(tag="Deichbau").html) if node["group"] == "article"}
    in_2022 = {
        node["iri"]
        for node in nodes_of(graph.view(since="2022", until="2022").html)
        if node["group"] == "article"
    }
    both = {
        node["iri"]
        for node in nodes_of(graph.view(tag="Deichbau", since="2022", until="2022").html)
        if node["group"] == "article"
    }
    assert both == tagged & in_2022 != tagged


def test_the_months_of_a_view_are_those_that_were_asked_for(out: Path) -> None:
    graph = kg.open(out)
    html = graph.view(since="2023-02", until="2023-04").html
    start = html.index('id="page-data"')
    data = json.loads(html[html.index(">", start) + 1 : html.index("</script>", start)])
    assert data["months"]["first"] == "2023-02"
    assert len(data["months"]["counts"]) == 3
    assert data["months"]["part"]
    for node in nodes_of(html):
        assert set(node.get("months", ())[::2]) <= {0, 1, 2}


def test_kinds_and_top_limit_what_is_shown(out: Path, tmp_path: Path) -> None:
    view(out=out, kinds="person, place", top=20, to=tmp_path / "a.html", no_open=True, lang="en")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in text
    nodes = nodes_of(text)
    assert {node["group"] for node in nodes} == {"person", "place"}
    assert len(nodes) <= 20


def test_a_selection_does_not_claim_to_be_the_most_important_of_all(out: Path) -> None:
    graph = kg.open(out)
    total = len(nodes_of((out / "graph.html").read_text(encoding="utf-8")))
    tagged = graph.view(tag="Deichbau", lang="en")
    assert (
        f"This selection shows {tagged.nodes} of the archive’s {total} nodes."
        in tagged.html.split("<script")[0]
    )
    fewer = graph.view(top=50, lang="en")
    assert f"These are the {fewer.nodes} most important of {total} nodes." in fewer.html.split("<script")[0]


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "C", "LC_ALL": "de_CH"}, "de"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({}, "en"),
    ],
)
def test_the_page_of_a_selection_speaks_the_systems_language(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lang: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    view(out=out, top=5, to=tmp_path / "a.html", no_open=True)
    assert f'<html lang="{lang}"' in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "system", "folder", "lang"),
    [
        (None, "de_DE.UTF-8", ".", "de"),
        (None, "en_US.UTF-8", "views", "en"),
        ("en", "de_DE.UTF-8", "views", "en"),
        ("de", "en_US.UTF-8", ".", "de"),
    ],
)
def test_the_whole_too_is_shown_in_the_wished_language(
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: str | None,
    system: str,
    folder: str,
    lang: str,
) -> None:
    monkeypatch.setenv("LC_ALL", system)
    view(out=out, lang=asked, no_open=True)
    page = Path(url2pathname(urlsplit(capsys.readouterr().out.strip()).path))
    assert page.parent == (out / folder).resolve()
    html = page.read_text(encoding="utf-8")
    assert f'<html lang="{lang}"' in html
    assert nodes_of(html) == nodes_of((out / "graph.html").read_text(encoding="utf-8"))


def test_a_new_build_takes_the_pages_of_the_last_one_away_and_nothing_else(tmp_path: Path) -> None:
    dumps = sorted(path for path in EXAMPLES.rglob("*") if path.is_file())
    (tmp_path / "dumps").mkdir()
    for path in dumps[:20]:
        shutil.copy(path, tmp_path / "dumps")
    out, own = tmp_path / "out", tmp_path / "out" / "views" / "mine.html"
    kg.build(tmp_path / "dumps", out, formats=["nt"])
    view(out=out, top=20, no_open=True)
    assert len(list((out / "views").iterdir())) == 1
    shutil.copy(dumps[20], tmp_path / "dumps")
    kg.build(tmp_path / "dumps", out, formats=["nt"])
    assert not (out / "views").exists()
    view(out=out, top=20, no_open=True)
    own.write_text("")
    shutil.copy(dumps[21], tmp_path / "dumps")
    kg.build(tmp_path / "dumps", out, formats=["nt"])
    assert list((out / "views").iterdir()) == [own]


def test_what_is_not_there_is_said_with_what_is_near(out: Path) -> None:
    with pytest.raises(
        NotFoundError, match="no tag named “Deichbu” is in the graph; did you mean “Deichbau”"
    ):
        view(out=out, tag="Deichbu")
    with pytest.raises(NotFoundError, match="nothing in the graph fits this selection"):
        view(out=out, since="2030")
    with pytest.raises(NotFoundError, match="there is no theme 99: the page of this graph has"):
        view(out=out, community=99)
    with pytest.raises(UsageError, match="'2023-13' is no day of the calendar"):
        view(out=out, until="2023-13")
    with pytest.raises(UsageError, match="unknown kind author"):
        view(out=out, kinds="author")
    with pytest.raises(UsageError, match="the page speaks de, en, not fr"):
        view(out=out, top=5, lang="fr")


def test_a_theme_holds_what_the_page_of_the_whole_shows_in_it(out: Path) -> None:
    whole = nodes_of((out / "graph.html").read_text(encoding="utf-8"))
    theme = {node["iri"] for node in whole if node.get("theme") == 0 and node["group"] == "tag"}
    seen = {node["iri"] for node in nodes_of(kg.open(out).view(community=1).html)}
    assert len(theme & seen) > len(theme) / 2


def test_the_legend_numbers_the_themes_and_the_page_of_a_number_is_called_by_its_theme(out: Path) -> None:
    whole = (out / "graph.html").read_text(encoding="utf-8").split("<script")[0]
    named = re.findall(r'data-filter="theme".*?<span class="name">(\d+) ([^<]+)</span>', whole)
    assert [int(number) for number, _ in named] == list(range(1, len(named) + 1))
    assert len(named) > 4
    graph = kg.open(out)
    for number, title in named:
        assert graph.view(community=int(number)).title == f"Themenfeld {unescape(title)}"
    # Themes of another picture are not those that --community means.
    part = graph.view(tag="Deichbau").html.split("<script")[0]
    assert re.findall(r'data-filter="theme".*?<span class="name">([^<]+)</span>', part)
    assert not re.findall(r'data-filter="theme".*?<span class="name">\d', part)
    assert "--community 1<" not in part


class _Frame(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.frames: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.frames += [dict(attrs)] if tag == "iframe" else []


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing_of_it(out: Path) -> None:
    code = f"import kg\nkg.open({str(out)!r}).view(tag='Deichbau', lang='en')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    (output,) = notebook.cells[0].outputs
    assert output.data["text/plain"].startswith("View('Deichbau', nodes=")
    (frame,) = _Frame(output.data["text/html"]).frames
    assert frame["sandbox"] == "allow-scripts allow-downloads"
    assert {"Deichbau"} < {node["name"] for node in nodes_of(str(frame["srcdoc"]))}
