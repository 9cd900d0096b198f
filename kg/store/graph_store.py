"""The graph as an Oxigraph store on disk: filled at once, then only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.outputs import find_output
from kg.store.batches import batches, blocks

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph, NamedNode, Store


_BATCH_BYTES: Final = 1 << 24


def load_store(
    directory: Path,
    nt_files: Sequence[Path],
    *,
    evidence_files: Sequence[Path] = (),
    evidence_graph: str,
) -> None:
    """Make a store of N-Triples files in the new folder `directory`.

    `nt_files` (`.nt` or `.nt.zst`) fill the default graph, `evidence_files` the graph named `evidence_graph`. A
    failure can leave a part of the store: a build makes it aside, and lets it take the last one's place when all is
    there.

    Raises `OutputError` where there is a store already, a file cannot be read or is not N-Triples, or the store cannot
    be written.
    """
    from pyoxigraph import DefaultGraph, NamedNode, Store

    try:
        directory.mkdir(parents=True)
        # RocksDB closes its files with the last reference, on return; it must not see the folder move.
        store = Store(directory)
        _load(store, nt_files, DefaultGraph())
        _load(store, evidence_files, NamedNode(evidence_graph))
    except OSError as error:
        raise OutputError(f"cannot write the store in {directory}: {error.strerror or error}") from error


def _load(store: Store, files: Sequence[Path], graph: DefaultGraph | NamedNode) -> None:
    from pyoxigraph import RdfFormat

    # A load of everything would hold it in memory to sort it, and one for each file leave many small tables.
    last = Path()

    def read() -> Iterator[bytes]:
        nonlocal last
        for last in files:
            yield from blocks(last)

    for triples in batches(read(), _BATCH_BYTES):
        try:
            store.bulk_load(input=triples, format=RdfFormat.N_TRIPLES, to_graph=graph)
        except SyntaxError as error:
            where = f"{last}, or a file shortly before it," if last != files[0] else str(last)
            raise OutputError(f"{where} is not N-Triples, so there is no store: {error}") from error


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
            f"the store in {directory} is damaged or from another version ({error}); run kg build --full"
        ) from error


def require_evidence(store: Store) -> None:
    """Raise `OutputError` where the store has no triples of evidence, for a query that asks those."""
    if next(iter(store.named_graphs()), None) is None:
        raise OutputError(
            "the query asks the evidence, which this store does not have: run kg build --evidence"
        )


def find_store(directory: Path) -> Path:
    """The folder to open for `directory`, the store of an output folder: `kg.outputs.find_output` says why another.

    Raises `OutputError` where there is no store.
    """
    found = find_output(directory.parent, directory.name)
    if not found.is_dir():
        raise OutputError(f"there is no store in {directory}: run kg build first")
    return found
