"""From the arguments of a build to a stream of files: sorted, each once, under a path of its own."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from kg.dumps.arguments import Root, find_labels, find_roots
from kg.dumps.folders import Found, special_file_problem, unreadable, walk
from kg.dumps.names import from_os, printable
from kg.dumps.records import File, PassedOver, Refused, Stamp


def scan(inputs: Sequence[Path], *, exclude: Path | None = None) -> Iterator[File | PassedOver | Refused]:
    """All files of folders and arguments, none of them opened, and what cannot be read.

    Files come sorted by the parts of their paths. A file that is reached by several arguments comes once. Where
    files of different arguments have the same path, all of them get a label in front, the last folder names of their
    argument that differ: `2023/a.txt`, `2024/a.txt`.
    So the stream depends on the set of arguments, not on their order or the working directory.

    The folder `exclude` is the output of a build and never read as input; one that an older build wrote to is passed
    over, and comes as such. Held in memory are the names of the folders on the way to a file.

    Raises:
        UsageError: at once, where an argument does not exist or lies in `exclude`.
    """
    exclude = exclude.resolve() if exclude else None
    roots = find_roots(inputs, exclude)
    return _scan(roots, exclude)


def _scan(roots: list[Root], exclude: Path | None) -> Iterator[File | PassedOver | Refused]:
    labels = find_labels(roots)
    by_parts = attrgetter("parts")
    files = heapq.merge(*(_files(root, exclude) for root in roots), key=by_parts)
    for parts, group in groupby(files, key=by_parts):
        path = printable("/".join(parts))
        same = sorted(group, key=lambda found: labels[found.home])
        for found in same:
            labelled = f"{labels[found.home]}/{path}".rstrip("/")
            yield _file(found, path if path and len(same) == 1 else labelled)


def _files(root: Root, exclude: Path | None) -> Iterator[Found]:
    if root.name is None:
        yield from walk(root.location, exclude)
        return
    parts, stamp = (from_os(root.name),), None
    try:
        status = root.location.stat()
        problem, stamp = special_file_problem(status.st_mode), Stamp(status.st_size, status.st_mtime_ns)
    except OSError as error:
        problem = unreadable(error)
    yield Found(parts, str(root.location), root.home, problem, stamp)


def _file(found: Found, path: str) -> File | PassedOver | Refused:
    if found.is_output:
        return PassedOver(path, "output-folder", "the output of a build, which is no input")
    if found.problem or found.stamp is None:
        return Refused(path, *(found.problem or ("unreadable", "cannot be read")))
    return File(path, found.location, found.stamp)
