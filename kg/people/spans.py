"""Spans of persons put right: where a name begins and ends, and what is no name of a person at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from kg.people.forms import APOSTROPHES, CAPITAL, HONORIFICS, TITLES, is_noun
from kg.people.names import is_person_name
from kg.people.recognizer import Span
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import cities, family_names, first_names, territories
from kg.people.roles import Role, is_rather_name, role_of

_JOINED: Final = re.compile(r"\s+(?:und|oder|&|–|-)\s+|[,/:;]\s*|\s*[„“”»«()]\s*")
_LEFT: Final = re.compile(
    r"(?:\b(?:[Vv]an (?:de[rn]? )?|[Vv]on der |[Dd]e la |[Dd]i |[Ii]bn |[Bb]in |[Tt]er ))$"
)
_RIGHT: Final = re.compile(
    r" (?:(?:von|van|zu|vom|zur|de|del|della|di|da|dos|bin|ibn|ter)(?: (?:der|den|de|dem|la))? )"
    rf"(?:al-)?{CAPITAL}\w+(?:-\w+)*"
)
_RIGHT_ARABIC: Final = re.compile(r" al-\w+")
_RIGHT_DUTCH: Final = re.compile(rf" (?:Van|Von) de[rn]? {CAPITAL}\w+(?:-\w+)*")
_HYPHENED_BEFORE: Final = re.compile(rf"(?<![\w-]){CAPITAL}\w+-{CAPITAL}\w+(?= $)")
_ENDS_WITH_DOT: Final = re.compile(r" (?:Jr|Sr|[A-ZÄÖÜ]|[IVX]+)\.$")
"""`Susanne R.`, `Johannes Paul II.`"""
_JUNIOR: Final = re.compile(r",? (?:Jr|Sr)\.")
_THINGS: Final = (
    "stiftung straße strasse haus preis platz allee weg brücke schule gymnasium universität institut park museum "
    "theater verlag gesellschaft gruppe partei kreis ring damm ufer stadion halle saal kirche denkmal archiv regierung "
    "affäre gesetz prozess film buch orden medaille kaserne werk werke zentrum klinik bahnhof flughafen siedlung hof"
)
_THING: Final = re.compile(rf"(?:{'|'.join(_THINGS.split())})(?:es|s|n|en|e)?", re.IGNORECASE)
"""Words for what is named after people: with a hyphen or as the last word they make a name no person's."""
_ONE_WORD_THING: Final = re.compile(
    r"(?:stiftung|straße|brücke|platz|allee|gymnasium|universität|bahnhof)(?:s|n|es)?$"
)
_NAME_WORD: Final = re.compile(rf"(?:al-)?{CAPITAL}[\w’'-]*\.?")
_LONGEST: Final = 80
_FIRST_PARTS: Final = frozenset(
    "AfD BSW CDU CSU FDP FPÖ NPD SPD SPÖ ÖVP EU EZB IWF NATO Nato OSZE UN UNO Unesco Unicef WHO".split()
)
_COMPOUND_CONFIDENCE: Final = 0.9
_PLACE_FIRST: Final = re.compile(
    r"(?:Alt|Neu|Bad|Sankt|Ober|Unter|Nieder|Groß|Klein|Burg|Schloss|Hof|Kloster|Insel) "
)
"""First words of villages, castles and islands."""
_MONTHS: Final = frozenset(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Montag Dienstag Mittwoch "
    "Donnerstag Freitag Samstag Sonntag".split()
)
_EPITHET: Final = (" der", " die", " das")
"""What stands before the last word of `Karl der Große`."""
_COMMON_RARITY: Final = 8
_SURE_ORGANIZATION: Final = 0.5
_SURE_PLACE: Final = 0.95
"""From these probabilities on the model is believed against the form of a name."""


class Found(NamedTuple):
    """A name of a kind at `start` to `end` of its text; `after_role` where nothing but a role speaks for it."""

    start: int
    end: int
    kind: Literal["person", "organization", "place"]
    confidence: float
    role: Role | None = None
    after_role: bool = False


