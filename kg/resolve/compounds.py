"""Words that are put together from common nouns, as `Mietreform` is: German makes new ones every day.

No list knows them, so a recogniser that goes by spelling and neighbours takes some for names of places.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import Final

from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import cities, name_classes

_LANDSCAPE: Final = frozenset(
    "allee anger bahn bahnhof berge bogen brücke brücken bucht damm deich dreieck ecke fels feld fjord fluss garten "
    "gasse gebiet gebirge gipfel gletscher graben grund hain hallig heide horst hügel hütte insel inseln kamp kanal "
    "kap kiez kirche kloster kogel koog kreis küste lager marken markt meer moor mühle museum palast park pass platz "
    "promenade quelle rathaus reich region revier ried riff ring schloss schlucht see siedlung siel spitze stadion "
    "steg steig strand straße strasse sumpf teich tor tunnel turm ufer viertel wall wasser weg weide weiler werder "
    "werk wiese winkel zentrum zone".split()
)
"""Nouns for what lies or stands in a landscape or a town: `Boyneburgufer` is a place. A list of our own."""

_TOWNS: Final = 2
"""So many towns whose names end with a noun make it one of that kind: `-berg`, `-hausen`."""

_COMMON: Final = 7
"""Of the sixteen steps of rarity; `Prognose` is at 6, `Beil` at 9."""

_SHORTEST: Final = 4
"""Letters of a noun that is looked for at the end of a word."""


@lru_cache(maxsize=1 << 14)
def is_common_compound(word: str) -> bool:
    """Whether a capitalised word that no list knows ends with a common noun, and not one that places are called by.

    >>> [is_common_compound(word) for word in ("Moorlücke", "Tessensee", "Wendlinghausen", "Lützerath", "Berlin")]
    [True, False, False, False, False]
    """
    usage = Clusters.load().usage
    if not word.isalpha() or word.isupper() or name_classes(word) or usage(word) is not None:
        return False
    for start in range(3, len(word) - _SHORTEST + 1):
        head = word[start:].capitalize()
        known = usage(head)
        if known is not None and known.rarity <= _COMMON:
            return known.kind is None and not _names_place(head)
    return False


def _names_place(noun: str) -> bool:
    return not {"city", "territory"}.isdisjoint(name_classes(noun)) or _is_of_landscape(noun.lower())


def _is_of_landscape(noun: str) -> bool:
    return any(form in _LANDSCAPE or _towns_called(form) >= _TOWNS for form in (noun, noun.removesuffix("s")))


@cache
def _towns_called(noun: str) -> int:
    """How many towns have names that end with the noun and are longer."""
    ends, end = _ends(), noun[::-1]
    return bisect_left(ends, end + "\U0010ffff") - bisect_left(ends, end + "\0")


@cache
def _ends() -> list[str]:
    """The names of towns, read backwards."""
    return sorted(name.lower()[::-1] for name in cities())
