"""Where related headlines, index entries and inline links lead: to an article, or to a stub."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, TypeVar

from kg.model import Article, Finding, Related, Source
from kg.resolve.claims import Claim, rows_of
from kg.resolve.facts import Facts
from kg.resolve.groups import Group
from kg.resolve.headlines import CutHeadlines, HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import article_key, collapse
from kg.resolve.kickers import article_links
from kg.resolve.numbers import AnnouncedNumbers
from kg.resolve.pages import Pages
from kg.resolve.statements import OwnStatements, Statements
from kg.resolve.stubs import Announcement, LinkTold, StubDraft

Found = TypeVar("Found")

_SEVERAL = 3
"""How many articles that fit a row are looked at: its own page's may be one, and two others are as good as many."""


@dataclass(slots=True)
class Targets:
    """Where everything leads, and what it says there.

    `related` has the key for each row of a page, by page, for those that tell what is related to an article; None leads
    nowhere. A link leads to the key that is its number. `spellings` are headlines other than its own under which an
    article was announced, by its key, blanks collapsed.
    """

    statements: Statements
    own: OwnStatements
    related: dict[int, list[str | None]] = field(default_factory=dict)
    stubs: dict[str, StubDraft] = field(default_factory=dict)
    spellings: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    findings: list[Finding] = field(default_factory=list)


def find_targets(
    publisher: str, pages: Pages, facts: Facts, groups: Sequence[Group], announced: AnnouncedNumbers
) -> Targets:
    """Resolve every announcement and every link to an article.

    By number first, then by full headline, then by the unique headline that a cut one begins; never by a slug.
    What finds nothing becomes a stub, what finds several a stub and a finding; what finds only the article on whose
    page it stands leads nowhere, with a finding.
    """
    targets = Targets(Statements(), OwnStatements(facts.author_pages, facts.author_numbers))
    finder = _Finder(publisher, targets, facts, groups, announced)
    group_of = {dump.page: group for group in groups for dump in group.dumps}
    is_any_cut = False
    for number, claim in enumerate(pages.claims()):
        group = group_of.get(number)
        is_any_cut |= finder.read(number, claim, group, cut=False)
        if isinstance(claim.page, Article) and group is not None:
            finder.follow_links(number, claim.page)
            targets.own.add(number, claim.page, group)
    if is_any_cut:
        finder.index_stubs()
        for number, claim in enumerate(pages.claims()):
            finder.read(number, claim, group_of.get(number), cut=True)
    return targets


class _Page(NamedTuple):
    """The page on which a row stands, and the article that it tells, if any."""

    source: Source
    number: int
    group: Group | None


