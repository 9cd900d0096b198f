"""The forms in which a name stands in a sentence: genitives, particles, titles, the words that it consists of.

`data/nouns.txt` lists family names that are common nouns as well; a list of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.people.names import PARTICLES, split_name
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import cities, first_names, territories, words_of

APOSTROPHES: Final = "'’ʼ`´"
"""Signs that stand for the genitive after s, ß, x and z: `Scholz’`."""

HONORIFICS: Final = frozenset("Frau Herr Herrn Madame Monsieur Señor Señora Lady Lord Sir".split())
TITLES: Final = frozenset("Dr. Prof. Dr Prof Dipl.-Ing. Ph.D. h.c. Mag.".split())

CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ]"
"""A letter that can begin a name; beyond Latin-1 small letters pass as well, no word of German begins with them."""

WORD: Final = re.compile(rf"(?<![\w’'-])(?:[Aa]l-|[Ee]l-)?{CAPITAL}\w*(?:[-‐‑’'](?=\w)\w+)*")
"""A capitalised word with its compounds, apostrophes and Arabic article: `Kolb-Reuter`, `N’Diour`, `al-Khatib`."""

_RARE: Final = 9
"""Of the sixteen steps of rarity; `Karstens` is at 12, `Wolf` at 4."""
_SIBILANTS: Final = "sßxzSXZ"
_POSSESSIVE: Final = re.compile(rf"[{APOSTROPHES}]s$")


def name_words(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each capitalised word of `text`."""
    return (match.span() for match in WORD.finditer(text))


def bases(surface: str) -> tuple[str, ...]:
    """What a surface can be the genitive of, itself first.

    >>> bases("Baerbocks"), bases("Kolb"), bases("Scholz’")
    (('Baerbocks', 'Baerbock'), ('Kolb',), ('Scholz’', 'Scholz'))
    """
    if _POSSESSIVE.search(surface):
        return surface, surface[:-2]
    if surface[-1:] in APOSTROPHES and surface[-1:]:
        return surface, surface[:-1]
    if surface.endswith("s") and len(surface) > 3:
        return surface, surface[:-1]
    return (surface,)


def with_genitive(text: str, end: int) -> int:
    """The end of a name that ends at `end` of `text`, its genitive `s`, `’s` or `’` included."""
    rest = text[end : end + 3]
    if rest[:1] == "s" and not rest[1:2].isalnum():
        return end + 1
    if rest[:1] and rest[0] in APOSTROPHES:
        if rest[1:2] == "s" and not rest[2:3].isalnum():
            return end + 2
        # A quotation may close here, so a bare apostrophe counts only where a genitive has one.
        if text[end - 1] in _SIBILANTS and not rest[1:2].isalnum():
            return end + 1
    return end


def inflections(surface: str) -> tuple[str, ...]:
    """What the name of an organisation or place is in the nominative, as far as its form tells, itself first.

    >>> inflections("Grünen Liste")
    ('Grünen Liste', 'Grüne Liste')
    >>> inflections("Ostseepaktes")
    ('Ostseepaktes', 'Ostseepakte', 'Ostseepakt')
    """
    found = list(bases(surface))
    if surface.endswith("es"):
        found.append(surface[:-2])
    first, blank, rest = surface.partition(" ")
    if blank and (first[-2:] in {"en", "er", "em", "es"} or first.endswith("s")):
        found.append(f"{first[:-1]} {rest}")
    return tuple(found)


def family_forms(name: str) -> tuple[str, str] | None:
    """The particles before the family name of a full name, and its last word; None where it has no family name.

    >>> family_forms("Clemens von der Aue"), family_forms("Robert F. Kessler Jr.")
    (('von der', 'Aue'), ('', 'Kessler'))
    """
    family = split_name(name).family
    if family is None:
        return None
    words = [word for word in family.split() if word not in {"Jr.", "Sr.", "Jr", "Sr"}]
    words[-1] = words[-1].rstrip("*")
    first = 0
    while first < len(words) - 1 and words[first].lower() in PARTICLES:
        first += 1
    return " ".join(words[:first]), words[-1]


def given_form(name: str) -> str | None:
    """The first given name of a full name; None where it is an initial."""
    given = split_name(name).given
    first = given.split()[0] if given else ""
    return first if len(first) > 2 and not first.endswith(".") else None


def is_noun(word: str) -> bool:
    """Whether a family name is a common noun or adjective as well: `Wolf`, `Koch`, `Merz`."""
    return word in words_of("data/nouns.txt")


def is_rare(word: str) -> bool:
    """Whether a family name is hardly ever anything else in German: `Hrymaljuk`, not `Wolf`, `Berlin` or `Jonas`."""
    if is_noun(word) or word in first_names() or word in cities() or word in territories():
        return False
    usage = Clusters.load().usage(word)
    return usage is None or (usage.kind in {None, "family"} and usage.rarity >= _RARE)
