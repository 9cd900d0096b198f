"""How a process that works for a build begins and ends."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Any, Final

_RARELY: Final = (100_000, 50, 100)
"""Thresholds of Python's search for cycles: a build holds many objects that live long and makes hardly a cycle."""


@contextmanager
def without_main() -> Iterator[None]:
    """Let processes that are started not import the caller's script: tasks never live there, it may have no guard."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def without_ctrl_c() -> Iterator[None]:
    """Let processes that are started leave Ctrl-C to this one, which takes it after the block. Not on Windows."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # begun later, it would let this thread hear the signal again
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


@contextmanager
def deferred_ctrl_c() -> Iterator[None]:
    """Take Ctrl-C after the block, which it would leave half done."""
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    heard: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if heard:
        raise KeyboardInterrupt


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


def start_worker() -> None:
    """Begin a process of a pool. It looks for cycles rarely; Ctrl-C is for the parent, which stops its workers; without
    a parent there is nothing to work for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
