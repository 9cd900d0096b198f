"""Compressed files as streams of bytes that inflate a little at a time and notice when they are cut off."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import IO

import zstandard

# A zstd block of four bytes can stand for 128 KiB, so this much input inflates to no more than 16 MiB.
_HOSTILE_BYTES = 512


class ZstdStream(io.RawIOBase):
    """A file of zstd frames, read one after the other.

    The library's own stream reader ends silently where a file is cut off within a frame; this one raises ZstdError.
    """

    def __init__(self, file: IO[bytes], packed: int = _HOSTILE_BYTES) -> None:
        """`packed` are the bytes that are inflated at a time: few, where the file may be made to burst."""
        self._file = file
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._within_frame = False
        self._input = b""
        self._output = memoryview(b"")

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # typeshed's Buffer
        """Fill `buffer` with what is inflated already, or inflate a little more."""
        while not self._output:
            self._input = self._input or self._file.read(self._packed)
            if not self._input:
                if self._within_frame:
                    raise zstandard.ZstdError("the file ends within a zstd frame")
                return 0
            self._output = memoryview(self._frame.decompress(self._input))
            self._within_frame = not self._frame.eof
            self._input = self._frame.unused_data
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
        size = min(len(buffer), len(self._output))
        buffer[:size] = self._output[:size]
        self._output = self._output[size:]
        return size

    def close(self) -> None:
        """Close the file as well."""
        self._file.close()
        super().close()


def open_stream(location: Path, compression: str) -> io.BufferedIOBase:
    """The bytes of a file behind its compression: `gz`, `zst`, or none.

    Reading can raise OSError, EOFError, zlib.error and zstandard.ZstdError.
    """
    if compression == "gz":
        return gzip.open(location)
    if compression == "zst":
        return io.BufferedReader(ZstdStream(location.open("rb")))
    return location.open("rb")
