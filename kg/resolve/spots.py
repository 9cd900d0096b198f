"""One text of an article while its names are looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.model import Basis, Candidate, Mention, Ref
from kg.people.lines import Lines
from kg.texts import Text


class Spot:
    """A text, its candidates (from left to right, none overlapping another) and the mentions found so far."""

    def __init__(self, text: Text, candidates: Sequence[Candidate]) -> None:
        self.text = text
        self.plain = text.plain
        self.candidates = candidates
        self.mentions: list[Mention] = []
        self._taken = bytearray(len(self.plain))
        self._starts = [one.start for one in candidates]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def line_at(self, offset: int) -> int:
        """The line of the dump that holds the code point at `offset`."""
        return self._lines.at(offset)

    def is_free(self, start: int, end: int) -> bool:
        """Whether no mention and no name left open overlaps the span."""
        return self._taken.find(1, start, end) < 0

    def leave_open(self, start: int, end: int) -> None:
        """Let nothing else be found at the span."""
        self._taken[start:end] = b"\1" * (end - start)

    def add(self, ref: Ref, start: int, end: int, basis: Basis, confidence: float) -> None:
        """Note a mention."""
        self.leave_open(start, end)
        exact = self.plain[start:end]
        line = self._lines.at(start)
        self.mentions.append(
            Mention(ref, self.text.part, start, end, exact, line, basis, confidence, self.text.image)
        )

    def covering(self, start: int, end: int) -> Candidate | None:
        """The candidate that holds the span; the last character of the span may be a genitive beyond it."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        one = self.candidates[index]
        return one if end <= one.end + 1 else None

    def open_candidates(self) -> Iterator[Candidate]:
        """The candidates that nothing was found for so far."""
        return (one for one in self.candidates if self.is_free(one.start, one.end))
