"""Gathering the evidence: what rows and texts say of each name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Article, Candidate, IndexKind, NodeKind
from kg.resolve.claims import Claim
from kg.resolve.credits import agency, credited, place
from kg.resolve.evidence import Evidence, Name, Told, Votes, family_of, is_full, month_of, only_bearers
from kg.resolve.folding import fold
from kg.resolve.groups import Group
from kg.resolve.keys import collapse, slug
from kg.resolve.labels import is_never_person
from kg.resolve.pages import Pages
from kg.resolve.stubs import StubDraft
from kg.resolve.tags import Seen, TagDraft, note

_PERSON = NodeKind.PERSON


def note_stated(claim: Claim, path: str, names: dict[str, Name]) -> None:
    """Add the names of bylines, author pages, credits and datelines to `names`, a defaultdict by slug."""
    page = claim.page
    if not isinstance(page, Article):
        if page.kind is IndexKind.AUTHOR:
            _note_credit(page.name, "author page", path, page.source.first_line, names)
        return
    for byline in page.authors:
        _note_credit(byline.name, "byline", path, byline.line, names)
    line = claim.body_line or page.headline_line
    for mark in page.credits:
        ref, text = agency(mark)
        name = names[ref.key]
        name.given |= {ref.kind}
        name.news_media = True
        note(name.spellings["credit"], text, path, line)
    for printed in page.places:
        ref, text = place(printed)
        names[ref.key].given |= {ref.kind}
        rule = "dateline" if text == printed else "dateline in capitals"
        if page.transliterated:
            rule = "transliterated text"
        note(names[ref.key].spellings[rule], text, path, line)


def _note_credit(credit: str, rule: str, path: str, line: int, names: dict[str, Name]) -> None:
    for ref, text in credited(credit):
        name = names[ref.key]
        name.given |= {ref.kind}
        name.news_media |= ref.kind is NodeKind.ORGANIZATION
        note(name.spellings[rule], text, path, line)


def collect_evidence(
    pages: Pages,
    fullest: Mapping[int, Group],
    stubs: Mapping[str, StubDraft],
    tags: Mapping[str, TagDraft],
    names: dict[str, Name],
) -> Evidence:
    """Gather the names of all pages: to `names`, which `note_stated` made of the rows of every dump, those of tags, and
    the candidates of the dump (or the announcement) that tells each article's text. Linear in their number; the texts
    are read through here and again whenever `told` is asked for.
    """
    for key, draft in tags.items():
        for text, seen in draft.labels.items():
            names[key].spellings["tag"][text] = seen
        for text, seen in draft.anchors.items():
            names[key].spellings["anchor of a topic link"][text] = seen
        for text, seen in draft.slugs.items():
            names[key].spellings["topic link"][text] = seen
    tellings = _Tellings(pages, fullest, stubs)
    evidence = Evidence(names, defaultdict(Counter), set(), tellings.told)
    texts = _Texts(evidence)
    for told in tellings.told():
        texts.note(told)
        if told.row is not None:
            evidence.announced[told.key] = told.row
    evidence.names = dict(names)
    return evidence


class _Tellings:
    """Finds among all texts those that the graph takes its articles and stubs from."""

    def __init__(self, pages: Pages, fullest: Mapping[int, Group], stubs: Mapping[str, StubDraft]) -> None:
        self._pages = pages
        self._fullest = fullest
        told = ((stub.key, stub.told) for stub in stubs.values() if stub.told is not None)
        self._stubs = {(row.page, row.line, row.headline): key for key, row in told}

    def told(self) -> Iterator[Told]:
        """Every article and every announced stub with its candidates, once."""
        for number, texts in enumerate(self._pages.texts()):
            rendering = texts.source.rendering
            group = self._fullest.get(number)
            if group is not None:
                yield Told(group.key, group.date, group.path, rendering, texts.candidates)
            for row in texts.rows:
                key = self._stubs.get((number, row.line, row.headline))
                if key is not None:
                    yield Told(key, None, texts.source.path, rendering, row.candidates, row)


@dataclass(slots=True)
class _Surface:
    """What a candidate's words come to, whatever the article: worked out once for all places of one rule."""

    key: str
    name: Name
    seen: Seen
    is_full: bool
    folded: str
    family: str | None  # of a full name, folded
    kind: NodeKind | None  # where its form alone says so


