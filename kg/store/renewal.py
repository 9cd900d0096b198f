"""A store brought up to date by the lines that changed: a copy of the last one, and one transaction."""

from __future__ import annotations

import shutil
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from kg.errors import OutputError
from kg.files import link


class Lines(NamedTuple):
    """Lines of N-Triples that go from a graph, and those that come to it."""

    gone: Set[bytes] = frozenset()
    come: Set[bytes] = frozenset()


def renew_store(last: Path, target: Path, knowledge: Lines, evidence: Lines, evidence_graph: str) -> None:
    """Copy the store `last` to the new folder `target` and make the changes in it.

    `knowledge` is of the default graph, `evidence` of the graph named `evidence_graph`. The files of a store that hold
    triples never change, so the copy shares them. Raises `OutputError` where the store cannot be read or the target
    cannot be written.
    """
    from pyoxigraph import Store

    try:
        _copy(last, target)
        store = Store(target)
        store.update(
            f"DELETE DATA {{ {_text(knowledge.gone)} GRAPH <{evidence_graph}> {{ {_text(evidence.gone)} }} }} ;\n"
            f"INSERT DATA {{ {_text(knowledge.come)} GRAPH <{evidence_graph}> {{ {_text(evidence.come)} }} }}"
        )
        store.flush()
    except (OSError, SyntaxError, ValueError, RuntimeError) as error:
        raise OutputError(f"the store in {last} cannot be brought up to date: {error}") from error


def _text(lines: Set[bytes]) -> str:
    return b"".join(sorted(lines)).decode()


def _copy(last: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for path in last.iterdir():
        if path.suffix == ".sst":
            link(path, target / path.name)
        elif path.name != "LOCK":
            shutil.copyfile(path, target / path.name)
