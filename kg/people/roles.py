"""Words beside a name that say what a person is or does: `Nato-Generalsekretär Jan Ott`, `Jan Ott (SPD)`.

`data/roles.txt` lists their last parts, lower case and masculine where the feminine only adds `in`; `data/parties.txt`
parties by name. Lists of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kg.people.forms import CAPITAL, HONORIFICS, TITLES
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import words_of

_ALSO_NAMES: Final = frozenset("Bauer Fischer Kaiser Maler Müller Pfleger".split())
"""Words for what one does that are as often a family name: they count with a first part or as a feminine only."""

_TRADES: Final = ("bauer", "fischer", "richter", "meister", "koch")
"""Last parts of such words that count behind another part only: `Krabbenfischer`."""

_NO_PARTIES: Final = frozenset("EU EZB FC IOC IWF UN UNO US USA WHO ZDF ARD DFB Nato NATO".split())
_PARTY_WORDS: Final = re.compile(
    r"(?:partei|union|liste|bündnis|bund|block|forum|linke|grünen?|demokraten)$", re.IGNORECASE
)
_PARTY_ROLES: Final = re.compile(
    r"(?:politiker|abgeordnete[rn]?|fraktions\w+|partei\w+|chef|vorsitzende[rn]?|kandidat|sprecher|\w*minister)"
    r"(?:in|en|s)?$",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    # It begins with the set of all characters that a capital can be, which is searched for at once; what stands before
    # it, and what it is, is asked only there. Nothing is tried again: no set goes on with what the next one takes.
    rf"([A-Z\xaa-\xde\u0100-\U0010ffff](?<={CAPITAL})(?<![\w-].)"
    r"(?:[\w:*-]{2,}+|(?<=D)r\.|(?:(?<=P)rof|(?<=D)ipl)\.(?:-Ing\.)?))"
    rf"\s++(?={CAPITAL}|[Aa]l-|von der |van )"
)
_TITLE: Final = re.compile(r"(?:(?:Dr|Prof|Mag)\.|Dipl\.-Ing\.|Ph\.D\.|h\.\s?c\.)\s+")
_PARENTHESIS: Final = re.compile(r"[’']?\*? \(([^()]{2,30})\)")
_APPOSITION: Final = re.compile(
    rf"\*?, (?:\d\d, )?(?:(?:de[rs]|die|ein|eine|früher|heute) )?(?:[a-zäöüß]{{3,20}} )?({CAPITAL}[\w-]{{3,}})"
)


_NO_ROLES: Final = frozenset({"lautsprecher", "fernsprecher", "münzfernsprecher"})
"""Things that end like a job title."""


class Role(NamedTuple):
    """A job title in the nominative, and the party that its first part names: `SPD-Politiker`, `SPD`."""

    title: str | None
    party: str | None = None


_HONORIFIC: Final = Role(None)


def roles_before(text: str) -> Iterator[tuple[int, Role]]:
    """Where a name begins that a role, a title or `Frau` and `Herr` stands before; the role is empty for the latter."""
    for match in _BEFORE.finditer(text):
        word = match.group(1)
        role = _HONORIFIC if word in HONORIFICS or word in TITLES or "." in word else role_of(word)
        if role is not None:
            yield _after_titles(text, match.end()), role


def role_after(text: str, end: int) -> Role | None:
    """What stands directly after a name that ends at `end`: `Jan Ott (SPD)`, `Jan Ott, Bürgermeister von Y`."""
    if text[end : end + 3].find("(") >= 0 and (found := _PARENTHESIS.match(text, end)):
        party = found.group(1).split(",")[0].split("/")[0].strip()
        return Role(None, party) if is_party(party) else None
    if text.startswith((",", "*,"), end) and (found := _APPOSITION.match(text, end)):
        return role_of(found.group(1))
    return None


@lru_cache(maxsize=1 << 16)
def role_of(word: str) -> Role | None:
    """The role that a word is; None for all other words. Genitive and dative endings are taken off.

    >>> role_of("SPD-Politikerin"), role_of("Bundeskanzlers"), role_of("Wolke")
    (Role(title='SPD-Politikerin', party='SPD'), Role(title='Bundeskanzler', party=None), None)
    """
    if not word[:1].isupper() or not 4 <= len(word) <= 60 or word in _ALSO_NAMES:
        return None
    title = _nominative(word)
    if title is None:
        return None
    first, hyphen, last = title.rpartition("-")
    known = first in words_of("data/parties.txt")
    if hyphen and (known or (is_party(first) and _PARTY_ROLES.search(last))):
        return Role(title, first)
    return Role(title)


@lru_cache(maxsize=1 << 14)
def is_party(name: str) -> bool:
    """Whether a name is that of a party: known, in capitals, or ending like one."""
    if name in words_of("data/parties.txt"):
        return True
    if name in _NO_PARTIES or not name.replace(" ", "").replace("-", "").isalpha():
        return False
    return (name.isupper() and 2 <= len(name) <= 5) or (name[0].isupper() and bool(_PARTY_WORDS.search(name)))


@lru_cache(maxsize=1 << 14)
def is_rather_name(word: str) -> bool:
    """Whether a word that ends like a trade is as likely somebody's family name.

    >>> [is_rather_name(word) for word in ("Mühlbauer", "Niedermeister", "Bürgermeister", "Biobauer")]
    [True, True, False, False]
    """
    if not word.endswith(_TRADES):
        return False
    usage = Clusters.load().usage(word)
    return usage is None or usage.kind == "family"


def _nominative(word: str) -> str | None:
    """The word without its case ending where that makes it a role."""
    if _is_role(word):
        return word
    for ending in ("s", "n", "en", "es"):
        if word.endswith(ending) and _is_role(word[: -len(ending)]):
            return word[: -len(ending)]
    return None


def _is_role(word: str) -> bool:
    lower = word.lower()
    masculine = lower.removesuffix("in")
    if len(masculine) < 4 or masculine in _NO_ROLES:
        return False
    if masculine.endswith(_TRADES):
        return lower != masculine or not masculine.startswith(_TRADES)
    roles = words_of("data/roles.txt")
    return any(form[start:] in roles for form in (lower, masculine) for start in range(len(form) - 3))


def _after_titles(text: str, start: int) -> int:
    while found := _TITLE.match(text, start):
        start = found.end()
    return start
