"""Writing outputs so that a reader finds the old one or the new one, never a half."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.errors import OutputError


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a binary file beside `path` that takes its place when the block ends, and is removed when it fails.

    A link stays and leads to the new file. Raises `OutputError` where the folder cannot be written, the disk is full,
    or `path` is a device or a pipe, whose place no file may take.
    """
    target = Path(os.path.realpath(path))  # Path.resolve raises at a loop of links
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            raise OutputError(f"cannot write {path}: that is no regular file")
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # gone already, or its folder never was one: the error above says so
            beside.unlink()


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with `\\n` line ends, beside and renamed."""
    with atomic_file(path) as file:
        file.write(text.encode())


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def link(source: Path, target: Path) -> None:
    """Let `target` be the same file as `source`, or a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def digests_of(folder: Path, besides: str) -> dict[str, str]:
    """The SHA-256 of each file in a folder and those in it, by its path from there; without the one named `besides`."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / besides:
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def sync_tree(folder: Path) -> None:
    """Have everything in `folder` on the disk: a power cut must not leave names without their contents."""
    for parent, _, names in os.walk(folder):
        for name in names:
            _sync(Path(parent, name))
        sync_folder(Path(parent))


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk, where the system can promise that."""
    if os.name == "nt":  # which opens no folders
        return
    try:
        _sync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:  # the answer of network file systems that know no such thing
            raise


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
