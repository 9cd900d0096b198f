"""Which names are organisations and places, and which of them are one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.model import NodeKind, TagKind
from kg.people.forms import is_noun
from kg.people.recognizer.lexicon import cities
from kg.resolve.compounds import is_common_compound
from kg.resolve.decisions import Decided
from kg.resolve.evidence import Evidence, Name
from kg.resolve.folding import fold, inflected
from kg.resolve.joins import Joins
from kg.resolve.keys import slug
from kg.resolve.labels import is_never_person, is_organization_form, is_territory
from kg.resolve.tags import TagDraft

SURE: Final = 0.85
"""A name that stands in one article must be this certain there."""

LIKELY: Final = 0.7
"""In several articles the mean must be this; candidates below some 0.5 never come."""

KNOWN: Final = 0.5
"""With a tag, a list that knows it, or the form of an organisation, it must be this certain somewhere."""

SEEN: Final = 0.1
"""In this share of the rows that have a tag a text must name it for the tag to say anything."""

CLEAR: Final = 0.6
"""Of places and organisations, the share of the confidence that one must have."""

_KINDS: Final = frozenset({TagKind.ORGANIZATION, TagKind.PLACE})

_ACRONYMS: Final = {
    "eu": ("europaeische-union", "europaeischen-union"),
    "un": ("vereinte-nationen", "vereinten-nationen", "uno"),
    "nato": ("nordatlantikpakt",),
    "usa": ("vereinigte-staaten", "vereinigten-staaten", "vereinigte-staaten-von-amerika"),
}
"""Slug of the name that stays → slugs of others for the same, which no text explains any more."""

_COMPANY: Final = re.compile(r" (?:AG|GmbH|SE|KG|e\. ?V\.|Inc\.?|Ltd\.?)$")


def may_be_called(label: str, kind: NodeKind) -> bool:
    """Whether something of that kind can have the name: a place is not called by a compound of common nouns."""
    return kind is not NodeKind.PLACE or not is_common_compound(label)


@dataclass(slots=True)
class Things:
    """The organisations and places found: root of each set of names → its kind and its slugs."""

    joins: Joins
    kinds: dict[str, NodeKind] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)


def find_things(
    evidence: Evidence,
    persons: Collection[str],
    families: Collection[str],
    tags: Mapping[str, TagDraft],
    decided: Decided,
) -> Things:
    """Join and keep the names of organisations and places; `persons` are slugs of persons' names, `families` the folded
    family names, which are no places for standing alone.
    """
    search = _Search(evidence, families, tags, decided)
    keys = [key for key in sorted(evidence.names) if search.may_be_thing(key) and key not in persons]
    for one, other in decided.same:
        if one not in persons and other not in persons:
            search.joins.join(one, other, "decision")
    search.join(keys, persons)
    search.keep(keys, persons)
    return search.found


class _Search:
    def __init__(
        self, evidence: Evidence, families: Collection[str], tags: Mapping[str, TagDraft], decided: Decided
    ) -> None:
        self.names = evidence.names
        self.evidence = evidence
        self.families = families
        self.tags = tags
        self.decided = decided
        self.found = Things(Joins(decided.apart))
        self.joins = self.found.joins

    def may_be_thing(self, key: str) -> bool:
        name = self.names[key]
        if key in self.decided.kinds:
            return self.decided.kinds[key] in _KINDS
        if name.given & {NodeKind.ORGANIZATION, NodeKind.PLACE} or key in self.evidence.bodies:
            return True
        share = name.share(NodeKind.PERSON)
        if " " not in name.label and not name.roles and fold(name.label) not in self.families:
            # Nobody bears the word, so that it was mostly a mistake to take it for a person.
            share /= 2
        return share < 0.5 and bool(name.votes.keys() & {NodeKind.ORGANIZATION, NodeKind.PLACE})

    def join(self, keys: Sequence[str], persons: Collection[str]) -> None:
        """Join genitives, inflected adjectives, names with and without `AG`, and acronyms."""
        known = set(keys)
        for key in sorted(self.names.keys() - persons):
            name = self.names[key]
            if name.given or key in self.tags or not key.endswith("s"):
                continue
            base = next(
                (base for base in (key[:-1], key[:-2]) if base in known and self._is_genitive(key, base)),
                None,
            )
            if base is not None:
                self._join(key, base, "genitive")
        by_stem: dict[str, str] = {}
        for key in sorted(keys, key=lambda key: (key not in self.tags, -self.names[key].articles, key)):
            if "-" in key:
                stem = inflected(self.names[key].label)
                if by_stem.setdefault(stem, key) != key:
                    self._join(key, by_stem[stem], "inflection")
            company = slug(_COMPANY.sub("", self.names[key].label))
            if company != key and company in self.names and company not in persons:
                self._join(company, key, "company name")
        self._join_initials(known)
        for short, longs in [*_ACRONYMS.items(), *self.evidence.acronyms.items()]:
            if isinstance(longs, tuple):
                meant = [long for long in longs if long in known and short in known]
            else:
                meant = list(longs) if len(longs) == 1 else []
            for long in meant:
                self._join(short, long, "acronym")

    def _join(self, one: str, other: str, rule: str, detail: str = "") -> None:
        """Join two names, unless one of them is decided to be no organisation and no place."""
        if all(self.decided.kinds.get(key, TagKind.PLACE) in _KINDS for key in (one, other)):
            self.joins.join(one, other, rule, detail)

    def _join_initials(self, known: Collection[str]) -> None:
        """Join a tag such as `Soziale Mitte` with the party `SM`, where it is the only one of these initials."""
        by_initials: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.tags):
            words = self.tags[key].label.split()
            if len(words) > 1:
                by_initials["".join(word[0] for word in words)].append(key)
        for initials, keys in by_initials.items():
            short = slug(initials)
            if len(keys) == 1 and short in self.evidence.bodies and short in known:
                self._join(short, keys[0], "acronym", f"a party’s {initials} are the initials of the tag")

    def _is_genitive(self, key: str, base: str) -> bool:
        label, other = self.names[key].label, self.names[base].label
        return (
            label in {f"{other}s", f"{other}es"}
            and self.names[base].articles >= self.names[key].articles // 2
        )

    def keep(self, keys: Sequence[str], persons: Collection[str]) -> None:
        """Keep the sets for which enough speaks, each with the kind that most speaks for."""
        sets: dict[str, set[str]] = defaultdict(set)
        said = {key for pair in self.decided.same for key in pair if key in self.names}
        joined = {
            key for name, join in self.joins.why.items() for key in (name, join.other) if key in self.names
        }
        for key in {*keys, *joined, *said} - set(persons):
            sets[self.joins.root(key)].add(key)
        for root, members in sorted(sets.items()):
            kind = self._kind(sorted(members))
            if kind is not None:
                self.found.kinds[root] = kind
                self.found.members[root] = sorted(members)

    def _kind(self, members: Sequence[str]) -> NodeKind | None:
        names = [self.names[key] for key in members]
        said = next((self.decided.kinds[key] for key in members if key in self.decided.kinds), None)
        if said is not None:
            return NodeKind(said) if said in _KINDS else None
        given = {kind for name in names for kind in name.given} & {NodeKind.PLACE, NodeKind.ORGANIZATION}
        weight = {
            kind: sum(name.votes[kind].confidence for name in names if kind in name.votes)
            for kind in (NodeKind.ORGANIZATION, NodeKind.PLACE)
        }
        best = max((NodeKind.PLACE, NodeKind.ORGANIZATION), key=lambda kind: weight[kind])
        if given:
            return best if best in given else min(given)
        if any(key in self.evidence.bodies for key in members):
            return NodeKind.ORGANIZATION
        if weight[best] < CLEAR * sum(weight.values()):
            return None
        return best if self._is_likely(members, names, best) else None

    def _is_likely(self, members: Sequence[str], names: Sequence[Name], kind: NodeKind) -> bool:
        votes = [name.votes[kind] for name in names if kind in name.votes]
        articles = sum(one.articles for one in votes)
        if not articles:
            return False
        mean = sum(one.confidence for one in votes) / articles
        surest = max(one.best for one in votes)
        labels = {name.label for name in names}
        tagged = any(key in self.tags and articles >= SEEN * self.tags[key].rows for key in members)
        listed = kind is NodeKind.PLACE and any(is_territory(label) or label in cities() for label in labels)
        if any(fold(label) in self.families for label in labels) and not (tagged or listed):
            return False
        if not tagged and all(is_noun(label) or any(map(str.isdigit, label)) for label in labels):
            return False
        if not any(may_be_called(label, kind) for label in labels):
            return False
        form = any(is_organization_form(label) or is_never_person(label) for label in labels)
        if tagged or listed or (form and kind is NodeKind.ORGANIZATION):
            return surest >= KNOWN
        return surest >= SURE if articles == 1 else mean >= LIKELY and surest >= 0.7
