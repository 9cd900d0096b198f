"""What is known of each spelling, computed once and then looked up by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.people.recognizer.categories import category
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.features import EDGE, features
from kg.people.recognizer.sentences import flags
from kg.people.recognizer.tokens import token_of
from kg.people.recognizer.weights import OFFSETS, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT: Final = 100_000
"""How many spellings are kept at most, of some 300 bytes each."""
PARAGRAPH: Final = "\n\n"
_FIRST_CAPACITY: Final = 4_096


class Types(dict[str, int]):
    """From a piece to its number; a piece that is new is looked at when it is first asked for.

    Number 0 stands for what lies beyond the edge of a sentence.
    """

    def __init__(self, weights: Weights, clusters: Clusters) -> None:
        super().__init__()
        self._weights = weights
        self._clusters = clusters
        self.flags = np.zeros(_FIRST_CAPACITY, dtype=np.uint8)
        self.lengths = np.zeros(_FIRST_CAPACITY, dtype=np.int32)  # with the blank after the token
        self.spaces = np.zeros(_FIRST_CAPACITY, dtype=np.int32)  # of the blank alone
        self.categories = np.zeros(_FIRST_CAPACITY, dtype=np.int32)
        self.scores = np.zeros((_FIRST_CAPACITY, len(OFFSETS), len(weights.labels)), dtype=np.float32)
        self._start()

    def numbers(self, pieces: list[str]) -> NDArray[np.intp]:
        """The numbers of `pieces`; they hold until the next call."""
        if len(self) > LIMIT:
            self._start()
        return np.fromiter(map(self.__getitem__, pieces), dtype=np.intp, count=len(pieces))

    def __missing__(self, piece: str) -> int:
        number = len(self)
        if number == len(self.flags):
            self._grow()
        self[piece] = number
        token = token_of(piece)
        self.flags[number] = flags(piece)
        self.lengths[number] = len(piece)
        self.spaces[number] = len(piece) - len(token)
        if len(token) < len(piece):
            if token:
                self._copy(self[token], number)
        else:
            kind = category(token, self._clusters)
            self.categories[number] = kind
            self.scores[number] = self._weights.of(features(token, kind, self._clusters))
        return number

    def _copy(self, source: int, target: int) -> None:
        self.categories[target] = self.categories[source]
        self.scores[target] = self.scores[source]

    def _start(self) -> None:
        self.clear()
        self[""] = 0
        self.scores[0] = self._weights.of([EDGE])

    def _grow(self) -> None:
        self.flags = np.concatenate([self.flags, np.zeros_like(self.flags)])
        self.lengths = np.concatenate([self.lengths, np.zeros_like(self.lengths)])
        self.spaces = np.concatenate([self.spaces, np.zeros_like(self.spaces)])
        self.categories = np.concatenate([self.categories, np.zeros_like(self.categories)])
        self.scores = np.concatenate([self.scores, np.zeros_like(self.scores)])
