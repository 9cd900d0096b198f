"""GraphML and GEXF read back equal, whatever a dump put into the texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import OutputError, UsageError
from kg.network import export
from tests.exported import read_graph

SUFFIXES = sorted(export.WRITERS)
A, B, C = (f"https://kg.example/id/{path}" for path in ("article/taz/1", "person/jo-doe", "article/taz/2"))


def write(graph: nx.MultiDiGraph, path: Path) -> Path:
    writer: Callable[[nx.MultiDiGraph, Path], None] = export.writer_for(path)
    writer(graph, path)
    return path


def sample() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node(A, kind="article", label="Kicker: „Titel“", date=date(2024, 12, 4), count=1, author=False)
    graph.add_node(
        B, kind="person", label="Jo Doe", alternates=("Doe", "a | b", "c\\", "\\|", ""), author=True
    )
    graph.add_node(C, kind="stub", label="Zweiter")
    graph.add_edge(A, B, key="author", relation="author", count=1, basis="Byline", line=17)
    graph.add_edge(A, B, key="mentions", relation="mentions", count=4, date=date(2024, 12, 4))
    graph.add_edge(A, C, key="related", relation="related", count=1)
    graph.add_edge(C, A, key="related", relation="related", count=2)
    return graph


def typed(graph: nx.MultiDiGraph) -> tuple[dict[str, Any], dict[Any, Any]]:
    """All that a graph says, with the types of its values."""

    def told(data: dict[str, Any]) -> dict[str, tuple[type, Any]]:
        return {name: (type(value), value) for name, value in data.items()}

    nodes = {node: told(data) for node, data in graph.nodes(data=True)}
    edges = {edge[:3]: told(edge[3]) for edge in graph.edges(keys=True, data=True)}
    return nodes, edges


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_reads_back_equal(tmp_path: Path, suffix: str) -> None:
    back = read_graph(write(sample(), tmp_path / f"graph{suffix}"))
    assert isinstance(back, nx.MultiDiGraph)
    assert typed(back) == typed(sample())
    assert list(back) == list(sample())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_graph_without_parallel_edges_stays_a_multigraph(tmp_path: Path, suffix: str) -> None:
    graph = sample()
    graph.remove_edge(A, B, key="author")
    back = read_graph(write(graph, tmp_path / f"graph{suffix}"))
    assert typed(back) == typed(graph)
    assert back.is_multigraph()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_graph_reads_back_empty(tmp_path: Path, suffix: str) -> None:
    assert len(read_graph(write(nx.MultiDiGraph(), tmp_path / f"graph{suffix}"))) == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_none_and_empty_are_left_out(tmp_path: Path, suffix: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(A, kind="article", label="x", url=None, abstract="", alternates=())
    back = read_graph(write(graph, tmp_path / f"graph{suffix}"))
    assert dict(back.nodes[A]) == {"kind": "article", "label": "x"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_characters_that_xml_cannot_hold_are_replaced(tmp_path: Path, suffix: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(
        A, kind="article", label="a\x00b\x1bc\ufffed\uffffe\ud800f", abstract="1\r\n2\r3\t4 <&]]>\"'"
    )
    path = write(graph, tmp_path / f"graph{suffix}")
    if not suffix.endswith(".gz"):
        ET.parse(path)
    assert dict(read_graph(path).nodes[A]) == {
        "kind": "article",
        "label": "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf",
        "abstract": "1\n2\n3\t4 <&]]>\"'",
    }


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@given(label=st.text(min_size=1), alternates=st.lists(st.text(), min_size=1).map(tuple))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_text_reads_back_as_its_legal_form(
    tmp_path: Path, suffix: str, label: str, alternates: tuple[str, ...]
) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(A, kind="person", label=label, alternates=(*alternates, "end"))
    once = read_graph(write(graph, tmp_path / f"graph{suffix}"))
    twice = read_graph(write(once, tmp_path / f"again{suffix}"))
    assert typed(twice) == typed(once)
    assert len(once.nodes[A]["alternates"]) == len(alternates) + 1
    if all(" " <= char < "\ud800" for char in label):
        assert once.nodes[A]["label"] == label


def test_two_nodes_that_xml_cannot_tell_apart_are_refused(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["a\x01", "a\x02"], kind="tag", label="x")
    with pytest.raises(OutputError, match="differ only in characters"):
        write(graph, tmp_path / "graph.gexf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_same_graph_same_bytes_at_any_time(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(sample(), tmp_path / f"first{suffix}").read_bytes()
    monkeypatch.setattr("time.strftime", lambda *_: "1999-12-31")
    monkeypatch.setattr("time.time", lambda: 946681199.0)
    assert write(sample(), tmp_path / f"second{suffix}").read_bytes() == first


def test_ids_of_edges_are_unique_in_the_file(tmp_path: Path) -> None:
    """Gephi drops an edge whose id it has seen."""
    path = write(sample(), tmp_path / "graph.graphml")
    ids = [edge.get("id") for edge in ET.parse(path).iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(ids) == len(set(ids)) == 4


def test_an_unknown_suffix_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"graph\.dot: .*\.gexf, \.gexf\.gz, \.graphml, \.graphml\.gz"):
        export.writer_for(Path("graph.dot"))
