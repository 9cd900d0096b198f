"""What the last reduce decided, for builds where no page came, went or tells anything else than it told then.

A page whose wording was corrected tells the same. What was decided holds, but names its dump by the SHA-256 that it
had: where stubs tell which dumps name them, that is brought up to date. A shard knows those of its own dumps itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from kg.errors import UNDECODABLE
from kg.files import digests_of, remove
from kg.model import Record, Stub
from kg.parts import part_place
from kg.places import write_bytes
from kg.reducing import Reduced, read_compared
from kg.staging import Reworded, code_digest

_OF: Final = "of"
"""The file that says of what the others are; written last."""

_REDUCING: Final = (
    "last_reduce.py",
    "reducing.py",
    "parts.py",
    "relations.py",
    "parse/headline.py",
    "resolve",
    "people",
    "model",
    "texts.py",
)
"""The code that decides."""


class _Of(Record, frozen=True):
    """What a reduce was made of, and the SHA-256 of each of its files, by its path."""

    key: str
    reworded: dict[str, Reworded]
    reduced: Reduced
    files: dict[str, str]


class _Part(Record, frozen=True):
    """A `kg.parts.Part` of which only the stubs are looked at."""

    articles: msgspec.Raw
    stubs: tuple[msgspec.Raw, ...]


class _Named(Record, frozen=True):
    path: str


class _Seen(Record, frozen=True):
    """Of a stub, the dumps that name it."""

    seen_in: tuple[_Named, ...]


_PART: Final = msgspec.msgpack.Decoder(_Part)
_SEEN: Final = msgspec.msgpack.Decoder(_Seen)
_STUB: Final = msgspec.msgpack.Decoder(Stub)


def reducing_key(told: str, decisions: bytes) -> str:
    """What a reduce depends on: what all pages tell, the decisions and the code."""
    parts = told.encode(), hashlib.sha256(decisions).digest(), code_digest(*_REDUCING).encode()
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def forget(folder: Path) -> None:
    """Let the folder be empty."""
    (folder / _OF).unlink(missing_ok=True)  # first: without it the others count for nothing
    remove(folder)
    folder.mkdir()


def keep(folder: Path, key: str, reworded: Mapping[str, Reworded], reduced: Reduced) -> None:
    """Note what the reduce that left its files in `folder` was made of."""
    _note(folder, _Of(key, dict(reworded), reduced, digests_of(folder, _OF)))


def take_over(folder: Path, key: str, reworded: Mapping[str, Reworded]) -> Reduced | None:
    """The reduce in `folder` if it would decide the same again, with the dumps called as they are now.

    None where it would not, where texts that are others now were compared, and where not all is there as it was left: a
    killed build may have brought some of it up to date. Linear in what was decided.
    """
    try:
        of = msgspec.msgpack.decode((folder / _OF).read_bytes(), type=_Of)
    except (FileNotFoundError, *UNDECODABLE):
        return None
    changed = _changed(of.reworded, reworded)
    if (
        of.key != key
        or of.files != digests_of(folder, _OF)
        or not changed.keys().isdisjoint(read_compared(str(folder)))
    ):
        return None
    if not changed:
        return of.reduced
    parts, files = dict(of.reduced.parts), dict(of.files)
    for shard in parts:
        place = Path(part_place(str(folder / "parts"), shard))
        renewed = _renewed(place.read_bytes(), changed)
        if renewed is not None:
            write_bytes(str(place), renewed)
            parts[shard] = files[place.relative_to(folder).as_posix()] = hashlib.sha256(renewed).hexdigest()
    reduced = replace(of.reduced, parts=parts)
    _note(folder, _Of(key, dict(reworded), reduced, files))
    return reduced


def _changed(before: Mapping[str, Reworded], after: Mapping[str, Reworded]) -> dict[str, str]:
    """The SHA-256 of the documents that have another than they had, by path; they tell the same."""
    back = {path: one.told_by for path, one in before.items() if path not in after}
    now = {path: one.sha256 for path, one in after.items() if before.get(path) != one}
    return back | now


def _renewed(data: bytes, changed: Mapping[str, str]) -> bytes | None:
    """A part whose stubs call the changed documents as they are called now; None where they name none of them."""
    part = _PART.decode(data)
    stubs = [_renewed_stub(stub, changed) for stub in part.stubs]
    if all(one is other for one, other in zip(stubs, part.stubs, strict=True)):
        return None
    return msgspec.msgpack.encode(replace(part, stubs=tuple(stubs)))


def _renewed_stub(data: msgspec.Raw, changed: Mapping[str, str]) -> msgspec.Raw:
    if not any(dump.path in changed for dump in _SEEN.decode(data).seen_in):
        return data
    stub = _STUB.decode(data)
    seen = tuple(replace(one, sha256=changed.get(one.path, one.sha256)) for one in stub.seen_in)
    return msgspec.Raw(msgspec.msgpack.encode(replace(stub, seen_in=seen)))


def _note(folder: Path, of: _Of) -> None:
    write_bytes(str(folder / _OF), msgspec.msgpack.encode(of))
