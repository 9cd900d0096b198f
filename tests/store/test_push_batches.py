"""What `kg push` sends: where it is read from, and how it is cut."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from conftest import Built
from kg.errors import OutputError, UsageError
from kg.store.batches import batches, blocks
from kg.store.graph_store import load_store
from kg.store.push import Part, measure, parts

LINE = "<https://a.example/{}> <https://a.example/p> <https://a.example/o> .\n"
EVIDENCE = "https://kg.example/id/graph/evidence"


def built(folder: Path, *, file: bool = True, shards: bool = False, evidence: str = "") -> Path:
    """What of an output folder `kg push` looks at: three triples, as a file, as shards, and always as a store."""
    folder.mkdir()
    lines = [LINE.format(n) for n in range(3)]
    source = folder / "graph.nt"
    source.write_text("".join(lines), encoding="utf-8")
    named = folder / "evidence.nt"
    named.write_text(evidence, encoding="utf-8")
    (folder / "report.json").write_text("{}")
    load_store(
        folder / "store", [source], evidence_files=[named] if evidence else [], evidence_graph=EVIDENCE
    )
    if shards:
        (folder / "shards").mkdir()
        for name, text in (("001", lines[1] + lines[2]), ("000", lines[0])):
            frames = b"".join(zstandard.compress(line.encode()) for line in text.splitlines(keepends=True))
            (folder / "shards" / f"{name}.nt.zst").write_bytes(frames)
    named.unlink()
    if not file:
        source.unlink()
    return folder


@given(st.lists(st.binary(min_size=1, max_size=30)), st.integers(1, 40))
def test_batches_are_whole_lines_and_all_of_them(blocks: list[bytes], size: int) -> None:
    pieces = list(batches(blocks, size))
    whole = b"".join(blocks)
    assert b"".join(pieces) == whole + (b"" if whole.endswith(b"\n") or not whole else b"\n")
    for piece in pieces:
        assert piece.endswith(b"\n")
        assert len(piece) <= size + 1 or piece.count(b"\n") == 1


def test_packed_files_come_whole_or_with_an_error(tmp_path: Path) -> None:
    frames = [zstandard.compress(bytes([65 + n]) * 300_000) for n in range(3)]
    path = tmp_path / "a.nt.zst"
    path.write_bytes(b"".join(frames))
    assert b"".join(blocks(path)) == b"A" * 300_000 + b"B" * 300_000 + b"C" * 300_000
    for lost in (1, len(frames[2]) - 1):
        path.write_bytes(b"".join(frames)[:-lost])
        with pytest.raises(zstandard.ZstdError, match="ends within a zstd frame"):
            list(blocks(path))


def test_batches_are_as_full_as_they_can_be() -> None:
    lines = [b"%d .\n" % n for n in range(10)]
    assert [piece.count(b"\n") for piece in batches([b"".join(lines)], 8)] == [2] * 5


@pytest.mark.parametrize("kind", ["file", "shards", "store"])
def test_knowledge_is_the_same_from_each_source(tmp_path: Path, kind: str) -> None:
    out = built(tmp_path / "out", file=kind == "file", shards=kind == "shards")
    (part,) = parts(out, None, evidence=False)
    assert Path(part.source).name == {"file": "graph.nt"}.get(kind, kind)
    text = b"".join(part.read()).decode()
    assert sorted(text.splitlines(keepends=True)) == [LINE.format(n) for n in range(3)]
    if kind != "store":  # which has an order of its own
        assert text == "".join(LINE.format(n) for n in range(3))
    assert (measure(part, 80).triples, measure(part, 80).batches) == (3, 3)


def test_evidence_goes_to_the_graph_that_the_build_has_it_in(example_build: Built) -> None:
    knowledge, evidence = parts(example_build.out, "https://b.example/g", evidence=True)
    assert (knowledge.graph, evidence.graph) == ("https://b.example/g", EVIDENCE)
    assert measure(knowledge).triples == example_build.report.triples
    triples = sum(1 for _ in ox.parse(path=example_build.out / "evidence.nt"))
    assert measure(evidence).triples == triples > 1000


def test_evidence_without_its_file_is_read_from_the_store(tmp_path: Path) -> None:
    out = built(tmp_path / "out", evidence=LINE.format("why"))
    (_, evidence) = parts(out, None, evidence=True)
    assert b"".join(evidence.read()).decode() == LINE.format("why")


def test_evidence_that_is_not_there(tmp_path: Path) -> None:
    out = built(tmp_path / "out")
    with pytest.raises(OutputError, match="build it with --evidence"):
        parts(out, None, evidence=True)


def test_no_graph_and_no_iri(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run kg build first"):
        parts(tmp_path, None, evidence=False)
    with pytest.raises(UsageError, match="no IRI of a graph: 'press'"):
        parts(built(tmp_path / "out"), "press", evidence=False)


@pytest.mark.parametrize("line", ["_:a <https://a.example/p> <https://a.example/o> .", "<a:b> <a:c> _:b ."])
def test_a_blank_node_is_refused(line: str) -> None:
    part = Part("graph.nt", None, lambda: iter([LINE.format(1).encode(), line.encode() + b"\n"]))
    with pytest.raises(OutputError, match=r"graph\.nt has a blank node, .* in batches: (_:a|<a:b>)"):
        measure(part, 10)


def test_what_only_looks_like_a_blank_node_is_none() -> None:
    line = '<a:b> <a:c> "> _:d\\n_:e <a:c> <a:d> ." .\n'
    assert measure(Part("graph.nt", None, lambda: iter([line.encode()]))).triples == 1


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    out = built(tmp_path / "out", file=False, shards=True)
    (out / "shards" / "001.nt.zst").write_bytes(b"no frame")
    (part,) = parts(out, None, evidence=False)
    with pytest.raises(OutputError, match=r"cannot read .*001\.nt\.zst"):
        measure(part)
