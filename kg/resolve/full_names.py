"""Full names and family names, and whose a family name is in one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.model import Candidate, NodeKind
from kg.people import split_name
from kg.resolve.folding import fold, generation, words_of
from kg.resolve.keys import collapse, slug

_BEFORE_FAMILIES = frozenset("den der ten ter van vom von zu zum zur".split())
"""Particles that open a family name alone, at the start of a sentence with a capital: `Van der Zwaag`."""


def bearers(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Folded family name → slug of the full name, for the full names of one text that are its only bearers."""
    texts = (collapse(candidate.text) for candidate in candidates if candidate.kind is NodeKind.PERSON)
    families = ((family_of(text), text) for text in texts)
    return only_bearers((fold(family), slug(text)) for family, text in families if family is not None)


def only_bearers(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded family name → slug of the full name (the first of its spellings), for pairs of the two; without families
    that two names share.
    """
    found: dict[str, str] = {}
    shared = set()
    for family, key in names:
        other = found.setdefault(family, key)
        if other != key:
            if fold(other) != fold(key):
                shared.add(family)
            found[family] = min(other, key)
    return {family: key for family, key in found.items() if family not in shared} if shared else found


def role_owner(text: str, full_names: Mapping[str, str]) -> str:
    """The slug under which a role counts: a family name's goes to the one full name of its text that has it."""
    return slug(text) if is_full(text) else full_names.get(fold(text), slug(text))


@lru_cache(maxsize=1 << 16)
def family_of(text: str) -> str | None:
    """The family name of a full name that has one, without `Jr.` and the star of an alias: `Timon Lenz*` has Lenz."""
    if not is_full(text):
        return None
    words = (split_name(text).family or "").split()
    return " ".join(word for word in words if not generation([word])).removesuffix("*") or None


@lru_cache(maxsize=1 << 16)
def is_full(text: str) -> bool:
    """Whether a text has more than a family name: `von der Aue` and `al-Rahbi` are family names alone."""
    words = words_of(text)
    return len(words) >= 2 and not words[0][0].islower() and words[0].lower() not in _BEFORE_FAMILIES
