"""Fit the weights of a conditional random field to labels of which some are known only in part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import fmin_l_bfgs_b

from kg.people.recognizer.weights import OFFSETS
from training.chain import LABELS, expected
from training.design import Attributes, Design

if TYPE_CHECKING:
    from numpy.typing import NDArray

L2 = 0.4
ITERATIONS = 80


class Model(NamedTuple):
    """The weights of a CRF; transitions are of shape (labels, labels)."""

    attributes: Attributes
    transitions: NDArray[np.float64]


class Known(NamedTuple):
    """What is known of tokens: which labels each may have, and how much it counts. Shapes (tokens, labels), (tokens,).

    All tokens of a sentence count alike.
    """

    allowed: NDArray[np.bool_]
    weight: NDArray[np.float64]


def fit(design: Design, known: Known) -> Model:
    """Maximise the probability of all allowed paths together (Täckström et al. 2013), by L-BFGS with an L2 penalty.

    Only attributes that a label has where it is allowed have a weight for it.
    """
    seen = design.counts(known.allowed * known.weight[:, None])
    free = [np.flatnonzero(array) for array in seen]
    borders = np.cumsum([len(places) for places in free])

    def unpacked(packed: NDArray[np.float64]) -> Model:
        spelling, combination, transitions = np.split(packed, borders)
        arrays = _zeros(design)
        for array, places, values in zip(arrays, free, (spelling, combination), strict=True):
            array.reshape(-1)[places] = values
        return Model(arrays, transitions.reshape(len(LABELS), len(LABELS)))

    def loss(packed: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        model = unpacked(packed)
        emission = design.emission(model.attributes)
        every = expected(emission, model.transitions, design.chains, known.weight)
        right = expected(emission, model.transitions, design.chains, known.weight, known.allowed)
        counts = design.counts((every.labels - right.labels) * known.weight[:, None])
        attributes = [array.reshape(-1)[places] for array, places in zip(counts, free, strict=True)]
        gradient = np.concatenate([*attributes, (every.steps - right.steps).ravel()])
        missing = float((every.log_sum - right.log_sum) @ known.weight[design.chains.first])
        return missing + L2 * float(packed @ packed), gradient + 2 * L2 * packed

    size = borders[-1] + len(LABELS) ** 2
    found, *_ = fmin_l_bfgs_b(loss, np.zeros(size), m=6, maxiter=ITERATIONS, factr=1e8)
    return unpacked(found)


def mean(models: Sequence[Model]) -> Model:
    """The model whose weights are the mean of those of `models`: it costs no more to use than one of them."""
    spelling, combination = (
        np.mean(arrays, axis=0) for arrays in zip(*(model.attributes for model in models), strict=True)
    )
    return Model(Attributes(spelling, combination), np.mean([model.transitions for model in models], axis=0))


def probabilities(design: Design, model: Model) -> NDArray[np.float64]:
    """Of each label at each token, of shape (tokens, labels)."""
    weight = np.ones(design.size)
    return expected(design.emission(model.attributes), model.transitions, design.chains, weight).labels


def _zeros(design: Design) -> Attributes:
    return Attributes(
        np.zeros((len(design.features), len(OFFSETS), len(LABELS)), dtype=np.float32),
        np.zeros((len(design.combinations), len(LABELS)), dtype=np.float32),
    )
