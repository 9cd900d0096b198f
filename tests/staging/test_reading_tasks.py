"""How the first map is cut into tasks."""

from __future__ import annotations

import pytest

from kg.reading import read_tasks
from kg.staging import Plan


@pytest.mark.parametrize(
    ("shards", "documents", "workers", "tasks"),
    [
        (256, 2_000, 1, 7),
        (256, 2_000, 2, 8),  # 7 would let one of two read four, and the other wait
        (256, 2_000, 4, 8),
        (256, 100_000, 2, 256),
        (3, 900, 8, 3),
        (5, 0, 2, 2),  # documents that are gone are nothing to read
        (1, 1, 4, 1),
    ],
)
def test_every_worker_has_as_many_tasks_of_about_as_many_shards(
    shards: int, documents: int, workers: int, tasks: int
) -> None:
    plan = Plan(dirty=list(range(shards)), documents=documents)
    found = read_tasks(plan, "staged", "spool", "key", "crf", "taz", workers)
    sizes = [len(task.renewals) for task in found]
    assert len(found) == tasks
    assert max(sizes) - min(sizes) <= 1
    assert [renewal.number for task in found for renewal in task.renewals] == plan.dirty
