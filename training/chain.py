"""Probabilities of labels in linear chains: the forward-backward algorithm over many sentences at once.

All sentences take a step together, longest first, so that those still running are always the head of the arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LABELS = ("O", *(f"{mark}-{kind}" for mark in "BI" for kind in ("LOC", "ORG", "OTH", "PER")))
NO_START = np.array([label[0] == "I" for label in LABELS])
"""Labels that no sentence begins with."""
NO_STEP = np.array([[after[0] == "I" and before[2:] != after[2:] for after in LABELS] for before in LABELS])
"""Labels (second) that do not follow another (first)."""


class Chains(NamedTuple):
    """Sentences, longest first, as one row of tokens: where each begins, and how many are longer than 0, 1, 2, …"""

    first: NDArray[np.intp]
    running: list[int]


class Expected(NamedTuple):
    """The logarithm of the sum over all paths, for each sentence; the probability of each label at each token;
    how often each label is expected after each other one, weighted."""

    log_sum: NDArray[np.float64]
    labels: NDArray[np.float64]
    steps: NDArray[np.float64]


def chains(lengths: NDArray[np.intp]) -> Chains:
    """Of sentences of these lengths, which must not rise."""
    first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    running = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
    return Chains(first, running.tolist())


def expected(
    emission: NDArray[np.float64],
    transition: NDArray[np.float64],
    found: Chains,
    weight: NDArray[np.float64],
    allowed: NDArray[np.bool_] | None = None,
) -> Expected:
    """Over all paths, or those of `allowed` labels alone.

    Shapes: `emission` and `allowed` (tokens, labels), `transition` (labels, labels), `weight` (tokens,).
    """
    first, running = found
    top = emission.max(axis=1, keepdims=True)
    likely = np.exp(emission - top)
    if allowed is not None:
        likely *= allowed
    factor = np.where(NO_STEP, 0, np.exp(transition))
    forward, scale = np.empty_like(emission), np.empty(len(emission))
    state = likely[first] * ~NO_START
    for step, count in enumerate(running):
        at = first[:count] + step
        if step:
            state = (state[:count] @ factor) * likely[at]
        scale[at] = state.sum(axis=1)
        state = state / scale[at, None]
        forward[at] = state
    backward = np.empty_like(emission)
    steps = np.zeros_like(factor)
    state = np.ones((0, len(LABELS)))
    for step in range(len(running) - 1, -1, -1):
        count = running[step]
        at = first[:count] + step
        state = np.concatenate([state, np.ones((count - len(state), len(LABELS)))])
        backward[at] = state
        if step:
            ahead = state * likely[at] / scale[at, None]
            steps += (forward[at - 1] * weight[at, None]).T @ ahead
            state = ahead @ factor.T
    labels = forward * backward
    labels /= labels.sum(axis=1, keepdims=True)
    log_sum = np.add.reduceat(np.log(scale) + top[:, 0], first)
    return Expected(log_sum, labels, steps * factor)
