"""A word's category: one of some forty, so that the categories of three neighbours together make one feature.

Everything else the model knows of a sentence, it knows of each word alone.
"""

from __future__ import annotations

import re
from typing import Final

from kg.people.recognizer.clusters import Clusters, Usage
from kg.people.recognizer.lexicon import TITLES, function_word, is_role, name_classes

CATEGORIES: Final = (
    "edge comma stop quote open close dash colon sign number "  # edge: beyond the sentence
    "article particle in by and say pronoun lower "
    "title initial role role-part first first-noun family place territory known-first known-family known-place "
    "genitive capitals long-capitals mixed hyphened hyphened-name noun adjective unknown abbreviation"
).split()
"""The names of the categories; a category is an index into them."""

_NUMBER: Final = {name: index for index, name in enumerate(CATEGORIES)}
_SIGNS: Final = {
    ",": "comma",
    ";": "comma",
    ":": "colon",
    **dict.fromkeys(".!?…", "stop"),
    **dict.fromkeys("\"'„“”‚‘’»«›‹`", "quote"),
    **dict.fromkeys("([{", "open"),
    **dict.fromkeys(")]}", "close"),
    **dict.fromkeys("-–—/", "dash"),
}
_INITIAL: Final = re.compile(r"(?:[^\W\d_]\.-?)+")
_COMMON: Final = 2
"""How many steps of rarity a spelling in lower case may be behind for the word to count as a common one."""


def category(word: str, clusters: Clusters) -> int:
    """The category of a token."""
    return _NUMBER[_name(word, clusters)]


def _name(word: str, clusters: Clusters) -> str:  # noqa: PLR0911 - rules, the first that fits wins
    first = word[0]
    if not first.isalnum():
        return _SIGNS.get(first, "sign")
    if first.isdigit():
        return "number"
    lower = word.lower()
    if not first.isupper():
        if word.endswith("."):
            return "abbreviation"
        return function_word(word) or "lower"
    if word in TITLES:
        return "title"
    if word.endswith("."):
        return "initial" if _INITIAL.fullmatch(word) else "abbreviation"
    if len(word) == 1:
        return "initial"
    function = function_word(lower)
    if function:
        return function
    if word.isupper():
        return "capitals" if len(word) <= 5 else "long-capitals"
    return _capitalised(word, lower, clusters)


def _capitalised(word: str, lower: str, clusters: Clusters) -> str:  # noqa: PLR0911 - rules, as above
    if "-" in word[1:-1]:
        return _hyphened(word)
    classes = name_classes(word)
    usage = clusters.usage(word)
    common = _is_common(usage, clusters.usage(lower))
    if "territory" in classes:
        return "territory"
    if "first" in classes:
        return "first-noun" if common or (usage and usage.kind != "first") else "first"
    if is_role(word):
        return "role"
    if "family" in classes and not common:
        return "family"
    if "city" in classes and not common:
        return "place"
    if usage and usage.kind:
        return f"known-{usage.kind}"
    if word.endswith("s") and ({"first", "family"} & set(name_classes(word[:-1]))):
        return "genitive"
    if not word[1:].islower():
        return "mixed"
    if word.endswith("er") and usage and lower.endswith(("iner", "ger", "ner", "ser", "ker")):
        return "adjective"
    return "noun" if usage else "unknown"


def _hyphened(word: str) -> str:
    parts = [part for part in word.split("-") if part]
    if is_role(parts[-1]):
        return "role-part"
    named = all({"first", "family", "city"} & set(name_classes(part)) for part in parts)
    return "hyphened-name" if named else "hyphened"


def _is_common(usage: Usage | None, lower: Usage | None) -> bool:
    return lower is not None and (usage is None or lower.rarity <= usage.rarity + _COMMON)
