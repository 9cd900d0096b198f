"""Where the vocabulary, the shapes, the context and the questions lie on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]

# An installed wheel carries the folder inside the package, a checkout has it beside.
_ROOTS: Final = (_PACKAGE / "ontologies", _PACKAGE.parent / "ontologies")


def path(name: str = "") -> Path:
    """A file or folder of `ontologies/`, such as `kg.ttl` or `shapes`; the folder itself without a name.

    Raises `FileNotFoundError` where the installation lacks it, which is a fault of the package and not of its user.
    """
    for root in _ROOTS:
        if (found := root / name).exists():
            return found
    raise FileNotFoundError(f"ontologies/{name} is missing from this installation of kg")
