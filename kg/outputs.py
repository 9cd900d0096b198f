"""The output folder of a build: what is in it, whose it is, and how a new build takes the last one's place.

No rename moves a dozen names at once, so a build is published in steps, and what exists tells how far they got:

    .kg-build   a build at work                                     the last build counts
    .kg-old     the last build, on its way out                      the last build counts
    .kg-new     the new build, whole, on its way in                 the new build counts

The one rename of `.kg-build` to `.kg-new` decides. Before it a publishing is undone, after it it is completed; who
finds a publishing that was killed can do either, as often as it takes, and a reader finds each output where it is.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import UNDECODABLE, OutputError
from kg.files import sync_folder, sync_tree
from kg.model import Record
from kg.places import names_in, read_bytes, within

NAMES: Final = (
    "graph.nt", "graph.ttl", "graph.jsonld", "graph.rdf", "graph.nq", "graph.trig", "evidence.nt", "void.ttl",
    "store", "tables", "graph.html", "shards", "pages", "findings.jsonl", "report.json",
)  # fmt: skip
"""All that builds leave in the output folder; what a build does not make is an older one's and goes."""

VIEWS: Final = "views"
"""Where `kg view` leaves pages; they go with the build that they show."""

CACHE: Final = ".kg-cache"
"""What builds keep for the next one; it may be deleted at any time but during a build."""

COPYING: Final = ".kg-copying"
"""The report of a build that is being copied to a URL: what is there of it is no stranger's."""

_BUILD: Final = ".kg-build"
_OLD: Final = ".kg-old"
_NEW: Final = ".kg-new"
_LOCK: Final = ".kg-lock"

_URL: Final = re.compile(r"[a-z][a-z0-9+.-]+:/")
"""How a URL begins that was made a path."""


class _Report(Record, frozen=True):
    """What of a report every version writes: by this an output folder is known to be one."""

    triples: int
    outputs: tuple[str, ...]


def find_output(out: Path, name: str) -> Path:
    """Where the output `name` of the last complete build is, whether or not it exists.

    It is `out / name`, unless a build was killed while it published; the next build in `out` repairs that. Raises
    `OutputError` where `out` is a URL.
    """
    if _URL.match(str(out)) and not out.exists():
        raise OutputError(f"{out} is a URL, which only kg build takes: copy what is there to a folder first")
    moving = _NEW if (out / _NEW).is_dir() else _OLD
    aside = out / moving / name
    return aside if os.path.lexists(aside) else out / name


def is_output_folder(folder: Path) -> bool:
    """Whether `folder` holds what a build leaves: a report, a store and tables."""
    return (
        find_output(folder, "report.json").is_file()
        and find_output(folder, "store").is_dir()
        and find_output(folder, "tables").is_dir()
    )


