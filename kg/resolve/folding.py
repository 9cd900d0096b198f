"""Folding: spellings of one name in several transliterations get one key.

Agencies and desks carry Cyrillic, Arabic and Turkish names into Latin letters each in their own way: Selenskyj,
Selenskij and Zelensky, Nawalny and Navalny, Erdoğan and Erdogan. The key forgets what those ways differ in, and nothing
else: Scholz and Schulz keep different keys. Equal keys are a reason to ask for more, never enough by themselves
(`spelled_by_habit`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.people.names import TITLES
from kg.people.recognizer.lexicon import family_names, first_names
from kg.resolve.keys import slug

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"schtsch|shch|szcz", "s^"),  # щ
        (r"tsch|tch|cz|(?<!s)ch|kh", "^"),  # ч and х, which German and English write with the same letters
        (r"sch|sh|zh|sz", "s"),  # ш and ж
        (r"ae", "a"),  # ä, ö, ü as slugs have them, and as English drops them
        (r"oe", "o"),
        (r"ue", "u"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"off$", "ov"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"ts|tz|z", "s"),
        (r"[ijy]+", "i"),
        (r"([a-z^])\1+", r"\1"),
    )
)
"""Applied in this order to a word's slug; `^` is a letter that no slug has."""

_GENERATIONS = frozenset({"jr", "sr"})
_INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """The key of a name, words parted by blanks; dashes part words too.

    >>> {fold(name) for name in ("Wolodymyr Selenskyj", "Wolodymyr Selenskij", "Volodymyr Zelensky")}
    {'volodimir selenski'}
    >>> fold("Scholz") == fold("Schulz")
    False
    """
    return " ".join(map(_fold_word, slug(name).split("-")))


@lru_cache(maxsize=100_000)
def _fold_word(word: str) -> str:
    for pattern, replacement in _RULES:
        word = pattern.sub(replacement, word)
    return word


def spelled_by_habit(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of equal fold differ as German names do (Meyer and Meier), not as transliterations do.

    Takes the words of both. Where all that differs are words that lists know in both spellings, each is a name of its
    own, and two people are more likely than two transliterations.
    """
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if slug(a) != slug(b)]
    return bool(pairs) and all(
        (a in family_names() and b in family_names()) or (a in first_names() and b in first_names())
        for a, b in pairs
    )


def words_of(name: str) -> list[str]:
    """The words of a name without titles.

    >>> words_of("Prof. Dr. Anna Kolb")
    ['Anna', 'Kolb']
    """
    return [word for word in name.split() if word.lower() not in TITLES]


def bare(words: Sequence[str]) -> tuple[str, ...]:
    """The words without initials between the first and the last, and without Jr. and Sr.

    >>> bare(["Robert", "F.", "Kessler", "Jr."]), bare(["Susanne", "R."])
    (('Robert', 'Kessler'), ('Susanne', 'R.'))
    """
    first, *rest = _without_generation(words)
    return (first, *(word for word in rest[:-1] if not is_initial(word)), *rest[-1:])


def initials(words: Sequence[str]) -> str:
    """The middle initials, lower case: `Wilko F. Niemann` has `f`."""
    middle = filter(is_initial, _without_generation(words)[1:-1])
    return "".join(letter.lower() for word in middle for letter in word if letter.isalpha())


def _without_generation(words: Sequence[str]) -> list[str]:
    first, *rest = words
    return [first, *(word for word in rest if word.rstrip(".").lower() not in _GENERATIONS)]


def generation(words: Sequence[str]) -> str:
    """`jr`, `sr` or nothing."""
    last = words[-1].rstrip(".").lower() if words else ""
    return last if last in _GENERATIONS else ""


def is_initial(word: str) -> bool:
    """Whether a word is one or more initials: `F.`, `J.-P.`."""
    return _INITIAL.fullmatch(word) is not None


def begins_with_initials(name: str) -> bool:
    """Whether initials stand for the given name: `R. Lenz`, `W. F. Niemann`."""
    words = words_of(name)
    return bool(words) and is_initial(words[0])


@lru_cache(maxsize=100_000)
def inflected(name: str) -> str:
    """A key that adjectives inside a name keep in every case: `Grünen Liste`, `Grüner Liste`, `Grüne Liste`."""
    *adjectives, noun = slug(name).split("-")
    return "-".join([*(re.sub(r"(?<=.{3})e[nrsm]?$", "", word) for word in adjectives), noun])
