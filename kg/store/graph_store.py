"""The graph as an Oxigraph store on disk: filled at once, then only read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError
from kg.outputs import find_output

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph, NamedNode, Store


def load_store(
    directory: Path,
    nt_files: Sequence[Path],
    *,
    evidence_files: Sequence[Path] = (),
    evidence_graph: str,
) -> int:
    """Make a store of N-Triples files in the new folder `directory`; return its number of triples.

    `nt_files` fill the default graph, `evidence_files` the graph named `evidence_graph`. A failure can leave a part
    of the store: a build makes it aside, and lets it take the last one's place when all is there.
    Raises `OutputError` where there is a store already, a file cannot be read or is not N-Triples, or the store cannot
    be written.
    """
    from pyoxigraph import DefaultGraph, NamedNode, Store

    try:
        directory.mkdir(parents=True)
        store = Store(directory)
        # File by file: one load of everything holds it in memory to sort it.
        for path in nt_files:
            _load_file(store, path, DefaultGraph())
        for path in evidence_files:
            _load_file(store, path, NamedNode(evidence_graph))
        # RocksDB closes its files with the last reference, on return; it must not see the folder move.
        return len(store)
    except OSError as error:
        raise OutputError(f"cannot write the store in {directory}: {error.strerror or error}") from error


def _load_file(store: Store, path: Path, graph: DefaultGraph | NamedNode) -> None:
    from pyoxigraph import RdfFormat

    try:
        store.bulk_load(path=path, format=RdfFormat.N_TRIPLES, to_graph=graph)
    except SyntaxError as error:
        raise OutputError(f"{path} is not N-Triples, so there is no store: {error}") from error


def open_store(directory: Path) -> Store:
    """Open the store read-only; any number of processes may do so at once.

    Raises `OutputError` where there is none or it cannot be read.
    """
    from pyoxigraph import Store

    path = find_store(directory)
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise OutputError(
            f"the store in {directory} is damaged or from another version ({error}); run kg build again"
        ) from error


def find_store(directory: Path) -> Path:
    """The folder to open for `directory`, the store of an output folder: `kg.outputs.find_output` says why another.

    Raises `OutputError` where there is no store.
    """
    found = find_output(directory.parent, directory.name)
    if not found.is_dir():
        raise OutputError(f"there is no store in {directory}: run kg build first")
    return found
