"""Dumps behind a URL that fsspec knows: an object store, a web server, a folder of another machine."""

from __future__ import annotations

import errno
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.dumps.contents import read_file
from kg.dumps.formats import problem_of_format
from kg.dumps.names import is_hidden, printable
from kg.dumps.records import MAX_DOCUMENT_BYTES, Document, File, Refused, Stamp, problem_of_size
from kg.errors import UsageError
from kg.places import file_system, is_remote, reached, read_bytes


def scan_remote(url: str, *, exclude: str | None = None) -> Iterator[File]:
    """All files behind a URL but those below `exclude`, none of them opened, by path; hidden ones are passed over.

    Raises `UsageError` where there is nothing. A file is known to be unchanged by its size and what the store says of
    its version or its last change.
    """
    with reached(url) as (files, root):
        found: dict[str, dict[str, Any]] = files.find(root, detail=True)
    if not found:
        raise UsageError(f"{url} does not exist, or holds no file")
    output = f"{file_system(exclude)[1].rstrip('/')}/" if exclude is not None else None
    for path, about in sorted(found.items()):
        if output is not None and path.startswith(output):
            continue
        name = path.removeprefix(root).strip("/") or path.rpartition("/")[2]
        if not any(map(is_hidden, name.split("/"))):
            stamp = Stamp(int(about.get("size") or 0), _version(about))
            yield File(printable(name), files.unstrip_protocol(path), stamp)


def _version(about: dict[str, Any]) -> int:
    told = next(
        (about[key] for key in ("ETag", "etag", "mtime", "LastModified", "created") if key in about), ""
    )
    return int.from_bytes(hashlib.sha256(str(told).encode()).digest()[:7], "big")


def read_plain(location: str, path: str) -> Document | Refused:
    """The document in a file behind a URL."""
    if problem := problem_of_format(path):
        return Refused(path, *problem)
    try:
        data = read_bytes(location, 0, MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        return _unreadable(path, error)
    problem = problem_of_size(len(data))
    return Refused(path, *problem) if problem else Document(path, data)


def read_archive(location: str, path: str) -> Iterator[Document | Refused]:
    """The documents of the archive at `location`, which is fetched into a temporary folder if it is behind a URL."""
    if not is_remote(location):
        yield from read_file(Path(location), path)
        return
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        here = Path(folder, "archive")
        try:
            with reached(location) as (files, source):
                files.get_file(source, str(here))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            yield _unreadable(path, error)
            return
        yield from read_file(here, path)


def _unreadable(path: str, error: OSError) -> Refused:
    return Refused(path, "unreadable", f"cannot be read: {error.strerror or error}")
