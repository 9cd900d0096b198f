"""How a process that works for a build begins and ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import Any, Final

_RARELY: Final = (100_000, 50, 100)
"""Thresholds of Python's search for cycles: a build holds many objects that live long and makes hardly a cycle."""


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worker_context() -> BaseContext:
    """How workers are started: as copies of a process that has loaded all, or where there is none, anew."""
    return multiprocessing.get_context("forkserver" if load_for_workers() else "spawn")


def load_for_workers() -> bool:
    """Let a process beside this one, which ends with it, begin to load what workers need; they will be copies of it.

    False where that is not possible. One that the caller has started for workers of his own is taken as it is.
    """
    if sys.platform != "linux":  # on others copies are unsafe, or there are none
        return False
    from multiprocessing import forkserver

    multiprocessing.get_context("forkserver").set_forkserver_preload(["kg.preloaded"])
    # It is to find the modules that this process finds, and none in the folder that it is started in.
    found = os.pathsep.join(filter(None, sys.path))
    with without_main(), _environment(PYTHONPATH=found, PYTHONSAFEPATH="1", OPENBLAS_NUM_THREADS="1"):
        try:
            forkserver.ensure_running()
        except OSError:  # such as a folder for temporary files whose name is too long for a socket
            return False
    return True


@contextmanager
def _environment(**told: str) -> Iterator[None]:
    """Let processes that are started find these variables."""
    before = dict(os.environ)
    os.environ.update(told)
    try:
        yield
    finally:
        _restore_environment(before)


def _restore_environment(told: Mapping[str, str]) -> None:
    for name in os.environ.keys() - told.keys():
        del os.environ[name]
    os.environ.update(told)


@contextmanager
def without_main() -> Iterator[None]:
    """Let processes that are started not import the caller's script: tasks never live there, it may have no guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def collect_rarely() -> None:
    """Let Python look for cycles rarely in this process."""
    gc.set_threshold(*_RARELY)


@contextmanager
def rare_collection() -> Iterator[None]:
    """The same until the end of the block."""
    usual = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def start_worker(environment: Mapping[str, str]) -> None:
    """Begin a process of a pool. It looks for cycles rarely; Ctrl-C is for the parent, which stops its workers; without
    a parent there is nothing to work for. The environment is the parent's at the moment.
    """
    _restore_environment(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