class _Finder:
    """The indexes of one resolution, which adds what it finds to `targets`."""

    def __init__(
        self,
        publisher: str,
        targets: Targets,
        facts: Facts,
        groups: Sequence[Group],
        announced: AnnouncedNumbers,
    ) -> None:
        self.targets = targets
        self._publisher = publisher
        self._sources = facts.sources
        self._announced = announced
        self._by_key = {group.key: group for group in groups}
        self._by_number = {group.number: group for group in groups if group.number is not None}
        self._whole = HeadlineIndex(
            (headline, group)
            for group in groups
            for headline in dict.fromkeys(dump.headline for dump in group.dumps if dump.is_exact)
        )
        lossy = [group for group in groups if not group.is_exact]
        self._cut = CutHeadlines((group.headline, group) for group in lossy if group.is_cut)
        self._by_sound = TransliteratedHeadlines(
            (group.headline, group) for group in lossy if not group.is_cut
        )
        self._stub_headlines: HeadlineIndex[str] = HeadlineIndex(())

    def read(self, number: int, claim: Claim, group: Group | None, *, cut: bool) -> bool:
        """Resolve the rows of the page `number`, which tells the article of `group` or is an index page: those that
        only the beginning of a headline tells (`cut`), or all others. Whether any are left.
        """
        rows = rows_of(claim)
        if not rows:
            return False
        page = _Page(self._sources[number], number, group)
        keys: list[str | None] = [None] * len(rows)
        if group is not None and group.related_from == number:
            keys = self.targets.related.setdefault(number, keys)
        is_any_left = False
        for index, row in enumerate(rows):
            if (row.cut and row.number is None) is not cut:
                is_any_left = True
                continue
            key = keys[index] = self._announcement(row, claim.teasers[index], page)
            if key is not None:
                self.targets.statements.add(claim.page, page.source.path, row, key)
        return is_any_left

    def follow_links(self, number: int, page: Article) -> None:
        """Note the links to articles that no dump tells."""
        source = self._sources[number]
        for _, link in article_links(page):
            if link.number not in self._by_number:
                told = LinkTold(source.path, link.line, link.slug)
                self._stub(link.number, link.number).link(told, source)

    def index_stubs(self) -> None:
        """Make the stubs found so far available to headlines that were cut."""
        self._stub_headlines = HeadlineIndex(
            (headline, stub.key)
            for stub in self.targets.stubs.values()
            for headline, is_whole in stub.headlines.items()
            if is_whole
        )

    def _announcement(self, row: Related, teaser: int, page: _Page) -> str | None:
        """The key of the article that a row announces; `teaser` is the length of its teaser."""
        if row.number is not None:
            return self._numbered(row, teaser, page, row.number)
        fits = self._articles(row)
        if len(fits) == 1:
            return self._tell(fits[0], row, page)
        others = [group for group in fits if group is not page.group]
        if len(others) == 1:
            return self._tell(others[0], row, page)
        if others:
            return self._ambiguous(row, teaser, page, others)
        return self._tell(fits[0], row, page) if fits else self._unknown(row, teaser, page)

    def _articles(self, row: Related) -> Sequence[Group]:
        """Some articles that fit, each once."""
        if row.cut:
            return _some(self._whole.starting_with(row.headline), _SEVERAL)
        for find in (self._whole.exact, self._by_sound.of):
            if fits := find(row.headline):
                return fits[:_SEVERAL]
        return _some(self._cut.of(row.headline), _SEVERAL)

    def _numbered(self, row: Related, teaser: int, page: _Page, number: str) -> str | None:
        if number in self._by_number:
            return self._tell(self._by_number[number], row, page)
        return self._announce(self._stub(number, number), row, teaser, page)

    def _unknown(self, row: Related, teaser: int, page: _Page) -> str | None:
        if row.cut:
            keys = _some(self._stub_headlines.starting_with(row.headline), 2)
            if len(keys) == 1:
                return self._announce(self.targets.stubs[keys[0]], row, teaser, page)
        elif (number := self._announced.only_number_of(row.headline)) is not None:
            return self._numbered(row, teaser, page, number)
        key = article_key(self._publisher, row.headline, None)
        if key in self._by_key:
            return self._tell(self._by_key[key], row, page)
        return self._announce(self._stub(key, None), row, teaser, page)

    def _ambiguous(self, row: Related, teaser: int, page: _Page, fits: Sequence[Group]) -> str | None:
        paths = ", ".join(group.path for group in fits[:2])
        message = f"the headline fits more than one article, such as {paths}; joined with none of them"
        self._find_fault("headline-ambiguous", row, page, message)
        key = article_key(self._publisher, row.headline, None)
        # An article without a date has the key that a stub of its headline would have, and may not be the one meant.
        return None if key in self._by_key else self._announce(self._stub(key, None), row, teaser, page)

    def _tell(self, group: Group, row: Related, page: _Page) -> str | None:
        if row.headline != group.dumps[0].printed:
            headline = collapse(row.headline)
            if headline not in group.headlines:
                self.targets.spellings[group.key].add(headline)
        if group is page.group:
            self._find_fault(
                "related-to-itself", row, page, "lists itself, or an unknown article of its own headline"
            )
            return None
        return group.key

    def _find_fault(self, code: str, row: Related, page: _Page, message: str) -> None:
        self.targets.findings.append(Finding(code, page.source.path, row.line, message))

    def _stub(self, key: str, number: str | None) -> StubDraft:
        stub = self.targets.stubs.get(key)
        if stub is None:
            stub = self.targets.stubs[key] = StubDraft(key, number)
        return stub

    def _announce(self, stub: StubDraft, row: Related, teaser: int, page: _Page) -> str:
        told = Announcement(row.cut, -teaser, row.headline, page.source.path, row.line, page.number)
        stub.announce(told, collapse(row.headline), page.source, numbered=row.number is not None)
        return stub.key


def _some(found: Iterable[Found], count: int) -> list[Found]:
    """The first `count` different things."""
    return list(islice(_distinct(found), count))


def _distinct(found: Iterable[Found]) -> Iterator[Found]:
    seen: set[int] = set()
    for one in found:
        if id(one) not in seen:
            seen.add(id(one))
            yield one
