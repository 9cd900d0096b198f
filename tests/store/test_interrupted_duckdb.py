"""Ctrl-C while DuckDB works ends as it does anywhere else."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import NoReturn

import duckdb
import pytest
from typer.testing import CliRunner

import kg
from bench.generate import generate, write_folder
from kg.cli import app
from kg.relations import interruptible
from kg.store.lookup import Lookup
from tests.built import outputs
from tests.rows import write_rows

LONG = "SELECT sum(range) FROM range(20000000000)"
"""Takes some ten seconds. Only where its own thread works does DuckDB look for signals: hence one thread."""


@contextmanager
def interrupting() -> Iterator[None]:
    """Ctrl-C half a second from now, within the block."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    try:
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - the block is the caller's
            timer.start()
            yield
    finally:
        timer.cancel()
        timer.join()
        signal.signal(signal.SIGINT, usual)


def interrupted(_: object) -> NoReturn:
    raise RuntimeError("Query interrupted")


def test_an_interrupted_question_is_a_keyboard_interrupt() -> None:
    connection = duckdb.connect(config={"threads": 1})
    with interrupting(), interruptible():
        connection.execute(LONG)


def test_so_is_an_interrupted_search(tmp_path: Path) -> None:
    lookup = Lookup(write_rows(tmp_path / "tables", []))
    lookup.rows("SET threads = 1")
    with interrupting():
        lookup.rows(LONG)


def test_another_error_stays_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="another"), interruptible():
        raise RuntimeError("another")


def test_an_interrupted_build_leaves_the_last_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dumps, out = tmp_path / "dumps", tmp_path / "out"
    write_folder(generate(3, 1), dumps)
    kg.build(dumps, out)
    before = outputs(out)
    monkeypatch.setattr(import_module("kg.build"), "reduce_shards", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kg.build(dumps, out, full=True)
    assert outputs(out) == before


def test_a_command_ends_with_the_code_of_ctrl_c(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kg.store.cards.open_tables", interrupted)
    found = CliRunner().invoke(app, ["show", "Merkel", "--out", str(tmp_path)])
    assert found.exit_code == 130
