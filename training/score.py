"""Precision, recall and F1 on exact spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

Spans = Iterable[tuple[int, int, str]]


class Score(NamedTuple):
    """How many spans are right, how many were found, how many there are."""

    right: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.gold)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        return f"P {precision:.3f} R {recall:.3f} F1 {self.f1:.3f} of {self.gold}"


class Scores:
    """Scores by group of texts and label."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], Counter[str]] = {}

    def add(self, groups: Iterable[str], gold: Spans, found: Spans) -> None:
        """Count one text, in each of `groups`."""
        gold, found = set(gold), set(found)
        for group in groups:
            for name, spans in (("right", gold & found), ("found", found), ("gold", gold)):
                for *_, label in spans:
                    self._counts.setdefault((group, label), Counter())[name] += 1

    def of(self, group: str, label: str) -> Score:
        """The score of one label in one group."""
        counts = self._counts.get((group, label), Counter())
        return Score(counts["right"], counts["found"], counts["gold"])

    def table(self, groups: Iterable[str]) -> str:
        """All scores of some groups, a line each."""
        rows = [(label, group) for label in ("PER", "ORG", "LOC") for group in groups]
        return "\n".join(f"{label} {group:10} {self.of(group, label)}" for label, group in rows)
