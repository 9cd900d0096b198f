"""Where related headlines, index entries and inline links lead: to an article, or to a stub."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import Article, Finding, Related, SelectorKind, Source
from kg.resolve.articles import Group
from kg.resolve.claims import Claim
from kg.resolve.headlines import CutHeadlines, HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import article_key, collapse


@dataclass(slots=True)
class StubDraft:
    """An article that no dump tells, as far as the announcements know it."""

    key: str
    number: str | None = None
    announced: list[tuple[Source, Related]] = field(default_factory=list)
    linked_in: list[Source] = field(default_factory=list)


@dataclass(slots=True)
class Targets:
    """Where everything leads.

    `related` and `links` are by the path and SHA-256 of the dump that names them and their place in it; `claimed` are
    headlines of which a second, unknown article exists, so that no known one may stand for its address.
    """

    related: dict[tuple[Source, int], str] = field(default_factory=dict)
    links: dict[tuple[Source, int], str] = field(default_factory=dict)
    stubs: dict[str, StubDraft] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def announced_numbers(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Collapsed headline → numbers, from the rows that carry both (raw menus)."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for row in rows_of(claim):
            if row.number is not None and not row.cut:
                numbers[collapse(row.headline)].add(row.number)
    return numbers


def rows_of(claim: Claim) -> Sequence[Related]:
    """The announcements of other articles on a page."""
    return claim.page.related if isinstance(claim.page, Article) else claim.page.entries


def find_targets(
    publisher: str, claims: Sequence[Claim], groups: Sequence[Group], announced: Mapping[str, set[str]]
) -> Targets:
    """Resolve every announcement and every link to an article of `claims` (sorted by path).

    By number first, then by full headline, then by the unique headline that a cut one begins; never by a slug.
    What finds nothing becomes a stub; what finds several becomes a stub and a finding.
    """
    finder = _Finder(publisher, groups, announced)
    targets = finder.targets
    own = {dump.article.source: group for group in groups for dump in group.dumps}
    cut: list[tuple[Source, int, Related]] = []
    for claim in claims:
        source = claim.page.source
        for index, row in enumerate(rows_of(claim)):
            if row.cut and row.number is None:
                cut.append((source, index, row))
            else:
                targets.related[source, index] = finder.announcement(source, row, own.get(source))
        for index, number in _linked_articles(claim):
            targets.links[source, index] = finder.link(source, number)
    finder.index_stubs()
    for source, index, row in cut:
        targets.related[source, index] = finder.announcement(source, row, own.get(source))
    return targets


def _linked_articles(claim: Claim) -> Iterator[tuple[int, str]]:
    if isinstance(claim.page, Article):
        for index, link in enumerate(claim.page.links):
            if link.selector and link.selector.kind is SelectorKind.ARTICLE and link.selector.number:
                yield index, link.selector.number


class _Finder:
    """The indexes of one resolution, and what it has found so far."""

    def __init__(self, publisher: str, groups: Sequence[Group], announced: Mapping[str, set[str]]) -> None:
        self.targets = Targets()
        self._publisher = publisher
        self._announced = announced
        self._by_number = {group.number: group for group in groups if group.number is not None}
        self._keys = {id(group): key_of(group, publisher) for group in groups}
        whole = [(group.headline, group) for group in groups if group.is_exact]
        self._whole = HeadlineIndex(whole)
        self._cut = CutHeadlines(
            (group.headline, group) for group in groups if not group.is_exact and group.dumps[0].article.cut
        )
        self._by_sound = TransliteratedHeadlines(
            (group.headline, group)
            for group in groups
            if not group.is_exact and not group.dumps[0].article.cut
        )
        self._stub_headlines: HeadlineIndex[str] = HeadlineIndex(())

    def link(self, source: Source, number: str) -> str:
        """The key of the article numbered so; a stub where no dump tells it."""
        if number in self._by_number:
            return self._keys[id(self._by_number[number])]
        stub = self._stub(number, number)
        stub.linked_in.append(source)
        return stub.key

    def announcement(self, source: Source, row: Related, page: Group | None) -> str:
        """The key of the article that `row` on the page of the article `page` (or an index page) announces."""
        if row.number is not None:
            if row.number in self._by_number:
                return self._keys[id(self._by_number[row.number])]
            return self._announce(self._stub(row.number, row.number), source, row)
        found = self._articles(row)
        others = [group for group in found if group is not page]
        if len(others) == 1:
            return self._keys[id(others[0])]
        if found:
            self._report_ambiguous(source, row, found)
        return self._announce(self._stub_for(row, ambiguous=bool(found)), source, row)

    def index_stubs(self) -> None:
        """Make the stubs found so far available to headlines that were cut."""
        self._stub_headlines = HeadlineIndex(
            (headline, stub.key)
            for stub in self.targets.stubs.values()
            for headline in sorted({collapse(row.headline) for _, row in stub.announced if not row.cut})
        )

    def _articles(self, row: Related) -> list[Group]:
        if row.cut:
            return self._whole.starting_with(row.headline)
        return (
            self._whole.exact(row.headline) or self._by_sound.of(row.headline) or self._cut.of(row.headline)
        )

    def _stub_for(self, row: Related, *, ambiguous: bool) -> StubDraft:
        headline = collapse(row.headline)
        if row.cut and not ambiguous:
            keys = self._stub_headlines.starting_with(row.headline)
            if len(set(keys)) == 1:
                return self.targets.stubs[keys[0]]
        if not ambiguous and not row.cut and len(numbers := self._announced.get(headline, set())) == 1:
            number = next(iter(numbers))
            return self._stub(number, number)
        if ambiguous and not row.cut:
            self.targets.claimed.add(headline)
        return self._stub(article_key(self._publisher, row.headline, None), None)

    def _stub(self, key: str, number: str | None) -> StubDraft:
        return self.targets.stubs.setdefault(key, StubDraft(key, number))

    def _announce(self, stub: StubDraft, source: Source, row: Related) -> str:
        stub.announced.append((source, row))
        return stub.key

    def _report_ambiguous(self, source: Source, row: Related, found: Sequence[Group]) -> None:
        paths = ", ".join(sorted(group.path for group in found)[:3])
        message = f"the headline fits more than one article ({paths}); kept as a stub"
        self.targets.findings.append(Finding("headline-ambiguous", source.path, row.line, message))


def key_of(group: Group, publisher: str) -> str:
    """The key of an article: its number, else the hash of headline and date."""
    return group.number or article_key(publisher, group.headline, group.date)
