"""The commands of the README answer something."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from conftest import ROOT, Built
from kg.cli import app

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(text: str) -> list[list[str]]:
    """The lines of indented blocks that begin with `kg`, each with those that its quotation marks go on in."""
    found = []
    for block in re.findall(r"(?:^    .*\n)+", text, re.MULTILINE):
        pending = ""
        for line in block.splitlines():
            pending = f"{pending}\n{line[4:]}" if pending else line[4:]
            try:
                words = shlex.split(pending, comments=True)
            except ValueError:  # a quotation mark is open
                continue
            if words and words[0] == "kg":
                found.append(words[1:])
            pending = ""
    found += [shlex.split(inline)[1:] for inline in re.findall(r"`(kg [^`]+)`", text)]
    return found


QUERIES = [
    words for words in commands(README) if words[0] == "query" and len(words) > 1 and "--list" not in words
]


def test_the_queries_of_the_readme_are_found() -> None:
    assert [words[1:] for words in QUERIES if words[1].startswith("--")] == [
        ["--name", "most-mentioned"],
        ["--name", "co-mentions", "--set", "person=Hanna Kolb"],
    ]
    assert any("ORDER BY DESC(?date)" in word for words in QUERIES for word in words)
    assert {words[0] for words in commands(README)} == {
        "build",
        "view",
        "query",
        "export",
        "push",
        "show",
        "why",
        "review",
    }


@pytest.mark.parametrize("words", QUERIES, ids=lambda words: " ".join(words[1:3])[:40])
def test_every_query_of_the_readme_has_rows(example_build: Built, words: list[str]) -> None:
    result = CliRunner().invoke(app, [*words, "--out", str(example_build.out), "--format", "csv"])
    assert result.exception is None, result.output
    assert len(list(csv.reader(io.StringIO(result.stdout)))) > 1


def test_the_python_of_the_readme_runs(
    example_build: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (block,) = re.findall(r"From Python:\n\n((?:    .*\n|\n)+)", README)
    (tmp_path / "dumps").symlink_to(ROOT / "examples" / "dumps")
    monkeypatch.chdir(tmp_path)
    values: dict[str, object] = {}
    for line in block.splitlines():
        if line.strip():
            exec(line.strip(), values)
    graph = values["graph"]
    assert isinstance(graph, kg.Graph)
    assert graph.person("Hanna Kolb").together_with


def test_the_exports_of_the_readme_are_written(example_build: Built, tmp_path: Path) -> None:
    exports = [words[1] for words in commands(README) if words[0] == "export"]
    assert exports == ["graph.gexf", "graph.graphml"]
    for name in exports:
        result = CliRunner().invoke(app, ["export", str(tmp_path / name), "--out", str(example_build.out)])
        assert result.exception is None, result.output
        assert (tmp_path / name).stat().st_size > 1000
