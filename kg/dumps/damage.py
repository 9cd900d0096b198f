"""One error for all the ways in which libraries say that a compressed file or an archive is damaged."""

from __future__ import annotations

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import zstandard

from kg.dumps.names import printable

# Beside their own errors `tarfile` and `zipfile` let those of their parsing through: numbers that are none,
# names that do not decode, blocks that are too short, headers chained without end.
_SIGNS = (
    gzip.BadGzipFile,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    zstandard.ZstdError,
    EOFError,
    struct.error,
    ArithmeticError,
    LookupError,
    RuntimeError,
    ValueError,
)


class DamageError(Exception):
    """Data that is damaged or cut off; the message, printable, says what a library noticed."""


@contextmanager
def noticing_damage() -> Iterator[None]:
    """Turn what the libraries raise over damaged data into `DamageError`; errors of the disk stay OSError."""
    try:
        yield
    except _SIGNS as error:
        raise DamageError(printable(str(error)) or type(error).__name__) from error
