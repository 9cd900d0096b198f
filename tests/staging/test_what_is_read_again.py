"""The plan of a build: which files are read, and what becomes of those that are gone."""

from __future__ import annotations

import os
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import msgspec
import pytest

from kg import reading
from kg.dumps import Refused, scan
from kg.errors import OutputError
from kg.model import Record
from kg.reading import ReadTask, Renewal, read_shards
from kg.resolve import Claim, Texts
from kg.resolve.staged import rows_of_pages, unpack_lines
from kg.staging import Plan, Shard, all_shards, make_plan, read_spool, shard_of, shard_place, spool_place
from kg.staging.shards import SHARDS

PAGE = "       # taz.de -- Hafen: Nummer {}\n\n       Am Hafen.\n\n       4 Dec 2024\n"


class Cache:
    """A folder of staged shards that is brought up to date again and again."""

    def __init__(self, folder: Path) -> None:
        (folder / "staged").mkdir()
        self.staged = str(folder / "staged")
        self.turn = 0
        self.folder = folder

    def plan(self, *inputs: Path, key: str = "key") -> tuple[Plan, Path, list[str]]:
        self.turn += 1
        spool = self.folder / f"spool{self.turn}"
        plan = make_plan(scan(inputs), self.staged, spool, key, lambda _: None)
        spooled = [one.path for shard in range(SHARDS) for one in read_spool(spool_place(str(spool), shard))]
        assert len(spooled) == plan.documents
        return plan, spool, sorted(spooled)

    def update(self, *inputs: Path, key: str = "key", only: Iterable[int] | None = None) -> list[str]:
        """Plan and read (of some shards only, as a build that is killed would); the documents that were to be read."""
        plan, spool, spooled = self.plan(*inputs, key=key)
        for shard in plan.dirty if only is None else only:
            renewal = Renewal(
                shard,
                shard_place(self.staged, shard),
                spool_place(str(spool), shard),
                tuple(plan.dropped.get(shard, ())),
            )
            read_shards(ReadTask((renewal,), key, "crf", "taz"))
        return spooled

    @property
    def documents(self) -> dict[str, str | None]:
        return {doc.path: doc.kind for _, shard in all_shards(self.staged) for doc in shard.docs}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(PAGE.format(number), encoding="utf-8")
    return folder


def test_an_unchanged_folder_is_not_read(cache: Cache, dumps: Path) -> None:
    assert len(cache.update(dumps)) == 6
    plan, _, spooled = cache.plan(dumps)
    assert (plan.dirty, spooled, plan.files) == ([], [], 6)
    assert set(cache.documents.values()) == {"article"}


def test_changed_new_and_withdrawn_files(cache: Cache, dumps: Path) -> None:
    cache.update(dumps)
    (dumps / "1.txt").write_text(PAGE.format("Eins"), encoding="utf-8")
    (dumps / "9.txt").write_text(PAGE.format(9), encoding="utf-8")
    (dumps / "2.txt").unlink()
    assert cache.update(dumps) == ["1.txt", "9.txt"]
    assert sorted(cache.documents) == ["0.txt", "1.txt", "3.txt", "4.txt", "5.txt", "9.txt"]
    assert cache.plan(dumps)[0].dirty == []


