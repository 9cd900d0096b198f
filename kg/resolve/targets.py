"""Where related headlines, index entries and inline links lead: to an article, or to a stub."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, TypeVar

from kg.model import Article, Finding, NumberTold, Related, SelectorKind, Source
from kg.resolve.articles import Group
from kg.resolve.claims import Claim, rows_of
from kg.resolve.headlines import CutHeadlines, HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import article_key, collapse
from kg.resolve.numbers import AnnouncedNumbers, learnt_from

Found = TypeVar("Found")


class Announcement(NamedTuple):
    """A row of the page `source`; `teaser` is the length of its teaser in code points."""

    source: Source
    row: Related
    teaser: int


@dataclass(slots=True)
class StubDraft:
    """An article that no dump tells, as far as the announcements know it."""

    key: str
    number: str | None = None
    announced: list[Announcement] = field(default_factory=list)
    linked: list[tuple[Source, int]] = field(default_factory=list)  # with the line of the link

    @property
    def number_from(self) -> NumberTold | None:
        """The first row, by path and line, that tells its number, else the first link; None where it has none."""
        rows = [(source.path, row.line) for source, row, _ in self.announced if row.number is not None]
        told = min(rows or [(source.path, line) for source, line in self.linked], default=None)
        return NumberTold(*told) if told is not None else None


@dataclass(slots=True)
class Targets:
    """Where everything leads.

    `related` and `links` are by the dump that names them and their place in it; None leads nowhere. `spellings` are
    the headlines under which an article was announced, by its key. `learnt_from` is the row that told a number, by
    number, for the articles whose own dumps do not.
    """

    related: dict[tuple[Source, int], str | None] = field(default_factory=dict)
    links: dict[tuple[Source, int], str] = field(default_factory=dict)
    stubs: dict[str, StubDraft] = field(default_factory=dict)
    spellings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    learnt_from: dict[str, NumberTold] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_targets(
    publisher: str, claims: Sequence[Claim], groups: Sequence[Group], announced: AnnouncedNumbers
) -> Targets:
    """Resolve every announcement and every link to an article of `claims` (sorted by path).

    By number first, then by full headline, then by the unique headline that a cut one begins; never by a slug.
    What finds nothing becomes a stub, what finds several a stub and a finding; what finds only the article on whose
    page it stands leads nowhere, with a finding.
    """
    finder = _Finder(publisher, groups, announced)
    targets = finder.targets
    own = {dump.article.source: group for group in groups for dump in group.dumps}
    cut: list[tuple[int, Announcement]] = []
    for claim in claims:
        source = claim.page.source
        for index, (row, teaser) in enumerate(zip(rows_of(claim), claim.teasers, strict=True)):
            told = Announcement(source, row, teaser)
            if row.cut and row.number is None:
                cut.append((index, told))
            else:
                targets.related[source, index] = finder.announcement(told, own.get(source))
        for index, line, number in _linked_articles(claim):
            targets.links[source, index] = finder.link(source, line, number)
    finder.index_stubs()
    for index, told in cut:
        targets.related[told.source, index] = finder.announcement(told, own.get(told.source))
    targets.learnt_from = learnt_from(groups, announced)
    return targets


def _linked_articles(claim: Claim) -> Iterator[tuple[int, int, str]]:
    """Place among the page's links, line and number of each link to an article."""
    if isinstance(claim.page, Article):
        for index, link in enumerate(claim.page.links):
            if link.selector and link.selector.kind is SelectorKind.ARTICLE and link.selector.number:
                yield index, link.line, link.selector.number


