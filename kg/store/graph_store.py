"""The graph as an Oxigraph store on disk: filled at once, then only read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError
from kg.files import atomic_folder

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph, NamedNode, Store


def load_store(
    directory: Path,
    nt_files: Sequence[Path],
    *,
    evidence_files: Sequence[Path] = (),
    evidence_graph: str,
) -> int:
    """Build a store from N-Triples files and let it take the place of `directory`; return its number of triples.

    `nt_files` fill the default graph, `evidence_files` the graph named `evidence_graph`. The store grows in a
    folder beside `directory`; until it is whole, readers find the old one, and a failure leaves the old one.
    A reader that already has the old one open keeps it. Raises `OutputError` where a file cannot be read or
    is not N-Triples, or the store cannot be written.
    """
    from pyoxigraph import DefaultGraph, NamedNode, Store  # noqa: PLC0415 - heavy, and only a build needs it

    with atomic_folder(directory) as beside:
        store = Store(beside)
        # File by file: one load of everything holds it in memory to sort it.
        for path in nt_files:
            _load_file(store, path, DefaultGraph())
        for path in evidence_files:
            _load_file(store, path, NamedNode(evidence_graph))
        count = len(store)
        # RocksDB closes its files when the last reference goes; it must not see the folder move.
        del store
    return count


def _load_file(store: Store, path: Path, graph: DefaultGraph | NamedNode) -> None:
    from pyoxigraph import RdfFormat  # noqa: PLC0415 - as above

    try:
        store.bulk_load(path=path, format=RdfFormat.N_TRIPLES, to_graph=graph)
    except SyntaxError as error:
        raise OutputError(f"{path} is not N-Triples, so the store was not replaced: {error}") from error


def open_store(directory: Path) -> Store:
    """Open the store read-only; any number of processes may do so at once.

    Raises `OutputError` where there is none or it cannot be read.
    """
    from pyoxigraph import Store  # noqa: PLC0415 - as above

    path = find_store(directory)
    try:
        return Store.read_only(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise OutputError(
            f"the store in {directory} is damaged or from another version ({error}); run kg build again"
        ) from error


def find_store(directory: Path) -> Path:
    """The folder to open for `directory`. Raises `OutputError` where there is no store.

    A build that was killed between moving the old store away and the new one in leaves only the old one, under
    the name that `kg.files.atomic_folder` gave it.
    """
    if directory.is_dir():
        return directory
    moved_aside = sorted(directory.parent.glob(f".{directory.name}.*.old"))
    if moved_aside:
        return moved_aside[0]
    raise OutputError(f"there is no store in {directory}: run kg build first")
