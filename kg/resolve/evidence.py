"""What the archive says of each name: who gives it, of what kind it is taken to be, with which roles, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.model import (
    Article,
    ArticleNode,
    Candidate,
    IndexKind,
    NodeKind,
    Rendering,
    Source,
    Stub,
)
from kg.people import split_name
from kg.resolve.claims import Claim, RowTexts, Texts
from kg.resolve.credits import agency, credited, place
from kg.resolve.folding import fold, generation, words_of
from kg.resolve.keys import collapse, slug
from kg.resolve.labels import is_never_person
from kg.resolve.tags import Seen, TagDraft, note


@dataclass(slots=True)
class Votes:
    """How often the recogniser took a name for one kind: articles, and its confidence in the surest place of each."""

    articles: int = 0
    confidence: float = 0.0
    best: float = 0.0

    def add(self, confidence: float) -> None:
        """Count one article."""
        self.articles += 1
        self.confidence += confidence
        self.best = max(self.best, confidence)


@dataclass(slots=True)
class RoleCount:
    """How often a role stood beside a name, and the first and last date."""

    count: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, date: str | None) -> None:
        """Count one place."""
        self.count += 1
        if date is not None:
            self.first = min(self.first or date, date)
            self.last = max(self.last or date, date)

    def include(self, other: RoleCount) -> None:
        """Add the counts of another spelling."""
        self.add(other.first)
        self.add(other.last)
        self.count += other.count - 2


_BEFORE_FAMILIES = frozenset("den der ten ter van vom von zu zum zur".split())
"""Particles that open a family name alone, at the start of a sentence with a capital: `Van der Zwaag`."""

_PERSON = NodeKind.PERSON

Role = tuple[str | None, str | None]
"""A job title and a party, as printed; at least one of them."""


@dataclass
class Name:
    """All that is known of the names that share a slug. `spellings` has each by the rule that gave it."""

    spellings: dict[str, dict[str, Seen]] = field(default_factory=lambda: defaultdict(dict))
    given: set[NodeKind] = field(default_factory=set)  # kinds that a byline, a dateline or a credit states
    votes: dict[NodeKind, Votes] = field(default_factory=lambda: defaultdict(Votes))
    roles: dict[Role, RoleCount] = field(default_factory=lambda: defaultdict(RoleCount))
    months: dict[str, int] = field(
        default_factory=lambda: defaultdict(int)
    )  # articles by month, as `2024-05`
    genitive: int = 0  # articles that have its last word without the `s` as a family name, and never with it
    news_media: bool = False

    @cached_property
    def label(self) -> str:
        """The spelling to reason about, once all are known: the most frequent, of equals the first in the alphabet."""
        counts: dict[str, int] = defaultdict(int)
        lossy = self.spellings.get("transliterated text", {})
        for seen in self.spellings.values():
            for text, one in seen.items():
                counts[text] += one.count
        return min(counts, key=lambda text: (text.isupper(), text in lossy, -counts[text], text), default="")

    @property
    def articles(self) -> int:
        """In how many articles its texts name it, whatever the kind."""
        return max((votes.articles for votes in self.votes.values()), default=0)

    @property
    def kind(self) -> NodeKind | None:
        """The kind that most of the confidence is for."""
        if not self.votes:
            return None
        return min(self.votes, key=lambda kind: (-self.votes[kind].confidence, kind))

    def share(self, kind: NodeKind) -> float:
        """How much of the confidence is for `kind`, from 0 to 1."""
        total = sum(votes.confidence for votes in self.votes.values())
        return self.votes[kind].confidence / total if kind in self.votes and total else 0.0

    def best(self, kind: NodeKind) -> float:
        """The greatest confidence that a place gave `kind`."""
        return self.votes[kind].best if kind in self.votes else 0.0


class Told(NamedTuple):
    """The text of one article or stub as the graph has it, by its candidates."""

    key: str
    date: str | None
    source: Source
    candidates: Sequence[Candidate]
    row: RowTexts | None = None  # of a stub: its announcement

    @property
    def rule(self) -> str:
        """What its spellings are worth: the phoxy rendering has no umlauts in prose."""
        return "transliterated text" if self.source.rendering is Rendering.PHOXY else "text"


@dataclass(slots=True)
class Evidence:
    """The names by slug, the acronyms explained beside a name, and the articles' candidates for a second look."""

    names: dict[str, Name]
    acronyms: dict[str, Counter[str]]  # slug of the acronym → slugs of what it stands for
    bodies: set[str]  # slugs of what must be an organisation: it stands where a party stands, or has officers
    told: Callable[[], Iterator[Told]]  # reads all texts again
    announced: dict[str, RowTexts] = field(default_factory=dict)  # stub → what its fullest announcement says


