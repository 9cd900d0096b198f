"""Documents on their way to their shards: what an archive holds, by the shard of each member, and where files lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from kg.dumps import Stamp
from kg.model import Record
from kg.places import read_bytes, within

_BUFFER_BYTES: Final = 1 << 24


class Spooled(Record, frozen=True):
    """A document to be read: its bytes, or the file that has them, or why there is nothing to be read."""

    path: str
    container: str
    stamp: Stamp
    data: bytes | None = None
    location: bytes | None = None  # path or URL as the system has it: names of files need not be UTF-8
    refused: tuple[str, str] | None = None  # code and message


_DECODER: Final = msgspec.msgpack.Decoder(Spooled)


def spool_place(folder: str, shard: int) -> str:
    """Where the documents of that shard wait."""
    return within(folder, f"{shard:03d}.spool")


class Spool:
    """Appends documents to the files of their shards, in a folder here; memory holds some 16 MiB of them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = str(folder)
        self._buffers: dict[int, list[bytes]] = {}
        self._buffered = 0
        self.shards: set[int] = set()
        self.documents = 0

    def add(self, shard: int, document: Spooled) -> None:
        """Add a document to a shard."""
        record = msgspec.msgpack.encode(document)
        self._buffers.setdefault(shard, []).extend([len(record).to_bytes(4, "big"), record])
        self._buffered += len(record)
        self.documents += 1
        if self._buffered > _BUFFER_BYTES:
            self.flush()

    def flush(self) -> None:
        """Append what is buffered to the files."""
        for shard, parts in self._buffers.items():
            with Path(spool_place(self._folder, shard)).open("ab") as file:
                file.writelines(parts)
        self.shards |= self._buffers.keys()
        self._buffers = {}
        self._buffered = 0


def read_spool(place: str) -> Iterator[Spooled]:
    """The documents of one shard in the order in which they came; none where there is no file."""
    try:
        data = memoryview(read_bytes(place))
    except FileNotFoundError:
        return
    position = 0
    while position < len(data):
        start = position + 4
        position = start + int.from_bytes(data[position:start], "big")
        yield _DECODER.decode(data[start:position])
