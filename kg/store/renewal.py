"""A store brought up to date by the lines that changed: a copy of the last one, and one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import zstandard

from kg.errors import OutputError
from kg.files import link


class Change(NamedTuple):
    """A part of a graph before and after: files of N-Triples, `.nt.zst`; None where there is no such part."""

    before: Path | None
    after: Path | None


def renew_store(
    last: Path, target: Path, changes: Sequence[Change], evidence: Sequence[Change], evidence_graph: str
) -> None:
    """Copy the store `last` to the new folder `target` and make the changes in it.

    `changes` are of the default graph, `evidence` of the graph named `evidence_graph`. The files of a store that hold
    triples never change, so the copy shares them. Raises `OutputError` where a store or a file cannot be read, or the
    target cannot be written.
    """
    from pyoxigraph import Store

    try:
        _copy(last, target)
        removed, added = _differences(changes)
        gone, come = _differences(evidence)
        store = Store(target)
        store.update(
            f"DELETE DATA {{ {removed} GRAPH <{evidence_graph}> {{ {gone} }} }} ;\n"
            f"INSERT DATA {{ {added} GRAPH <{evidence_graph}> {{ {come} }} }}"
        )
        store.flush()
    except (OSError, SyntaxError, ValueError, RuntimeError, zstandard.ZstdError) as error:
        raise OutputError(f"the store in {last} cannot be brought up to date: {error}") from error


def _copy(last: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for path in last.iterdir():
        if path.suffix == ".sst":
            link(path, target / path.name)
        elif path.name != "LOCK":
            shutil.copyfile(path, target / path.name)


def _differences(changes: Iterable[Change]) -> tuple[str, str]:
    """The lines that go and those that come, of all parts together: a triple may move between parts."""
    before: set[str] = set()
    after: set[str] = set()
    for change in changes:
        before |= _lines(change.before)
        after |= _lines(change.after)
    return "".join(sorted(before - after)), "".join(sorted(after - before))


def _lines(path: Path | None) -> set[str]:
    if path is None:
        return set()
    return {f"{line}\n" for line in zstandard.decompress(path.read_bytes()).decode().split("\n") if line}
