"""Family names that stand alone: persons whom nobody names in full, and tags such as `Kanzler Merz`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Doubt, NodeKind, TagKind
from kg.people.recognizer.lexicon import is_role
from kg.resolve.decisions import Decided
from kg.resolve.evidence import Name
from kg.resolve.folding import fold, words_of
from kg.resolve.full_names import is_full
from kg.resolve.joins import Join, Joins
from kg.resolve.keys import slug
from kg.resolve.tags import TagDraft

LIKELY = 0.5
"""How certain the recogniser must be of a name somewhere, where something else speaks for it too."""

DOMINANT = 9
"""How many articles of one bearer against one of all others make a family name that person's."""


@dataclass(slots=True)
class Persons:
    """The persons found: root of each set of names → its slugs, and where a tag of another form leads."""

    joins: Joins
    members: dict[str, list[str]] = field(default_factory=dict)
    families: dict[str, list[str]] = field(default_factory=dict)  # folded family name → roots
    role_tags: dict[str, tuple[str, Join]] = field(default_factory=dict)  # slug of `Kanzler Merz` → root, why
    doubts: list[Doubt] = field(default_factory=list)


def keep_family_names(names: Mapping[str, Name], found: Persons, decided: Decided) -> None:
    """Keep a name of one word that nobody bears in full, but that roles beside it make clear."""
    for key in sorted(names):
        name = names[key]
        if name.kind is not NodeKind.PERSON or is_full(name.label) or found.joins.root(key) in found.members:
            continue
        if decided.kinds.get(key, TagKind.PERSON) is not TagKind.PERSON or fold(name.label) in found.families:
            continue
        seen = sum(role.count for (title, _), role in name.roles.items() if title)
        tagged = "tag" in name.spellings and seen > 0
        sure = name.share(NodeKind.PERSON) > 0.7 and name.best(NodeKind.PERSON) >= LIKELY
        if sure and (tagged or (seen > 1 and name.articles > 1)):
            found.members[found.joins.root(key)] = [key]


def find_role_tags(names: Mapping[str, Name], found: Persons, tags: Mapping[str, TagDraft]) -> None:
    """Lead `Kanzler Merz`, or `Merz` alone, to the person of that family name and role."""
    for key in sorted(tags):
        if found.joins.root(key) in found.members:
            continue
        label = tags[key].label
        words = words_of(label)
        roles = [word for word in words[:-1] if is_role(word)]
        if len(words) > 1 and not (roles and is_role(words[0])):
            continue
        family = " ".join(words[len(roles) :])
        bearers_ = found.families.get(fold(family), [])
        fits = [root for root in bearers_ if any(_has_role(names, found, root, role) for role in roles)]
        root, rule = (fits[0], "role and family name") if len(fits) == 1 else (None, "family name")
        if root is None and (roles or names[key].kind is NodeKind.PERSON):
            root = _dominant(names, found, fits or bearers_)
        if root is not None:
            found.role_tags[key] = root, Join(root, rule, f"the tag `{label}`")


def _has_role(names: Mapping[str, Name], found: Persons, root: str, role: str) -> bool:
    stem = slug(role).removesuffix("in")
    titles = (title for key in found.members[root] for title, _ in names[key].roles if title)
    return any(stem.endswith(own) or own.endswith(stem) for own in map(_stem, titles))


def _dominant(names: Mapping[str, Name], found: Persons, roots: Sequence[str]) -> str | None:
    if not roots:
        return None
    counts = {root: sum(names[key].articles for key in found.members[root]) for root in roots}
    best = min(roots, key=lambda root: (-counts[root], root))
    return best if counts[best] >= DOMINANT * (sum(counts.values()) - counts[best]) else None


def _stem(title: str) -> str:
    return slug(title).removesuffix("in")
