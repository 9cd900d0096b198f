"""The best labels of many stretches of tokens at once, and how probable they are.

All stretches take a step together, longest first, so that those still running are always the head of the arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.people.recognizer.weights import FORBIDDEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.people.recognizer.stretches import Stretches


def best_labels(
    emission: NDArray[np.float32], transition: NDArray[np.float32], found: Stretches
) -> NDArray[np.intp]:
    """The label of each token on the best path (Viterbi 1967), 0 outside the stretches.

    Shapes: `emission` (tokens, labels), `transition` (labels, labels), the result (tokens,). What stands around a
    stretch is label 0, except where a sentence begins or ends.
    """
    labels = np.zeros(len(emission), dtype=np.intp)
    running = _running(found.length)
    if not running:
        return labels
    scores = [emission[found.first] + np.where(found.opens[:, None], _entry(transition), transition[0])]
    into = np.ascontiguousarray(transition.T)
    for step, count in enumerate(running[1:], start=1):
        reached = (scores[-1][:count].T[:, :, None] + transition[:, None, :]).max(axis=0)
        scores.append(reached + emission[found.first[:count] + step])
    after = np.where(found.closes[:, None], 0, transition[:, 0])
    label = np.zeros(len(found.first), dtype=np.intp)
    for step in range(len(running) - 1, -1, -1):
        count = running[step]
        longer = running[step + 1] if step + 1 < len(running) else 0
        leads_to = after[:count].copy()
        leads_to[:longer] = into[label[:longer]]
        label[:count] = (scores[step] + leads_to).argmax(axis=1)
        labels[found.first[:count] + step] = label[:count]
    return labels


def certainty(
    emission: NDArray[np.float32], transition: NDArray[np.float32], found: Stretches, labels: NDArray[np.intp]
) -> NDArray[np.float32]:
    """The probability of each token's label (forward-backward algorithm), 1 outside the stretches.

    In double precision: how a product of matrices is rounded depends on how many texts there are, and single
    precision would show it.
    """
    sure = np.ones(len(emission), dtype=np.float32)
    running = _running(found.length)
    if not running:
        return sure
    factor = np.exp(transition.astype(np.float64) - transition.max())
    likely = [_likelihood(emission[found.first[:count] + step]) for step, count in enumerate(running)]
    forward = [_normal(likely[0] * np.where(found.opens[:, None], np.exp(_entry(transition)), factor[0]))]
    for step, count in enumerate(running[1:], start=1):
        forward.append(_normal((forward[-1][:count] @ factor) * likely[step]))
    backward = np.where(found.closes[:, None], 1, factor[:, 0])
    for step in range(len(running) - 1, -1, -1):
        count = running[step]
        at = found.first[:count] + step
        joint = forward[step] * backward[:count]
        sure[at] = joint[np.arange(count), labels[at]] / joint.sum(axis=1)
        if step:
            backward[:count] = _normal((backward[:count] * likely[step]) @ factor.T)
    return sure


def _entry(transition: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a label at the start of a sentence adds: nothing, unless it may not follow label 0 either."""
    return np.where(transition[0] <= FORBIDDEN, np.float32(FORBIDDEN), np.float32(0))


def _running(lengths: NDArray[np.intp]) -> list[int]:
    """How many stretches are longer than 0, 1, 2, … tokens."""
    if not len(lengths):
        return []
    counts: list[int] = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
    return counts


def _likelihood(emission: NDArray[np.float32]) -> NDArray[np.float64]:
    scaled: NDArray[np.float64] = np.exp(emission - emission.max(axis=1, keepdims=True), dtype=np.float64)
    return scaled


def _normal(state: NDArray[np.float64]) -> NDArray[np.float64]:
    normal: NDArray[np.float64] = state / state.sum(axis=1, keepdims=True)
    return normal
