"""Builds with several processes: interrupted or killed at any moment, they leave no process and lose nothing."""

from __future__ import annotations

import gc
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from bench.generate import generate, write_folder
from kg.executors import Workers
from kg.outputs import CACHE
from kg.processes import rare_collection
from tests.built import outputs

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")

SCRIPT = "import sys, kg\nkg.build(sys.argv[1], sys.argv[2], jobs=2)\n"
"""Without the guard that other programs with processes need."""


def write_dumps(folder: Path, articles: int) -> Path:
    write_folder(generate(articles, 3), folder)
    return folder


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dumps(tmp_path_factory.mktemp("many") / "dumps", 900)


def start(dumps: Path, out: Path) -> subprocess.Popen[bytes]:
    script = out.parent / "script.py"
    script.write_text(SCRIPT)
    return subprocess.Popen([sys.executable, str(script), str(dumps), str(out)], stderr=subprocess.PIPE)


def descendants(process: int) -> set[int]:
    """All processes below that one."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found: set[int] = set()
    level = {process}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - found
        found |= level
    return found


def alive(processes: set[int]) -> set[int]:
    running = set()
    for process in processes:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.add(process)
    return running


def test_no_process_idles_beside_one_that_works_alone() -> None:
    with Workers(2) as workers:
        of_map = {int(pid) for _, pid in workers.map(os.readlink, ["/proc/self"] * 4, parallel=True)}
        alone = int(workers.alone(os.readlink, "/proc/self", parallel=True))
        assert alone not in of_map | {os.getpid()}
        assert not alive({alone, *of_map})
        assert len(list(workers.map(os.readlink, ["/proc/self"] * 4, parallel=True))) == 4


def test_cycles_are_looked_for_as_rarely_in_all_processes() -> None:
    usual = gc.get_threshold()
    with rare_collection(), Workers(2) as workers:
        of_map = [found for _, found in workers.map(thresholds, range(4), parallel=True)]
        assert of_map == [gc.get_threshold()] * 4
    assert gc.get_threshold() == usual != of_map[0]


def thresholds(_: int) -> tuple[int, int, int]:
    return gc.get_threshold()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_build(dumps: Path, tmp_path: Path, sent: signal.Signals) -> None:
    out = tmp_path / "out"
    with start(dumps, out) as process:
        wait_for(lambda: list((out / CACHE / "read").glob("*.read")))
        workers = descendants(process.pid)
        assert len(workers) >= 2
        process.send_signal(sent)
        process.wait(timeout=30)
    assert process.returncode != 0
    wait_for(lambda: not alive(workers))
    assert {path.name for path in out.iterdir()} <= {CACHE, ".kg-build", ".kg-lock"}
    assert kg.build(dumps, out, jobs=2).articles == 900


def test_a_worker_that_is_killed_is_told_in_a_sentence(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "kg", "build", str(dumps), "--out", str(out), "--jobs", "2", "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: list((out / CACHE / "read").glob("*.read")))
        for worker in descendants(process.pid):
            if b"spawn_main" in Path(f"/proc/{worker}/cmdline").read_bytes():
                os.kill(worker, signal.SIGKILL)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 5
    assert "a worker process was killed, perhaps for want of memory" in errors
    assert "Traceback" not in errors


def kill_at_random_moments(dumps: Path, folder: Path, times: int, seed: int) -> None:
    """Kill builds of changed dumps; the outputs are always the old or the new ones, and the next run completes them."""
    moment = random.Random(seed)
    out, changed = folder / "out", next(path for path in sorted(dumps.rglob("*")) if path.is_file())
    texts = [
        changed.read_bytes(),
        changed.read_bytes().replace(b"Dec", b"Nov").replace(b"Jan", b"Feb") + b"\n",
    ]
    wanted = []
    started = time.monotonic()
    for number, text in enumerate(texts):
        changed.write_bytes(text)
        kg.build(dumps, folder / f"fresh{number}", jobs=2)
        wanted.append(outputs(folder / f"fresh{number}"))
    whole = (time.monotonic() - started) / 2
    changed.write_bytes(texts[0])
    kg.build(dumps, out, jobs=2)
    last = 0
    for turn in range(times):
        new = 1 - last
        changed.write_bytes(texts[new])
        with start(dumps, out) as process:
            time.sleep(moment.uniform(0.1, whole))
            process.kill()
        graph = kg.open(out)
        assert len(graph.query("SELECT ?a { ?a a schema:NewsArticle }").rows) > 0
        if not {".kg-old", ".kg-new"} & {path.name for path in out.iterdir()}:
            found = {name: digest for name, digest in outputs(out).items() if not name.startswith(".kg-")}
            assert found in wanted, (turn, "neither the old nor the new outputs")
        kg.build(dumps, out, jobs=2)
        assert outputs(out) == wanted[new], turn
        last = new
    changed.write_bytes(texts[0])


def test_killed_builds_end_in_the_same_bytes(dumps: Path, tmp_path: Path) -> None:
    kill_at_random_moments(dumps, tmp_path, 3, seed=1)


@pytest.mark.long
def test_twenty_kills_of_a_larger_build(tmp_path: Path) -> None:
    kill_at_random_moments(write_dumps(tmp_path / "dumps", 5000), tmp_path, 20, seed=2)