class _Texts:
    """Notes what texts say, one after the other."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._surfaces: dict[str, dict[str, _Surface]] = defaultdict(dict)  # by rule and words

    def note(self, told: Told) -> None:
        """Add what a text says of each name."""
        if not told.candidates:
            return
        known, path = self._surfaces[told.rule], told.path
        persons: list[tuple[Candidate, _Surface]] = []
        names: set[Name] = set()
        surest: dict[Votes, Candidate] = {}
        before = told.candidates[0]
        for candidate in told.candidates:
            surface = known.get(candidate.text)
            if surface is None:
                surface = known[candidate.text] = self._surface(candidate, told)
            surface.seen.add(path, candidate.line)
            name = surface.name
            names.add(name)
            votes = name.votes[surface.kind or candidate.kind]
            best = surest.get(votes)
            if best is None or candidate.confidence > best.confidence:
                surest[votes] = candidate
            if candidate.kind is _PERSON:
                persons.append((candidate, surface))
            elif candidate.kind is before.kind is NodeKind.ORGANIZATION:
                self._note_acronym(before, candidate)
            before = candidate
        for votes, candidate in surest.items():
            votes.add(candidate.confidence, path, candidate.line)
        if told.date is not None:
            month = month_of(told.date)
            for name in names:
                name.months[month] += 1
        if persons:
            self._note_persons(told, persons)

    def _surface(self, candidate: Candidate, told: Told) -> _Surface:
        text = collapse(candidate.text)
        key = slug(text)
        name = self._evidence.names[key]
        family = family_of(text)
        return _Surface(
            key,
            name,
            name.spellings[told.rule].setdefault(text, Seen(0, told.path, candidate.line)),
            is_full(text),
            fold(text),
            fold(family) if family is not None else None,
            NodeKind.ORGANIZATION if is_never_person(text) else None,
        )

    def _note_persons(self, told: Told, persons: Sequence[tuple[Candidate, _Surface]]) -> None:
        """Note roles and parties, and full names that the text has only with an `s` that its family names lack."""
        names = self._evidence.names
        full_names = only_bearers(
            (surface.family, surface.key) for _, surface in persons if surface.family is not None
        )
        for candidate, surface in persons:
            if candidate.role or candidate.party:
                owner = surface.name
                if not surface.is_full:
                    owner = names[full_names.get(surface.folded, surface.key)]
                owner.roles[candidate.role, candidate.party].add(told.date)
            if candidate.party:
                self._note_party(candidate, candidate.party, told)
        genitives = [family for family in full_names if family.endswith("s")]
        if genitives:
            alone = {surface.folded for _, surface in persons if not surface.is_full}
            for family in genitives:
                if fold(family[:-1]) in alone and family not in alone:
                    names[full_names[family]].genitive += 1

    def _note_party(self, candidate: Candidate, party: str, told: Told) -> None:
        name = self._evidence.names[slug(party)]
        self._evidence.bodies.add(slug(party))
        name.given |= {NodeKind.ORGANIZATION}
        note(name.spellings["party"], party, told.path, candidate.line)

    def _note_acronym(self, long: Candidate, short: Candidate) -> None:
        """Learn `Soziale Mitte (SM)`: an acronym in brackets, its letters in order in the name before it."""
        beside = (long.part, long.image, long.end + 2) == (short.part, short.image, short.start)
        if not (beside and 2 <= len(short.text) <= 6):
            return
        letters = iter(long.text.lower())
        first = short.text[0].lower() == long.text[0].lower()
        if first and short.text.isupper() and all(letter in letters for letter in short.text.lower()):
            self._evidence.acronyms[slug(short.text)][slug(long.text)] += 1
