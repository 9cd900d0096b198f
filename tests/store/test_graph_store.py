"""Building a store, replacing it, and opening it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard

from kg.errors import OutputError
from kg.store.graph_store import find_store, load_store, open_store

GRAPH = "https://kg.example/id/graph/evidence"


def triples(path: Path, *numbers: int) -> Path:
    path.write_text("".join(f'<urn:s{n}> <urn:p> "{n}" .\n' for n in numbers), encoding="utf-8")
    return path


def test_knowledge_and_evidence_are_apart(tmp_path: Path) -> None:
    files = [triples(tmp_path / "a.nt", 1, 2), triples(tmp_path / "b.nt", 2, 3)]
    evidence = [triples(tmp_path / "e.nt", 9)]
    load_store(tmp_path / "store", files, evidence_files=evidence, evidence_graph=GRAPH)
    store = open_store(tmp_path / "store")
    assert len(store) == 4
    knowledge = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert sorted(str(quad.subject) for quad in knowledge) == ["<urn:s1>", "<urn:s2>", "<urn:s3>"]
    assert [str(quad.subject) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))] == [
        "<urn:s9>"
    ]


def test_files_are_loaded_in_pieces_of_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.graph_store._BATCH_BYTES", 70)
    plain, packed = triples(tmp_path / "a.nt", *range(10)), tmp_path / "b.nt.zst"
    packed.write_bytes(zstandard.compress(triples(tmp_path / "b.nt", *range(5, 25)).read_bytes()))
    load_store(tmp_path / "store", [plain, packed], evidence_graph=GRAPH)
    values = [quad.object.value for quad in open_store(tmp_path / "store")]
    assert sorted(map(int, values)) == list(range(25))


def test_a_store_is_made_once(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    load_store(directory, [triples(tmp_path / "a.nt", 1, 2)], evidence_graph=GRAPH)
    with pytest.raises(OutputError, match=r"cannot write the store in .*: File exists"):
        load_store(directory, [triples(tmp_path / "b.nt", 3)], evidence_graph=GRAPH)
    assert len(open_store(directory)) == 2


def test_who_has_a_store_open_keeps_it_when_it_goes(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    load_store(directory, [triples(tmp_path / "a.nt", 1, 2)], evidence_graph=GRAPH)
    reader = open_store(directory)
    shutil.rmtree(directory)
    load_store(directory, [triples(tmp_path / "b.nt", 3)], evidence_graph=GRAPH)
    assert [str(quad.subject) for quad in open_store(directory)] == ["<urn:s3>"]
    assert len(list(reader)) == 2


@pytest.mark.parametrize("bad", ['<urn:s> <urn:p> "open .\n', None])
def test_a_file_that_is_missing_or_no_n_triples_is_said_so(tmp_path: Path, bad: str | None) -> None:
    if bad is not None:
        (tmp_path / "bad.nt").write_text(bad, encoding="utf-8")
    with pytest.raises(OutputError, match="is not N-Triples" if bad else "No such file"):
        load_store(tmp_path / "store", [tmp_path / "bad.nt"], evidence_graph=GRAPH)


def test_the_store_of_a_build_that_was_killed_while_it_published_is_found(tmp_path: Path) -> None:
    for aside in (".kg-old", ".kg-new"):
        moved = tmp_path / aside / "store"
        load_store(moved, [triples(tmp_path / "a.nt", 1)], evidence_graph=GRAPH)
        assert find_store(tmp_path / "store") == moved
        assert len(open_store(tmp_path / "store")) == 1


def test_opening_writes_nothing_and_locks_nobody_out(tmp_path: Path) -> None:
    directory = tmp_path / "store"
    load_store(directory, [triples(tmp_path / "a.nt", 1)], evidence_graph=GRAPH)
    before = sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in directory.iterdir())
    first, second = open_store(directory), open_store(directory)
    code = "import sys, pyoxigraph; print(len(pyoxigraph.Store.read_only(sys.argv[1])))"
    other = subprocess.run([sys.executable, "-c", code, str(directory)], capture_output=True, check=True)
    assert (len(first), len(second), other.stdout) == (1, 1, b"1\n")
    after = sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in directory.iterdir())
    assert after == before


def test_no_store_and_damaged_stores_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run kg build first"):
        open_store(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(OutputError, match=r"damaged .* run kg build --full"):
        open_store(tmp_path / "empty")
    (tmp_path / "empty" / "CURRENT").write_text("nonsense")
    with pytest.raises(OutputError, match="damaged"):
        open_store(tmp_path / "empty")
    assert [path.name for path in (tmp_path / "empty").iterdir()] == ["CURRENT"]
