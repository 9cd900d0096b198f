"""Writing outputs so that a reader finds the old one or the new one, never a half."""

from __future__ import annotations

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

    Raises `OutputError` where the folder cannot be written or the disk is full.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # gone already, or its folder never was one: the error above says so
            beside.unlink()


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with `\\n` line ends, beside and renamed."""
    with atomic_file(path) as file:
        file.write(text.encode())


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside `path` that takes its place when the block ends, and is removed when it fails.

    Raises `OutputError` where the parent cannot be written or the disk is full.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        yield beside
        if path.exists():
            path.replace(old)
        beside.replace(path)
    except OSError as error:
        if old.exists() and not path.exists():
            old.replace(path)
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
