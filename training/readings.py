"""What labels known in part leave open: which labels each token of SmartData may have, by how much it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from training.chain import LABELS

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Reading(NamedTuple):
    """What SmartData is believed: the kinds whose labels are names, and those that stand nowhere else.

    The latter only where a first model does not see one.
    """

    named: tuple[str, ...]
    complete: tuple[str, ...]


DOUBT = 0.2
"""The probability of a kind of name from which on the first model overrules SmartData's silence."""
READINGS: tuple[Reading, ...] = (
    Reading(named=("PER",), complete=("PER",)),
    Reading(named=("PER", "ORG"), complete=("PER", "ORG", "OTH")),
    Reading(named=("PER", "ORG", "LOC"), complete=("PER", "ORG", "LOC", "OTH")),
)
"""Persons; organisations as well; places as well. Each makes a model, and the mean keeps what these have in common."""
MAY_BE = {"ORG": ("ORG", "OTH"), "LOC": ("LOC", "ORG", "OTH")}
"""What a name of SmartData may be in GermEval: its guidelines know neither brands nor metonymy."""


def allowed_labels(
    labels: NDArray[np.intp],
    partial: NDArray[np.bool_],
    first: NDArray[np.float64],
    reading: Reading,
) -> NDArray[np.bool_]:
    """Which labels each token may have, of shape (tokens, labels), given what SmartData is believed.

    Its persons are persons; its organisations and places are what they may be in GermEval. Where it is silent, all
    is possible but the kinds that it is taken to name completely, and these too where the first model sees one.
    """
    allowed = one_hot(labels)
    for kind in reading.named:
        if kind in MAY_BE:
            allowed[partial & _of(kind)[labels]] = _of(*MAY_BE[kind])
    silent = partial & ~_of(*reading.named)[labels]
    allowed[silent] = True
    for kind in reading.complete:
        none = silent & ~(first[:, _of(kind)].sum(axis=1) > DOUBT)
        allowed[np.ix_(none, _of(kind))] = False
    return allowed


def one_hot(labels: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The labels of tokens by their numbers as the only ones that they may have, of shape (tokens, labels)."""
    return np.eye(len(LABELS), dtype=np.bool_)[labels]


def _of(*kinds: str) -> NDArray[np.bool_]:
    """Which labels are of these kinds."""
    return np.array([label[2:] in kinds for label in LABELS])
