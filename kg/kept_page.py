"""The page of the last build, for one whose page would come out the same."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import UNDECODABLE
from kg.files import digests_of, remove
from kg.model import Record
from kg.network.choosing import digest_of_nodes

OUTPUTS: Final = ("graph.html", "pages")
"""What is kept, as far as it is there."""

_OF: Final = "of"
"""The file that says what the others were made of; written last."""


class _Of(Record, frozen=True):
    """`key` stands for all that the page depends on but the nodes, `nodes` for them; `shown` are the IRIs of those of
    which the page tells all. `files` are the SHA-256 of the files.
    """

    key: str
    nodes: str
    shown: tuple[str, ...]
    files: dict[str, str]


def keep(kept: Path, key: str, shown: Sequence[str], new: Path) -> None:
    """Keep copies of what is in the folder `new` in the folder `kept`, and nothing else."""
    remove(kept)
    kept.mkdir(parents=True)
    for path in (new / name for name in OUTPUTS):
        if path.is_dir():
            shutil.copytree(path, kept / path.name)
        elif path.exists():
            shutil.copyfile(path, kept / path.name)
    nodes = digest_of_nodes(new / "tables", shown)
    of = _Of(key, nodes, tuple(shown), digests_of(kept, _OF))
    (kept / _OF).write_bytes(msgspec.msgpack.encode(of))


def take(kept: Path, key: str, new: Path) -> bool:
    """Copy what is kept to the folder `new`, where the tables are; whether it is what they give, and all there."""
    try:
        of = msgspec.msgpack.decode((kept / _OF).read_bytes(), type=_Of)
    except (FileNotFoundError, *UNDECODABLE):
        return False
    if of.key != key or of.files != digests_of(kept, _OF):
        return False
    if of.nodes != digest_of_nodes(new / "tables", of.shown):
        return False
    shutil.copytree(kept, new, ignore=shutil.ignore_patterns(_OF), dirs_exist_ok=True)
    return True
