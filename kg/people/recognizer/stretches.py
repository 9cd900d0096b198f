"""Which tokens are open: all others are `O` on the best path, whatever their neighbours are.

Most tokens of a text are far from any name, and need no search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_NEVER: Final = -1e6
"""No name gains as much as this takes: none goes on into the next sentence."""


class Stretches(NamedTuple):
    """Runs of open tokens inside sentences, longest first; around each is a token that is surely `O`, or nothing."""

    first: NDArray[np.intp]
    length: NDArray[np.intp]
    opens: NDArray[np.bool_]  # the sentence begins with it
    closes: NDArray[np.bool_]  # the sentence ends with it

    def holding(self, marked: NDArray[np.bool_]) -> Stretches:
        """Those that hold a marked token."""
        before = np.concatenate([[0], np.cumsum(marked)])
        chosen = before[self.first + self.length] > before[self.first]
        return Stretches(self.first[chosen], self.length[chosen], self.opens[chosen], self.closes[chosen])


class Outside:
    """Tells which tokens are surely `O`, for one matrix of transitions.

    What a path gains by a name over `O` on the same tokens is at most the sum of what its tokens gain alone, its first
    token as `B` and the others as `I`, and of what the transitions into it, within it and out of it can gain at most.
    A token is surely `O` where this sum is negative for every name that could hold the token. The greatest sum over
    all beginnings before it and all ends after it comes from running maxima of the cumulated gains, in linear time.
    """

    def __init__(self, labels: tuple[str, ...], transition: NDArray[np.float32]) -> None:
        self._kinds = []
        for begin, label in enumerate(labels):
            if label.startswith("B-"):
                inside = labels.index(f"I{label[1:]}")
                enter = max(0.0, float((transition[:, begin] - transition[:, 0]).max()))
                stay = float(transition[[begin, inside], inside].max() - transition[0, 0])
                after = [index for index, name in enumerate(labels) if not name.startswith("I-")]
                leave = max(0.0, float((transition[[begin, inside]][:, after] - transition[0, after]).max()))
                self._kinds.append((begin, inside, enter + leave, stay))

    def __call__(self, emission: NDArray[np.float32], starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether each token is `O` on every best path. Shapes: (tokens, labels), (tokens,)."""
        # A row for each label, since each is summed and searched by itself.
        gains = np.subtract(emission[:, 1:].T, emission[:, :1].T, dtype=np.float64, order="C")
        outside = np.ones(len(emission), dtype=np.bool_)
        for begin, inside, border, stay in self._kinds:
            goes_on = gains[inside - 1] + stay
            goes_on[starts] = _NEVER
            so_far = np.cumsum(goes_on)
            from_here = gains[begin - 1] - so_far
            best_begin = np.maximum.accumulate(from_here)
            best_end = np.maximum.accumulate(so_far[::-1])[::-1]
            outside &= best_begin + best_end + border < 0
        return outside


def stretches(is_open: NDArray[np.bool_], starts: NDArray[np.bool_]) -> Stretches:
    """The runs of open tokens; a run never crosses the start of a sentence."""
    previous_open = np.zeros_like(is_open)
    previous_open[1:] = is_open[:-1] & ~starts[1:]
    next_open = np.zeros_like(is_open)
    next_open[:-1] = is_open[1:] & ~starts[1:]
    first = np.flatnonzero(is_open & ~previous_open)
    last = np.flatnonzero(is_open & ~next_open)
    length = last - first + 1
    order = np.argsort(-length, kind="stable")
    ends = np.ones_like(starts)
    ends[:-1] = starts[1:]
    return Stretches(first[order], length[order], starts[first[order]], ends[last[order]])
