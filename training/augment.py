"""More sentences from those we have: the same sentence about people of other names.

A newspaper's names are rarer and more foreign than those of a small corpus; so a copy of each sentence with persons
gets names drawn from the lexicons, some with particles (`von der`), initials and double names, which are rare in it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from kg.people.recognizer.lexicon import family_names, first_names
from training.gold import Sentence

PARTICLES = (
    "von",
    "von der",
    "von",
    "van",
    "van der",
    "de",
    "de la",
    "da",
    "di",
    "al-",
    "el",
    "bin",
    "zu",
    "vom",
    "O'",
)
PARTICLE_SHARE, DOUBLE_SHARE, INITIAL_SHARE = 0.08, 0.06, 0.04
SEED = 2014


def renamed(corpus: Iterable[Sentence], copies: int = 1) -> Iterator[Sentence]:
    """Copies of the sentences that name persons, with other names; the same ones every time."""
    draw = random.Random(SEED)  # noqa: S311 - nothing secret
    corpus = [sentence for sentence in corpus if any(label == "PER" for *_, label in sentence.spans)]
    names = _Names(draw)
    for _ in range(copies):
        for sentence in corpus:
            yield _with_names(sentence, names)


class _Names:
    """Draws names."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._first = sorted(first_names())
        self._family = sorted(name for name in family_names() if name.isalpha())

    def like(self, name: str) -> str:
        """Another name in the place of `name`: first names for first names, a genitive for a genitive."""
        words = name.split(" ")
        if len(words) > 1 and words[0] in first_names():
            given = [self._draw.choice(self._first) for word in words[:-1] if word in first_names()]
            if self._draw.random() < INITIAL_SHARE:
                given.append(f"{self._draw.choice('ABCDEFGHJKLMNOPRSTW')}.")
            return " ".join([*given, self._last(words[-1])])
        if len(words) == 1 and name.isalpha() and len(name) > 2:
            if name in first_names() and name not in family_names():
                return self._draw.choice(self._first)
            return self._last(name)
        return name

    def _last(self, like: str) -> str:
        name = self._draw.choice(self._family)
        if self._draw.random() < PARTICLE_SHARE:
            particle = self._draw.choice(PARTICLES)
            name = f"{particle}{name}" if particle[-1] in "-'" else f"{particle} {name}"
        elif self._draw.random() < DOUBLE_SHARE:
            name = f"{name}-{self._draw.choice(self._family)}"
        genitive = (
            like.endswith("s") and like[:-1] in family_names() | first_names() and name[-1] not in "sxzß"
        )
        return f"{name}s" if genitive else name


def _with_names(sentence: Sentence, names: _Names) -> Sentence:
    text, spans, at = "", set(), 0
    for start, end, label in sorted(sentence.spans):
        text += sentence.text[at:start]
        name = sentence.text[start:end]
        if label == "PER":
            name = names.like(name)
        spans.add((len(text), len(text) + len(name), label))
        text, at = text + name, end
    return Sentence(text + sentence.text[at:], frozenset(spans), sentence.source)
