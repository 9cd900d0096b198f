"""Shards on the disk: what is written is read, and what is not whole is not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.dumps import Stamp
from kg.model import Finding, Rendering, Source
from kg.places import read_bytes
from kg.staging import (
    Doc,
    Records,
    Shard,
    Tables,
    remove_orphans,
    remove_shard,
    shard_of,
    stage_shard,
    stage_tables,
)

SOURCE = Source("a.txt", "0" * 64, Rendering.GOPHERPROXY, 1, 9)
STAMP = Stamp(10, 20)
DOCS = [
    (Doc("a.txt", "a.txt", STAMP, "0" * 64, SOURCE, "article"), Records(b"claim a", b"texts a", b"page a")),
    (Doc("b.txt", "b.txt", STAMP, "1" * 64, SOURCE, "index"), Records(b"claim b", b"", None)),
    (
        Doc("c.txt", "z.tar", STAMP, "", None, None, (Finding("too-large", "c.txt", None, "too large"),)),
        Records(None, None, None),
    ),
    (Doc("d.txt", "z.tar", STAMP, "2" * 64, SOURCE, "error"), Records(None, None, None)),
]

TABLES = {"said": b"a table", "other": b"another"}


def stage(path: Path, tables: Mapping[str, bytes]) -> None:
    stage_shard(str(path), "key", DOCS, stage_tables(str(path), tables, 2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    stage(tmp_path / "000.read", TABLES)
    return tmp_path / "000.read"


def test_what_is_staged_is_read(path: Path) -> None:
    shard = Shard.open(str(path))
    assert shard is not None
    assert (shard.key, shard.docs) == ("key", tuple(doc for doc, _ in DOCS))
    assert list(map(bytes, shard.claims())) == [b"claim a", b"claim b"]
    assert list(map(bytes, shard.texts())) == [b"texts a", b""]
    assert list(map(bytes, shard.pages())) == [b"page a"]
    records = [(doc, Records(*(one and bytes(one) for one in record))) for doc, record in shard.records()]
    assert [doc for doc, _ in records] == [doc for doc, _ in DOCS]
    assert records[0][1] == DOCS[0][1]
    assert records[1][1].page is None
    assert not list(path.parent.glob("*.part"))


@pytest.mark.parametrize(("ahead", "requests"), [(1 << 16, 1), (100, 2), (20, 2)])
def test_a_header_takes_one_request_or_two(
    path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int, requests: int
) -> None:
    whole = Shard.open(str(path))
    asked: list[tuple[int, ...]] = []

    def read(place: str, *where: int) -> bytes:
        asked.append(where)
        return read_bytes(place, *where)

    monkeypatch.setattr("kg.staging.shards.read_bytes", read)
    monkeypatch.setattr("kg.staging.shards._AHEAD", ahead)
    again = Shard.open(str(path))
    assert again is not None
    assert whole is not None
    assert (again.key, again.docs, again.tables) == (whole.key, whole.docs, whole.tables)
    assert len(asked) == requests


@pytest.mark.parametrize("ahead", [1 << 16, 20])
def test_what_is_not_whole_is_not_there(path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    monkeypatch.setattr("kg.staging.shards._AHEAD", ahead)
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 7), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert Shard.open(str(path)) is None, length
    path.write_bytes(whole + b"x")
    assert Shard.open(str(path)) is None
    path.write_bytes(b"something else altogether" * 9)
    assert Shard.open(str(path)) is None
    path.unlink()
    assert Shard.open(str(path)) is None


def test_a_shard_without_its_tables_is_not_there(path: Path) -> None:
    shard = Shard.open(str(path))
    assert shard is not None
    for name, data in TABLES.items():
        table = Path(shard.table(name))
        assert table.read_bytes() == data
        table.write_bytes(data[:-1])
        assert Shard.open(str(path)) is None
        table.unlink()
        assert Shard.open(str(path)) is None
        table.write_bytes(data)
    assert Shard.open(str(path)) is not None


def test_the_tables_of_the_last_shard_go_when_the_new_one_is_there(path: Path) -> None:
    def names() -> list[str]:
        return sorted(one.name.partition("-")[0] for one in path.parent.iterdir())

    before = set(path.parent.iterdir())
    stage(path, {"said": b"a tabel", "other": TABLES["other"]})
    assert names() == ["000.other", "000.read", "000.said"]
    assert len(before & set(path.parent.iterdir())) == 2
    stage(path, {"said": b"a table"})
    assert names() == ["000.read", "000.said"]
    remove_shard(str(path))
    remove_shard(str(path))
    assert names() == []


def test_what_was_left_between_table_and_shard_is_no_table_of_it(path: Path) -> None:
    """A killed build may have written a table of the same size, but not yet the shard that it belongs to."""
    whole = path.read_bytes()
    stage(path, {**TABLES, "said": b"b table"})
    left = {one: one.read_bytes() for one in path.parent.glob("*.said-*")}
    stage(path, TABLES)
    assert path.read_bytes() == whole
    for one, data in left.items():
        one.write_bytes(data)
    shard = Shard.open(str(path))
    assert shard is not None
    assert Path(shard.table("said")).read_bytes() == b"a table"


def test_tables_of_no_shard_are_removed(path: Path) -> None:
    stage(path, {"said": b"a table"})
    kept = {one.name for one in path.parent.iterdir()}
    (path.parent / f"{path.stem}.said-{'0' * 16}.parquet").write_bytes(b"of a killed build")
    remove_orphans(str(path.parent))
    assert {one.name for one in path.parent.iterdir()} == kept


def test_the_digest_is_that_of_the_documents(path: Path, tmp_path: Path) -> None:
    def digest(key: str, doc: Doc) -> str:
        stage_shard(str(tmp_path / "other.read"), key, [(doc, DOCS[0][1])], Tables({}))
        shard = Shard.open(str(tmp_path / "other.read"))
        assert shard is not None
        return shard.digest

    doc = DOCS[0][0]
    moved = Doc(doc.path, "z.tar", Stamp(1, 1), doc.sha256, doc.source, doc.kind)
    changed = Doc(doc.path, doc.path, doc.stamp, "f" * 64, doc.source, doc.kind)
    assert digest("key", doc) == digest("key", moved)
    assert len({digest("key", doc), digest("key", changed), digest("new key", doc)}) == 3


def test_shards_are_many_and_stable() -> None:
    numbers = [shard_of(f"2024/{number}.txt") for number in range(5000)]
    assert set(numbers) == set(range(256))
    assert shard_of("2024/1.txt") == numbers[1]
    assert shard_of("\udcff.txt".encode("utf-8", "backslashreplace").decode()) in range(256)


def test_a_header_that_is_no_text_any_more_is_no_shard(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"a.txt", b"\xff.txt", 1))
    assert Shard.open(str(path)) is None
