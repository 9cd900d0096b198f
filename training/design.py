"""Sentences as matrices: which attributes of which spellings stand at which tokens.

What a spelling adds to the labels around it depends on the spelling alone; so the features of each are one row of a
matrix, however often it occurs.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Several
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from kg.people.recognizer.categories import CATEGORIES, category
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.features import EDGE, near, own, wide
from kg.people.recognizer.weights import COMBINATIONS, OFFSETS, combined
from training.chain import LABELS, Chains, chains
from training.sequences import Sequence

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEYOND = ""
"""Stands for what lies beyond the edge of a sentence."""


class Attributes(NamedTuple):
    """Weights, or what belongs to weights: of shape (features, distances, labels) and (combinations, labels)."""

    spelling: NDArray[np.float32]
    combination: NDArray[np.float32]


class Design:
    """The tokens of some sentences, and the matrices that turn weights into scores of labels and back."""

    def __init__(self, sentences: Several[Sequence]) -> None:
        """`sentences`, longest first; their tokens follow one another."""
        self.chains: Chains = chains(np.array([len(sentence.words) for sentence in sentences]))
        words = [word for sentence in sentences for word in sentence.words]
        self.size = len(words)
        spellings = {word: number for number, word in enumerate(sorted({BEYOND, *words}))}
        around = self._around(np.array([spellings[word] for word in words]), spellings[BEYOND])
        self._spellings, self.features, reach = _features(list(spellings))
        self._back = self._spellings.T.tocsr()
        self._at = around
        ones = np.ones(self.size, dtype=np.float32)
        shape = (len(spellings), self.size)
        self._sums = [csr_matrix((ones, (at, np.arange(self.size))), shape=shape) for at in around]
        self.near_enough = reach[:, None] >= np.abs(np.array(OFFSETS))
        """Which features are looked at from which distances, of shape (features, distances)."""
        self.combinations, self._combinations = _combinations(
            np.array([_category(word) for word in spellings])[around]
        )

    def emission(self, weights: Attributes) -> NDArray[np.float64]:
        """The score of each label at each token."""
        table = self._spellings @ weights.spelling.reshape(len(self.features), -1)
        emission: NDArray[np.float64] = (self._combinations @ weights.combination).astype(np.float64)
        for index, at in enumerate(self._at):
            emission += table[at, index * len(LABELS) : (index + 1) * len(LABELS)]
        return emission

    def counts(self, labels: NDArray[np.floating]) -> Attributes:
        """How often each attribute stands at each label, given the share of each label at each token."""
        labels = labels.astype(np.float32)
        table = np.concatenate([sums @ labels for sums in self._sums], axis=1)
        spelling = (self._back @ table).reshape(len(self.features), len(OFFSETS), len(LABELS))
        return Attributes(spelling * self.near_enough[:, :, None], self._combinations.T @ labels)

    def named(self, weights: Attributes) -> Iterator[tuple[str, str, float]]:
        """The weights that are not zero, each with its attribute as `training.export` names it, and its label."""
        for row, column, label in np.argwhere(weights.spelling).tolist():
            value = float(weights.spelling[row, column, label])
            yield f"{OFFSETS[column]}{self.features[row]}", LABELS[label], value
        for row, label in np.argwhere(weights.combination).tolist():
            name, kinds = self.combinations[row]
            yield name + ",".join(map(str, kinds)), LABELS[label], float(weights.combination[row, label])

    def _around(self, numbers: NDArray[np.intp], beyond: int) -> NDArray[np.intp]:
        starts = np.zeros(self.size, dtype=np.intp)
        starts[self.chains.first] = 1
        margin = max(OFFSETS)
        place = np.arange(self.size) + margin * np.cumsum(starts)
        padded = np.full(place[-1] + margin + 1, beyond)
        padded[place] = numbers
        return np.stack([padded[place + offset] for offset in OFFSETS])


def _features(spellings: list[str]) -> tuple[csr_matrix, list[str], NDArray[np.intp]]:
    """The matrix of spellings by features, the names of the features, and from how far each is looked at."""
    clusters = Clusters.load()
    index: dict[tuple[int, str], int] = {}
    columns, borders = [], [0]
    for word in spellings:
        if word == BEYOND:
            found = [(2, EDGE)]
        else:
            found = [(0, name) for name in own(word, clusters)] + [(1, name) for name in near(word)]
            found += [(2, name) for name in wide(word, _category(word), clusters)]
        columns += [index.setdefault(feature, len(index)) for feature in found]
        borders.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    matrix = csr_matrix((ones, columns, borders), shape=(len(spellings), len(index)))
    return matrix, [name for _, name in index], np.array([reach for reach, _ in index])


def _combinations(kinds: NDArray[np.intp]) -> tuple[list[tuple[str, tuple[int, ...]]], csr_matrix]:
    """The combinations of categories that occur, with their names, and the matrix of tokens by combinations.

    `kinds`, of shape (distances, tokens), are the categories around each token.
    """
    found: list[tuple[str, tuple[int, ...]]] = []
    columns = []
    for name, steps in COMBINATIONS.items():
        chosen = [kinds[OFFSETS.index(step)] for step in steps]
        _, places, column = np.unique(combined(chosen), return_index=True, return_inverse=True)
        columns.append(column + len(found))
        found += [(name, tuple(int(kind[place]) for kind in chosen)) for place in places.tolist()]
    size = kinds.shape[1]
    rows = np.tile(np.arange(size), len(columns))
    ones = np.ones(len(rows), dtype=np.float32)
    return found, csr_matrix((ones, (rows, np.concatenate(columns))), shape=(size, len(found)))


@cache
def _category(word: str) -> int:
    return CATEGORIES.index("edge") if word == BEYOND else category(word, Clusters.load())
