"""Builds on a cluster, and from and to places that are no folders: the same bytes as here."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import dask
import fsspec
import pytest

import kg
from kg.cluster import connect
from kg.errors import KgError, OutputError, UsageError
from kg.places import copy_out
from tests.built import outputs

DUMPS = Path(__file__).parents[2] / "examples" / "dumps"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("here") / "out"
    kg.build(DUMPS, out)
    return outputs(out)


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """A file system in memory, empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    yield files
    files.store.clear()


def test_two_workers_of_dask_make_the_same(tmp_path: Path, here: dict[str, bytes]) -> None:
    script = "import sys, kg; kg.build(sys.argv[1], sys.argv[2], scheduler='local:2', work_dir=sys.argv[3])"
    work = (tmp_path / "shared").as_uri()
    command = [sys.executable, "-c", script, str(DUMPS), str(tmp_path / "out"), work]
    for _ in range(2):  # the second finds nothing changed
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert (run.returncode, run.stderr) == (0, "")
        assert outputs(tmp_path / "out") == here
        assert len(list((tmp_path / "shared" / "read").iterdir())) > 100
        assert {path.name for path in (tmp_path / "shared").iterdir()} == {"read", "written"}


def test_workers_of_a_local_cluster_sample_nothing_and_keep_their_memory() -> None:
    before = dict(os.environ)
    with connect("local:1") as client:  # functions of modules: what a test defines no worker could import
        (samples,) = client.run(dask.config.get, "distributed.worker.profile.enabled").values()
        (trim,) = client.run(os.getenv, "MALLOC_TRIM_THRESHOLD_", "as ever").values()
    assert (samples, trim) == (False, before.get("MALLOC_TRIM_THRESHOLD_", "as ever"))
    assert os.environ.get("OMP_NUM_THREADS") == before.get("OMP_NUM_THREADS")
    assert dask.config.get("distributed.worker.profile.enabled")  # elsewhere in this process as before


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_ctrl_c_stops_workers_of_dask_without_a_word_of_theirs(tmp_path: Path) -> None:
    script = """if True:  # Ctrl-C is heard as a terminal starts programs, wherever the tests run
        import signal, kg.cli
        signal.signal(signal.SIGINT, signal.default_int_handler)
        kg.cli.main()
        """
    command = [sys.executable, "-c", script, "build", str(DUMPS), "--out", str(tmp_path / "out"), "--json"]
    with subprocess.Popen(
        [*command, "--scheduler", "local:2"], stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stderr is not None
        told = [next(line for line in process.stderr if '"reading"' in line)]
        time.sleep(0.5)  # the workers begin, or are at work
        os.killpg(process.pid, signal.SIGINT)
        told += process.communicate(timeout=120)[1].splitlines(keepends=True)
    assert process.returncode == 130
    assert [line for line in told if not line.startswith("{")] == [
        "kg: stopped; what is done is kept, and the next build goes on from there\n"
    ]


def test_workers_of_dask_that_are_ours_look_for_cycles_rarely() -> None:
    script = """if True:
        import gc
        from kg.cluster import connect
        from kg.processes import rare_collection
        with connect("local:1") as client, rare_collection():
            assert set(client.run(gc.get_threshold).values()) == {gc.get_threshold()} != {(700, 10, 10)}
        """
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


def test_a_work_dir_behind_a_url(
    tmp_path: Path, here: dict[str, bytes], memory: fsspec.AbstractFileSystem
) -> None:
    kg.build(DUMPS, tmp_path / "out", work_dir="memory://desk")
    assert outputs(tmp_path / "out") == here
    assert len(memory.ls("/desk/read")) > 100
    assert not [path for path in memory.find("/desk") if "scratch" in path]
    seen: list[str] = []
    kg.build(DUMPS, tmp_path / "out", work_dir="memory://desk", progress=lambda stage, *_: seen.append(stage))
    assert set(seen) == {"scanning", "unchanged"}
    kg.build(DUMPS, tmp_path / "out", work_dir="memory://desk", full=True)
    assert outputs(tmp_path / "out") == here


def test_what_a_killed_build_left_in_a_work_dir_is_not_read(
    tmp_path: Path, here: dict[str, bytes], memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    module = import_module("kg.build")
    with monkeypatch.context() as patched:
        patched.setattr(module, "write_report", kill)
        with pytest.raises(KeyboardInterrupt):
            kg.build(DUMPS, tmp_path / "out", work_dir="memory://desk")
    scratch = next(path.rpartition("/findings/")[0] for path in memory.find("/desk") if "/findings/" in path)
    memory.copy(f"{scratch}/findings/0000", f"{scratch}/findings/0007")
    kg.build(DUMPS, tmp_path / "out", work_dir="memory://desk")
    assert outputs(tmp_path / "out") == here


def test_dumps_behind_a_url(
    tmp_path: Path, here: dict[str, bytes], memory: fsspec.AbstractFileSystem
) -> None:
    memory.put(str(DUMPS), "/press/dumps", recursive=True)
    kg.build("memory://press/dumps", tmp_path / "out")
    assert outputs(tmp_path / "out") == here
    seen: list[str] = []
    kg.build("memory://press/dumps", tmp_path / "out", progress=lambda stage, *_: seen.append(stage))
    assert set(seen) == {"scanning", "unchanged"}


class _OddError(Exception):
    """As the libraries behind fsspec have them, which are no `OSError`."""


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ECONNRESET, "connection reset"), "connection reset"),
        (_OddError("503"), "_OddError: 503"),
    ],
    ids=["of the system", "of a library"],
)
def test_what_cannot_be_fetched_is_told_and_tried_again(
    tmp_path: Path,
    memory: fsspec.AbstractFileSystem,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    message: str,
) -> None:
    with tarfile.open(tmp_path / "more.tar", "w") as tar:
        tar.add(DUMPS / "2023", "2023")
    memory.put(str(DUMPS / "2022"), "/press/2022", recursive=True)
    memory.put_file(str(tmp_path / "more.tar"), "/press/more.tar")
    memory.pipe_file("/press/other.7z", b"7z")

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(type(memory), "get_file", fail)
        report = kg.build("memory://press", tmp_path / "out")
    assert (report.files, report.refused, report.articles > 0) == (len(memory.find("/press")), 2, True)
    findings = map(json.loads, (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines())
    told = {one["path"]: (one["code"], one["message"]) for one in findings if one["line"] is None}
    assert told["more.tar"] == ("unreadable", f"cannot be read: {message}")
    assert told["other.7z"][0] == "unsupported-archive"
    again = kg.build("memory://press", tmp_path / "out")
    assert again.refused == 1
    assert again.articles > report.articles
    # Where it was read before, that stays: another upload of it is no reason to lose it.
    memory.put_file(str(tmp_path / "more.tar"), "/press/more.tar")
    with monkeypatch.context() as broken:
        broken.setattr(type(memory), "get_file", fail)
        kept = kg.build("memory://press", tmp_path / "out")
    assert (kept.refused, kept.articles) == (2, again.articles)
    assert kg.build("memory://press", tmp_path / "out") == again


def test_an_output_behind_a_url(
    tmp_path: Path, here: dict[str, bytes], memory: fsspec.AbstractFileSystem
) -> None:
    for turn in ("first", "second"):
        report = kg.build(DUMPS, "memory://press/graph")
        memory.get("/press/graph", str(tmp_path / turn), recursive=True)
        found = outputs(tmp_path / turn)
        assert found == here
        assert set(report.outputs) == {name.partition("/")[0] for name in found} | {"store"}
        assert kg.open(tmp_path / turn).query("ASK {}").rows
        # The next build must know the report of any version for one of a build.
        told = json.loads(memory.cat_file("/press/graph/report.json"))
        del told["mentions"]
        memory.pipe_file("/press/graph/report.json", json.dumps(told).encode())


def test_what_others_have_behind_the_url_stays(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe_file("/press/pages/precious.html", b"mine")
    with pytest.raises(OutputError, match=r"holds pages, and no report\.json"):
        kg.build(DUMPS, "memory://press")
    assert memory.cat_file("/press/pages/precious.html") == b"mine"
    memory.rm("/press", recursive=True)
    memory.put(str(DUMPS), "/press/dumps", recursive=True)
    first = kg.build("memory://press", "memory://press/graph")
    assert kg.build("memory://press", "memory://press/graph").files == first.files


def test_a_build_stopped_while_it_is_copied_to_a_url_is_no_strangers(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = import_module("kg.build")
    copied: list[str] = []

    def stop(path: Path, place: str) -> None:
        if len(copied) == 2:
            raise KeyboardInterrupt
        copied.append(path.name)
        copy_out(path, place)

    with monkeypatch.context() as patched:
        patched.setattr(build, "copy_out", stop)
        with pytest.raises(KeyboardInterrupt):
            kg.build(DUMPS, "memory://press")
    assert {f"/press/{name}" for name in copied} <= set(memory.ls("/press", detail=False))
    report = kg.build(DUMPS, "memory://press")
    assert report == kg.build(DUMPS, tmp_path / "out")
    assert not memory.exists("/press/.kg-copying")


def run_damages(tmp_path: Path, memory: fsspec.AbstractFileSystem, seed: int, times: int) -> None:
    """Builds with a work folder far away, between which dumps go and come, and a file of that folder goes or is cut."""
    moment = random.Random(seed)
    dumps, away = tmp_path / "dumps", tmp_path / "away"
    shutil.copytree(DUMPS, dumps)
    away.mkdir()
    for turn in range(times):
        for path in moment.sample(sorted(dumps.rglob("*.txt")), 5):
            path.rename(away / path.name)
        for path in moment.sample(sorted(away.iterdir()), 3):
            path.rename(dumps / path.name)
        staged = memory.find("/desk") if turn else []
        for path in moment.sample(staged, min(2, len(staged))):
            data = memory.cat_file(path)
            memory.rm(path) if moment.random() < 0.5 else memory.pipe_file(path, data[: len(data) // 2])
        kg.build(dumps, tmp_path / "out", work_dir="memory://desk")
        kg.build(dumps, tmp_path / f"fresh{turn}")
        assert outputs(tmp_path / "out") == outputs(tmp_path / f"fresh{turn}"), (seed, turn)


def test_a_damaged_work_dir_behind_a_url(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    run_damages(tmp_path, memory, 0, 2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 5))
def test_many_damages_of_a_work_dir_behind_a_url(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, seed: int
) -> None:
    run_damages(tmp_path, memory, seed, 8)


def lacks_a_package(*_: object, **__: object) -> NoReturn:
    raise ImportError('Install "requests"')


def test_what_is_not_there_is_told(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        kg.build("memory://nowhere", tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be opened"):
        kg.build("unheardof://bucket/dumps", tmp_path / "out")
    with monkeypatch.context() as patched:
        patched.setattr(fsspec.core, "url_to_fs", lacks_a_package)
        with pytest.raises(UsageError, match='Install "requests" \\(with pip\\)'):
            kg.build("https://press.example/dumps.tar", tmp_path / "out")
    with pytest.raises(UsageError, match="neither an address"):
        kg.build(DUMPS, tmp_path / "out", scheduler="everywhere")
    with pytest.raises(KgError, match="does not answer"):
        kg.build(DUMPS, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
