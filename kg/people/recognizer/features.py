"""What the model looks at in a token: strings, each of which has a weight for each label at each distance.

All features of a token depend on its spelling alone, so that each spelling is looked at once.
"""

from __future__ import annotations

import re
from typing import Final

from kg.people.recognizer.categories import CATEGORIES
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import is_role, name_classes
from kg.people.recognizer.tokens import LONGEST

PREFIX_LENGTHS: Final = (4, 6, 8, 10)
"""How much of the way through the tree of clusters is a feature, in branches."""

EDGE: Final = "edge"
"""The one feature of what lies beyond the first or last token of a sentence."""

_RARE: Final = 13
"""Of this rarity, a word may as well be a typing mistake or a name."""
_PLAIN: Final = {"x" * length: "x" for length in range(2, LONGEST)} | {
    "X" + "x" * length: "Xx" for length in range(2, LONGEST)
}
_RUNS: Final = re.compile(r"(.)\1+")


def shape(word: str) -> str:
    """Letters as X or x, digits as d, the rest as it stands.

    >>> shape("Baden-Württemberg"), shape("G20-Gipfel"), shape("McAllister")
    ('Xxxxx-Xxxxxxxxxxx', 'Xdd-Xxxxxx', 'XxXxxxxxxx')
    """
    if word.isalpha():
        if word.islower():
            return "x" * len(word)
        if word[0].isupper() and word[1:].islower():
            return "X" + "x" * (len(word) - 1)
    return "".join(
        "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter
        for letter in word
    )


def outline(word: str) -> str:
    """The shape with runs made one.

    >>> outline("Baden-Württemberg"), outline("CDU"), outline("Ei")
    ('Xx-Xx', 'X', 'Xx')
    """
    full = shape(word)
    if full in _PLAIN:
        return _PLAIN[full]
    return _RUNS.sub(r"\1", full)


def features(word: str, category: int, clusters: Clusters) -> list[str]:
    """All features of a token; `category` is its own."""
    return [*own(word, clusters), *near(word), *wide(word, category, clusters)]


def wide(word: str, category: int, clusters: Clusters) -> list[str]:
    """The features of a token that are looked at in its neighbours, too, up to two tokens away."""
    lower = word.lower()
    found = [
        f"w={lower}",
        f"o={outline(word)}",
        f"s3={lower[-3:]}",
        f"k={CATEGORIES[category]}",
    ]
    found += [f"n={name}" for name in name_classes(word)]
    usage = clusters.usage(word) or clusters.usage(word.capitalize() if word.isupper() else lower)
    if usage:
        found.append(f"c={usage.path}")
        found += [f"c{length}={usage.path & ((1 << length) - 1)}" for length in PREFIX_LENGTHS]
    else:
        found.append("c=?")
    return found


def near(word: str) -> list[str]:
    """The features of a token that are looked at in it and its two next neighbours."""
    lower = word.lower()
    found = [f"s{length}={lower[-length:]}" for length in (1, 2, 4)]
    found += [f"p{length}={lower[:length]}" for length in (3, 4)]
    if word[:1].isupper() and is_role(word):
        found.append("role")
    if "-" in word[1:-1]:
        first, last = word.split("-", maxsplit=1)[0], word.rsplit("-", 1)[1]
        found.append(f"h={last.lower()}")
        found += [f"hn={name}" for name in name_classes(first)]
    return found


def own(word: str, clusters: Clusters) -> list[str]:
    """The features of a token that matter to itself alone."""
    lower = word.lower()
    form = outline(word)[:4]
    found = [
        "bias",
        f"p1={lower[:1]}",
        f"p2={lower[:2]}",
        f"sh={shape(word)[:12]}",
        f"l={min(len(word), 12)}",
    ]
    exact, plain = clusters.usage(word), clusters.usage(lower)
    if word[:1].isupper():
        rarity = exact.rarity if exact else 16
        found.append(f"r={rarity // 2}")
        found.append(f"rl={(plain.rarity if plain else 16) - rarity}" if plain else "rl=?")
        if not exact:
            found += _head(word, clusters)
        if plain:
            found.append(f"lc={plain.path & 63}")
        if word.endswith("s") and len(word) > 3:
            found += _genitive(word[:-1], clusters)
        if "-" in word[1:-1]:
            found += _hyphened(word, clusters)
    if exact:
        found.append(f"oc={form}{exact.path & 255}")
    found.append(f"os={form}{lower[-2:]}")
    return found


def _head(word: str, clusters: Clusters) -> list[str]:
    """Of a compound that no table holds, the longest end that is a word: `Fraktionsvize` is a kind of `Vize`."""
    for start in range(2, min(len(word), LONGEST) - 3):
        usage = clusters.usage(word[start:].capitalize())
        if usage and usage.rarity < _RARE:
            return ["hd", f"hd={usage.path & 255}"]
    return ["nohead"]


def _genitive(stem: str, clusters: Clusters) -> list[str]:
    found = [f"gn={name}" for name in name_classes(stem)]
    usage = clusters.usage(stem)
    found.append(f"gc={usage.path & 1023}" if usage else "gc=?")
    return found


def _hyphened(word: str, clusters: Clusters) -> list[str]:
    parts = word.split("-")
    first, last = clusters.usage(parts[0]), clusters.usage(parts[-1])
    found = [f"hl={name}" for name in name_classes(parts[-1])]
    found.append(f"h1={first.path if first else None}")
    found.append(f"h2={last.path if last else None}")
    return found
