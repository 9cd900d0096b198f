"""A folder becomes a sorted stream of its files; links are not followed, so loops cannot arise."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from kg.dumps.names import from_os, is_hidden
from kg.dumps.records import Problem, Stamp
from kg.model import Record
from kg.outputs import is_output_folder


class Found(Record, frozen=True):
    """A file of a root: `parts` of its path below the root's home; with a `problem`, why it cannot be read.

    With `is_output`, it is a folder that a build left, and none of it is read.
    """

    parts: tuple[str, ...]
    location: str
    home: Path
    problem: Problem | None = None
    stamp: Stamp | None = None  # of what can be read
    is_output: bool = False


def walk(folder: Path, exclude: Path | None) -> Iterator[Found]:
    """All files below `folder`, sorted by `parts`; hidden ones and the folder `exclude` are passed over.

    A folder that holds the outputs of a build comes as a whole, and so does `folder` itself if it is one.
    `folder` and `exclude` must be free of links. A symbolic link is never followed: what it leads to in the
    same folder is read in its own place, and a link that leads elsewhere is a problem. Held in memory are the
    names of the folders on the way to the current file.
    """
    # Paths as text: a `Path` for each file would take longer than everything else.
    root, excluded = str(folder), str(exclude)
    levels: list[tuple[tuple[str, ...], str, list[str]]]
    try:
        if is_output_folder(folder):
            yield Found((), root, folder, is_output=True)
            return
        levels = [((), root, _names(root))]
    except OSError as error:
        yield Found((), root, folder, unreadable(error))
        return
    while levels:
        above, parent, names = levels[-1]
        if not names:
            levels.pop()
            continue
        name = names.pop()
        parts, location = (*above, from_os(name)), os.path.join(parent, name)  # noqa: PTH118 - text
        try:
            status = os.lstat(location)
            mode = status.st_mode
            if not stat.S_ISDIR(mode):
                problem = (
                    _link_problem(Path(location), folder)
                    if stat.S_ISLNK(mode)
                    else special_file_problem(mode)
                )
                if problem or not stat.S_ISLNK(mode):
                    yield Found(parts, location, folder, problem, Stamp(status.st_size, status.st_mtime_ns))
            elif location == excluded:
                continue
            elif is_output_folder(Path(location)):
                yield Found(parts, location, folder, is_output=True)
            else:
                levels.append((parts, location, _names(location)))
        except OSError as error:
            yield Found(parts, location, folder, unreadable(error))


def _names(folder: str) -> list[str]:
    """The names in `folder` that are not hidden, the last one first."""
    with os.scandir(folder) as entries:
        return sorted(
            (entry.name for entry in entries if not is_hidden(entry.name)), key=from_os, reverse=True
        )


def unreadable(error: OSError) -> Problem:
    """Code and message for a file that the operating system does not let us read."""
    return "unreadable", f"cannot be read: {error.strerror or 'input/output error'}"


def special_file_problem(mode: int) -> Problem | None:
    """Why a file of this mode is not opened: a pipe would wait for ever, a device has no end."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISFIFO(mode):
        return "not-a-file", "a pipe, not a file"
    return "not-a-file", "a socket, not a file" if stat.S_ISSOCK(mode) else "a device, not a file"


def _link_problem(link: Path, folder: Path) -> Problem | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 report a loop as a RuntimeError
        return "broken-link", "a symbolic link that leads nowhere"
    if target.is_relative_to(folder):
        return None
    return "link-outside", "a symbolic link out of the folder; name its target as an argument to read it"
