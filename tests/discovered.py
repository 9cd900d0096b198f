"""All documents of folders, files and archives at once, as tests of what is found want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.dumps import Document, File, PassedOver, Refused, read_file, scan


def discover(
    inputs: Sequence[Path], *, exclude: Path | None = None
) -> Iterator[Document | PassedOver | Refused]:
    """As `scan`, which raises at once, with every file read: an archive gives its members, in its order."""
    return _read(scan(inputs, exclude=exclude))


def _read(files: Iterable[File | PassedOver | Refused]) -> Iterator[Document | PassedOver | Refused]:
    for found in files:
        if isinstance(found, File):
            yield from read_file(Path(found.location), found.path)
        else:
            yield found
