"""What the reading of dumps yields: a document, or the reason why there is none."""

from __future__ import annotations

from typing import Final, TypeAlias

from kg.model import Record

MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
"""The size, uncompressed, from which on a file is no dump of a page.

The largest pages have some 100 KB. The limit is far above them, and low enough that a worker holds one
document of that size many times over (bytes, text, parse) without trouble. Nothing is inflated beyond it.
"""


class Stamp(Record, frozen=True):
    """By what a file is known to be unchanged: size in bytes and time of the last change in nanoseconds."""

    size: int
    mtime_ns: int


NEVER: Final = Stamp(-1, -1)
"""Of what could not be read: no file has it, so it is tried again."""


class File(Record, frozen=True):
    """A file that may hold documents, not opened yet; `path` is as in `Document`, `location` a path or a URL."""

    path: str
    location: str
    stamp: Stamp


class Document(Record, frozen=True):
    """The bytes of one dump.

    `path` is relative to the argument that named it, printable, with `/`; an archive is a folder in it:
    `archive.zip/inner/name.txt`. No two documents of one build have the same path.
    """

    path: str
    data: bytes


class Refused(Record, frozen=True):
    """A file that was not read, and why.

    `code` is one of

    - `unreadable`: the operating system or the network refused (permissions, disk errors); tried again each time
    - `broken-link`: a symbolic link that leads nowhere, or in a circle
    - `link-outside`: a symbolic link that leads out of the folder that was named
    - `not-a-file`: a pipe, socket or device; in an archive also links and sparse members
    - `too-large`: more than `MAX_DOCUMENT_BYTES` uncompressed
    - `corrupt-archive`: damaged or cut off; what came before the damage was read
    - `encrypted`: a member that needs a password
    - `nested-archive`: an archive in an archive
    - `unsupported-archive`: another kind of archive, or another compression in a zip
    """

    path: str
    code: str
    message: str


class PassedOver(Record, frozen=True):
    """A folder that was not looked into, and why; what is in it was never meant as input.

    `code` is `output-folder`: it holds what a build left.
    """

    path: str
    code: str
    message: str


Problem: TypeAlias = tuple[str, str]
"""Code and message of a `Refused` or `PassedOver` whose path is not known yet."""


def problem_of_size(size: int) -> Problem | None:
    """Why a file of `size` bytes is not read, if it is too large."""
    if size <= MAX_DOCUMENT_BYTES:
        return None
    return "too-large", f"larger than {MAX_DOCUMENT_BYTES // 2**20} MiB, which no dump of a page is"
