"""What a build leaves, what it leaves alone, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard

import kg
from kg.errors import NothingReadError, OutputError, UsageError
from kg.outputs import CACHE
from kg.parse import Parsed, parse_page
from tests.built import PAGE


def outputs_of(out: Path) -> dict[Path, bytes]:
    """Every file of a build and what is in it, but for what it keeps for the next one."""
    files = (path for path in out.rglob("*") if path.is_file() and CACHE not in path.parts)
    return {path: path.read_bytes() for path in files}


def test_outputs_of_the_default_build(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = kg.build(dumps, out)
    made = {path.name for path in out.iterdir()} - {CACHE}
    assert made == {
        "graph.nt", "graph.ttl", "void.ttl", "store", "tables", "graph.html", "findings.jsonl", "report.json",
    }  # fmt: skip
    assert set(report.outputs) == made
    assert {path.name for path in (out / "tables").iterdir()} == {
        "nodes.parquet", "edges.parquet", "mentions.parquet", "identities.parquet", "roles.parquet", "doubts.parquet",
    }  # fmt: skip
    assert json.loads((out / "report.json").read_text())["articles"] == report.articles == 1


def test_shards_together_are_the_graph(dumps: Path, tmp_path: Path) -> None:
    for number in range(9):
        (dumps / f"{number}.txt").write_text(PAGE.format(title=f"Nummer {number}"), encoding="utf-8")
    out = tmp_path / "out"
    assert "shards" in kg.build(dumps, out, shards=True).outputs
    parts = sorted((out / "shards").iterdir())
    assert len(parts) > 5
    assert (
        b"".join(zstandard.decompress(part.read_bytes()) for part in parts) == (out / "graph.nt").read_bytes()
    )
    assert "shards" not in kg.build(dumps, out).outputs
    assert not (out / "shards").exists()


def test_formats_of_an_older_build_go_and_other_files_stay(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out, formats=["nt", "jsonld"], evidence=True)
    (out / "README.md").write_text("mine")
    kg.build(dumps, out, formats=["ttl"])
    names = {path.name for path in out.iterdir()}
    assert {"graph.ttl", "README.md"} <= names
    assert not names & {"graph.nt", "graph.jsonld", "evidence.nt"}


def test_a_failed_build_leaves_the_last_good_one(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    before = outputs_of(out)
    (dumps / "b.txt").write_text(PAGE.format(title="Es brennt nicht mehr"), encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.network.choosing.select", fail)
    with pytest.raises(OutputError, match="No space left"):
        kg.build(dumps, out)
    assert outputs_of(out) == before


def test_the_output_folder_inside_the_dumps_is_not_read(dumps: Path) -> None:
    out = dumps / "out"
    assert kg.build(dumps, out).files == 1
    assert kg.build(dumps, out).files == 1


def test_a_refused_file_is_a_finding_and_the_rest_is_built(dumps: Path, tmp_path: Path) -> None:
    (dumps / "b.txt").write_bytes(b"")
    (dumps / "c.bin").write_bytes(bytes(range(256)) * 8)
    report = kg.build(dumps, tmp_path / "out")
    assert (report.files, report.refused, report.articles) == (3, 2, 1)
    findings = [json.loads(line) for line in (tmp_path / "out" / "findings.jsonl").read_text().splitlines()]
    assert {finding["path"] for finding in findings} == {"b.txt", "c.bin"}


def test_a_fault_of_the_parser_costs_one_file(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dumps / "b.txt").write_text(PAGE.format(title="Es brennt nicht"), encoding="utf-8")

    def fail_once(text: str, *, path: str, sha256: str) -> Parsed:
        if path == "b.txt":
            raise IndexError("oops")
        return parse_page(text, path=path, sha256=sha256)

    monkeypatch.setattr("kg.reading.parse_page", fail_once)
    report = kg.build(dumps, tmp_path / "out")
    assert (report.articles, report.refused) == (1, 1)
    assert report.findings == {"parser-failed": 1}


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingReadError, match="no dump found"):
        kg.build(tmp_path / "empty", tmp_path / "out")
    (tmp_path / "empty" / "a.txt").write_bytes(b"")
    with pytest.raises(NothingReadError, match=r"holds no text: a\.txt"):
        kg.build(tmp_path / "empty", tmp_path / "out")
    assert not (tmp_path / "out" / "graph.nt").exists()


def test_wrong_arguments(dumps: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="turtles"):
        kg.build(dumps, tmp_path / "out", formats=["turtles"])
    with pytest.raises(UsageError, match="base IRI"):
        kg.build(dumps, tmp_path / "out", base_iri="nowhere")
    with pytest.raises(UsageError):
        kg.build(tmp_path / "missing", tmp_path / "out")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        kg.build(dumps, tmp_path / "file")


def test_progress_names_the_stages(dumps: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    kg.build(dumps, tmp_path / "out", progress=lambda *told: seen.append(told))
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert stages == ["scanning", "reading", "resolving", "writing", "store, tables and page"]
    last = {stage: (done, total) for stage, done, total in seen}
    assert last["reading"] == (1, 1)
    assert last["store, tables and page"] == (4, 4)
