"""Texts with spans as sequences of attributes and labels, in the form that CRFsuite learns from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kg.people.recognizer.categories import CATEGORIES, category
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.features import near, own, wide
from kg.people.recognizer.sentences import flags, sentence_starts
from kg.people.recognizer.tokens import pieces, token_of
from kg.people.recognizer.weights import COMBINATIONS
from training.gold import Sentence

EDGE = CATEGORIES.index("edge")


class Sequence(NamedTuple):
    """The tokens of one sentence with their offsets and labels (B-PER, I-PER, …, O)."""

    words: list[str]
    offsets: list[int]
    labels: list[str]


def sequences(corpus: Iterable[Sentence]) -> Iterator[Sequence]:
    """The sentences of a corpus as the recogniser cuts them."""
    for sentence in corpus:
        yield from _cut(sentence)


def attributes(words: list[str]) -> list[list[str]]:
    """All attributes of each token of a sentence."""
    length = len(words)
    kinds = [EDGE, EDGE, *(_category(word) for word in words), EDGE, EDGE]
    found = []
    for at in range(length):
        row = list(_own(words[at]))
        for step in (-2, -1, 0, 1, 2):
            if not 0 <= at + step < length:
                row.append(f"{step}edge")
                continue
            row += _wide(words[at + step], step)
            if abs(step) < 2:
                row += _near(words[at + step], step)
        for name, steps in COMBINATIONS.items():
            row.append(name + ",".join(str(kinds[at + 2 + step]) for step in steps))
        found.append(row)
    return found


def _cut(sentence: Sentence) -> Iterator[Sequence]:
    cut = pieces(sentence.text)
    if not cut:
        return
    starts = np.cumsum([0, *map(len, cut)]).tolist()
    words = [token_of(piece) for piece in cut]
    tokens, begins = sentence_starts(np.array([flags(piece) for piece in cut], dtype=np.uint8))
    labels = _labels(sentence, [(starts[i], starts[i] + len(words[i])) for i in tokens.tolist()])
    borders = [*np.flatnonzero(begins).tolist(), len(tokens)]
    for first, last in pairwise(borders):
        chosen = tokens[first:last].tolist()
        yield Sequence([words[i] for i in chosen], [starts[i] for i in chosen], labels[first:last])


def _labels(sentence: Sentence, tokens: list[tuple[int, int]]) -> list[str]:
    labels = ["O"] * len(tokens)
    for start, end, label in sorted(sentence.spans):
        inside = [i for i, (first, last) in enumerate(tokens) if first < end and last > start]
        for place, i in enumerate(inside):
            labels[i] = f"{'I' if place else 'B'}-{label}"
    return labels


@cache
def _category(word: str) -> int:
    return category(word, Clusters.load())


@cache
def _own(word: str) -> tuple[str, ...]:
    return tuple(f"0{feature}" for feature in own(word, Clusters.load()))


@cache
def _near(word: str, step: int) -> tuple[str, ...]:
    return tuple(f"{step}{feature}" for feature in near(word))


@cache
def _wide(word: str, step: int) -> tuple[str, ...]:
    return tuple(f"{step}{feature}" for feature in wide(word, _category(word), Clusters.load()))
