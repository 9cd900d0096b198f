"""Who and what is named: the part of the reduce that joins names to persons, organisations, places and tags."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from kg.model import (
    ArticleNode,
    Authorship,
    Decision,
    Doubt,
    Entity,
    Finding,
    Identity,
    NameBook,
    NodeKind,
    Ref,
    Stub,
    Tag,
    TagKind,
)
from kg.resolve.bodies import find_bodies
from kg.resolve.book import make_book
from kg.resolve.claims import Claim, RowTexts, Texts
from kg.resolve.credits import agency
from kg.resolve.decisions import Decided
from kg.resolve.entities import Draft, key_of, make_entities
from kg.resolve.evidence import Evidence, Name, collect_evidence
from kg.resolve.families import Persons
from kg.resolve.joins import Join
from kg.resolve.keys import slug
from kg.resolve.kinds import TagKinds, kickers_of
from kg.resolve.namesakes import Split, find_namesakes
from kg.resolve.persons import find_persons, first_place
from kg.resolve.tags import Kind, TagDraft, make_tags
from kg.resolve.things import find_things

_Node = TypeVar("_Node", ArticleNode, Stub)


@dataclass(slots=True)
class Naming:
    """All that is decided about names, and articles and stubs with the refs of it."""

    nodes: list[ArticleNode]
    stubs: list[Stub]
    tags: list[Tag]
    entities: list[Entity]
    identities: list[Identity]
    book: NameBook
    doubts: list[Doubt]
    findings: list[Finding]


def resolve_names(
    publisher: str,
    claims: Sequence[Claim],
    texts: Iterable[Texts],
    nodes: Sequence[ArticleNode],
    stubs: Sequence[Stub],
    tags: Mapping[str, TagDraft],
    decisions: Iterable[Decision],
) -> Naming:
    """Decide every name of the archive. `nodes` and `stubs` have the refs that their rows alone give."""
    decided = Decided.of(decisions)
    evidence = collect_evidence(claims, texts, nodes, stubs, tags)
    stubs = [_with_texts(stub, evidence.announced.get(stub.key)) for stub in stubs]
    evidence.names.setdefault(agency(publisher)[0].key, Name()).given.add(NodeKind.ORGANIZATION)
    articles: list[ArticleNode | Stub] = [*nodes, *stubs]
    evidence.bodies |= find_bodies(evidence.names, tags, claims)
    persons = find_persons(evidence, tags, [node.authors for node in articles], decided)
    taken = {key for keys in persons.members.values() for key in keys} | persons.role_tags.keys()
    things = find_things(evidence, taken, persons.families, tags, decided)
    kinds_of = TagKinds(evidence, persons, things, decided, kickers_of(articles))
    kinds = {key: kinds_of.of(key, tags[key]) for key in sorted(tags)}
    drafting = _Drafting(evidence, decided)
    drafting.add_persons(
        persons,
        find_namesakes(evidence, persons.members, articles),
        kinds,
        {one.key: one for one in articles},
    )
    for root, keys in things.members.items():
        drafting.add(Ref(things.kinds[root], root), keys, things.joins.why)
    for key, kind in kinds.items():
        if kind.focus is not None and kind.focus not in drafting.refs:
            drafting.add(kind.focus, [key], {})
    # What a row states outright is there, also where the name is mostly something else.
    for ref in sorted(_stated(nodes, stubs) - drafting.refs.keys()):
        drafting.add(ref, [ref.key], {})
    entities, identities = make_entities(publisher, drafting.drafts, evidence, decided)
    kinds = {key: kind._replace(focus=drafting.focus_of(key, kind)) for key, kind in kinds.items()}
    made, findings = make_tags(tags, kinds)
    doubts = [*_true_doubts(persons, drafting.refs), *_kind_doubts(kinds, tags, evidence)]
    return Naming(
        [drafting.renamed(node) for node in nodes],
        [drafting.renamed(stub) for stub in stubs],
        made,
        entities,
        identities,
        make_book(entities, drafting.drafts, evidence, drafting.namesakes),
        sorted(doubts, key=lambda doubt: (doubt.kind, doubt.a, doubt.b)),
        [*findings, *map(_finding, doubts), *decided.unused(evidence.names)],
    )


def _with_texts(stub: Stub, row: RowTexts | None) -> Stub:
    if row is None:
        return stub
    return msgspec.structs.replace(stub, teaser=row.teaser, candidates=row.candidates)


def _stated(nodes: Iterable[ArticleNode], stubs: Iterable[Stub]) -> set[Ref]:
    """The refs that bylines, datelines, credits and links to authors give."""
    stated = {one.author for stub in stubs for one in stub.authors}
    for node in nodes:
        stated.update(one.author for one in node.authors)
        stated.update(node.places, node.credits)
        stated.update(ref for ref in node.link_targets if ref is not None)
    return {ref for ref in stated if ref.kind not in {NodeKind.ARTICLE, NodeKind.TAG}}


@dataclass(slots=True)
class _Drafting:
    """The entities as they come, and where every provisional ref leads."""

    evidence: Evidence
    decided: Decided
    drafts: list[Draft] = field(default_factory=list)
    refs: dict[Ref, Ref] = field(default_factory=dict)  # by kind and any slug
    namesakes: dict[str, dict[str, Ref]] = field(default_factory=dict)  # slug → article → person
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
            self.refs[Ref(ref.kind, key)] = draft.ref
        return draft

    def add_persons(
        self,
        persons: Persons,
        splits: Mapping[str, Split],
        kinds: Mapping[str, Kind],
        articles: Mapping[str, ArticleNode | Stub],
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
            self._add_namesakes(root, persons.members[root], persons, split, articles)

    def _add_namesakes(
        self,
        root: str,
        keys: Sequence[str],
        persons: Persons,
        split: Split,
        articles: Mapping[str, ArticleNode | Stub],
    ) -> None:
        owner: dict[str, Ref] = {}
        first: Ref | None = None
        for number, of_person in enumerate(split.persons):
            draft = self.add(Ref(NodeKind.PERSON, root), keys, persons.joins.why)
            draft.split = f"person {number + 1} of {len(split.persons)} of this name: {split.evidence}"
            owner.update(dict.fromkeys(of_person, draft.ref))
            draft.roles = split.roles[number]
            first = first or draft.ref
        for key in keys:
            self.refs[Ref(NodeKind.PERSON, key)] = first or self.refs[Ref(NodeKind.PERSON, key)]
            self.namesakes[key] = owner
        tagged: dict[str, Counter[Ref]] = defaultdict(Counter)
        for article, ref in owner.items():
            for one in articles[article].tags:
                if one.tag in keys:
                    tagged[one.tag][ref] += 1
        for tag, counts in tagged.items():
            self.by_tag[tag] = min(counts, key=lambda ref: (-counts[ref], ref))

    def focus_of(self, tag: str, kind: Kind) -> Ref | None:
        """The entity that a tag names."""
        return self.by_tag.get(tag) or (self.refs[kind.focus] if kind.focus is not None else None)

    def renamed(self, node: _Node) -> _Node:
        """The article or stub with the refs of the entities found."""
        authors = tuple(
            msgspec.structs.replace(one, author=self._author(one, node.key)) for one in node.authors
        )
        if isinstance(node, Stub):
            return msgspec.structs.replace(node, authors=authors)
        return msgspec.structs.replace(
            node,
            authors=authors,
            places=tuple(self.refs.get(ref, ref) for ref in node.places),
            credits=tuple(self.refs.get(ref, ref) for ref in node.credits),
            link_targets=tuple(ref and self.refs.get(ref, ref) for ref in node.link_targets),
        )

    def _author(self, one: Authorship, article: str) -> Ref:
        own = self.namesakes.get(one.author.key, {}).get(article)
        return own or self.refs.get(one.author, one.author)

    def _free(self, kind: NodeKind, key: str) -> Ref:
        ref, number = Ref(kind, key), 2
        while ref in self._keys:
            ref, number = Ref(kind, f"{key}-{number}"), number + 1
        self._keys.add(ref)
        return ref


def _true_doubts(persons: Persons, refs: Mapping[Ref, Ref]) -> Iterable[Doubt]:
    """The doubts about two persons that are both there, and still two."""
    for doubt in persons.doubts:
        a, b = (refs.get(Ref(NodeKind.PERSON, slug(name))) for name in (doubt.a, doubt.b))
        if a is not None and b is not None and a != b:
            yield doubt


def _kind_doubts(
    kinds: Mapping[str, Kind], tags: Mapping[str, TagDraft], evidence: Evidence
) -> Iterable[Doubt]:
    for key, kind in kinds.items():
        if kind.doubtful:
            name = evidence.names[key]
            votes = ", ".join(f"{one} in {name.votes[one].articles}" for one in sorted(name.votes))
            score = float(name.articles)
            yield Doubt(
                "kind", tags[key].label, kind.kind, score, f"articles use it as {votes}", *first_place(name)
            )


def _finding(doubt: Doubt) -> Finding:
    if doubt.kind == "kind":
        message = f"the tag “{doubt.a}” is taken for a {doubt.b}: {doubt.evidence}"
        return Finding("kind-doubtful", doubt.path, doubt.line, message)
    message = f"“{doubt.a}” and “{doubt.b}” are left two persons: {doubt.evidence}"
    return Finding("person-doubtful", doubt.path, doubt.line, message)
