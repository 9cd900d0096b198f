"""Where sentences begin, told from flags of the pieces of a text, for a whole batch at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.people.recognizer.tokens import token_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPACE: Final = 1
BLANK_LINE: Final = 2  # space that parts paragraphs
STOP: Final = 4
PERIOD: Final = 8
STARTER: Final = 16  # can stand at the start of a sentence
CLOSER: Final = 32  # can stand between a full stop and the end of its sentence
SHORT_NUMBER: Final = 64  # a full stop after it makes an ordinal: 3. Oktober
SPACED: Final = 128  # a blank follows

_PERIOD: Final = "."
_STOPS: Final = frozenset({_PERIOD, "!", "?", "…"})
_CLOSERS: Final = frozenset("\"'“”’»«‹›)]")
_OPENERS: Final = frozenset("\"'„‚»«›‹(")


def flags(piece: str) -> int:
    """What a piece can be at the border of two sentences."""
    token = token_of(piece)
    if not token:
        return SPACE | (BLANK_LINE if piece.count("\n") > 1 else 0)
    found = SPACED if len(piece) > len(token) else 0
    if token in _STOPS or token.startswith(".."):
        found |= STOP
    if token == _PERIOD:
        found |= PERIOD
    if token in _CLOSERS:
        found |= CLOSER
    if token[0].isupper() or token[0].isdigit() or token in _OPENERS:
        found |= STARTER
    if len(token) < 3 and token.isdigit():
        found |= SHORT_NUMBER
    return found


def sentence_starts(kinds: NDArray[np.uint8]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """From the flags of all pieces: the indices of those that are tokens, and which of these begin a sentence.

    A sentence ends with a paragraph, and where a full stop, perhaps with closing quotes after it, is followed by space
    and what can begin a sentence; not after the full stop of an ordinal.
    """
    tokens = np.flatnonzero((kinds & SPACE) == 0)
    here = kinds[tokens]
    blanks = np.zeros(len(kinds) + 1, dtype=np.intp)
    np.cumsum((kinds & BLANK_LINE) != 0, out=blanks[1:])
    before = blanks[tokens]
    starts = np.zeros(len(tokens), dtype=np.bool_)
    starts[:1] = True
    starts[1:] = before[1:] != before[:-1]

    spaced = np.zeros(len(tokens), dtype=np.bool_)
    spaced[1:] = (kinds[tokens[1:] - 1] & (SPACE | SPACED)) != 0
    last, second, third = (_before(here, before, steps) for steps in (1, 2, 3))
    after_stop = ((last & STOP) != 0) & ~(((last & PERIOD) != 0) & ((second & SHORT_NUMBER) != 0))
    after_closer = ((last & CLOSER) != 0) & ((second & STOP) != 0)
    after_closer &= ~(((second & PERIOD) != 0) & ((third & SHORT_NUMBER) != 0))
    starts |= spaced & ((here & STARTER) != 0) & (after_stop | after_closer)
    return tokens, starts


def _before(values: NDArray[np.uint8], paragraphs: NDArray[np.intp], steps: int) -> NDArray[np.uint8]:
    """The value so many steps before each, 0 where another paragraph is: it may be of another text."""
    moved = np.zeros_like(values)
    if len(values) > steps:
        moved[steps:] = values[:-steps] * (paragraphs[steps:] == paragraphs[:-steps])
    return moved
