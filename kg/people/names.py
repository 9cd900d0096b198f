"""Names of persons and agencies, told by their form alone.

The first names (`data/first_names.txt`) come from Faker's lists (MIT); `training/first_names.py` makes the file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import first_names

AGENCIES = {
    "afp": "AFP",
    "ap": "AP",
    "dapd": "dapd",
    "ddp": "ddp",
    "dpa": "dpa",
    "epd": "epd",
    "kna": "KNA",
    "reuters": "Reuters",
    "rtr": "Reuters",
    "sid": "SID",
    "taz": "taz",
}
"""The marks of news agencies and of the paper, lower case, with the names they are known by."""

TITLES = frozenset({"dr.", "prof.", "dipl.-ing.", "dr", "prof", "ph.d.", "h.c."})
PARTICLES = frozenset(
    "al bin da de del della den der di dos du el ibn la le los mac st. ten ter van vom von zu zum zur y".split()
)

_PLACES_FIRST = frozenset(
    "Abu Adelaide Austin Basel Berlin Brooklyn Carolina Chelsea China Costa Dakota Dallas Florida Georgia Houston "
    "India Israel Kenia Kingston London Melbourne Milan Montana Odessa Orlando Paris Phoenix San Santa Santiago "
    "Savannah Siena Sierra Sydney Verona Virginia West".split()
)
"""First names that more often open the name of a place; a label that begins so is not taken for a person."""

_OTHER_FIRST = frozenset("April Asia August Dow El Golden Green Hertha Mai Roma Sommer Star Winter".split())
"""First names that are common words, months, clubs or the first word of other things."""

_THING_WORDS = frozenset(
    "affäre akademie allee allianz amt archiv award band bank bewegung bibliothek brücke bund bündnis "
    "chor club debatte denkmal ensemble festival film fonds forschung forum front gedenkstätte "
    "gesellschaft gesetz gmbh gruppe gymnasium haus hochschule initiative institut kaserne kirche klinik "
    "kolleg kollektiv komitee konzern krankenhaus lager liga liste ministerium museum netzwerk orchester "
    "park partei platz preis prozess radio rat ring roman schule serie show skandal stadion stiftung "
    "straße studio team theater turm union universität verband verein verlag weg werke zeitung zentrum".split()
)
"""Words for things: a label that holds one is no person's name (Konrad-Adenauer-Stiftung, Forum Links)."""

_BYLINE_ORGANIZATIONS = re.compile(
    r"\b(?:redaktion|agentur(?:en)?|kollektiv|team|verlag|stiftung|taz|korrespondenten)\b", re.IGNORECASE
)

_NO_FAMILY_NAME = re.compile(r"(?:[A-ZÄÖÜ]|[IVX]+)\.?")
"""The last word of `Susanne R.` and `Johannes Paul II.`"""
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.(?:-?[A-ZÄÖÜ]\.)*")


class PersonName(NamedTuple):
    """A name in its two parts, each None where there is none; both are where one word is all there is."""

    given: str | None
    family: str | None


def is_agency(name: str) -> bool:
    """Whether a byline or credit is nothing but agency marks: `dpa`, `afp/dpa`."""
    return all(part.strip().lower() in AGENCIES for part in name.split("/"))


def is_organization_byline(name: str) -> bool:
    """Whether a byline names an editorial body and not a person: `taz-Redaktion`."""
    return bool(_BYLINE_ORGANIZATIONS.search(name))


def is_person_name(label: str) -> bool:
    """Whether a tag or topic has the form of a person's full name, such as `Wolodymyr Selenskij` or `Dr. Ina von Thal`.

    Asked for are two to five words: a given name, then initials and particles, then a capitalised family
    name that is no word for a thing. Rather misses a name than calls a place or an institute a person.
    """
    words = [word for word in label.split() if word.lower() not in TITLES]
    if not 2 <= len(words) <= 5 or not _opens_a_name(words[0]):
        return False
    if any(part.lower() in _THING_WORDS for word in words for part in word.split("-")):
        return False
    *middle, family = words[1:]
    return all(_stands_inside(word) for word in middle) and _is_family_name(family)


@lru_cache(maxsize=1 << 16)
def split_name(name: str) -> PersonName:
    """Given and family name of a full name; particles go with the family name: `Ursula | von der Leyen`.

    `Susanne R.`, `Johannes Paul II.` and `Karl der Große` have no family name.
    """
    words = [word for word in name.split() if word.lower() not in TITLES]
    if len(words) < 2:
        return PersonName(None, None)
    if _NO_FAMILY_NAME.fullmatch(words[-1]):
        return PersonName(" ".join(words[:-1]), None)
    first = len(words) - 1
    if first > 1 and words[first].rstrip(".").lower() in {"jr", "sr"}:
        first -= 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    family = " ".join(words[first:]) if words[first] not in {"der", "die", "das"} else None
    return PersonName(" ".join(words[:first]), family)


def _opens_a_name(word: str) -> bool:
    if word in _PLACES_FIRST or word in _OTHER_FIRST:
        return False
    return _is_given_name(word) or all(map(_is_given_name, word.split("-")))


def _is_given_name(word: str) -> bool:
    """Whether a list knows the given name, or it is used as given names are: `Eike`, `Ayşe`."""
    if word in first_names():
        return True
    usage = Clusters.load().usage(word)
    return usage is not None and usage.kind == "first"


def _stands_inside(word: str) -> bool:
    return word.lower() in PARTICLES or bool(_INITIAL.fullmatch(word)) or _is_family_name(word)


def _is_family_name(word: str) -> bool:
    bare = word.removesuffix("*").replace("’", "'")
    parts = [part for part in re.split(r"[-']", bare) if part]
    if bare in {"Jr.", "Sr."}:
        return True
    return (
        bool(parts)
        and all(part.isalpha() for part in parts)
        and parts[-1][0].isupper()
        and not (word.isupper() and len(word) > 1)
    )
