"""The graph as an Oxigraph store on disk: filled at once, then only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import zstandard

from kg.errors import OutputError
from kg.outputs import find_output

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph, NamedNode, Store


_BATCH_BYTES: Final = 1 << 25


def load_store(
    directory: Path,
    nt_files: Sequence[Path],
    *,
    evidence_files: Sequence[Path] = (),
    evidence_graph: str,
) -> int:
    """Make a store of N-Triples files in the new folder `directory`; return its number of triples.

    `nt_files` (`.nt` or `.nt.zst`) fill the default graph, `evidence_files` the graph named `evidence_graph`. A
    failure can leave a part of the store: a build makes it aside, and lets it take the last one's place when all is
    there.

    Raises `OutputError` where there is a store already, a file cannot be read or is not N-Triples, or the store cannot
    be written.
    """
    from pyoxigraph import DefaultGraph, NamedNode, Store

    try:
        directory.mkdir(parents=True)
        store = Store(directory)
        _load(store, nt_files, DefaultGraph())
        _load(store, evidence_files, NamedNode(evidence_graph))
        # RocksDB closes its files with the last reference, on return; it must not see the folder move.
        return len(store)
    except OSError as error:
        raise OutputError(f"cannot write the store in {directory}: {error.strerror or error}") from error


def _load(store: Store, files: Sequence[Path], graph: DefaultGraph | NamedNode) -> None:
    from pyoxigraph import RdfFormat

    for names, triples in _batches(files):
        try:
            store.bulk_load(input=triples, format=RdfFormat.N_TRIPLES, to_graph=graph)
        except SyntaxError as error:
            raise OutputError(f"{names} is not N-Triples, so there is no store: {error}") from error


def _batches(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The triples of files some 32 MiB at a time, with the names of the files.

    A load of everything would hold it in memory to sort it, and one for each file leave many small tables.
    """
    batch: list[bytes] = []
    first = 0
    for index, path in enumerate(files):
        data = path.read_bytes()
        batch.append(zstandard.decompress(data) if path.suffix == ".zst" else data)
        if sum(map(len, batch)) > _BATCH_BYTES or index + 1 == len(files):
            names = str(files[first]) if first == index else f"one of {files[first]} to {path}"
            yield names, b"".join(batch)
            batch, first = [], index + 1


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


def find_store(directory: Path) -> Path:
    """The folder to open for `directory`, the store of an output folder: `kg.outputs.find_output` says why another.

    Raises `OutputError` where there is no store.
    """
    found = find_output(directory.parent, directory.name)
    if not found.is_dir():
        raise OutputError(f"there is no store in {directory}: run kg build first")
    return found
