"""Files of N-Triples, read by blocks and cut into pieces of whole lines, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

_BLOCK: Final = 1 << 20
_PACKED: Final = 1 << 16


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, unpacked where it is a `.zst` of one frame or many, in blocks that may end anywhere.

    Raises `OSError`, and `zstandard.ZstdError` where it is damaged or cut off.
    """
    with path.open("rb") as file:
        if path.suffix == ".zst":
            yield from _unpacked(file)
        else:
            while block := file.read(_BLOCK):
                yield block


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    """The contents of frames; the library's own stream ends in silence where one is cut off."""
    import zstandard

    frame, is_within = zstandard.ZstdDecompressor().decompressobj(), False
    while data := file.read(_PACKED):
        while data:
            if block := frame.decompress(data):
                yield block
            is_within, data = not frame.eof, frame.unused_data
            if frame.eof:
                frame = zstandard.ZstdDecompressor().decompressobj()
    if is_within:
        raise zstandard.ZstdError(f"{file.name} is cut off")


def batches(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Blocks of N-Triples as pieces of whole lines of at most `size` bytes, or one line where that is longer.

    >>> list(batches([b"a .\\nbb", b" .\\nccccccccc .\\nd ."], 8))
    [b'a .\\n', b'bb .\\n', b'ccccccccc .\\n', b'd .\\n']
    """
    rest = bytearray()
    for block in blocks:
        rest += block
        while len(rest) > size:
            end = rest.rfind(b"\n", 0, size) + 1 or rest.find(b"\n", size) + 1
            if not end:
                break
            yield bytes(memoryview(rest)[:end])
            del rest[:end]
    if rest:
        yield bytes(rest) if rest.endswith(b"\n") else bytes(rest) + b"\n"
