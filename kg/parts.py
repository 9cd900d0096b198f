"""What the reduce leaves for the second map: for each shard what is decided about its articles, and names for all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

import msgspec

from kg.model import NameBook, Record, Ref
from kg.places import make_folder, read_bytes, within, write_bytes
from kg.resolve import Batch
from kg.staging import shard_of


class Common(Record, frozen=True):
    """What the writers of all shards need; each process reads it once."""

    book: NameBook
    focus: dict[str, Ref]  # tag slug → the thing it names


class Told(Record, frozen=True):
    """A `Verdict` in JSON, and the path of the dump that tells the article best."""

    path: str
    verdict: str


class Part(Record, frozen=True):
    """What the reduce decided about the articles of one shard, by path, and its stubs, by key; those encoded."""

    articles: tuple[Told, ...]
    stubs: tuple[msgspec.Raw, ...]


_COMMON: Final = msgspec.msgpack.Decoder(Common)
_PART: Final = msgspec.msgpack.Decoder(Part)


def write_parts(batches: Iterable[Batch], folder: str) -> dict[int, str]:
    """Put what is decided about articles and stubs into one file for each shard; the SHA-256 of each.

    All of a shard must come together.
    """
    encode = msgspec.msgpack.encode
    make_folder(folder)
    digests: dict[int, str] = {}
    for batch in batches:
        articles: dict[int, list[Told]] = {}
        stubs: dict[int, list[msgspec.Raw]] = {}
        for path, verdict in batch.verdicts:
            articles.setdefault(shard_of(path), []).append(Told(path, verdict))
        for stub in batch.stubs:
            stubs.setdefault(shard_of(stub.key), []).append(msgspec.Raw(encode(stub)))
        for shard in sorted(articles.keys() | stubs.keys()):
            if shard in digests:
                raise RuntimeError(f"what is decided about shard {shard} did not come together")
            part = encode(Part(tuple(articles.get(shard, ())), tuple(stubs.get(shard, ()))))
            write_bytes(part_place(folder, shard), part)
            digests[shard] = hashlib.sha256(part).hexdigest()
    return dict(sorted(digests.items()))


def part_place(folder: str, shard: int) -> str:
    """Where the decisions about a shard lie; there is no file where there are none."""
    return within(folder, f"{shard:03d}.decided")


def read_part(place: str) -> Part:
    """The decisions about a shard."""
    return _PART.decode(read_bytes(place))


def read_common(place: str, digest: str) -> Common | None:
    """The names in a file of that SHA-256; None where there is none."""
    try:
        data = read_bytes(place)
    except FileNotFoundError:
        return None
    return _COMMON.decode(data) if hashlib.sha256(data).hexdigest() == digest else None
