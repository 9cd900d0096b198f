"""Who and what is named: the part of the reduce that joins names to persons, organisations, places and tags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec

from kg.model import (
    Decision,
    Doubt,
    Entity,
    Finding,
    Identity,
    NameBook,
    NodeKind,
    Ref,
    Tag,
    TagKind,
)
from kg.relations import Relations
from kg.resolve.bodies import find_bodies
from kg.resolve.book import make_book
from kg.resolve.credits import agency
from kg.resolve.decisions import Decided
from kg.resolve.entities import Draft, key_of, make_entities
from kg.resolve.evidence import Evidence, Name
from kg.resolve.facts import Facts
from kg.resolve.families import Persons
from kg.resolve.folding import begins_with_initials
from kg.resolve.gathering import collect_evidence, spellings_of_namesakes
from kg.resolve.joins import Join
from kg.resolve.keys import slug
from kg.resolve.kinds import TagKinds
from kg.resolve.namesakes import Split, find_namesakes
from kg.resolve.pages import Pages
from kg.resolve.persons import find_persons, first_place
from kg.resolve.statements import pen_names, read_numbers, stated_refs, surroundings
from kg.resolve.tags import Kind, TagDraft, make_tags
from kg.resolve.things import find_things
from kg.resolve.verdicts import Namesake, Renamed


@dataclass(slots=True)
class Refs:
    """Where every provisional ref leads: by kind and any slug, and of namesakes by slug and article."""

    all: dict[Ref, Ref] = field(default_factory=dict)
    namesakes: dict[str, dict[str, Ref]] = field(default_factory=dict)

    def renamed(self) -> Iterator[Renamed]:
        """The refs that lead to others."""
        for ref, new in self.all.items():
            if ref != new:
                yield Renamed(ref.kind, ref.key, new.kind, new.key)

    def of_articles(self) -> Iterator[Namesake]:
        """Whom names that several persons bear stand for, article by article."""
        for key, by_article in self.namesakes.items():
            for article, ref in by_article.items():
                yield Namesake(key, article, ref.kind, ref.key)


@dataclass(slots=True)
class Naming:
    """All that is decided about names."""

    refs: Refs
    tags: list[Tag]
    entities: list[Entity]
    identities: list[Identity]
    book: NameBook
    doubts: list[Doubt]
    findings: list[Finding]


def resolve_names(
    pages: Pages, facts: Facts, publisher: str, kickers: Mapping[str, int], decisions: Iterable[Decision]
) -> Naming:
    """Decide every name of the archive; `kickers` is how many articles have a kicker, by its slug."""
    decided, relations = Decided.of(decisions), pages.relations
    read_numbers(relations)
    tags = facts.tags
    evidence = collect_evidence(pages, tags)
    evidence.names.setdefault(agency(publisher)[0].key, Name()).given |= {NodeKind.ORGANIZATION}
    evidence.bodies |= find_bodies(evidence.names, tags, facts.offices)
    persons = find_persons(evidence, tags, pen_names(relations), decided)
    taken = {key for keys in persons.members.values() for key in keys} | persons.role_tags.keys()
    things = find_things(evidence, taken, persons.families, tags, decided)
    kinds_of = TagKinds(evidence, persons, things, decided, kickers)
    kinds = {key: kinds_of.of(key, tags[key]) for key in sorted(tags)}
    drafting = _Drafting(evidence, decided)
    drafting.add_persons(
        persons, find_namesakes(evidence, persons.members, partial(surroundings, relations)), kinds
    )
    drafting.spell_namesakes(relations)
    for root, keys in things.members.items():
        drafting.add(Ref(things.kinds[root], root), keys, things.joins.why)
    for key, kind in kinds.items():
        if kind.focus is not None and kind.focus not in drafting.refs.all:
            drafting.add(kind.focus, [key], {})
    # What a row states outright is there, also where the name is mostly something else.
    for ref in sorted(stated_refs(relations) - drafting.refs.all.keys()):
        drafting.add(ref, [ref.key], {})
    entities, identities = make_entities(publisher, drafting.drafts, evidence, decided)
    kinds = {key: kind._replace(focus=drafting.focus_of(key, kind)) for key, kind in kinds.items()}
    made, findings = make_tags(tags, kinds)
    doubts = [*_true_doubts(persons, drafting.refs.all, evidence.names), *_kind_doubts(kinds, tags, evidence)]
    return Naming(
        drafting.refs,
        made,
        entities,
        identities,
        make_book(entities, drafting.drafts, evidence, drafting.refs.namesakes),
        sorted(doubts, key=lambda doubt: (doubt.kind, doubt.a, doubt.b)),
        [*findings, *map(_finding, doubts), *decided.unused(evidence.names, drafting.refs.all, tags)],
    )


@dataclass(slots=True)
class _Drafting:
    """The entities as they come, and where every provisional ref leads."""

    evidence: Evidence
    decided: Decided
    drafts: list[Draft] = field(default_factory=list)
    refs: Refs = field(default_factory=Refs)
    by_tag: dict[str, Ref] = field(default_factory=dict)  # tag of a namesake → the person it is for
    _keys: set[Ref] = field(default_factory=set)

    def add(self, ref: Ref, keys: Sequence[str], why: Mapping[str, Join]) -> Draft:
        """Draft an entity; `ref` has its kind, the key is that of its name, numbered where it is taken."""
        mine = {key: why[key] for key in keys if key in why}
        draft = Draft(
            self._free(ref.kind, key_of(ref.kind, keys, self.evidence, self.decided, mine)), keys, mine
        )
        self.drafts.append(draft)
        for key in {*keys, ref.key}:
            self.refs.all[Ref(ref.kind, key)] = draft.ref
        return draft

    def add_persons(
        self,
        persons: Persons,
        splits: Mapping[str, Split],
        kinds: Mapping[str, Kind],
    ) -> None:
        """Draft the persons, those of a shared name one by one."""
        described: dict[str, list[tuple[str, Join]]] = defaultdict(list)
        for key, (root, join) in persons.role_tags.items():
            if kinds[key].kind is TagKind.PERSON:
                described[root].append((key, join))
        for root, keys in sorted(persons.members.items()):
            if root not in splits:
                self.add(Ref(NodeKind.PERSON, root), keys, persons.joins.why).described = described[root]
        for root, split in splits.items():
            self._add_namesakes(root, persons.members[root], persons, split)

    def _add_namesakes(self, root: str, keys: Sequence[str], persons: Persons, split: Split) -> None:
        owner: dict[str, Ref] = {}
        first: Ref | None = None
        for number, of_person in enumerate(split.persons):
            draft = self.add(Ref(NodeKind.PERSON, root), keys, persons.joins.why)
            which = f"person {number + 1} of {len(split.persons)} of this name ({split.marks[number]})"
            draft.split = f"{which}: {split.evidence}"
            owner.update(dict.fromkeys(of_person, draft.ref))
            draft.roles = split.roles[number]
            first = first or draft.ref
        for key in keys:
            self.refs.all[Ref(NodeKind.PERSON, key)] = first or self.refs.all[Ref(NodeKind.PERSON, key)]
            self.refs.namesakes[key] = owner
        tagged: dict[str, Counter[Ref]] = defaultdict(Counter)
        for article, ref in owner.items():
            for tag in split.tags[article]:
                if tag in keys:
                    tagged[tag][ref] += 1
        for tag, counts in tagged.items():
            self.by_tag[tag] = min(counts, key=lambda ref: (-counts[ref], ref))

    def spell_namesakes(self, relations: Relations) -> None:
        """Give each of several persons of one name the spellings of their own articles."""
        spellings = spellings_of_namesakes(relations, self.refs.of_articles())
        for draft in self.drafts:
            if draft.split:
                draft.spellings = {key: spellings[key, draft.ref.key] for key in draft.keys}

    def focus_of(self, tag: str, kind: Kind) -> Ref | None:
        """The entity that a tag names."""
        return self.by_tag.get(tag) or (self.refs.all[kind.focus] if kind.focus is not None else None)

    def _free(self, kind: NodeKind, key: str) -> Ref:
        ref, number = Ref(kind, key), 2
        while ref in self._keys:
            ref, number = Ref(kind, f"{key}-{number}"), number + 1
        self._keys.add(ref)
        return ref


def _true_doubts(persons: Persons, refs: Mapping[Ref, Ref], names: Mapping[str, Name]) -> Iterable[Doubt]:
    """The doubts about two persons that are both there, and still two: of any two the first.

    A name with initials alone may be nobody's yet.
    """
    asked: dict[frozenset[Ref], Doubt] = {}
    for doubt in persons.doubts:
        sides = [Ref(NodeKind.PERSON, slug(name)) for name in (doubt.a, doubt.b)]
        a, b = map(refs.get, sides)
        if b is None and begins_with_initials(doubt.b):
            b = sides[1]
        if a is not None and b is not None and a != b:
            roots = (persons.joins.root(side.key) for side in sides)
            score = min(
                sum(names[key].touched for key in persons.members.get(root, [side.key]))
                for root, side in zip(roots, sides, strict=True)
            )
            asked.setdefault(frozenset((a, b)), msgspec.structs.replace(doubt, score=float(max(score, 1))))
    return asked.values()


def _kind_doubts(
    kinds: Mapping[str, Kind], tags: Mapping[str, TagDraft], evidence: Evidence
) -> Iterable[Doubt]:
    for key, kind in kinds.items():
        if kind.doubtful:
            name = evidence.names[key]
            votes = ", ".join(
                f"{one} in {votes.articles} ({votes.path}:{votes.line})"
                for one, votes in sorted(name.votes.items())
            )
            told = f"articles use it as {votes}"
            yield Doubt("kind", tags[key].label, kind.kind, float(name.touched), told, *first_place(name))


def _finding(doubt: Doubt) -> Finding:
    if doubt.kind == "kind":
        message = f"the tag “{doubt.a}” is taken for a {doubt.b}: {doubt.evidence}"
        return Finding("kind-doubtful", doubt.path, doubt.line, message)
    message = f"“{doubt.a}” and “{doubt.b}” are kept apart: {doubt.evidence}"
    return Finding("person-doubtful", doubt.path, doubt.line, message)
