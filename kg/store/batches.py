"""Files of N-Triples, read by blocks and cut into pieces of whole lines, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final

from kg.dumps.streams import ZstdStream

_BLOCK: Final = 1 << 20
_PACKED: Final = 1 << 16


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, unpacked where it is a `.zst` of one frame or many, in blocks that may end anywhere.

    Raises `OSError`, and `zstandard.ZstdError` where it is damaged or cut off.
    """
    with path.open("rb") as file:
        source = BufferedReader(ZstdStream(file, _PACKED), _BLOCK) if path.suffix == ".zst" else file
        while block := source.read(_BLOCK):
            yield block


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
