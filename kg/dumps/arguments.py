"""The arguments of a build become roots: each file is reached from one of them, whatever the arguments' order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from kg.dumps.names import from_os, is_hidden, printable
from kg.errors import UsageError
from kg.model import Record


class Root(Record, frozen=True):
    """One argument: `location` is free of links, `home` is the folder that paths are relative to.

    A folder is its own home. The home of a file is the folder it was named in, and `name` its name there.
    """

    location: Path
    home: Path
    name: str | None = None


def find_roots(inputs: Sequence[Path], exclude: Path | None) -> list[Root]:
    """The distinct roots that reach every file of `inputs` once, sorted by location.

    An argument given twice, or lying inside another one, is dropped, unless the other would pass it over as hidden.

    Raises:
        UsageError: an argument does not exist, or lies in the folder `exclude`.
    """
    chosen: dict[Path, Root] = {}
    for given in inputs:
        root = _root(given)
        if exclude is not None and root.location.is_relative_to(exclude):
            raise UsageError(
                f"{printable(from_os(str(given)))} lies in the output folder, which is never read: "
                "choose another output folder, or move the dumps out of it"
            )
        known = chosen.get(root.location)
        # The same file under two names, by a link: the choice must not depend on the arguments' order.
        if known is None or (str(root.home), root.name or "") < (str(known.home), known.name or ""):
            chosen[root.location] = root
    folders = [root.location for root in chosen.values() if root.name is None]
    return [
        root
        for location, root in sorted(chosen.items(), key=lambda item: from_os(str(item[0])))
        if not any(_reaches(folder, location) for folder in folders)
    ]


def _root(given: Path) -> Root:
    try:
        location = given.resolve(strict=True)
        if location.is_dir():
            return Root(location, location)
    except (OSError, RuntimeError) as error:  # Python 3.11 and 3.12 report a loop of links as a RuntimeError
        shown = printable(from_os(str(given)))
        if isinstance(error, PermissionError):
            raise UsageError(f"{shown} cannot be reached: permission denied") from error
        raise UsageError(f"{shown} does not exist: name a folder, a file or an archive with dumps") from error
    # Unlike `resolve`, this keeps the name that was given if it is a link's.
    spelled = Path(os.path.abspath(given))  # noqa: PTH100 - `Path.absolute` keeps `..`
    return Root(location, spelled.parent, spelled.name)


def _reaches(folder: Path, location: Path) -> bool:
    if folder == location or not location.is_relative_to(folder):
        return False
    return not any(is_hidden(part) for part in location.relative_to(folder).parts)


def find_labels(roots: Iterable[Root]) -> dict[Path, str]:
    """A printable label for each home, to tell equal paths of different roots apart.

    It is the home's last folder names, as few as make all labels differ: `2023/dumps` and `2024/dumps`. So it does
    not depend on the working directory or the order of the arguments. `~` is added while a root holds
    something of that name, for then labelled and plain paths could meet.
    """
    roots = list(roots)
    homes = sorted({root.home for root in roots})
    folders = [root.home for root in roots if root.name is None]
    for depth in count(1):
        tails = [home.parts[1:][-depth:] for home in homes]
        if len(set(tails)) == len(tails):
            break
    labels = {}
    for home, tail in zip(homes, tails, strict=True):
        top = tail[0] if tail else "root"
        while any(os.path.lexists(folder / top) for folder in folders):
            top += "~"
        labels[home] = "/".join(printable(from_os(part)) for part in (top, *tail[1:]))
    return labels