@contextmanager
def writing_to(out: Path) -> Iterator[None]:
    """Make an `OutputError` of what the system refuses while the block writes to `out`."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror or error}") from error


@contextmanager
def open_output(out: Path) -> Iterator[Path]:
    """Give an empty folder inside `out` for a new build; `publish` puts it in the place of the last one.

    Holds the lock of `out`, and first repairs what a killed build left. Whatever the block does, the folder is gone
    after it, and so is `out` if it was made here and nothing came into it.

    Raises `OutputError` where another build is writing to `out`, where `out` holds something by the name of an output
    that no build made, and where it cannot be written.
    """
    made = [folder for folder in (out, *out.parents) if not folder.exists()]
    try:
        with writing_to(out):
            out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            with writing_to(out):
                _repair(out)
                _refuse_foreign(out)
                (out / _BUILD).mkdir()
            try:
                yield out / _BUILD
            finally:
                shutil.rmtree(out / _BUILD, ignore_errors=True)
    finally:
        with suppress(OSError):  # not empty: the build is in it, or someone else's file
            for folder in made:
                folder.rmdir()


def publish(out: Path) -> None:
    """Let the new build, complete in the folder that `open_output` gave, take the place of the last one in `out`.

    Raises `OutputError` where something is in the way, or the system refuses; up to the deciding rename the last
    build then stays.
    """
    _refuse_foreign(out)
    with writing_to(out):
        sync_tree(out / _BUILD)
        try:
            (out / _OLD).mkdir()
            _move_all(out, NAMES, out / _OLD)
            _rename(out / _BUILD, out / _NEW)
        except OSError:
            _repair(out)
            raise
        _repair(out)


def _repair(out: Path) -> None:
    """Complete or undo a publishing, whichever its folders say; do nothing where there was none."""
    new, old = out / _NEW, out / _OLD
    if new.is_dir():
        _move_all(new, NAMES, out)
        sync_folder(out)
        # The new folder goes last: while it is there, the old one is never put back.
        if old.is_dir():
            shutil.rmtree(old)
        _forget_views(out)
        shutil.rmtree(new)
    elif old.is_dir():
        _move_all(old, NAMES, out)
        shutil.rmtree(old)
    shutil.rmtree(out / _BUILD, ignore_errors=True)


def _forget_views(out: Path) -> None:
    """Take away the pages that `kg view` made of the last build, and nothing else that may be beside them."""
    for page in sorted((out / VIEWS).glob("*-????????.html")):
        page.unlink()
    with suppress(OSError):  # there is none, or someone else's file is in it
        (out / VIEWS).rmdir()


def _move_all(source: Path, names: tuple[str, ...], target: Path) -> None:
    for name in names:
        if os.path.lexists(source / name):
            _rename(source / name, target / name)


def _rename(source: Path, target: Path) -> None:
    source.replace(target)


def made_by_build(report: bytes) -> tuple[str, ...]:
    """The names that a build of any version says it made; none where that is no report of a build."""
    try:
        return msgspec.json.decode(report, type=_Report).outputs
    except UNDECODABLE:
        return ()


def refuse_foreign(out: Path | str, there: Collection[str], own: Collection[str]) -> None:
    """Raise `OutputError` if something among the names `there` has that of an output, and is not in `own`."""
    foreign = [name for name in NAMES if name in there and name not in own]
    if foreign:
        raise OutputError(
            f"{out} holds {', '.join(foreign)}, and no report.json there says that a build made it: "
            "choose another --out, or move it away"
        )


def _refuse_foreign(out: Path) -> None:
    there = [name for name in NAMES if os.path.lexists(out / name)]
    refuse_foreign(out, there, _outputs_of(out / "report.json"))


def _outputs_of(report: Path) -> tuple[str, ...]:
    try:
        return made_by_build(report.read_bytes())
    except OSError:
        return ()


def check_built(out: Path) -> None:
    """Raise `OutputError` where no build left its report in `out`."""
    if not find_output(out, "report.json").is_file():
        raise OutputError(f"there is no graph in {out}: run kg build first")


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """Hold the lock of `out`. The system lets go of it when its holder dies, however that happens.

    Raises `OutputError` where another process holds it. Where the system has no such locks (Windows), two builds at
    once into one folder go unnoticed.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    path = out / _LOCK
    with writing_to(out):
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                os.close(descriptor)
                raise OutputError(
                    f"another build is writing to {out}; wait for it, or choose another --out"
                ) from error
            # The file that was opened may have been the last holder's, and gone by now.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    break
            os.close(descriptor)
    try:
        yield
    finally:
        with suppress(OSError):  # the lock is what counts, and ends with the descriptor
            path.unlink()
        os.close(descriptor)


def outputs_at(out: str) -> set[str]:
    """What the last build left behind the URL; raises `OutputError` where something there is no build's."""
    own: set[str] = set()
    for report in ("report.json", COPYING):
        with suppress(FileNotFoundError):
            own.update(made_by_build(read_bytes(within(out, report))))
    refuse_foreign(out, names_in(out), own)
    return own
