"""From the arguments of a build to a stream of documents: sorted, each once, each under a path of its own."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from kg.dumps.arguments import Root, find_labels, find_roots
from kg.dumps.contents import read_file
from kg.dumps.folders import Found, special_file_problem, unreadable, walk
from kg.dumps.names import from_os, printable
from kg.dumps.records import Document, PassedOver, Refused


def discover(
    inputs: Sequence[Path], *, exclude: Path | None = None
) -> Iterator[Document | PassedOver | Refused]:
    """All documents of folders, files and archives, and what could not be read.

    Files come sorted by the parts of their paths, members of archives in the archive's order. A file that is
    reached by several arguments comes once. Where files of different arguments have the same path, all of them
    get a label in front, the last folder names of their argument that differ: `2023/a.txt`, `2024/a.txt`.
    So the stream depends on the set of arguments, not on their order or the working directory.

    The folder `exclude` is the output of a build and never read as input; one that an older build wrote to is passed
    over, and comes as such. Held in memory are one document, the names of the folders on the way to it and the
    names in its archive.

    Raises:
        UsageError: at once, where an argument does not exist or lies in `exclude`.
    """
    exclude = exclude.resolve() if exclude else None
    roots = find_roots(inputs, exclude)
    return _read(roots, exclude)


def _read(roots: list[Root], exclude: Path | None) -> Iterator[Document | PassedOver | Refused]:
    labels = find_labels(roots)
    by_parts = attrgetter("parts")
    files = heapq.merge(*(_files(root, exclude) for root in roots), key=by_parts)
    for parts, group in groupby(files, key=by_parts):
        path = printable("/".join(parts))
        same = sorted(group, key=lambda found: labels[found.home])
        for found in same:
            labelled = f"{labels[found.home]}/{path}".rstrip("/")
            yield from _documents(found, path if path and len(same) == 1 else labelled)


def _files(root: Root, exclude: Path | None) -> Iterator[Found]:
    if root.name is None:
        yield from walk(root.location, exclude)
        return
    try:
        problem = special_file_problem(root.location.stat().st_mode)
    except OSError as error:
        problem = unreadable(error)
    yield Found((from_os(root.name),), root.location, root.home, problem)


def _documents(found: Found, path: str) -> Iterator[Document | PassedOver | Refused]:
    if found.is_output:
        yield PassedOver(path, "output-folder", "the output of a build, which is no input")
    elif found.problem:
        yield Refused(path, *found.problem)
    else:
        yield from read_file(found.location, path)