def repaired(text: str, start: int, end: int, confidence: float) -> Iterator[Found]:
    """The persons that a span of the model names: none, one, or the two of `A und B`."""
    for part_start, part_end in _parts(text, start, min(end, start + _LONGEST)):
        if _is_called_after_somebody(text[part_start:part_end]):
            continue
        bare, role = _without_titles(text, part_start, part_end)
        first, last = _whole(text, bare, _without_common_words(text, bare, part_end))
        if first >= last:
            continue
        if _PLACE_FIRST.match(text, first, last) and text[first:last].split(" ", 1)[0] not in first_names():
            yield Found(first, last, "place", confidence)
        elif _is_person(text[first:last]):
            yield Found(first, last, "person", confidence, role)


def is_person_shape(text: str, span: Span, after_role: bool) -> bool:
    """Whether what the model takes for something else has the form of a person's name, or a role before it."""
    name = text[span.start : span.end]
    if " " in name:
        sure = span.confidence >= (_SURE_ORGANIZATION if span.label == "organization" else _SURE_PLACE)
        return not sure and not _is_common(name.rsplit(" ", 1)[1]) and is_person_name(name)
    return after_role and not is_place_word(name) and not name.isupper() and _is_person(name)


def name_after_role(text: str, start: int, *, honorific: bool) -> int | None:
    """The end of the name that begins at `start` behind a role; None where a common word follows."""
    if found := _LEFT_NAME.match(text, start):
        return found.end()
    words = _NAME_WORDS.match(text, start)
    if words is None:
        return None
    end = None
    for match in _NAME_WORD.finditer(text, start, words.end()):
        word = match.group()
        is_first = end is None
        is_role = role_of(word) is not None and not (honorific and is_rather_name(word))
        if is_role or (not (honorific and is_first) and (_is_common(word) or is_place_word(word))):
            break
        # Another word belongs to the name only behind a given name: `Bürgermeister Wolf Dienstag`.
        if not is_first and text[start:end].rsplit(maxsplit=1)[-1] not in first_names():
            break
        if not honorific and word.isupper():
            return None
        end = match.end()
    if end is None or not _is_person(text[start:end]):
        return None
    return end


_LEFT_NAME: Final = re.compile(
    rf"(?:[Vv]on der|[Vv]an(?: de[rn]?)?) (?!SPD|CDU|CSU|FDP|AfD){CAPITAL}[a-zäöüß]\w*(?:-\w+)*"
)
_NAME_WORDS: Final = re.compile(rf"(?:al-)?{CAPITAL}[\w’'-]*(?: {CAPITAL}[\w’'-]*\.?){{0,2}}")


def organizations_in_compounds(text: str) -> Iterator[Found]:
    """Parties and organisations as the first part of a compound: `EU-Gipfel`, `CDU-Politiker`.

    They tell that the text is about them, while a mention is a word by itself.
    """
    hyphen = text.find("-")
    while hyphen > 0:
        start = hyphen
        while start and text[start - 1].isalpha():
            start -= 1
        if (
            text[start:hyphen] in _FIRST_PARTS
            and text[hyphen + 1 : hyphen + 2].isalnum()
            and text[start - 1 : start] != "-"
        ):
            yield Found(start, hyphen, "organization", _COMPOUND_CONFIDENCE)
        hyphen = text.find("-", hyphen + 1)


def is_place_word(word: str) -> bool:
    """Whether a single word is the name of a country or a city, in the genitive as well."""
    base = word.removesuffix("s")
    return any(form in territories() for form in (word, base)) or (
        word in cities() and word not in family_names()
    )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for joint in _JOINED.finditer(text, start, end):
        if joint.start() > start:
            yield start, joint.start()
        start = joint.end()
    if start < end:
        yield start, end


def _without_titles(text: str, start: int, end: int) -> tuple[int, Role | None]:
    """The start of the name behind titles, `Frau` and roles that the span begins with, and the last of these roles."""
    role = None
    while (blank := text.find(" ", start, end)) > 0:
        word = text[start:blank]
        known = role_of(word)
        rest = text[blank:end].split()
        month = word in _MONTHS and len(rest) > 1 and rest[0] in first_names()
        if known is None and word not in HONORIFICS and word not in TITLES and not month:
            break
        role = known or role or (Role(None) if not month else None)
        start = blank + 1
        while text[start : start + 1] == " ":
            start += 1
    return start, role


