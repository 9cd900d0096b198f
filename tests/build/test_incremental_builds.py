"""A build after a build: quick where nothing changed, and always what a first build would have made."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyoxigraph as ox
import pytest
from msgspec.structs import replace

import kg
from bench.generate import generate, write_folder
from kg.errors import OutputError
from kg.outputs import CACHE
from kg.report import Report
from kg.shard_writing import WriteTask
from kg.staging import all_shards, shard_of
from kg.store import graph_store
from tests.built import PAGE, outputs

ROOT = Path(__file__).parents[2]
DUMPS = ROOT / "examples" / "dumps"


def stored(out: Path) -> set[str]:
    """The quads of the store, in whatever graph."""
    return {str(quad) for quad in ox.Store.read_only(str(out / "store"))}


def compare_with_fresh(dumps: Path, out: Path, told: object = "") -> None:
    """What is in `out` is what a first build of these dumps, with evidence, makes."""
    with TemporaryDirectory() as fresh:
        kg.build(dumps, fresh, evidence=True)
        assert outputs(out) == outputs(Path(fresh)), told
        assert stored(out) == stored(Path(fresh)), told


def stages(dumps: Path, out: Path, **options: object) -> tuple[Report, list[str]]:
    seen: list[str] = []
    report = kg.build(dumps, out, progress=lambda stage, *_: seen.append(stage), **options)  # type: ignore[arg-type]  # any option
    return report, list(dict.fromkeys(seen))


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    shutil.copytree(DUMPS, tmp_path / "dumps")
    return tmp_path / "dumps"


def test_nothing_is_done_where_nothing_changed(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = kg.build(dumps, out)
    times = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    report, seen = stages(dumps, out)
    assert (report, seen) == (first, ["scanning", "unchanged"])
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == times


def test_what_nothing_leads_to_is_no_node_until_something_does(tmp_path: Path) -> None:
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    dumps.mkdir()
    politician = PAGE.replace("Ein Absatz", "Der CDU-Politiker Martin Schulz schreibt einen Absatz")
    (dumps / "a.txt").write_text(politician.format(title="Eins"), encoding="utf-8")
    assert kg.build(dumps, out, evidence=True).organizations == 1  # the paper
    first = outputs(out)
    party = PAGE.replace("Ein Absatz", "Die CDU schreibt einen Absatz")
    (dumps / "b.txt").write_text(party.format(title="Zwei"), encoding="utf-8")
    assert kg.build(dumps, out, evidence=True).organizations == 2
    compare_with_fresh(dumps, out)
    (dumps / "b.txt").unlink()
    kg.build(dumps, out, evidence=True)
    assert outputs(out) == first
    assert {b"organization/cdu>" in data for data in first.values()} == {False}


def test_files_that_were_only_touched_are_read_and_change_nothing(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = kg.build(dumps, out)
    times = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    for path in dumps.rglob("*.txt"):
        os.utime(path)
    assert stages(dumps, out) == (first, ["scanning", "reading", "unchanged"])
    assert stages(dumps, out) == (first, ["scanning", "unchanged"])
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == times


@pytest.mark.parametrize(
    "options",
    [
        {"base_iri": "https://example.org/other/"},
        {"evidence": True},
        {"with_text": True},
        {"title": "Another title"},
        {"lang": "en"},
        {"pages": 3},
        {"shards": True},
        {"formats": ["nq"]},
        {"full": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_other_options_are_another_graph(dumps: Path, tmp_path: Path, options: dict[str, object]) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    _, seen = stages(dumps, out, **options)
    assert ("reading" in seen) == ("full" in options)
    assert "resolving" in seen
    kg.build(dumps, tmp_path / "fresh", **options)  # type: ignore[arg-type]  # any option
    assert outputs(out) == outputs(tmp_path / "fresh")
    assert stored(out) == stored(tmp_path / "fresh")
    min(dumps.rglob("*.txt")).unlink()
    kg.build(dumps, out)
    kg.build(dumps, tmp_path / "back")
    assert outputs(out) == outputs(tmp_path / "back")
    assert stored(out) == stored(tmp_path / "back")


def test_a_lost_output_is_made_again(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    before = outputs(out)
    (out / "graph.html").unlink()
    kg.build(dumps, out)
    assert outputs(out) == before


def test_decisions_are_read_each_time(dumps: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text("action,a,b,comment\n", encoding="utf-8")
    out = tmp_path / "out"
    kg.build(dumps, out, decisions=decisions)
    person = (
        kg.open(out).query("SELECT ?n { ?p a schema:Person ; schema:name ?n } ORDER BY ?n LIMIT 1").rows[0][0]
    )
    decisions.write_text(f"action,a,b,comment\nname,{person},Ganz Anders,\n", encoding="utf-8")
    kg.build(dumps, out, decisions=decisions)
    assert kg.open(out).person("Ganz Anders").name == "Ganz Anders"


def change(dumps: Path, paths: list[Path], moment: random.Random) -> None:
    """Withdraw, bring back and change some files."""
    for path in moment.sample(paths, 25):
        target = dumps / path.relative_to(DUMPS)
        if not target.exists():
            shutil.copyfile(path, target)
        elif moment.random() < 0.5 or path.suffix != ".txt":
            target.unlink()
        else:
            other = moment.choice([one for one in paths if one.suffix == ".txt"])
            shutil.copyfile(other, target)


def run_changes(dumps: Path, tmp_path: Path, seed: int, times: int) -> None:
    moment = random.Random(seed)
    paths = sorted(path for path in DUMPS.rglob("*") if path.is_file())
    for turn in range(times):
        change(dumps, paths, moment)
        kg.build(dumps, tmp_path / "out", evidence=True)
        compare_with_fresh(dumps, tmp_path / "out", (seed, turn))


def run_with_kept_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, times: int) -> None:
    """Two shards, whose tables outlast changes of a few dumps; a fresh build makes tables of all pages."""
    monkeypatch.setattr("kg.staging.shards.SHARDS", 2)
    monkeypatch.setattr("kg.reading._FEW", 8)
    moment = random.Random(seed)
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    paths = sorted(path for path in DUMPS.rglob("*.txt"))
    for path in paths:
        if moment.random() < 0.8:
            (dumps / path.relative_to(DUMPS)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, dumps / path.relative_to(DUMPS))
    kg.build(dumps, out, evidence=True)
    missing = surplus = 0
    for turn in range(times):
        for path in moment.sample(paths, moment.choice([3, 3, 5, 20])):
            target = dumps / path.relative_to(DUMPS)
            if target.exists() and moment.random() < 0.4:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(moment.choice([path, path, moment.choice(paths)]), target)
        kg.build(dumps, out, evidence=True)
        for _, shard in all_shards(str(out / CACHE / "read")):
            tabled = set(range(shard.tables.pages))
            missing += len(set(shard.numbers) - tabled) if tabled else 0
            surplus += len(tabled.difference(shard.numbers))
        compare_with_fresh(dumps, out, (seed, turn))
    assert missing
    assert surplus


def test_tables_that_are_kept_give_what_new_ones_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with_kept_tables(tmp_path, monkeypatch, 1, 3)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_tables_that_are_kept_for_long_give_what_new_ones_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    run_with_kept_tables(tmp_path, monkeypatch, seed, 12)


class KilledError(BaseException):
    """Stands for SIGKILL."""


@pytest.mark.parametrize("step", ["forget", "remember"])
def test_a_build_that_is_killed_around_its_publishing_is_not_taken_for_another(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    changed = min(dumps.rglob("*.txt"))
    text = changed.read_bytes()

    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(import_module("kg.build")._Build, step, kill)
        changed.write_bytes(text + b"\n")
        with pytest.raises(KilledError):
            kg.build(dumps, out)
        with pytest.raises(KilledError):
            kg.build(dumps, out, formats=["nt"])
    changed.write_bytes(text)
    kg.build(dumps, out)
    kg.build(dumps, tmp_path / "fresh")
    assert outputs(out) == outputs(tmp_path / "fresh")
    assert stored(out) == stored(tmp_path / "fresh")


def test_another_build_in_the_work_folder_is_told(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("kg.build")
    reduce = module.reduce_shards

    def meddle(task: Any) -> Any:
        min(Path(task.staged).glob("*.read")).unlink()
        return reduce(task)

    with monkeypatch.context() as patched:
        patched.setattr(module, "reduce_shards", meddle)
        with pytest.raises(OutputError, match=r"another build wrote to .*read meanwhile"):
            kg.build(dumps, tmp_path / "out", work_dir=str(tmp_path / "work"))
    kg.build(dumps, tmp_path / "out", work_dir=str(tmp_path / "work"))
    kg.build(dumps, tmp_path / "fresh")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


def test_evidence_that_is_no_longer_wanted_leaves_the_store(tmp_path: Path) -> None:
    write_folder(generate(60, 7), tmp_path / "dumps")
    kg.build(tmp_path / "dumps", tmp_path / "out", evidence=True)
    for path in sorted((tmp_path / "dumps").rglob("*.txt"))[:30]:
        path.unlink()
    kg.build(tmp_path / "dumps", tmp_path / "out")
    kg.build(tmp_path / "dumps", tmp_path / "fresh")
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")


def test_a_store_whose_parts_are_not_all_known_is_loaded_anew(dumps: Path, tmp_path: Path) -> None:
    kg.build(dumps, tmp_path / "out")
    stored_shards = tmp_path / "out" / CACHE / "stored"
    shard_files = {
        path: stored_shards / f"{shard_of(str(path.relative_to(dumps))):03d}.nt.zst"
        for path in sorted(dumps.rglob("*.txt"))
    }
    withdrawn = next(path for path, file in shard_files.items() if file.exists())
    shard_files[withdrawn].unlink()
    withdrawn.unlink()
    kg.build(dumps, tmp_path / "out")
    kg.build(dumps, tmp_path / "fresh")
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")


def test_shards_that_another_build_wrote_meanwhile_are_told(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = import_module("kg.build")
    write_shard = build.write_shard

    def write(task: WriteTask) -> int:
        number: int = write_shard(task if task.shard % 2 else replace(task, key="another build's"))
        return number

    monkeypatch.setattr(build, "write_shard", write)
    with pytest.raises(OutputError, match="another build wrote to"):
        kg.build(dumps, tmp_path / "out")


def test_damage_that_is_seen_late_is_told_with_its_cure(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    before = outputs(out)
    path = min((out / CACHE / "written").glob("*.nt.zst"))
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:-20] + bytes(byte ^ 1 for byte in data[-20:]))
    with pytest.raises(OutputError, match="--full"):
        kg.build(dumps, out, title="Another")
    assert outputs(out) == before
    kg.build(dumps, out, title="Another", full=True)


@pytest.mark.parametrize("share", [0.3, 1])
def test_damage_in_what_was_read_is_told_with_its_cure(dumps: Path, tmp_path: Path, share: float) -> None:
    """Wherever it is; a shard that is not whole by its sizes is read again instead."""
    decisions = tmp_path / "decisions.csv"  # which let everything be decided again
    decisions.write_text("action,a,b,comment\nname,Nobody,No One,\n", encoding="utf-8")
    kg.build(dumps, tmp_path / "out")
    for path in (tmp_path / "out" / CACHE / "read").glob("*.read"):
        data = bytearray(path.read_bytes())
        end = int(len(data) * share)
        data[end - 40 : end] = bytes(255 - one for one in data[end - 40 : end])
        path.write_bytes(data)
    with pytest.raises(OutputError, match="build with --full"):
        kg.build(dumps, tmp_path / "out", decisions=decisions)
    kg.build(dumps, tmp_path / "out", evidence=True, full=True)
    compare_with_fresh(dumps, tmp_path / "out")


def test_turtle_is_converted_only_of_what_changed(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out, formats=["nt"])
    assembly = import_module("kg.assembly")
    turtle_body, converted = assembly.turtle_body, []

    def note(triples: Any, name: Path, iris: Any) -> bytes:
        converted.append(name.name)
        body: bytes = turtle_body(triples, name, iris)
        return body

    monkeypatch.setattr(assembly, "turtle_body", note)
    kg.build(dumps, out)
    assert len(converted) == len(list((out / CACHE / "written").glob("*.nt.zst")))
    converted.clear()
    changed = min(dumps.rglob("*.txt"))
    changed.write_bytes(changed.read_bytes() + b"\n")
    kg.build(dumps, out, formats=["ttl"])
    assert 0 < sum(name.startswith("files-") for name in converted) <= 2
    assert len(converted) < 8
    kg.build(dumps, out)
    kg.build(dumps, tmp_path / "fresh")
    assert outputs(out) == outputs(tmp_path / "fresh")


def test_turtle_of_the_last_build_that_is_damaged_is_told(dumps: Path, tmp_path: Path) -> None:
    kg.build(dumps, tmp_path / "out")
    min((tmp_path / "out" / CACHE / "written").glob("*.ttl.zst")).write_bytes(b"")
    with pytest.raises(OutputError, match="--full"):
        kg.build(dumps, tmp_path / "out", title="Another")


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "flipped": lambda data: data[:-20] + bytes(byte ^ 1 for byte in data[-20:]),
}


@pytest.mark.parametrize("suffix", ["nt.zst", "pieces", "done"])
@pytest.mark.parametrize("damage", ["gone", *DAMAGES])
def test_written_shards_that_are_damaged_are_written_again(
    dumps: Path, tmp_path: Path, suffix: str, damage: str
) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    path = sorted((out / CACHE / "written").glob(f"[0-9]*.{suffix}"))[3]
    shard = int(path.name.partition(".")[0])
    data = path.read_bytes()
    path.unlink()  # what is linked to it stays as it is
    if damage != "gone":
        path.write_bytes(DAMAGES[damage](data))
    # A dump of the same shard changes: a file of the right size is looked into only where it is needed.
    changed = next(
        path for path in sorted(dumps.rglob("*.txt")) if shard_of(str(path.relative_to(dumps))) == shard
    )
    changed.write_bytes(changed.read_bytes() + b"\n")
    kg.build(dumps, out, title="Another")
    kg.build(dumps, tmp_path / "fresh", title="Another")
    assert outputs(out) == outputs(tmp_path / "fresh")
    assert stored(out) == stored(tmp_path / "fresh")


def test_a_work_dir_that_another_output_shares(dumps: Path, tmp_path: Path) -> None:
    work = str(tmp_path / "work")
    first = kg.build(dumps, tmp_path / "one", work_dir=work)
    min(dumps.rglob("*.txt")).unlink()
    second = kg.build(dumps, tmp_path / "two", work_dir=work)
    assert second.files == first.files - 1
    assert kg.build(dumps, tmp_path / "one", work_dir=work) == second


def test_any_changes_give_what_a_fresh_build_gives(dumps: Path, tmp_path: Path) -> None:
    run_changes(dumps, tmp_path, 1, 3)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_many_changes_give_what_a_fresh_build_gives(dumps: Path, tmp_path: Path, seed: int) -> None:
    run_changes(dumps, tmp_path, seed, 8)


def run_small_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, times: int) -> None:
    """Withdraw, bring back and exchange single articles of 250; most others are left as they are.

    Tables are of many parts, as those of many articles.
    """
    monkeypatch.setattr("kg.assembly._FEW", 0)
    moment = random.Random(seed)
    texts = dict(generate(250, seed))
    dumps = tmp_path / "dumps"
    write_folder(texts.items(), dumps)
    kg.build(dumps, tmp_path / "out", evidence=True)
    build = import_module("kg.build")
    write_shard, written = build.write_shard, []

    def count(task: Any) -> int:
        number: int = write_shard(task)
        written.append(number)
        return number

    for turn in range(times):
        name = moment.choice(sorted(texts))
        if (dumps / name).exists() and moment.random() < 0.5:
            (dumps / name).unlink()
        else:
            (dumps / name).write_text(texts[moment.choice(sorted(texts))], encoding="utf-8")
        monkeypatch.setattr(build, "write_shard", count)
        kg.build(dumps, tmp_path / "out", evidence=True)
        monkeypatch.setattr(build, "write_shard", write_shard)
        compare_with_fresh(dumps, tmp_path / "out", (seed, turn))
    articles = kg.build(dumps, tmp_path / "out", evidence=True).articles
    assert 0 < sum(written) < times * articles / 4, (written, articles)


def test_few_articles_have_tables_of_few_parts_and_the_same_rows(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg.build(dumps, tmp_path / "few")
    monkeypatch.setattr("kg.assembly._FEW", 0)
    kg.build(dumps, tmp_path / "many")
    for name in ("nodes", "edges", "mentions"):
        few, many = tmp_path / "few", tmp_path / "many"
        parts = [len(list((out / CACHE / "tables").glob(f"{name}-*"))) for out in (few, many)]
        assert parts[0] <= 2, parts
        assert parts[1] > 10, parts
        rows = [
            duckdb.read_parquet(str(out / "tables" / f"{name}.parquet")).fetchall() for out in (few, many)
        ]
        assert rows[0] == rows[1]
        assert rows[0]


def test_small_changes_rewrite_few_articles_and_give_what_a_fresh_build_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_small_changes(tmp_path, monkeypatch, 1, 2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 8))
def test_many_small_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    run_small_changes(tmp_path, monkeypatch, seed, 8)


def test_a_dump_that_moves_within_its_shard_is_cited_where_it_is(tmp_path: Path) -> None:
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    dumps.mkdir()
    old, new = [name for name in (f"{number}.txt" for number in range(2000)) if shard_of(name) == 0][:2]
    (dumps / old).write_text(PAGE.format(title="Bürgermeisterin Anna Kolb"), encoding="utf-8")
    kg.build(dumps, out, evidence=True)
    (dumps / old).rename(dumps / new)
    kg.build(dumps, out, evidence=True)
    compare_with_fresh(dumps, out)


def test_the_store_is_renewed_where_little_changed_and_loaded_where_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(generate(200, 5), tmp_path / "dumps")
    kg.build(tmp_path / "dumps", tmp_path / "out", evidence=True)
    changed = sorted(path for path in (tmp_path / "dumps").rglob("*") if path.is_file())[:2]
    loaded = []
    load = graph_store.load_store

    def count(*args: Any, **named: Any) -> None:
        loaded.append(1)
        load(*args, **named)

    monkeypatch.setattr(graph_store, "load_store", count)
    changed[0].write_bytes(changed[0].read_bytes().replace(b"Dec", b"Nov") + b"\n")
    kg.build(tmp_path / "dumps", tmp_path / "out", evidence=True)
    assert not loaded
    for path in (tmp_path / "out" / "store").glob("MANIFEST*"):
        path.write_bytes(b"")
    changed[1].write_bytes(changed[1].read_bytes() + b"\n")
    kg.build(tmp_path / "dumps", tmp_path / "out", evidence=True)
    assert loaded
    kg.build(tmp_path / "dumps", tmp_path / "fresh", evidence=True)
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")


def test_any_number_of_processes_makes_the_same(tmp_path: Path) -> None:
    write_folder(generate(900, 5), tmp_path / "dumps")
    one = kg.build(tmp_path / "dumps", tmp_path / "one", jobs=1)
    two = kg.build(tmp_path / "dumps", tmp_path / "two", jobs=2)
    assert one == two
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")
