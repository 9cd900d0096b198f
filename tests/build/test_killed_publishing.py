"""A build that is killed while it publishes: a reader finds the last build or the new one, and the next repairs."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

import kg
from kg import outputs
from kg.errors import OutputError
from kg.outputs import CACHE, NAMES, find_output, open_output, publish
from kg.store.graph_store import open_store
from tests.built import PAGE

OLD = {"graph.nt", "graph.jsonld", "evidence.nt", "store", "tables", "report.json"}
NEW = {"graph.nt", "graph.ttl", "store", "tables", "report.json"}


class KilledError(BaseException):
    """Stands for SIGKILL: nothing of the build catches it."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_ctrl_c_waits_until_an_output_is_in_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    build = import_module("kg.build")
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupted(out: Path) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        publish(out)

    (tmp_path / "a.txt").write_text(PAGE.format(title="Es brennt"), encoding="utf-8")
    monkeypatch.setattr(build, "publish", interrupted)
    try:
        with pytest.raises(KeyboardInterrupt):
            kg.build(tmp_path / "a.txt", tmp_path / "out")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, usual)
    assert (tmp_path / "out" / "graph.html").exists()
    seen: list[str] = []
    kg.build(tmp_path / "a.txt", tmp_path / "out", progress=lambda stage, *_: seen.append(stage))
    assert build.UNCHANGED in seen


def fill(folder: Path, names: set[str], version: str) -> None:
    """The outputs of a build, each holding `version`."""
    for name in names - {"report.json"}:
        path = folder / name / "part" if name in {"store", "tables"} else folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(version)
    (folder / "report.json").write_text(
        json.dumps({"triples": 0, "outputs": sorted(names), "version": version})
    )


def make(out: Path, names: set[str], version: str) -> None:
    with open_output(out) as new:
        fill(new, names, version)
        publish(out)


def seen(out: Path) -> dict[str, str]:
    """What a reader finds under each name: the version."""
    found = {}
    for name in NAMES:
        path = find_output(out, name)
        if path.exists():
            text = (path / "part" if path.is_dir() else path).read_text()
            found[name] = json.loads(text)["version"] if name == "report.json" else text
    return found


def whole(names: set[str], version: str) -> dict[str, str]:
    return {name: version for name in NAMES if name in names}


def killing_after(step: int) -> Callable[[Path, Path], None]:
    """A rename that is the process's last act when it is called for the `step`th time; before it, for negative ones."""
    calls = 0

    def rename(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == -step:
            raise KilledError
        source.replace(target)
        if calls == step:
            raise KilledError

    return rename


RENAMES = len(OLD) + 1 + len(NEW)
STEPS = [*range(-RENAMES, 0), *range(1, RENAMES + 1)]


@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    make(tmp_path, OLD, "old")
    with monkeypatch.context() as patched:
        patched.setattr(outputs, "_rename", killing_after(step))
        with pytest.raises(KilledError):
            make(tmp_path, NEW, "new")
    decided = step > len(OLD) or step < -len(OLD) - 1
    assert seen(tmp_path) == (whole(NEW, "new") if decided else whole(OLD, "old"))
    # The next build repairs first, and so is killed in its repair as well, at every one of its own steps.
    repair = 1
    while repair:
        with monkeypatch.context() as patched:
            patched.setattr(outputs, "_rename", killing_after(repair))
            try:
                with open_output(tmp_path):
                    repair = 0
            except KilledError:
                repair += 1
        assert seen(tmp_path) == (whole(NEW, "new") if decided else whole(OLD, "old"))
    assert {path.name for path in tmp_path.iterdir()} == (NEW if decided else OLD)
    make(tmp_path, OLD, "newest")
    assert seen(tmp_path) == whole(OLD, "newest")
    assert {path.name for path in tmp_path.iterdir()} == OLD


def test_there_are_as_many_renames_as_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, OLD, "old")
    monkeypatch.setattr(outputs, "_rename", killing_after(RENAMES + 1))
    make(tmp_path, NEW, "new")
    assert seen(tmp_path) == whole(NEW, "new")


