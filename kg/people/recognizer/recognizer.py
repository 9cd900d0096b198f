"""Persons, organisations and places in running German text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

import numpy as np

from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.sentences import sentence_starts
from kg.people.recognizer.stretches import Outside, stretches
from kg.people.recognizer.tokens import pieces
from kg.people.recognizer.types import PARAGRAPH, Types
from kg.people.recognizer.viterbi import best_labels, certainty
from kg.people.recognizer.weights import COMBINATIONS, OFFSETS, Weights, combined

if TYPE_CHECKING:
    from numpy.typing import NDArray

Label: TypeAlias = Literal["person", "organization", "place"]

_LABELS: Final[dict[str, Label]] = {"PER": "person", "ORG": "organization", "LOC": "place"}
_BATCH: Final = 200_000
"""Characters that are tagged together: enough to keep numpy busy, few enough to stay in the cache."""
_LEAST: Final[dict[Label, float]] = {"person": 0.45, "organization": 0.45, "place": 0.5}
"""Names that the model is less sure of are none. Leaving a name out costs as much as it saves at half of the F1 that
is reached (Lipton, Elkan and Naryanaswamy 2014): some 0.3 to 0.4. `training/README.md` says why it is a little more."""
_MARGIN: Final = max(OFFSETS)
_LONGEST_SENTENCE: Final = 256
"""A longer one, in tokens, is cut: it is a list or a table, and would be searched step by step."""


class Span(NamedTuple):
    """A name at `text[start:end]`, in code points, and how sure the model is of it (0 … 1)."""

    start: int
    end: int
    label: Label
    confidence: float


class Recognizer:
    """The model, with what it has learnt of each spelling so far. One thread at a time may use it."""

    def __init__(self, weights: Weights, clusters: Clusters) -> None:
        self._weights = weights
        self._types = Types(weights, clusters)
        self._outside = Outside(weights.labels, weights.transition)
        self._begins = np.array([label.startswith("B-") for label in weights.labels])
        self._kinds = np.array([_number_of_kind(weights.labels, label) for label in weights.labels])
        self._names_of = [_LABELS.get(label[2:]) for label in weights.labels]

    @staticmethod
    @cache
    def load() -> Recognizer:
        """The recogniser of this process; weights and tables are read from the package at the first call."""
        return Recognizer(Weights.load(), Clusters.load())

    def spans(self, text: str) -> list[Span]:
        """The names in `text`, from left to right, none overlapping another. An empty line ends a sentence.

        >>> from kg.people.recognizer import Recognizer
        >>> text = "Kanzlerin Angela Merkel reiste nach Paris."
        >>> [(text[span.start : span.end], span.label) for span in Recognizer.load().spans(text)]
        [('Angela Merkel', 'person'), ('Paris', 'place')]
        """
        return next(iter(self.spans_of([text])))

    def spans_of(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        """The names in each of `texts`; many short texts together are tagged faster than one by one."""
        batch: list[str] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if size >= _BATCH:
                yield from self._tag(batch)
                batch, size = [], 0
        if batch:
            yield from self._tag(batch)

    def _tag(self, texts: list[str]) -> list[list[Span]]:
        cut: list[str] = []
        lengths = [0]
        for text in texts:
            cut += pieces(text)
            cut.append(PARAGRAPH)
            lengths.append(len(text) + len(PARAGRAPH))
        numbers = self._types.numbers(cut)
        ends = np.cumsum(self._types.lengths[numbers])
        tokens, starts = sentence_starts(self._types.flags[numbers])
        found: list[list[Span]] = [[] for _ in texts]
        if not len(tokens):
            return found
        starts |= _cuts(starts)
        begins, lasts, labels, sure = self._names(numbers[tokens], starts)
        first = (ends - self._types.lengths[numbers])[tokens[begins]]
        last = (ends - self._types.spaces[numbers])[tokens[lasts]]
        borders = np.cumsum(lengths)
        homes = np.searchsorted(borders, first, side="right") - 1
        base = borders[homes]
        columns = (homes, first - base, last - base, labels, sure)
        for home, start, end, label, confidence in zip(*(column.tolist() for column in columns), strict=True):
            kind = self._names_of[label]
            if kind is not None and confidence >= _LEAST[kind]:
                found[home].append(Span(start, end, kind, confidence))
        return found

    def _names(
        self, numbers: NDArray[np.intp], starts: NDArray[np.bool_]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]:
        """First and last token, label and confidence of each name: the least probability of its tokens' labels."""
        emission = self._emission(numbers, starts)
        transition = self._weights.transition
        open_ones = stretches(~self._outside(emission, starts), starts)
        labels = best_labels(emission, transition, open_ones)
        kinds = self._kinds[labels]
        named = kinds > 0
        sure = certainty(emission, transition, open_ones.holding(named), labels)
        follows = np.zeros_like(named)
        follows[1:] = named[1:] & (kinds[1:] == kinds[:-1]) & ~self._begins[labels[1:]] & ~starts[1:]
        begins = np.flatnonzero(named & ~follows)
        lasts = np.flatnonzero(named & ~np.append(follows[1:], False))
        if not len(begins):
            return begins, lasts, begins, sure[:0]
        least = np.minimum.reduceat(np.append(sure, 1), np.column_stack([begins, lasts + 1]).ravel())[::2]
        return begins, lasts, labels[begins], least

    def _emission(self, numbers: NDArray[np.intp], starts: NDArray[np.bool_]) -> NDArray[np.float32]:
        """What speaks for each label at each token, of shape (tokens, labels)."""
        place = np.arange(len(numbers)) + _MARGIN * np.cumsum(starts)
        padded = np.zeros(int(place[-1]) + 1 + _MARGIN, dtype=np.intp)
        padded[place] = numbers
        # One row for each type and offset: `take` is twice as fast as an index of two arrays.
        scores = self._types.scores.reshape(-1, self._types.scores.shape[-1])
        emission: NDArray[np.float32] = scores.take(numbers * len(OFFSETS) + OFFSETS.index(0), axis=0)
        for index, offset in enumerate(OFFSETS):
            if offset:
                emission += scores.take(padded[place + offset] * len(OFFSETS) + index, axis=0)
        kinds = self._types.categories[padded]
        at = {step: kinds[place + step] for step in OFFSETS}
        for name, steps in COMBINATIONS.items():
            rows = self._weights.combinations[name].take(combined([at[step] for step in steps]))
            emission += self._weights.combination_emission.take(rows, axis=0)
        return emission


def _number_of_kind(labels: tuple[str, ...], label: str) -> int:
    return 0 if label == labels[0] else labels.index(f"B{label[1:]}")


def _cuts(starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Every so many tokens of a sentence that is too long."""
    borders = np.flatnonzero(starts)
    position = np.arange(len(starts)) - np.repeat(borders, np.diff(borders, append=len(starts)))
    cuts: NDArray[np.bool_] = position % _LONGEST_SENTENCE == 0
    return cuts
