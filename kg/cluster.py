"""Dask, for those who have a cluster: `tcp://…` names its scheduler, `local:4` makes one of four processes here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from kg.errors import KgError, UsageError
from kg.processes import collect_rarely, without_ctrl_c, without_main

if TYPE_CHECKING:
    from distributed import Client


_LOCAL: Final = re.compile(r"local:([1-9][0-9]*)")

_QUIET: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.nanny.pre-spawn-environ": {},  # none: Dask leaves them in this process, too
}
"""Of the processes of a local cluster: no samples of what they do, for nobody asks, fewer looks at their own loop,
and memory that is given back as seldom as in every other process. It saves a tenth of the time.
"""


def check_scheduler(scheduler: str) -> None:
    """Raise `UsageError` where `scheduler` is neither an address nor `local:N`."""
    if not (_LOCAL.fullmatch(scheduler) or re.match(r"[a-z]+://", scheduler)):
        raise UsageError(
            f"the scheduler {scheduler} is neither an address such as tcp://host:8786 nor local:N"
        )


@contextmanager
def connect(scheduler: str) -> Iterator[Client]:
    """A client of the scheduler; a local cluster ends with the block.

    Raises `UsageError` where Dask is missing or `scheduler` is none, `KgError` where it does not answer.
    """
    check_scheduler(scheduler)
    local = _LOCAL.fullmatch(scheduler)
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError("a scheduler needs Dask: pip install 'presskg[cluster]'") from error
    if local is not None:
        with without_main(), ExitStack() as opened:
            with without_ctrl_c(), dask.config.set(_QUIET):
                cluster = opened.enter_context(
                    LocalCluster(
                        n_workers=int(local[1]), threads_per_worker=1, dashboard_address=None, silence_logs=50
                    )
                )
            client = opened.enter_context(Client(cluster))
            client.run(collect_rarely)  # these processes are ours alone, those of another cluster are not
            yield client
        return
    try:
        client = Client(scheduler, timeout=15)
    except (OSError, ValueError) as error:
        raise KgError(f"the scheduler {scheduler} does not answer: {error}") from error
    with client:
        if not client.scheduler_info()["workers"]:
            raise KgError(f"the scheduler {scheduler} has no workers")
        yield client
