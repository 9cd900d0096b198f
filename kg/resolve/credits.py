"""Whom bylines, credits and datelines name."""

from __future__ import annotations

from functools import lru_cache

from kg.model import NodeKind, Ref
from kg.people import AGENCIES, is_agency, is_organization_byline
from kg.resolve.keys import slug

_SMALL_WORDS = frozenset("am an auf bei da de der do i im in la ob und von".split())
"""Words inside names of places that stay small when a dateline in capitals is spelled as a name."""


@lru_cache(maxsize=1 << 14)
def credited(name: str) -> tuple[tuple[Ref, str], ...]:
    """Who an AUTOREN row names, each with the spelling: agencies, an editorial body, or one or more persons.

    >>> [spelling for _, spelling in credited("afp/dpa")]
    ['AFP', 'dpa']
    >>> [ref.key for ref, _ in credited("Anna Kolb und Jan Ott")]
    ['anna-kolb', 'jan-ott']
    """
    if is_agency(name):
        return tuple(agency(mark) for mark in name.split("/"))
    if is_organization_byline(name):
        return ((Ref(NodeKind.ORGANIZATION, slug(name)), name),)
    persons = [part.strip() for part in name.replace(" und ", ", ").split(", ")]
    if any(" " not in person for person in persons):
        persons = [name]
    return tuple((Ref(NodeKind.PERSON, slug(person)), person) for person in persons)


@lru_cache(maxsize=1 << 10)
def agency(mark: str) -> tuple[Ref, str]:
    """The organisation behind an agency's mark, and its name: `rtr` is Reuters."""
    name = AGENCIES.get(mark.strip().lower(), mark.strip())
    return Ref(NodeKind.ORGANIZATION, slug(name)), name


@lru_cache(maxsize=1 << 14)
def place(printed: str) -> tuple[Ref, str]:
    """The place that a dateline prints, and its name: `BAD ELSTER` is Bad Elster."""
    name = printed
    if printed.isupper() and len(printed) > 3:
        words = [word if word.lower() not in _SMALL_WORDS else word.lower() for word in printed.split()]
        name = " ".join("-".join(_capitalized(part) for part in word.split("-")) for word in words)
    return Ref(NodeKind.PLACE, slug(printed)), name


def _capitalized(part: str) -> str:
    return part if part.lower() in _SMALL_WORDS and part.islower() else part.capitalize()
