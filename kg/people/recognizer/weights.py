"""The trained weights, as `training/train.py` stores them and the recogniser reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from kg.people.recognizer.categories import CATEGORIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE: Final = "weights.npz"
OFFSETS: Final = (-2, -1, 0, 1, 2)
"""The distances at which a token is looked at: the token itself, and up to two on either side."""
COMBINATIONS: Final = {"K": (-1, 0, 1), "L": (-2, -1, 0), "R": (0, 1, 2)}
"""The distances of the tokens whose categories together are a feature, by a letter of our own for each."""
FORBIDDEN: Final = -10_000.0
"""The weight of transitions that no well-formed labels have: from anything else into the inside of a name."""

_Number = TypeVar("_Number", int, "NDArray[np.int32]")


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).

    `features` gives the row of a feature in `emission`, of shape (features, distances, labels). `combinations` gives
    for each combination of categories, numbered by `combined`, its row in `combination_emission`; row 0 is all zero.
    `transition[a, b]` is the weight of label `b` after label `a`. `labels[0]` is `O`.
    """

    labels: tuple[str, ...]
    features: dict[str, int]
    emission: NDArray[np.float32]
    combinations: dict[str, NDArray[np.uint16]]
    combination_emission: NDArray[np.float32]
    transition: NDArray[np.float32]

    def of(self, features: Iterable[str]) -> NDArray[np.float32]:
        """What a token with these features adds to the labels around it, of shape (distances, labels)."""
        rows = [row for row in map(self.features.get, features) if row is not None]
        summed: NDArray[np.float32] = np.add.reduce(self.emission.take(rows, axis=0))
        return summed

    @staticmethod
    @cache
    def load() -> Weights:
        """Read the weights from the package."""
        return Weights.read(files("kg.people.recognizer").joinpath("data").joinpath(FILE).read_bytes())

    @staticmethod
    def read(packed: bytes) -> Weights:
        """Read weights as `training/export.py` writes them.

        The file holds `labels` and `features` (UTF-8, one a line), `count` (nonzero weights of each feature), `column`
        (distance * labels + label) and `value` (half precision) of each weight, the same for combinations, whose
        numbers are `combination`, with `combination_kind` an index into `COMBINATIONS`; and `transition`.
        """
        with np.load(BytesIO(packed), allow_pickle=False) as stored:
            labels = tuple(stored["labels"].tobytes().decode().split("\n"))
            names = stored["features"].tobytes().decode().split("\n")
            emission = _dense(stored["count"], stored["column"], stored["value"], len(OFFSETS) * len(labels))
            combination_emission = _dense(
                np.concatenate([[0], stored["combination_count"]]),
                stored["combination_column"],
                stored["combination_value"],
                len(labels),
            )
            combinations = {
                name: np.zeros(len(CATEGORIES) ** len(steps), dtype=np.uint16)
                for name, steps in COMBINATIONS.items()
            }
            rows = np.arange(1, len(stored["combination"]) + 1, dtype=np.uint16)
            for kind, name in enumerate(COMBINATIONS):
                chosen = stored["combination_kind"] == kind
                combinations[name][stored["combination"][chosen]] = rows[chosen]
            return Weights(
                labels,
                {name: row for row, name in enumerate(names)},
                emission.reshape(len(names), len(OFFSETS), len(labels)),
                combinations,
                combination_emission,
                stored["transition"],
            )


def combined(categories: Sequence[_Number]) -> _Number:
    """The number of a combination: that of its first category times the number of categories, and so on."""
    first, *others = categories
    for category in others:
        first = first * len(CATEGORIES) + category
    return first


def _dense(
    counts: NDArray[np.integer], columns: NDArray[np.integer], values: NDArray[np.float16], width: int
) -> NDArray[np.float32]:
    dense = np.zeros((len(counts), width), dtype=np.float32)
    dense[np.repeat(np.arange(len(counts)), counts), columns] = values
    return dense
