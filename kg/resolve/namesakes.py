"""Two persons of one name: told apart where their callings or parties conflict, article by article.

Nothing is split for being rare or far apart. What is asked for is a contradiction: articles that call the name a
goalkeeper and others, at the same time and in no common context, that call it a member of parliament.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.resolve.evidence import Evidence, Role, RoleCount, all_roles
from kg.resolve.full_names import bearers, role_owner
from kg.resolve.keys import collapse, slug
from kg.resolve.statements import Surroundings

_CALLINGS = {
    "politics": r"minister|präsident|kanzler|abgeordnet|politiker|bürgermeister|kandidat|spitzenmann|spitzenfrau|"
    r"fraktion|parteichef|landeschef|staatssekretär|senator|gouverneur|kommissar|regierungschef|oppositionsführer",
    "sport": r"torwart|torhüter|keeper|stürmer|verteidiger$|spieler(in)?$|trainer|boxer|läufer|sprinter|schwimmer|"
    r"radprofi|fußballer|weltmeister|olympiasieger|rennfahrer",
    "stage": r"schauspieler|sänger|musiker|gitarrist|regisseur|komponist|dirigent|pianist|kabarettist|rapper|tänzer",
}
"""Callings that hardly anybody has at the same time, each by parts of its titles."""

_CALLING = {calling: re.compile(pattern) for calling, pattern in _CALLINGS.items()}
_NOT_SPORT = re.compile(r"schauspieler|parteispieler|gegenspieler|mitspieler")
_CLUB_PRESIDENT = re.compile(r"vereins|klub|club|verbands")
_SURE = 3.0
"""An article without a title of its own goes to the person whose articles share this many times as much with it."""


def calling(title: str) -> str | None:
    """The calling that a job title belongs to, where it is one that excludes others.

    >>> [calling(title) for title in ("Torwart", "Landtagsabgeordneter", "Schauspielerin", "Autor")]
    ['sport', 'politics', 'stage', None]
    """
    lower = title.lower()
    if _CLUB_PRESIDENT.search(lower):
        return None
    for name, pattern in _CALLING.items():
        if pattern.search(lower) and not (name == "sport" and _NOT_SPORT.search(lower)):
            return name
    return None


def party_key(party: str) -> str:
    """A party in any case: `Grünen` and `Grüne` are one."""
    return re.sub(r"n$", "", slug(party))


def marks(roles: Iterable[Role]) -> tuple[set[str], set[str]]:
    """The callings and the parties that stand beside a name."""
    callings, parties = set(), set()
    for title, party in roles:
        if title and (found := calling(title)):
            callings.add(found)
        if party:
            parties.add(party_key(party))
    return callings, parties


def roles_conflict(one: Iterable[Role], other: Iterable[Role]) -> bool:
    """Whether two names have callings, or parties, and none in common."""
    return any(
        mine and theirs and not mine & theirs for mine, theirs in zip(marks(one), marks(other), strict=True)
    )


@dataclass(slots=True)
class _Telling:
    """What one article says of the name and its surroundings."""

    date: str | None
    path: str
    marks: set[str] = field(default_factory=set)
    context: set[str] = field(default_factory=set)
    roles: dict[Role, RoleCount] = field(default_factory=lambda: defaultdict(RoleCount))


@dataclass(slots=True)
class Split:
    """A name that several persons bear: the articles of each by key, roles, and the calling or party by which they are
    told apart; the earliest person first. `tags` are the articles' tags.
    """

    persons: list[list[str]]
    roles: list[dict[Role, RoleCount]]
    marks: list[str]
    evidence: str
    tags: dict[str, list[str]] = field(default_factory=dict)


def find_namesakes(
    evidence: Evidence,
    members: Mapping[str, Sequence[str]],
    look_up: Callable[[Collection[str]], Mapping[str, Surroundings]],
) -> dict[str, Split]:
    """Root of a person's names → how they divide; only for names with conflicting callings or parties.

    Every person gets at least two articles, and an article that fits several is nobody's. Linear in the articles that
    name one of the few suspects; `look_up` gives what stands around them, by their keys.
    """
    suspects: dict[str, str] = {}
    for name, keys in members.items():
        callings, parties = marks(role for key in keys for role in evidence.names[key].roles)
        if len(callings) > 1 or len(parties) > 1:
            suspects.update(dict.fromkeys(keys, name))
    tellings: dict[str, dict[str, _Telling]] = defaultdict(dict)
    if not suspects:
        return {}
    for told in evidence.told(suspects):
        full_names = bearers(told.candidates)
        persons = {slug(collapse(one.text)) for one in told.candidates} & evidence.names.keys()
        for candidate in told.candidates:
            owner = role_owner(collapse(candidate.text), full_names)
            root = suspects.get(owner)
            if root is None:
                continue
            telling = tellings[root].get(told.key)
            if telling is None:
                context = {
                    f"name {key}"
                    for key in persons
                    if suspects.get(key) != root and key in full_names.values()
                }
                telling = tellings[root][told.key] = _Telling(told.date, told.path, context=context)
            callings, parties = marks([(candidate.role, candidate.party)])
            telling.marks |= callings | {f"party {party}" for party in parties}
            if candidate.role or candidate.party:
                telling.roles[candidate.role, candidate.party].add(told.date)
    around = look_up({key for by_article in tellings.values() for key in by_article})
    for by_article in tellings.values():
        for key, telling in by_article.items():
            telling.context |= around[key].context
    splits = {name: _split(by_article) for name, by_article in sorted(tellings.items())}
    found = {name: split for name, split in splits.items() if split is not None}
    for split in found.values():
        split.tags = {key: around[key].tags for keys in split.persons for key in keys}
    return found


def _split(tellings: Mapping[str, _Telling]) -> Split | None:
    seeds = _seeds(tellings)
    if len(seeds) < 2 or not _at_one_time(tellings, seeds) or _share_context(tellings, seeds):
        return None
    frequency = Counter(one for telling in tellings.values() for one in telling.context)
    weights = {
        name: Counter(one for key in keys for one in tellings[key].context | {f"article {key}"})
        for name, keys in seeds.items()
    }
    persons = {name: list(keys) for name, keys in seeds.items()}
    decided = {key for keys in seeds.values() for key in keys}
    for key in sorted(tellings.keys() - decided):
        score = {
            name: sum(weight[one] * _worth(one) / frequency[one] for one in tellings[key].context)
            for name, weight in weights.items()
        }
        best, second = sorted(score, key=lambda name: (-score[name], name))[:2]
        if score[best] > 0 and score[best] >= _SURE * score[second]:
            persons[best].append(key)
    if min(map(len, persons.values())) < 2:
        return None
    marks = sorted(persons, key=lambda name: min(_when(tellings[key]) for key in persons[name]))
    ordered = [persons[name] for name in marks]
    told = " and ".join(f"{name} in {len(keys)}" for name, keys in sorted(persons.items()))
    roles = [all_roles(tellings[key].roles for key in keys) for keys in ordered]
    return Split([sorted(keys) for keys in ordered], roles, marks, f"articles of no common context: {told}")


def _worth(one: str) -> float:
    """Related lists cross from one namesake to the other more easily than tags, authors and company."""
    return 0.5 if one.startswith("article ") else 1.0


def _seeds(tellings: Mapping[str, _Telling]) -> dict[str, list[str]]:
    """Mark → the articles that state it; none where one article states two."""
    parties = {mark for one in tellings.values() for mark in one.marks if mark.startswith("party ")}
    seeds: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tellings):
        found = tellings[key].marks
        # Of a person with one party the calling says the same, and more articles have it.
        if len(parties) > 1:
            found = {mark for mark in found if mark != "politics"}
        else:
            found = {"politics" if mark.startswith("party ") else mark for mark in found}
        if len(found) > 1:
            return {}
        for mark in found:
            seeds[mark].append(key)
    return seeds


def _at_one_time(tellings: Mapping[str, _Telling], seeds: Mapping[str, Sequence[str]]) -> bool:
    """Whether the times of any two overlap: one after the other is a career."""
    spans = []
    for keys in seeds.values():
        dates = [date for key in keys if (date := tellings[key].date)]
        if not dates:
            return False
        spans.append((min(dates), max(dates)))
    return all(later[0] <= earlier[1] for earlier, later in pairwise(sorted(spans)))


def _share_context(tellings: Mapping[str, _Telling], seeds: Mapping[str, Sequence[str]]) -> bool:
    """Whether tags, authors or persons stand in articles of more than one; related lists cross too easily to count."""
    owner: dict[str, str] = {}
    for name, keys in seeds.items():
        for key in keys:
            for one in tellings[key].context:
                if not one.startswith("article ") and owner.setdefault(one, name) != name:
                    return True
    return False


def _when(telling: _Telling) -> tuple[str, str]:
    return telling.date or "9999", telling.path