def collect_evidence(
    claims: Iterable[Claim],
    texts: Iterable[Texts],
    nodes: Iterable[ArticleNode],
    stubs: Iterable[Stub],
    tags: Mapping[str, TagDraft],
) -> Evidence:
    """Gather the names of all pages: bylines, author pages, credits, datelines and tags of every dump, candidates of
    the dump (or the announcement) that tells each article's text. Linear in their number; `texts` is read through
    here and again whenever `told` is asked for.
    """
    names: dict[str, Name] = defaultdict(Name)
    for key, draft in tags.items():
        for text, seen in draft.labels.items():
            names[key].spellings["tag"][text] = seen
        for text, seen in draft.slugs.items():
            names[key].spellings["topic link"][text] = seen
    for claim in claims:
        _note_stated(claim, names)
    tellings = _Tellings(texts, nodes, stubs)
    evidence = Evidence(names, defaultdict(Counter), set(), tellings.told)
    for told in tellings.told():
        _note_text(told, evidence)
        if told.row is not None:
            evidence.announced[told.key] = told.row
    evidence.names = dict(names)
    return evidence


def _note_stated(claim: Claim, names: dict[str, Name]) -> None:
    page, source = claim.page, claim.page.source
    if not isinstance(page, Article):
        if page.kind is IndexKind.AUTHOR:
            _note_credit(page.name, "author page", source, source.first_line, names)
        return
    for byline in page.authors:
        _note_credit(byline.name, "byline", source, byline.line, names)
    line = claim.body_line or page.headline_line
    for mark in page.credits:
        ref, text = agency(mark)
        name = names[ref.key]
        name.given.add(ref.kind)
        name.news_media = True
        note(name.spellings["credit"], text, source, line)
    for printed in page.places:
        ref, text = place(printed)
        names[ref.key].given.add(ref.kind)
        rule = "dateline" if text == printed else "dateline in capitals"
        if page.transliterated:
            rule = "transliterated text"
        note(names[ref.key].spellings[rule], text, source, line)


def _note_credit(credit: str, rule: str, source: Source, line: int, names: dict[str, Name]) -> None:
    for ref, text in credited(credit):
        name = names[ref.key]
        name.given.add(ref.kind)
        name.news_media |= ref.kind is NodeKind.ORGANIZATION
        note(name.spellings[rule], text, source, line)


class _Tellings:
    """Finds among all texts those that the graph takes its articles and stubs from."""

    def __init__(self, texts: Iterable[Texts], nodes: Iterable[ArticleNode], stubs: Iterable[Stub]) -> None:
        self._texts = texts
        self._articles = {
            (source.path, source.sha256): (node.key, node.date)
            for node in nodes
            for source in node.sources
            if source.path == node.path
        }
        self._stubs = {
            (stub.path, stub.headline_line, stub.headline): stub.key for stub in stubs if stub.path
        }

    def told(self) -> Iterator[Told]:
        """Every article and every announced stub with its candidates, once."""
        for texts in self._texts:
            source = texts.source
            article = self._articles.get((source.path, source.sha256))
            if article is not None:
                yield Told(*article, source, texts.candidates)
            for row in texts.rows:
                key = self._stubs.get((source.path, row.line, row.headline))
                if key is not None:
                    yield Told(key, None, source, row.candidates, row)


