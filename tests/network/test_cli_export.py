"""`kg export` writes the whole graph, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.export import export
from kg.errors import OutputError, UsageError
from kg.network.graph import to_networkx
from kg.store.tables import EdgeRow, NodeRow
from tests.exported import read_graph
from tests.rows import write_rows


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_rows(
        tmp_path / "out" / "tables",
        [
            NodeRow("https://kg.example/id/article/taz/1", "article", "A", date="2024-12-04", count=1),
            NodeRow("https://kg.example/id/tag/taz/nato", "tag", "Nato", count=1),
            EdgeRow("https://kg.example/id/article/taz/1", "https://kg.example/id/tag/taz/nato", "about"),
        ],
    )
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf", "GRAPH.GEXF.GZ"])
def test_writes_the_graph_and_says_how_much(
    out: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    export(tmp_path / name, out)
    assert capsys.readouterr().out == f"{tmp_path / name}: 2 nodes, 1 edges\n"
    back, whole = read_graph(tmp_path / name), to_networkx(out / "tables")
    assert dict(back.nodes(data=True)) == dict(whole.nodes(data=True))
    assert list(back.edges(keys=True, data=True)) == list(whole.edges(keys=True, data=True))


def test_an_unknown_suffix_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"must end in one of \.gexf"):
        export(tmp_path / "graph.xlsx", tmp_path / "nothing")


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run kg build first"):
        export(tmp_path / "graph.gexf", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
