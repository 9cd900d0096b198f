"""How far a build is: a bar on a terminal, a line now and then in a log, events for machines."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

Show: TypeAlias = Callable[[str, int, int], None]
"""Takes the name of the stage, how many of its items are done, and of how many (0: not known)."""

_LOG_EVERY: Final = 10.0
_EVENT_EVERY: Final = 1.0


@contextmanager
def progress_shown(*, quiet: bool, as_json: bool) -> Iterator[Show | None]:
    """What to tell about the progress, on standard error.

    `as_json` writes a line of JSON at the start of every stage and at most every second, also with `quiet`; else
    `quiet` writes nothing. A terminal shows a bar for each stage, a log a line at most every ten seconds.
    """
    if as_json:
        yield _events()
    elif quiet:
        yield None
    elif sys.stderr.isatty():
        with _bars() as show:
            yield show
    else:
        yield _log_lines()


def _events() -> Show:
    import json

    started = time.monotonic()
    last_stage, last_time = "", started

    def show(stage: str, done: int, total: int) -> None:
        nonlocal last_stage, last_time
        now = time.monotonic()
        finished = bool(total) and done == total
        if stage == last_stage and now - last_time < _EVENT_EVERY and not finished:
            return
        last_stage, last_time = stage, now
        event = {"stage": stage, "done": done, "total": total or None, "seconds": round(now - started, 3)}
        print(json.dumps(event), file=sys.stderr, flush=True)

    return show


def _log_lines() -> Show:
    last = time.monotonic()

    def show(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _LOG_EVERY:
            last = now
            print(f"kg: {stage}{_figures(done, total)}", file=sys.stderr, flush=True)

    return show


def _figures(done: int, total: int) -> str:
    if total:
        return f" {done:,} of {total:,}"
    return f" {done:,}" if done else ""


@contextmanager
def _bars() -> Iterator[Show]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Items a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed and task.completed else "", style="dim")

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:<22}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[figures]:>18}"),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                for bar in progress.tasks:
                    progress.update(bar.id, total=1, completed=1)
                bars[stage] = progress.add_task(stage, total=None, figures="")
            figures = _figures(done, total).strip()
            progress.update(bars[stage], completed=done, total=total or None, figures=figures)

        yield show
