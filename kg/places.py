"""Files of a build where all its workers reach them: in a folder, or behind a URL that fsspec knows (`s3://…`).

Places are text: a path, or a URL. Whatever is written is whole or not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, OutputError, UsageError
from kg.files import remove

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def is_remote(place: str) -> bool:
    """Whether a place is a URL."""
    return "://" in place


def within(place: str, name: str) -> str:
    """The place of that name in the folder `place`."""
    return f"{place.rstrip('/')}/{name}" if is_remote(place) else os.path.join(place, name)  # noqa: PTH118 - text


def read_bytes(place: str, start: int = 0, length: int | None = None) -> bytes:
    """The bytes of a file from `start`, at most `length` of them. Raises `FileNotFoundError` where there is none."""
    if length == 0:  # a range that some servers answer with everything
        return b""
    if is_remote(place):
        with reached(place) as (files, path):
            data: bytes = files.cat_file(path, start=start, end=None if length is None else start + length)
            return data
    with Path(place).open("rb") as file:
        file.seek(start)
        return file.read() if length is None else file.read(length)


def size_of(place: str) -> int:
    """The size of a file in bytes. Raises `FileNotFoundError` where there is none."""
    if is_remote(place):
        with reached(place) as (files, path):
            return int(files.size(path))
    return Path(place).stat().st_size


def write_bytes(place: str, *parts: bytes) -> None:
    """Write a file in the place of the last one, beside and renamed; object stores show an object when it is whole."""
    if is_remote(place):
        with reached(place) as (files, path):
            files.pipe_file(path, b"".join(parts))
        return
    target = Path(place)
    beside = target.with_name(f"{target.name}.part")
    with beside.open("wb") as file:
        file.writelines(parts)
    beside.replace(target)


def remove_file(place: str) -> None:
    """Remove a file; nothing where there is none."""
    if is_remote(place):
        with suppress(FileNotFoundError), reached(place) as (files, path):
            files.rm_file(path)
    else:
        Path(place).unlink(missing_ok=True)


def remove_folder(place: str) -> None:
    """Remove a file, or a folder with all that is in it; nothing where there is none."""
    if not is_remote(place):
        remove(Path(place))
        return
    with suppress(FileNotFoundError), reached(place) as (files, path):
        files.rm(path, recursive=True)


def copy_out(path: Path, place: str) -> None:
    """Copy a file, or a folder with all that is in it, in the place of the last one behind a URL."""
    remove_folder(place)
    with reached(place) as (files, target):
        files.makedirs(target.rpartition("/")[0], exist_ok=True)
        files.put(str(path), target, recursive=path.is_dir())


def names_in(place: str) -> list[str]:
    """The names in a folder, sorted; none where there is no such folder."""
    if not is_remote(place):
        return sorted(path.name for path in Path(place).iterdir()) if Path(place).is_dir() else []
    try:
        with reached(place) as (files, path):
            return sorted(name.rstrip("/").rpartition("/")[2] for name in files.ls(path, detail=False))
    except FileNotFoundError:
        return []


def make_folder(place: str) -> None:
    """Make a folder and those above it; object stores need none."""
    if is_remote(place):
        with reached(place) as (files, path):
            files.makedirs(path, exist_ok=True)
    else:
        Path(place).mkdir(parents=True, exist_ok=True)


@contextmanager
def reached(place: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """As `file_system`; what the block raises of the library behind it, of whatever kind, comes as an `OSError`."""
    found = file_system(place)
    try:
        yield found
    except (OSError, KgError):
        raise
    except Exception as error:  # aiohttp's errors, for one, have no other class in common
        raise OSError(f"{type(error).__name__}: {error}") from error


def file_system(place: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a URL, and the path in it.

    Raises `UsageError` where fsspec or what it needs for the URL is missing, `OutputError` where it cannot be reached.
    """
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(f"{place} needs fsspec: pip install 'presskg[cluster]'") from error
    try:
        # Listings that another process has outdated are worse than none.
        found: tuple[Any, str] = fsspec.core.url_to_fs(place, use_listings_cache=False)
    except ImportError as error:
        how = " (with pip)" if str(error).startswith("Install") else ""
        raise UsageError(f"{place} cannot be opened: {error}{how}") from error
    except ValueError as error:
        raise UsageError(f"{place} cannot be opened: {error}") from error
    except OSError as error:
        raise OutputError(f"{place} cannot be reached: {error}") from error
    return found