def _without_common_words(text: str, start: int, end: int) -> int:
    """The end of the name before a noun that only follows it: `Andrij Bondarez | Brot`, `Samir | Oberarzt`."""
    while (blank := text.rfind(" ", start, end)) > 0:
        word = text[blank + 1 : end]
        more = text.find(" ", start, blank) > 0
        is_role = role_of(word) is not None and not is_rather_name(word)
        if text.endswith(_EPITHET, start, blank):
            break
        if not (is_role or (more and _is_common(word))) or word in family_names():
            break
        end = blank
    return end


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The name with its particles, initials and `Jr.`, without signs around it."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] not in ".*":
        end -= 1
    while end > start and text[end - 1] in APOSTROPHES:
        end -= 1
    # Nobody is called `Peter von der` or `Alexander Van`, but `Zahir az-Zahir` and `Adolphe d’Ennery`.
    while (
        (blank := text.rfind(" ", start, end)) > 0
        and (text[blank + 1].islower() or text[blank + 1 : end] in {"Van", "Von"})
        and not set("-’'").intersection(text[blank:end])
    ):
        end = blank
    return _extended(text, start, end)


def _extended(text: str, start: int, end: int) -> tuple[int, int]:
    """The name with what the span has left out of it."""
    name = text[start:end]
    if " " not in name:
        start = _begins(text, start)
    found = (
        _RIGHT_ARABIC.match(text, end)
        or _RIGHT_DUTCH.match(text, end)
        or (_RIGHT.match(text, end) if name in first_names() else None)
    )
    if found and not _names_a_thing(found.group()):
        end = found.end()
    if found := _JUNIOR.match(text, end):
        end = found.end()
    elif text[end - 1 : end] == "." and not _ENDS_WITH_DOT.search(text, start, end):
        end -= 1
    return start, end


def _begins(text: str, start: int) -> int:
    """Where a name of one word begins with the particles or the hyphened given name before it."""
    if found := _LEFT.search(text, max(0, start - 12), start):
        return found.start()
    found = _HYPHENED_BEFORE.search(text, max(0, start - 30), start)
    return found.start() if found and first_names().issuperset(found.group().split("-")) else start


def _names_a_thing(tail: str) -> bool:
    """Whether the words after a particle are no name: `Anna von der SPD`, `Anna von Berlin`, `Anna vom Direktor`."""
    words = tail.split()
    word = words[-1]
    if words[0] in {"vom", "zur"} and (_is_common(word) or role_of(word) is not None):
        return True
    return word.isupper() or is_place_word(word)


@lru_cache(maxsize=1 << 16)
def _is_person(name: str) -> bool:
    words = name.split()
    if not words or len(words) > 6 or not any(word[0].isupper() for word in words):
        return False
    if any(char.isdigit() for char in name) or words[-1] in _MONTHS:
        return False
    last = words[-1]
    if len(words) > 1:
        return not _ONE_WORD_THING.search(last)
    if len(last) < 3 or last.endswith("-") or _ONE_WORD_THING.search(last):
        return False
    return last in family_names() or is_rather_name(last) or role_of(last) is None


@lru_cache(maxsize=1 << 16)
def _is_called_after_somebody(name: str) -> bool:
    """Whether words name a thing: `Konrad-Adenauer-Stiftung`, `Konrad Adenauer Stiftung`."""
    words = name.split()
    if len(words) > 1 and _THING.fullmatch(words[-1]) and words[-1] not in family_names():
        return True
    return "-" in name and any("-" in word and _THING.fullmatch(word.rsplit("-", 1)[1]) for word in words)


@lru_cache(maxsize=1 << 16)
def _is_common(word: str) -> bool:
    """Whether a capitalised word is rather a noun than a name."""
    if word in family_names() or word in first_names() or is_noun(word):
        return False
    usage = Clusters.load().usage(word)
    return usage is not None and usage.kind is None and usage.rarity <= _COMMON_RARITY
