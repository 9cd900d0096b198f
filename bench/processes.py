"""Run a command and watch it: wall clock, CPU time, and the memory of all its processes together."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
"""Code is compiled once, as pip does it where a package is installed."""

INTERVAL = 0.2
"""Seconds between two looks at the memory: a peak that is shorter goes unseen."""


@dataclass(frozen=True)
class Run:
    """What a command cost. Memory is the largest sum over its processes at one moment, in units of 10⁶ bytes."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    answer: dict[str, Any]  # what it printed as JSON

    @property
    def cost(self) -> dict[str, float]:
        """The figures to keep."""
        return {
            "wall_seconds": round(self.wall_seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "peak_mb": round(self.peak_mb, 1),
        }


def clear(folder: Path) -> None:
    """Take a folder away. It is deleted when this process ends: file systems are slow for a while to make new files
    where many were deleted, which whatever is measured next would pay for.
    """
    if folder.exists():
        away = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
        folder.rename(away / folder.name)
        atexit.register(shutil.rmtree, away)


def run_python(*arguments: str | Path, python: str | Path = sys.executable) -> Run:
    """Run `python ARGUMENTS…` from the root of the project, and read one JSON object from its last line.

    Raises `RuntimeError` with what it said where it fails.
    """
    command = list(map(str, (python, *arguments)))
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        out, errors = process.communicate()
        wall = time.perf_counter() - started
        watch.stop()
    after = os.times()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{errors}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    last = (out.strip().splitlines() or ["{}"])[-1]
    return Run(wall, cpu, watch.peak / 1e6, json.loads(last) if last.startswith("{") else {})


class _Watch(threading.Thread):
    """Looks at a process and all that descend from it, and keeps the largest sum of their memory in bytes."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._ended.wait(INTERVAL):
            try:
                family = [self._root, *self._root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.peak = max(self.peak, sum(map(_memory, family)))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _memory(process: psutil.Process) -> int:
    """Its proportional share in bytes: a page that several processes hold counts once.

    Resident memory where the system does not tell that.
    """
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.rss))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