def test_the_same_bytes_are_not_parsed_again(
    cache: Cache, dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.update(dumps)
    before = cache.documents
    os.utime(dumps / "3.txt", ns=(1, 1))

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr("kg.reading.parse_page", fail)
    assert cache.update(dumps) == ["3.txt"]
    assert cache.documents == before
    assert cache.plan(dumps)[0].dirty == []


def test_a_shard_of_a_few_pages_has_no_tables(cache: Cache, dumps: Path) -> None:
    cache.update(dumps)
    assert {shard.tables.pages for _, shard in all_shards(cache.staged) if shard.claimed} == {0}


def test_tables_are_of_all_documents_of_a_shard_whatever_changed(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_FEW", 1)
    neighbours = [name for name in (f"{n}.txt" for n in range(900)) if shard_of(name) == 0][:3]
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    for name in neighbours[:2]:
        (dumps / name).write_text(PAGE.format(f"Angela Merkel in {name}"), encoding="utf-8")

    def said() -> list[tuple[object, ...]]:
        ((_, shard),) = all_shards(cache.staged)
        return duckdb.read_parquet(shard.table("said")).fetchall()

    cache.update(dumps)
    assert {row[0] for row in said()} == {0, 1}
    (dumps / neighbours[2]).write_text(PAGE.format("Olaf Scholz am Hafen"), encoding="utf-8")
    (dumps / neighbours[0]).unlink()
    cache.update(dumps)
    told = said()
    assert {(row[0], row[3]) for row in told} >= {(0, "angela-merkel"), (1, "olaf-scholz")}
    cache.update(dumps, key="another")
    assert said() == told


class Neighbours:
    """Dumps of one shard, in the order of their names."""

    def __init__(self, cache: Cache, folder: Path) -> None:
        self.names = [name for name in (f"{n}.txt" for n in range(1000, 4000)) if shard_of(name) == 0]
        self._cache = cache
        self._folder = folder / "neighbours"
        self._folder.mkdir()

    def write(self, *numbers: int, text: object = "") -> None:
        for number in numbers:
            page = PAGE.format(f"{self.names[number]} {text}")
            (self._folder / self.names[number]).write_text(page, encoding="utf-8")

    def withdraw(self, *numbers: int) -> None:
        for number in numbers:
            (self._folder / self.names[number]).unlink()

    def update(self) -> Shard:
        self._cache.update(self._folder)
        ((_, shard),) = all_shards(self._cache.staged)
        return shard


@pytest.fixture
def neighbours(cache: Cache, tmp_path: Path) -> Neighbours:
    return Neighbours(cache, tmp_path)


def test_tables_are_kept_while_few_pages_came_or_went(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_FEW", 2)

    def pages() -> tuple[int, dict[int, int]]:
        shard = neighbours.update()
        return shard.tables.pages, {neighbours.names.index(doc.path): doc.page for doc in shard.docs}

    neighbours.write(1, 2, 3)
    assert pages() == (3, {1: 0, 2: 1, 3: 2})
    neighbours.write(0)
    assert pages() == (3, {0: 3, 1: 0, 2: 1, 3: 2})
    neighbours.write(0, text="in other words")
    neighbours.withdraw(3)
    assert pages() == (3, {0: 3, 1: 0, 2: 1})
    neighbours.write(4)  # one too many
    assert pages() == (4, {0: 0, 1: 1, 2: 2, 4: 3})
    neighbours.withdraw(0, 4)
    assert pages() == (2, {1: 0, 2: 1})


def test_rows_of_a_page_are_worked_out_once(neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    neighbours.write(1, 2)
    before = list(map(bytes, neighbours.update().rows()))
    worked_out: list[str] = []

    def note(pages: Sequence[tuple[int, Claim, Texts]], publisher: str) -> dict[str, Sequence[Record]]:
        worked_out.extend(claim.page.source.path for _, claim, _ in pages)
        return rows_of_pages(pages, publisher)

    monkeypatch.setattr(reading, "rows_of_pages", note)
    neighbours.write(0)
    shard = neighbours.update()
    assert worked_out == [neighbours.names[0]]
    assert list(map(bytes, shard.rows()))[1:] == before


def told(shard: Shard) -> list[int]:
    """The numbers in the rows that lie in the shard."""
    return [msgspec.json.decode(unpack_lines(rows)["claimed_page"])["page"] for rows in shard.rows()]


def test_numbers_of_pages_never_leave_their_shard(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGES", 6)
    neighbours.write(0, 1, 2)
    seen = set()
    for turn in range(9):
        neighbours.write(turn % 3, text=turn)
        shard = neighbours.update()
        assert told(shard) == shard.numbers
        assert len(set(shard.numbers)) == 3
        seen |= set(shard.numbers)
    assert {3} <= seen <= set(range(6))


def test_numbers_of_pages_that_went_count_as_well(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGES", 6)
    monkeypatch.setattr(reading, "_FEW", 3)
    neighbours.write(0, 1, 2, 3, 4)
    assert neighbours.update().tables.pages == 5
    neighbours.withdraw(3, 4)
    neighbours.write(5, 6)
    assert set(neighbours.update().numbers) == set(range(5))


def test_what_could_not_be_read_is_tried_again(cache: Cache, dumps: Path) -> None:
    plan, spool, _ = cache.plan(dumps)
    one, status = dumps / "3.txt", (dumps / "3.txt").stat()
    text = one.read_text(encoding="utf-8")
    one.unlink()  # between being found and being read
    for shard in plan.dirty:
        renewal = Renewal(shard, shard_place(cache.staged, shard), spool_place(str(spool), shard), ())
        read_shards(ReadTask((renewal,), "key", "crf", "taz"))
    assert cache.documents["3.txt"] is None
    one.write_text(text, encoding="utf-8")
    os.utime(one, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert cache.update(dumps) == ["3.txt"]
    assert cache.documents.get("3.txt") == "article"
    assert cache.plan(dumps)[0].dirty == []


def test_an_archive_that_could_not_be_read_is_never_taken_for_whole(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "two.tar"
    with tarfile.open(archive, "w") as tar:
        for number in (1, 2):
            (tmp_path / f"{number}.txt").write_text(PAGE.format(number), encoding="utf-8")
            tar.add(tmp_path / f"{number}.txt", f"{number}.txt")
    cache.update(archive)
    Path(shard_place(cache.staged, shard_of("two.tar/1.txt"))).unlink()

    def refuse(_: str, path: str) -> Iterator[Refused]:
        yield Refused(path, "unreadable", "cannot be read: gone for a moment")

    with monkeypatch.context() as broken:
        broken.setattr("kg.staging.plan.read_archive", refuse)
        assert cache.update(archive) == ["two.tar"]
    assert cache.documents == {"two.tar": None, "two.tar/2.txt": "article"}
    assert cache.update(archive) == ["two.tar/1.txt"]
    assert cache.documents == {"two.tar/1.txt": "article", "two.tar/2.txt": "article"}
    assert cache.plan(archive)[0].dirty == []


def test_another_code_reads_everything(cache: Cache, dumps: Path) -> None:
    cache.update(dumps)
    assert len(cache.update(dumps, key="new")) == 6
    assert cache.plan(dumps, key="new")[0].dirty == []


def test_a_file_that_cannot_be_understood_is_remembered(cache: Cache, dumps: Path) -> None:
    (dumps / "6.txt").write_bytes(b"")
    (dumps / "7.gz").write_bytes(b"no gzip")
    cache.update(dumps)
    assert cache.documents["6.txt"] is None
    assert cache.documents["7.gz"] is None
    assert cache.plan(dumps)[2] == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_name_that_is_no_utf8_is_read_and_remembered(cache: Cache, dumps: Path) -> None:
    Path(os.fsdecode(os.fsencode(dumps) + b"/\xff\xfe.txt")).write_text(PAGE.format(7), encoding="utf-8")
    assert r"\xff\xfe.txt" in cache.update(dumps)
    assert cache.documents[r"\xff\xfe.txt"] == "article"
    assert cache.plan(dumps)[0].dirty == []


def archive(dumps: Path, target: Path) -> Path:
    with tarfile.open(target, "w") as tar:
        for path in sorted(dumps.iterdir()):
            tar.add(path, path.name)
    return target


def test_an_archive_is_read_once_and_only_what_changed_in_it_is_parsed(
    cache: Cache, dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tar = archive(dumps, tmp_path / "d.tar")
    assert len(cache.update(tar)) == 6
    assert cache.plan(tar)[0].dirty == []
    (dumps / "5.txt").write_text(PAGE.format("fünf"), encoding="utf-8")
    (dumps / "0.txt").unlink()
    archive(dumps, tar)
    parsed = []
    from kg.parse import parse_page

    def count(text: str, *, path: str, sha256: str) -> object:
        parsed.append(path)
        return parse_page(text, path=path, sha256=sha256)

    monkeypatch.setattr("kg.reading.parse_page", count)
    cache.update(tar)
    assert parsed == ["d.tar/5.txt"]
    assert sorted(cache.documents) == [f"d.tar/{number}.txt" for number in range(1, 6)]
    tar.unlink()
    cache.update(dumps)
    assert sorted(cache.documents) == [f"{number}.txt" for number in range(1, 6)]


def test_what_a_killed_build_finished_is_not_read_again(cache: Cache, dumps: Path, tmp_path: Path) -> None:
    tar = archive(dumps, tmp_path / "d.tar")
    plan, _, _ = cache.plan(tar)
    cache.update(tar, only=plan.dirty[:2])
    done = set(cache.documents)
    assert 2 <= len(done) < 6
    assert not done & set(cache.update(tar))
    assert len(cache.documents) == 6
    assert cache.plan(tar)[0].dirty == []


def test_a_task_that_is_done_twice_does_the_same(cache: Cache, dumps: Path) -> None:
    cache.update(dumps)
    (dumps / "1.txt").write_text(PAGE.format("Eins"), encoding="utf-8")
    plan, spool, _ = cache.plan(dumps)
    (shard,) = plan.dirty
    place, waiting = shard_place(cache.staged, shard), spool_place(str(spool), shard)
    task = ReadTask((Renewal(shard, place, waiting, tuple(plan.dropped[shard])),), "key", "crf", "taz")
    assert read_shards(task) == 1
    staged = Path(place).read_bytes()
    assert read_shards(task) == 1
    assert Path(place).read_bytes() == staged
    Path(place).unlink()
    with pytest.raises(OutputError, match="do all workers reach that folder"):
        read_shards(task)


def test_a_damaged_cache_is_read_again(cache: Cache, dumps: Path) -> None:
    cache.update(dumps)
    number, shard = next(iter(all_shards(cache.staged)))
    lost = [doc.path for doc in shard.docs]
    path = Path(shard_place(cache.staged, number))
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.update(dumps) == lost
    assert len(cache.documents) == 6
