"""A store that is brought up to date has what a new one would have."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.rdf.ntriples import Block
from kg.store.graph_store import load_store
from kg.store.renewal import Lines, renew_store

GRAPH = "urn:evidence"


def part(path: Path, lines: list[str]) -> Path:
    path.write_bytes(zstandard.compress("".join(lines).encode()))
    return path


def difference(before: list[str], after: list[str]) -> Lines:
    old, new = ({line.encode() for line in lines} for lines in (before, after))
    return Lines(old - new, new - old)


def lines_of(texts: list[str]) -> list[str]:
    block = Block("https://kg.example/id/x", "https://kg.example/ns#T")
    for text in texts:
        block.plain("https://kg.example/ns#text", text)
    return list(dict.fromkeys(f"{line}\n" for line in block.text().split("\n") if line))


def quads(store: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(store))}


HOSTILE = [
    '"quoted" \\ back\\slash',
    "line\nbreak\r\ttab",
    "\u2028 \x00 \x7f \U0001f600",
    "} ; DROP ALL ; {",
    "a'b",
]


def test_changes_of_both_graphs(tmp_path: Path) -> None:
    before, after = lines_of([*HOSTILE, "old"]), lines_of([*HOSTILE[1:], "new"])
    other = ["<urn:a> <urn:b> <urn:c> .\n"]
    files = [
        part(tmp_path / f"{number}.nt.zst", lines) for number, lines in enumerate((before, after, other))
    ]
    load_store(tmp_path / "last", [files[0]], evidence_files=[files[2]], evidence_graph=GRAPH)
    last = quads(tmp_path / "last")
    renew_store(
        tmp_path / "last", tmp_path / "renewed", difference(before, after), difference(other, []), GRAPH
    )
    load_store(tmp_path / "fresh", [files[1]], evidence_graph=GRAPH)
    assert quads(tmp_path / "renewed") == quads(tmp_path / "fresh")
    assert quads(tmp_path / "last") == last, "the last store is as it was"
    renew_store(
        tmp_path / "renewed", tmp_path / "again", difference(after, before), difference([], other), GRAPH
    )
    assert quads(tmp_path / "again") == last


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.lists(st.text(max_size=9), max_size=6), new=st.lists(st.text(max_size=9), max_size=6))
def test_any_texts(old: list[str], new: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    before, after = lines_of(old), lines_of(new)
    load_store(folder / "last", [part(folder / "0.nt.zst", before)], evidence_graph=GRAPH)
    renew_store(folder / "last", folder / "renewed", difference(before, after), Lines(), GRAPH)
    load_store(folder / "fresh", [part(folder / "1.nt.zst", after)], evidence_graph=GRAPH)
    assert quads(folder / "renewed") == quads(folder / "fresh")


def test_no_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be brought up to date"):
        renew_store(tmp_path / "none", tmp_path / "renewed", Lines(), Lines(), GRAPH)