def test_a_publishing_that_the_system_refuses_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, OLD, "old")

    def refuse(source: Path, target: Path) -> None:
        if source.name == "store" and target.parent.name == ".kg-old":
            raise OSError(16, "Device or resource busy")
        source.replace(target)

    monkeypatch.setattr(outputs, "_rename", refuse)
    with pytest.raises(OutputError, match=r"cannot write to .*: Device or resource busy"):
        make(tmp_path, NEW, "new")
    assert {path.name for path in tmp_path.iterdir()} == OLD
    assert seen(tmp_path) == whole(OLD, "old")


def dumps(folder: Path, number: int) -> Path:
    """An archive with `number` articles."""
    folder.mkdir()
    for n in range(number):
        page = f"       # taz.de -- Hafen: Nummer {n}\n\n       Am Hafen.\n\n       4 Dec 2024\n"
        (folder / f"{n}.txt").write_text(page, encoding="utf-8")
    return folder


def articles(out: Path) -> tuple[int, ...]:
    """The number of articles as each output tells it; all of them are opened as a user would."""
    graph = kg.open(out)
    counted = graph.query("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }").rows[0][0]
    report = json.loads(find_output(out, "report.json").read_bytes())
    nodes = sum(kind == "article" for _, kind in graph.to_networkx().nodes(data="kind"))
    return (int(str(counted)), report["articles"], nodes)


@pytest.mark.parametrize("step", [1, 8, 9, 10, 13])
def test_readers_of_a_whole_build_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    out = tmp_path / "out"
    kg.build(dumps(tmp_path / "one", 1), out)
    with monkeypatch.context() as patched:
        patched.setattr(outputs, "_rename", killing_after(step))
        with pytest.raises(KilledError):
            kg.build(dumps(tmp_path / "two", 2), out)
    # Eight outputs go, then the rename that decides.
    assert articles(out) == ((2, 2, 2) if step >= 9 else (1, 1, 1))
    assert len(open_store(out / "store")) > 0
    kg.build(tmp_path / "one", out)
    assert articles(out) == (1, 1, 1)
    assert not [path for path in out.iterdir() if path.name.startswith(".") and path.name != CACHE]


SLOW = """
import sys, time
from pathlib import Path
import kg
from kg import outputs
rename = outputs._rename
def slowly(source, target):
    time.sleep(0.02)
    rename(source, target)
outputs._rename = slowly
kg.build(sys.argv[1], sys.argv[2])
"""


def kill_at_random_moments(folder: Path, times: int, seed: int) -> None:
    """Build again and again, kill each time: mostly while it publishes, which is made slow, sometimes anywhere."""
    moment = random.Random(seed)
    out = folder / "out"
    archives = [dumps(folder / "one", 1), dumps(folder / "two", 2)]
    kg.build(archives[0], out)
    last = 1
    for turn in range(times):
        command = [sys.executable, "-c", SLOW, str(archives[1 - turn % 2]), str(out)]
        process = subprocess.Popen(command)
        deadline = time.monotonic() + 60
        anywhere = turn % 5 == 4
        while not anywhere and not (out / ".kg-old").is_dir() and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        time.sleep(moment.uniform(0, 3.0 if anywhere else 0.4))
        process.kill()
        process.wait()
        found = articles(out)
        new = 2 - turn % 2
        assert found in ((last,) * 3, (new,) * 3), (turn, found)
        last = found[0]
    kg.build(archives[0], out)
    assert articles(out) == (1, 1, 1)
    assert not [path for path in out.iterdir() if path.name.startswith(".") and path.name != CACHE]


def test_a_real_kill(tmp_path: Path) -> None:
    kill_at_random_moments(tmp_path, 3, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 5))
def test_real_kills(tmp_path: Path, seed: int) -> None:
    kill_at_random_moments(tmp_path, 20, seed)
