"""By what it is known whether something that an earlier build left would come out the same today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent.parent
_CODE: Final = frozenset({".py", ".npz", ".txt", ".json", ".toml", ".rq", ".js", ".css", ".j2"})


@cache
def code_digest(*parts: str) -> str:
    """The SHA-256 of the files of `kg` whose path in the package starts with one of `parts`, data included.

    So a new version invalidates what its changed code or weights made, and nothing else.
    """
    digest = hashlib.sha256()
    for path in sorted(_files(parts)):
        name, content = str(path.relative_to(_PACKAGE)), path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(parts: Iterable[str]) -> set[Path]:
    found: set[Path] = set()
    for part in parts:
        path = _PACKAGE / part
        files = path.rglob("*") if path.is_dir() else [path]
        found.update(one for one in files if one.suffix in _CODE)
    return found
