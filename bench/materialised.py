"""How many of the triples that a peer made are ours."""

from __future__ import annotations

from pathlib import Path


def same_triples(folder: Path, made: Path) -> dict[str, int]:
    """The peer's triples, and how many of them `folder/knowledge.nt` has too, literally."""
    ours = set((folder / "knowledge.nt").read_text(encoding="utf-8").split("\n"))
    theirs = {line for line in made.read_text(encoding="utf-8").split("\n") if line}
    return {"triples": len(theirs), "same": len(theirs & ours)}
