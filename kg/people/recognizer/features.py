"""What the model looks at in a token: strings, each of which has a weight for each label at each distance.

All features of a token depend on its spelling alone, so that each spelling is looked at once.
"""

from __future__ import annotations

import re
from typing import Final

from kg.people.recognizer.categories import CATEGORIES, category
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.lexicon import is_role, name_classes

PREFIX_LENGTHS: Final = (4, 6, 8, 10)
"""How much of the way through the tree of clusters is a feature, in branches."""

_RUNS: Final = re.compile(r"(.)\1+")
_SHORT: Final = 6


def shape(word: str) -> str:
    """Letters as X or x, digits as d, the rest as it stands.

    >>> shape("Baden-Württemberg"), shape("G20-Gipfel"), shape("McAllister")
    ('Xxxxx-Xxxxxxxxxxx', 'Xdd-Xxxxxx', 'XxXxxxxxxx')
    """
    return "".join(
        "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdigit() else letter
        for letter in word
    )


def outline(word: str) -> str:
    """The shape with runs made one.

    >>> outline("Baden-Württemberg"), outline("CDU"), outline("Ei")
    ('Xx-Xx', 'X', 'Xx')
    """
    return _RUNS.sub(r"\1", shape(word))


def wide(word: str, clusters: Clusters) -> list[str]:
    """The features of a token that are looked at in its neighbours, too, up to two tokens away."""
    lower = word.lower()
    found = [
        f"w={lower}",
        f"o={outline(word)}",
        f"s3={lower[-3:]}",
        f"k={CATEGORIES[category(word, clusters)]}",
    ]
    found += [f"n={name}" for name in name_classes(word)]
    usage = clusters.usage(word) or clusters.usage(word.capitalize() if word.isupper() else lower)
    if usage:
        found.append(f"c={usage.path}")
        found += [f"c{length}={usage.path & ((1 << length) - 1)}" for length in PREFIX_LENGTHS]
    else:
        found.append("c=?")
    return found


def near(word: str, clusters: Clusters) -> list[str]:
    """The features of a token that are looked at in it and its two next neighbours."""
    lower = word.lower()
    found = [f"s{length}={lower[-length:]}" for length in (1, 2, 4)]
    found += [f"p{length}={lower[:length]}" for length in (3, 4)]
    if word[:1].isupper() and is_role(word):
        found.append("role")
    if "-" in word[1:-1]:
        first, last = word.split("-")[0], word.rsplit("-", 1)[1]
        found.append(f"h={last.lower()}")
        found += [f"hn={name}" for name in name_classes(first)]
    return found


def own(word: str, clusters: Clusters) -> list[str]:
    """The features of a token that matter to itself alone."""
    lower = word.lower()
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
        if plain:
            found.append(f"lc={plain.path & 63}")
        if word.endswith("s") and len(word) > 3:
            found += _genitive(word[:-1], clusters)
        if "-" in word[1:-1]:
            found += _hyphened(word, clusters)
    if exact:
        found.append(f"oc={outline(word)[:4]}{exact.path & 255}")
    found.append(f"os={outline(word)[:4]}{lower[-2:]}")
    return found


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
