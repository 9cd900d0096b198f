"""One file on the disk becomes its documents: itself, what is compressed in it, or an archive's members."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from kg.dumps.archives import tar_members, zip_members
from kg.dumps.damage import DamageError, noticing_damage
from kg.dumps.folders import unreadable
from kg.dumps.formats import format_of, problem_of_format, problem_of_nested
from kg.dumps.records import MAX_DOCUMENT_BYTES, Document, Refused, problem_of_size
from kg.dumps.streams import open_stream


def is_plain(path: str) -> bool:
    """Whether the file of that path is one document, or refused, by its name: neither archive nor compressed."""
    return format_of(path) == ("file", "")


def read_file(location: Path, path: str) -> Iterator[Document | Refused]:
    """The documents of the regular file at `location`, whose path is `path`. Raises nothing over what it holds.

    A single compressed file is a folder with one file in it: `a.txt.gz` holds `a.txt.gz/a.txt`.
    """
    if problem := problem_of_format(path):
        yield Refused(path, *problem)
        return
    container, compression = format_of(path)
    try:
        if container == "zip":
            yield from zip_members(location, path)
            return
        with open_stream(location, compression) as stream:
            if container == "tar":
                yield from tar_members(stream, path)
            elif compression:
                inner = path.rpartition("/")[2].rpartition(".")[0]
                yield _inflated(stream, f"{path}/{inner}")
            else:
                yield _content(stream, path)
    except DamageError as error:
        kept = "; the members before that were read" if container == "tar" else ""
        yield Refused(path, "corrupt-archive", f"damaged or cut off ({error}){kept}")
    except OSError as error:
        yield Refused(path, *unreadable(error))


def _inflated(stream: io.BufferedIOBase, path: str) -> Document | Refused:
    if problem := problem_of_nested(path):
        return Refused(path, *problem)
    with noticing_damage():
        return _content(stream, path)


def _content(stream: io.BufferedIOBase, path: str) -> Document | Refused:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    problem = problem_of_size(len(data))
    return Refused(path, *problem) if problem else Document(path, data)