class _Finder:
    """The indexes of one resolution, and what it has found so far."""

    def __init__(self, publisher: str, groups: Sequence[Group], announced: AnnouncedNumbers) -> None:
        self.targets = Targets()
        self._publisher = publisher
        self._announced = announced
        self._by_number = {group.number: group for group in groups if group.number is not None}
        self._by_key = {group.key(publisher): group for group in groups}
        self._whole = HeadlineIndex(
            (headline, group)
            for group in groups
            for headline in sorted({dump.headline for dump in group.dumps if dump.is_exact})
        )
        lossy = [group for group in groups if not group.is_exact]
        self._cut = CutHeadlines((group.headline, group) for group in lossy if group.is_cut)
        self._by_sound = TransliteratedHeadlines(
            (group.headline, group) for group in lossy if not group.is_cut
        )
        self._stub_headlines: HeadlineIndex[str] = HeadlineIndex(())

    def link(self, source: Source, line: int, number: str) -> str:
        """The key of the article numbered so; a stub where no dump tells it."""
        if number in self._by_number:
            return number
        stub = self._stub(number, number)
        stub.linked.append((source, line))
        return stub.key

    def announcement(self, told: Announcement, page: Group | None) -> str | None:
        """The key of the article that a row on the page of the article `page` (or an index page) announces."""
        row = told.row
        if row.number is not None:
            return self._numbered(told, row.number, page)
        fits = list(islice(_distinct(self._articles(row)), 3))
        others = [group for group in fits if group is not page]
        if len(others) == 1:
            return self._tell(others[0], told, page)
        if others:
            return self._ambiguous(told, others)
        return self._tell(fits[0], told, page) if fits else self._unknown(told, page)

    def index_stubs(self) -> None:
        """Make the stubs found so far available to headlines that were cut."""
        self._stub_headlines = HeadlineIndex(
            (headline, stub.key)
            for stub in self.targets.stubs.values()
            for headline in sorted({collapse(one.row.headline) for one in stub.announced if not one.row.cut})
        )

    def _articles(self, row: Related) -> Iterator[Group]:
        if row.cut:
            yield from self._whole.starting_with(row.headline)
            return
        for found in (self._whole.exact, self._by_sound.of, self._cut.of):
            fits = list(islice(_distinct(found(row.headline)), 3))
            if fits:
                yield from fits
                return

    def _numbered(self, told: Announcement, number: str, page: Group | None) -> str | None:
        if number in self._by_number:
            return self._tell(self._by_number[number], told, page)
        return self._announce(self._stub(number, number), told)

    def _unknown(self, told: Announcement, page: Group | None) -> str | None:
        row = told.row
        if row.cut:
            keys = list(islice(_distinct(self._stub_headlines.starting_with(row.headline)), 2))
            if len(keys) == 1:
                return self._announce(self.targets.stubs[keys[0]], told)
        elif (number := self._announced.only_number_of(row.headline)) is not None:
            return self._numbered(told, number, page)
        key = article_key(self._publisher, row.headline, None)
        if key in self._by_key:
            return self._tell(self._by_key[key], told, page)
        return self._announce(self._stub(key, None), told)

    def _ambiguous(self, told: Announcement, fits: Sequence[Group]) -> str | None:
        row = told.row
        paths = ", ".join(group.path for group in fits[:2])
        message = f"the headline fits more than one article, such as {paths}; joined with none of them"
        self.targets.findings.append(Finding("headline-ambiguous", told.source.path, row.line, message))
        key = article_key(self._publisher, row.headline, None)
        # An article without a date has the key that a stub of its headline would have, and may not be the one meant.
        return None if key in self._by_key else self._announce(self._stub(key, None), told)

    def _tell(self, group: Group, told: Announcement, page: Group | None) -> str | None:
        row = told.row
        key = group.key(self._publisher)
        self.targets.spellings[key].add(row.headline)
        if group is page:
            message = "lists itself, or an unknown article of its own headline"
            self.targets.findings.append(Finding("related-to-itself", told.source.path, row.line, message))
            return None
        return key

    def _stub(self, key: str, number: str | None) -> StubDraft:
        return self.targets.stubs.setdefault(key, StubDraft(key, number))

    def _announce(self, stub: StubDraft, told: Announcement) -> str:
        stub.announced.append(told)
        return stub.key


def _distinct(found: Iterable[Found]) -> Iterator[Found]:
    seen: set[int] = set()
    for one in found:
        if id(one) not in seen:
            seen.add(id(one))
            yield one
