"""The batched decoder against all paths, tried one by one."""

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.people.recognizer.stretches import Outside, stretches
from kg.people.recognizer.viterbi import best_labels, certainty
from kg.people.recognizer.weights import FORBIDDEN

LABELS = ("O", "B-A", "B-B", "I-A", "I-B")


def transitions(draw: np.random.Generator) -> NDArray[np.float32]:
    table = draw.normal(size=(5, 5)).astype(np.float32)
    for after in (3, 4):
        for before in range(5):
            if LABELS[before][2:] != LABELS[after][2:]:
                table[before, after] = FORBIDDEN
    return table


def all_paths(
    emission: NDArray[np.float32], table: NDArray[np.float32]
) -> tuple[tuple[int, ...], NDArray[np.float64]]:
    """The best path, and the probability of each label at each token, by enumeration."""
    weights = {}
    for path in product(range(5), repeat=len(emission)):
        if path[0] >= 3 or any(table[pair] == FORBIDDEN for pair in pairwise(path)):
            continue
        weights[path] = float(
            sum(emission[at, label] for at, label in enumerate(path))
            + sum(table[pair] for pair in pairwise(path))
        )
    best = max(weights, key=weights.__getitem__)
    chances = np.zeros(emission.shape)
    for path, weight in weights.items():
        chances[range(len(path)), path] += np.exp(weight)
    return best, chances / chances.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("seed", range(12))
def test_labels_are_those_of_the_best_of_all_paths(seed: int) -> None:
    draw = np.random.default_rng(seed)
    table = transitions(draw)
    lengths = draw.integers(1, 6, size=8)
    emission = (draw.normal(size=(int(lengths.sum()), 5)) * 2).astype(np.float32)
    emission[:, 0] += 3 * (seed % 3)  # from many names to few
    starts = np.zeros(len(emission), dtype=np.bool_)
    starts[np.cumsum(lengths) - lengths] = True

    outside = Outside(LABELS, table)(emission, starts)
    found = stretches(~outside, starts)
    labels = best_labels(emission, table, found)
    sure = certainty(emission, table, stretches(np.ones_like(starts), starts), labels)

    for first, length in zip(np.flatnonzero(starts), lengths, strict=True):
        part = slice(int(first), int(first + length))
        best, chances = all_paths(emission[part], table)
        assert tuple(labels[part].tolist()) == best
        assert not labels[part][outside[part]].any()
        assert sure[part] == pytest.approx(chances[range(length), best], abs=1e-3)


def test_tokens_far_from_names_are_not_searched() -> None:
    table = transitions(np.random.default_rng(0))
    emission = np.zeros((50, 5), dtype=np.float32)
    emission[:, 0] = 40
    emission[20, :2] = 0, 20
    starts = np.zeros(50, dtype=np.bool_)
    starts[0] = True
    found = stretches(~Outside(LABELS, table)(emission, starts), starts)
    assert (found.first.tolist(), found.length.tolist()) == ([20], [1])


def test_stretches_keep_to_their_sentences_and_come_longest_first() -> None:
    is_open = np.array([1, 0, 1, 1, 1, 1, 0, 1], dtype=np.bool_)
    starts = np.array([1, 0, 0, 1, 0, 0, 0, 0], dtype=np.bool_)
    found = stretches(is_open, starts)
    assert found.first.tolist() == [3, 0, 2, 7]
    assert found.length.tolist() == [3, 1, 1, 1]
    assert found.opens.tolist() == [True, True, False, False]
    assert found.closes.tolist() == [False, False, True, True]
    assert found.holding(np.arange(8) == 4).first.tolist() == [3]
