"""The file that write_page writes: its bytes, its markup, its policy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import OutputError, UsageError
from kg.network.chosen import WHOLE_SIZE
from kg.network.export import write_graphml
from kg.page import write_page
from kg.page.escape import csp_hash
from kg.page.picture import common_base
from kg.page.write import page_script


class Markup(HTMLParser):
    """The elements, attributes and inline texts of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": [], "title": [], "h1": []}
        self.data: dict[str, str] = {}
        self._open: tuple[str, str | None] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        values = dict(attrs)
        if tag in self.inline:
            data = tag == "script" and values.get("type") == "application/json"
            self._open = (tag, values.get("id") if data else None)
            if not data:
                self.inline[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[1]:
            self.data[self._open[1]] = self.data.get(self._open[1], "") + data
        elif self._open:
            self.inline[self._open[0]][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def page_of(graph: nx.MultiDiGraph, folder: Path, title: str = "Titel", **options: str) -> Markup:
    write_page(graph, folder / "graph.html", title=title, **options)
    return Markup((folder / "graph.html").read_text(encoding="utf-8"))


def test_the_frame_is_a_whole_document(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(press, tmp_path)
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>\n")
    assert ("html", "lang", "de") in page.attributes
    assert ("meta", "charset", "utf-8") in page.attributes
    assert ("meta", "name", "viewport") in page.attributes
    assert page.inline["title"] == ["Titel"]
    assert page.inline["h1"] == ["Titel"]
    assert page.elements["script"] == 6


def test_without_scripts_the_page_says_why_it_is_empty(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page_of(press, tmp_path)
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert re.search(
        r"<noscript><p[^>]*>Diese Seite zeichnet das Netz mit JavaScript; .*</p></noscript>", html
    )


def test_nothing_refers_outside(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(press, tmp_path)
    assert page.elements["link"] == page.elements["img"] == page.elements["iframe"] == 0
    references = [value for _, name, value in page.attributes if name in {"src", "href", "srcset", "action"}]
    assert references
    assert all(value.startswith("#shape-") for value in references)
    assert "sourceMappingURL" not in (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(", page.inline["style"][0])


def test_the_policy_allows_exactly_the_inline_scripts_and_styles(
    press: nx.MultiDiGraph, tmp_path: Path
) -> None:
    page = page_of(press, tmp_path)
    (policy,) = [value for _, name, value in page.attributes if name == "content" and "default-src" in value]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split() == [csp_hash(script) for script in page.inline["script"]]
    assert directives["style-src"].split() == [csp_hash(style) for style in page.inline["style"]]
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]


def test_hostile_texts_add_no_element_and_no_attribute(hostile: nx.MultiDiGraph, tmp_path: Path) -> None:
    tame = nx.MultiDiGraph(**hostile.graph)
    tame.add_nodes_from(
        (f"n{index}", {**hostile.nodes[node], "label": "x"}) for index, node in enumerate(hostile)
    )
    number = {node: f"n{index}" for index, node in enumerate(hostile)}
    tame.add_edges_from(
        (number[a], number[b], key, data) for a, b, key, data in hostile.edges(keys=True, data=True)
    )
    ours = page_of(tame, tmp_path, title="x")
    theirs = page_of(hostile, tmp_path, title="</title><script>alert(1)</script><h1 onclick=alert(1)>{{7*7}}")
    assert theirs.elements == ours.elements
    assert [pair[:2] for pair in theirs.attributes] == [pair[:2] for pair in ours.attributes]
    assert theirs.inline["h1"] == ["</title><script>alert(1)</script><h1 onclick=alert(1)>{{7*7}}"]
    assert theirs.inline["script"] == ours.inline["script"]
    assert theirs.inline["style"] == ours.inline["style"]


def test_all_facts_of_a_node_reach_the_page(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(press, tmp_path)
    about = json.loads(page.data["page-data"])
    nodes = {about["base"] + node["iri"]: node for node in json.loads(page.data["page-nodes"])}
    assert set(nodes) == set(press)
    for iri, data in press.nodes(data=True):
        node = nodes[iri]
        assert node["name"] == data["label"]
        assert node["group"] == data["kind"]
        assert node.get("date") == (data["date"].isoformat() if "date" in data else None)
        assert node.get("url") == data.get("url")
        assert node.get("text") == data.get("abstract")
        assert tuple(node.get("also", ())) == data.get("alternates", ())
        assert node.get("author", False) == data["author"]


def test_a_node_whose_name_shows_nothing_still_has_one(tmp_path: Path) -> None:
    """The search reads the names of all."""
    graph = nx.MultiDiGraph()
    graph.add_node("n:/tag/1", kind="tag", label="\u202e", alternates=(), url="", abstract="", author=False)
    (node,) = json.loads(page_of(graph, tmp_path).data["page-nodes"])
    assert node["name"] == ""
    assert not {"also", "url", "text", "author", "months"} & set(node)


def test_the_legend_counts_the_kinds(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page_of(press, tmp_path)
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    counted = re.findall(r'data-filter="kind" value="(\w+)" .*?<span class="count">(\d+)</span>', html)
    assert {kind: int(count) for kind, count in counted} == Counter(
        kind for _, kind in press.nodes(data="kind")
    )


def test_the_page_holds_nothing_that_no_script_reads(archive: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(archive, tmp_path)
    about = json.loads(page.data["page-data"])
    read = page_script()
    assert not [name for name in about if not re.search(rf"\bpage\.{name}\b", read)]
    for part in (about["themes"], json.loads(page.data["page-nodes"]), json.loads(page.data["page-edges"])):
        names = {name for one in part for name in one}
        assert names
        assert not [name for name in names if not re.search(rf"\b{name}\b", read)]


def test_all_edges_reach_the_page_parallel_ones_too(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(press, tmp_path)
    names = list(press)
    told = [
        (names[edge["from"]], names[edge["to"]], edge["relation"], edge.get("count", 1))
        for edge in json.loads(page.data["page-edges"])
    ]
    assert told == [
        (*ends, relation, count) for *ends, relation, count in press.edges(keys=True, data="count")
    ]


@pytest.mark.parametrize(
    "nodes",
    [
        ["person/ada", "person/bea"],
        ["article/taz/1", "article/taz/h-2"],
        ["article/taz/1"],
        ["tag/taz/wind", "person/ada"],
    ],
)
@pytest.mark.parametrize("base", ["https://kg.example/id/", "https://x.org/id#", "https://x.org/taz/tag/v1/"])
def test_a_node_has_the_same_address_on_every_page(base: str, nodes: list[str]) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"{base}{node}" for node in nodes)
    assert common_base(graph) == base


def test_size_grows_with_the_root_of_importance(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    nodes = json.loads(page_of(press, tmp_path).data["page-nodes"])
    sizes: dict[str, list[float]] = {node["group"]: [] for node in nodes}
    for node in nodes:
        sizes[node["group"]].append(node["size"])
    assert set(sizes["article"]) == {3.2}
    assert max(size for kind in ("person", "tag", "place", "organization") for size in sizes[kind]) == 24.0


def test_a_selection_says_what_it_is_taken_from(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    seen = nx.MultiDiGraph(press.subgraph(list(press)[:100]))
    seen.graph[WHOLE_SIZE] = len(press)
    write_page(seen, tmp_path / "graph.html", title="x")
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert f"Gezeigt werden die {len(seen)} wichtigsten von {len(press)} Knoten." in html
    write_page(press, tmp_path / "graph.html", title="x")
    assert "Gezeigt werden" not in (tmp_path / "graph.html").read_text(encoding="utf-8").split("<script")[0]


def test_the_size_of_the_file(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    """No more than 700 bytes for a node with its edges, beside what every page holds."""
    write_page(nx.MultiDiGraph(), tmp_path / "empty.html", title="x")
    write_page(press, tmp_path / "graph.html", title="x")
    grown = (tmp_path / "graph.html").stat().st_size - (tmp_path / "empty.html").stat().st_size
    assert grown / len(press) < 700


def test_english_words(press: nx.MultiDiGraph, tmp_path: Path) -> None:
    page = page_of(press, tmp_path, lang="en")
    assert ("html", "lang", "en") in page.attributes
    assert json.loads(page.data["page-data"])["texts"]["kind.place"] == "Place"


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="speaks de, en, not fr"):
        write_page(nx.MultiDiGraph(), tmp_path / "graph.html", title="x", lang="fr")


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "graph.html" / "folder").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot write"):
        write_page(nx.MultiDiGraph(), tmp_path / "graph.html", title="x")


def test_writing_touches_neither_the_graph_nor_the_current_folder(
    press: nx.MultiDiGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (dict(press.graph), {node: dict(data) for node, data in press.nodes(data=True)})
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    write_page(press, tmp_path / "graph.html", title="x")
    assert list((tmp_path / "cwd").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["graph.html"]
    assert (dict(press.graph), {node: dict(data) for node, data in press.nodes(data=True)}) == before


PROGRAM = """
import sys
from pathlib import Path
from kg.page import write_page
from tests.exported import read_graph
write_page(read_graph(Path(sys.argv[1])), Path(sys.argv[2]), title="Titel")
"""


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(
    press: nx.MultiDiGraph, tmp_path: Path
) -> None:
    write_graphml(press, tmp_path / "graph.graphml")
    pages = []
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo")):
        target = tmp_path / f"{seed}.html"
        environment = {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": zone,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "graph.graphml"), str(target)],
            check=True,
            cwd=tmp_path,
            env=os.environ | environment,
        )
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]
