"""Who does the work of the maps: this process, a pool of processes, or a cluster. All are executors of Python.

Every task is a picklable function of picklable arguments that reads and writes files, so it runs anywhere.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from typing import ParamSpec, TypeVar

from kg.errors import OutputError
from kg.processes import start_worker, without_ctrl_c, without_main

Task = TypeVar("Task")
Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool(ProcessPoolExecutor):
    """A pool whose processes do not import the caller's script, nor hear Ctrl-C."""

    def submit(
        self, fn: Callable[Arguments, Result], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Result]:
        """Submit a call; a process may be started by it."""
        with without_main(), without_ctrl_c():
            return super().submit(fn, *args, **kwargs)


class Workers:
    """The processes of one build: none but this one for little work, `jobs` of them for more. Use it in a `with`.

    When the block ends by an exception (Ctrl-C is one), the processes are stopped at once; when this process is
    killed, they notice and end as well.
    """

    def __init__(self, jobs: int, scheduler: str | None = None) -> None:
        self.jobs = jobs
        self._scheduler = scheduler
        self._pool: ProcessPoolExecutor | None = None
        self._cluster = ExitStack()
        self._remote: Executor | None = None
        self._workers = 1
        self._others = set(multiprocessing.active_children())

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._cluster.close()
        if self._pool is None:
            return
        if kind is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        self._pool.shutdown()

    def map(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        *,
        parallel: bool,
        anywhere: bool = False,
    ) -> Iterator[tuple[Task, Result]]:
        """Do every task; the results come as they are ready, those of parallel work in any order.

        Tasks that can be done `anywhere` go to the cluster where there is one.
        """
        if anywhere and self._scheduler is not None:
            executor, workers = self._on_cluster(self._scheduler)
            with _explained():
                yield from run_all(executor, function, tasks, at_once=3 * workers)
        elif not parallel or self.jobs == 1 or len(tasks) < 2:
            yield from ((task, function(task)) for task in tasks)
        else:
            with _explained():
                yield from run_all(self._executor(), function, tasks, at_once=3 * self.jobs)

    def alone(self, function: Callable[[Task], Result], task: Task, *, parallel: bool) -> Result:
        """Do one task, in a new process that ends with it where the work is worth that; then no other one idles."""
        if not parallel or self.jobs == 1:
            return function(task)
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        with Workers(1) as one, _explained():
            return one._executor().submit(function, task).result()

    def _on_cluster(self, scheduler: str) -> tuple[Executor, int]:
        """The executor of the cluster, and how many workers it has."""
        from kg.cluster import connect

        if self._remote is None:
            client = self._cluster.enter_context(connect(scheduler))
            self._remote = client.get_executor()
            self._workers = max(1, len(client.scheduler_info()["workers"]))
        return self._remote, self._workers

    def _executor(self) -> Executor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = _Pool(self.jobs, context, initializer=start_worker)
        return self._pool


@contextmanager
def _explained() -> Iterator[None]:
    """Say what it means that a process is gone."""
    try:
        yield
    except Exception as error:
        # Dask's KilledWorker, whose package may not be there, is a plain exception.
        if not isinstance(error, BrokenExecutor) and type(error).__name__ != "KilledWorker":
            raise
        raise OutputError(
            "a worker process was killed, perhaps for want of memory: try again with fewer --jobs; "
            "what was finished is kept"
        ) from error


def run_all(
    executor: Executor, function: Callable[[Task], Result], tasks: Iterable[Task], *, at_once: int
) -> Iterator[tuple[Task, Result]]:
    """Give every task to the executor, at most `at_once` at a time; the results come as they are ready."""
    waiting: dict[Future[Result], Task] = {}
    for task in tasks:
        if len(waiting) >= at_once:
            yield from _finished(waiting)
        waiting[executor.submit(function, task)] = task
    while waiting:
        yield from _finished(waiting)


def _finished(waiting: dict[Future[Result], Task]) -> Iterator[tuple[Task, Result]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()
