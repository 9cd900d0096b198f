"""Open questions of a build: what only a person can answer, the most valuable first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.store.lookup import Lookup, folded_name


@dataclass(frozen=True)
class OpenDoubt:
    """A question: are the names `a` and `b` the `same`, or of what `kind` is the tag `a` (`b` is a proposal).

    `score` tells how many articles an answer can change.
    """

    kind: str
    a: str
    b: str
    score: float
    evidence: str
    path: str
    line: int


def open_doubts(lookup: Lookup) -> tuple[OpenDoubt, ...]:
    """All doubts of the build, by falling score."""
    found = lookup.rows(
        "SELECT kind, a, b, score, evidence, path, line FROM doubts ORDER BY score DESC, kind, a, b, path, line",
    )
    return tuple(OpenDoubt(*doubt) for doubt in found)


def doubts_about(
    lookup: Lookup, names: Collection[str], others: Collection[str] | None = None
) -> tuple[OpenDoubt, ...]:
    """The doubts about any of `names`; with `others`, those between one of `names` and one of `others`."""
    here = {folded_name(name) for name in names}
    there = None if others is None else {folded_name(name) for name in others}
    found = []
    for doubt in open_doubts(lookup):
        a, b = folded_name(doubt.a), folded_name(doubt.b)
        if there is None:
            matches = a in here or (doubt.kind == "same" and b in here)
        else:
            matches = (a in here and b in there) or (a in there and b in here)
        if matches:
            found.append(doubt)
    return tuple(found)