def _note_text(told: Told, evidence: Evidence) -> None:
    surest: dict[tuple[str, NodeKind], float] = {}
    full_names = bearers(told.candidates)
    alone = {fold(one.text) for one in told.candidates if one.kind is _PERSON and not is_full(one.text)}
    rule = told.rule
    for index, candidate in enumerate(told.candidates):
        text = collapse(candidate.text)
        key = slug(text)
        note(evidence.names[key].spellings[rule], text, told.source, candidate.line)
        if candidate.kind is _PERSON:
            if candidate.role or candidate.party:
                owner = evidence.names[role_owner(text, full_names)]
                owner.roles[candidate.role, candidate.party].add(told.date)
            if candidate.party:
                _note_party(candidate, candidate.party, told, evidence)
        elif index:
            _note_acronym(told.candidates[index - 1], candidate, evidence)
        kind = NodeKind.ORGANIZATION if is_never_person(text) else candidate.kind
        surest[key, kind] = max(candidate.confidence, surest.get((key, kind), 0.0))
    for (key, kind), confidence in surest.items():
        evidence.names[key].votes[kind].add(confidence)
    if told.date is not None:
        month = told.date[:7]
        for key in {key for key, _ in surest}:
            evidence.names[key].months[month] += 1
    for family, key in full_names.items():
        if family.endswith("s") and fold(family[:-1]) in alone and family not in alone:
            evidence.names[key].genitive += 1


def _note_party(candidate: Candidate, party: str, told: Told, evidence: Evidence) -> None:
    key = slug(party)
    evidence.bodies.add(key)
    evidence.names[key].given.add(NodeKind.ORGANIZATION)
    note(evidence.names[key].spellings["party"], party, told.source, candidate.line)


def bearers(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Folded family name → slug of the full name, for the full names of one text that are its only bearers."""
    found: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.kind is _PERSON:
            text = collapse(candidate.text)
            if (family := family_of(text)) is not None:
                found[fold(family)].add(slug(text))
    return {family: min(keys) for family, keys in found.items() if len({fold(key) for key in keys}) == 1}


def role_owner(text: str, full_names: Mapping[str, str]) -> str:
    """The slug under which a role counts: a family name's goes to the one full name of its text that has it."""
    return slug(text) if is_full(text) else full_names.get(fold(text), slug(text))


@lru_cache(maxsize=1 << 16)
def family_of(text: str) -> str | None:
    """The family name of a full name, without `Jr.` and the star of an alias: `Timon Lenz*` has Lenz."""
    if not is_full(text):
        return None
    words = (split_name(text).family or "").split()
    return " ".join(word for word in words if not generation([word])).removesuffix("*") or None


@lru_cache(maxsize=1 << 16)
def is_full(text: str) -> bool:
    """Whether a text has a given and a family name: `von der Aue` and `al-Rahbi` are family names alone."""
    words = words_of(text)
    return len(words) >= 2 and not words[0][0].islower() and words[0].lower() not in _BEFORE_FAMILIES


def _note_acronym(long: Candidate, short: Candidate, evidence: Evidence) -> None:
    """Learn `Soziale Mitte (SM)`: an acronym in brackets, its letters in order in the name before it."""
    beside = (long.part, long.image, long.end + 2) == (short.part, short.image, short.start)
    if not (beside and long.kind is short.kind is NodeKind.ORGANIZATION and 2 <= len(short.text) <= 6):
        return
    letters = iter(long.text.lower())
    first = short.text[0].lower() == long.text[0].lower()
    if first and short.text.isupper() and all(letter in letters for letter in short.text.lower()):
        evidence.acronyms[slug(short.text)][slug(long.text)] += 1
