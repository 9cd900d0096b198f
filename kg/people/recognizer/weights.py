"""The trained weights, as `training/train.py` stores them and the recogniser reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.people.recognizer.categories import CATEGORIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE: Final = "weights.npz"
OFFSETS: Final = (-2, -1, 0, 1, 2)
"""The distances at which a token is looked at: the token itself, and up to two on either side."""
TRIPLES: Final = ("K", "L", "R")
"""The triples of categories: with both neighbours, with the two before, with the two after."""
FORBIDDEN: Final = -10_000.0
"""The weight of transitions that no well-formed labels have: from anything else into the inside of a name."""


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001).

    `features` gives the row of a feature in `emission`, of shape (features, distances, labels). `triples` gives for
    each triple of categories, numbered `(a * n + b) * n + c`, its row in `triple_emission`; row 0 is all zero.
    `transition[a, b]` is the weight of label `b` after label `a`. `labels[0]` is `O`.
    """

    labels: tuple[str, ...]
    features: dict[str, int]
    emission: NDArray[np.float32]
    triples: dict[str, NDArray[np.uint16]]
    triple_emission: NDArray[np.float32]
    transition: NDArray[np.float32]

    def of(self, features: Iterable[str]) -> NDArray[np.float32]:
        """What a token with these features adds to the labels around it, of shape (distances, labels)."""
        rows = [row for feature in features if (row := self.features.get(feature)) is not None]
        summed: NDArray[np.float32] = self.emission[rows].sum(axis=0, dtype=np.float32)
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
        (distance * labels + label) and `value` (half precision) of each weight, the same for triples, whose numbers are
        `triple`, with `triple_kind` an index into `TRIPLES`; and `transition`.
        """
        with np.load(BytesIO(packed), allow_pickle=False) as stored:
            labels = tuple(stored["labels"].tobytes().decode().split("\n"))
            names = stored["features"].tobytes().decode().split("\n")
            emission = _dense(stored["count"], stored["column"], stored["value"], len(OFFSETS) * len(labels))
            triple_emission = _dense(
                np.concatenate([[0], stored["triple_count"]]),
                stored["triple_column"],
                stored["triple_value"],
                len(labels),
            )
            triples = {name: np.zeros(len(CATEGORIES) ** 3, dtype=np.uint16) for name in TRIPLES}
            rows = np.arange(1, len(stored["triple"]) + 1, dtype=np.uint16)
            for kind, name in enumerate(TRIPLES):
                chosen = stored["triple_kind"] == kind
                triples[name][stored["triple"][chosen]] = rows[chosen]
            return Weights(
                labels,
                {name: row for row, name in enumerate(names)},
                emission.reshape(len(names), len(OFFSETS), len(labels)),
                triples,
                triple_emission,
                stored["transition"],
            )


def _dense(
    counts: NDArray[np.integer], columns: NDArray[np.integer], values: NDArray[np.float16], width: int
) -> NDArray[np.float32]:
    dense = np.zeros((len(counts), width), dtype=np.float32)
    dense[np.repeat(np.arange(len(counts)), counts), columns] = values
    return dense
