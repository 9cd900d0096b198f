"""The decided articles and stubs: key, earlier keys, kicker, and every edge that a page states about them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Finding,
    IndexKind,
    IndexPage,
    InlineLink,
    NodeKind,
    Ref,
    RelatedEdge,
    SectionListing,
    SelectorKind,
    Source,
    Stub,
    TagAssignment,
)
from kg.parse import split_headline
from kg.resolve.articles import Group
from kg.resolve.claims import Claim, rows_of
from kg.resolve.entities import agency, credited, place
from kg.resolve.keys import article_key, collapse, slug
from kg.resolve.targets import Announcement, StubDraft, Targets

OPINION_KICKERS = frozenset("debatte essay gastkommentar glosse kolumne kommentar leitartikel".split())
"""First words of a kicker that state an opinion piece."""


@dataclass
class Statements:
    """What pages say about articles other than the one they tell, by the key of the article meant."""

    tags: dict[str, list[TagAssignment]] = field(default_factory=lambda: defaultdict(list))
    authors: dict[str, list[Authorship]] = field(default_factory=lambda: defaultdict(list))
    sections: dict[str, set[SectionListing]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Archive:
    """What the steps before have found out; the nodes are made from it alone."""

    publisher: str
    claims: Sequence[Claim]
    groups: Sequence[Group]
    targets: Targets
    topics: Mapping[str, str]  # number → tag slug
    tag_slugs: frozenset[str]

    @cached_property
    def kicker_slugs(self) -> dict[str, str]:
        """Article number → the slug that selectors have for its kicker; the most frequent one where they differ."""
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for claim in self.claims:
            page = claim.page
            told: list[tuple[str | None, str | None]] = [(row.number, row.slug) for row in rows_of(claim)]
            told += [(link.number, link.slug) for link in _article_links(page)]
            if isinstance(page, Article):
                told.append((page.number, page.slug))
            for number, kicker in told:
                if number and kicker:
                    seen[number][kicker] += 1
        return {
            number: min(slugs, key=lambda kicker: (-slugs[kicker], kicker)) for number, slugs in seen.items()
        }

    @cached_property
    def authors_by_number(self) -> dict[str, Ref]:
        """Author number → the person or organisation, from raw menus and author pages."""
        numbers: dict[str, Ref] = {}
        for claim in self.claims:
            page = claim.page
            if isinstance(page, Article):
                rows = [(byline.number, byline.name) for byline in page.authors]
            else:
                rows = [(page.number, page.name)] if page.kind is IndexKind.AUTHOR else []
            for number, name in rows:
                if number and len(refs := credited(name)) == 1:
                    numbers.setdefault(number, refs[0][0])
        return numbers

    @cached_property
    def statements(self) -> Statements:
        """What related lists and index pages say about the articles that they announce."""
        statements = Statements()
        for claim in self.claims:
            page = claim.page
            path = page.source.path
            for index, row in enumerate(rows_of(claim)):
                key = self.targets.related[page.source, index]
                if key is None:
                    continue
                if row.tag is not None:
                    basis = Basis.RELATED_TAG_POSITION
                    statements.tags[key].append(TagAssignment(slug(row.tag.label), basis, path, row.tag.line))
                if isinstance(page, IndexPage):
                    _state_index(statements, page, key, row.line)
        return statements

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all articles and stubs."""
        return frozenset(group.key(self.publisher) for group in self.groups) | self.targets.stubs.keys()

    def article_nodes(self) -> list[ArticleNode]:
        """The articles, by key."""
        return sorted(map(self._article_node, self.groups), key=lambda node: node.key)

    def stubs(self) -> list[Stub]:
        """The stubs, by key."""
        return [self._stub(self.targets.stubs[key]) for key in sorted(self.targets.stubs)]

    def _article_node(self, group: Group) -> ArticleNode:
        key = group.key(self.publisher)
        fullest = group.dumps[0].article
        kicker, title = self.kicker_and_title(group.number, group.headline, cut=group.is_cut)
        return ArticleNode(
            key=key,
            path=fullest.source.path,
            sources=tuple(sorted((dump.article.source for dump in group.dumps), key=_by_path)),
            headline=group.headline,
            date=group.date,
            number=group.number,
            number_from=self.targets.learnt_from.get(key),
            kicker=kicker,
            title=title,
            opinion=kicker is not None and kicker.split()[0].rstrip(":").lower() in OPINION_KICKERS,
            replaces=self._replaced(key, group.older_keys(self.publisher)),
            sections=self._sections(key),
            places=tuple(place(printed)[0] for printed in fullest.places),
            credits=tuple(agency(mark)[0] for mark in fullest.credits),
            authors=self._authors(key, group),
            tags=self._tags(key, group),
            related=self._related(group),
            link_targets=tuple(
                self._link_target(fullest.source, index, link) for index, link in enumerate(fullest.links)
            ),
        )

    def _related(self, group: Group) -> tuple[RelatedEdge, ...]:
        told = next((dump.article for dump in group.dumps if dump.article.related), None)
        if told is None:
            return ()
        keys = [self.targets.related[told.source, index] for index in range(len(told.related))]
        return tuple(
            RelatedEdge(Ref(NodeKind.ARTICLE, key), told.source.path, row.line)
            for key, row in zip(keys, told.related, strict=True)
            if key is not None
        )

    def _stub(self, draft: StubDraft) -> Stub:
        source, row, _ = min(draft.announced, key=_fullest_announcement, default=(None, None, 0))
        headline, cut = (row.headline, row.cut) if row is not None else (None, False)
        kicker, title = self.kicker_and_title(draft.number, headline or "", cut=cut)
        seen_in = {told.source for told in draft.announced} | {source for source, _ in draft.linked}
        return Stub(
            key=draft.key,
            number=draft.number,
            number_from=draft.number_from,
            path=source.path if source is not None else None,
            headline=headline,
            headline_line=row.line if row is not None else None,
            cut=cut,
            kicker=kicker if headline else None,
            title=title if headline else None,
            replaces=self._replaced(draft.key, set()),
            sections=self._sections(draft.key),
            authors=tuple(sorted(set(self.statements.authors.get(draft.key, ())), key=_authorship_order)),
            tags=_sorted_tags(self.statements.tags.get(draft.key, ())),
            seen_in=tuple(sorted(seen_in, key=_by_path)),
        )

    def kicker_and_title(
        self, number: str | None, headline: str, *, cut: bool
    ) -> tuple[str | None, str | None]:
        """Kicker and title where the separator is certain; of a cut headline only the slug tells it."""
        known = self.kicker_slugs.get(number or "")
        kicker, title, certain = split_headline(headline, known)
        if not certain or cut:
            return None, None
        return kicker, title

    def _authors(self, key: str, group: Group) -> tuple[Authorship, ...]:
        told = next((dump.article for dump in group.dumps if dump.article.authors), None)
        stated = set(self.statements.authors.get(key, ()))
        if told is not None:
            for byline in told.authors:
                for ref, _ in credited(byline.name):
                    path = told.source.path
                    stated.add(Authorship(ref, byline.name, Basis.BYLINE, path, byline.line))
        return tuple(sorted(stated, key=_authorship_order))

    def _tags(self, key: str, group: Group) -> tuple[TagAssignment, ...]:
        told = next((dump.article for dump in group.dumps if dump.article.tags), None)
        stated = list(self.statements.tags.get(key, ()))
        if told is not None:
            path = told.source.path
            stated += [TagAssignment(slug(tag.label), Basis.OWN_TAG, path, tag.line) for tag in told.tags]
        return _sorted_tags(stated)

    def _sections(self, key: str) -> tuple[SectionListing, ...]:
        listings = self.statements.sections.get(key, ())
        return tuple(sorted(listings, key=lambda one: (one.section, one.path, one.line)))

    def _link_target(self, source: Source, index: int, link: InlineLink) -> Ref | None:
        target = link.selector
        if target is None:
            return None
        if (key := self.targets.links.get((source, index))) is not None:
            return Ref(NodeKind.ARTICLE, key)
        if target.kind is SelectorKind.TOPIC:
            named = slug(target.slug) if target.slug else self.topics.get(target.number or "")
            return Ref(NodeKind.TAG, named) if named in self.tag_slugs else None
        if target.kind is SelectorKind.AUTHOR:
            return self.authors_by_number.get(target.number or "")
        return None

    def _replaced(self, key: str, older: set[str]) -> tuple[str, ...]:
        """The keys that led to this article before more was known of it, unless they are a node's of their own.

        Two articles may both say so of one key: it stood for either, when nothing told them apart.
        """
        spellings = self.targets.spellings.get(key, set())
        if key in self.targets.stubs:
            spellings = spellings | {one.row.headline for one in self.targets.stubs[key].announced}
        older = older | {article_key(self.publisher, headline, None) for headline in spellings}
        return tuple(sorted(older - self.keys))


def slug_candidates(archive: Archive, nodes: Iterable[ArticleNode], stubs: Iterable[Stub]) -> list[Finding]:
    """Findings for links to articles that no page tells, where kickers of their slug exist: never joined by it."""
    by_slug: dict[str, list[str]] = defaultdict(list)
    told = [(node.kicker, node.headline) for node in nodes]
    told += [(stub.kicker, stub.headline or "") for stub in stubs]
    for kicker, headline in told:
        if kicker is not None:
            by_slug[slug(kicker)].append(headline)
    findings = []
    for claim in archive.claims:
        for link in _article_links(claim.page):
            stub = archive.targets.stubs.get(link.number)
            if stub is None or stub.announced or not link.slug:
                continue
            if candidates := by_slug.get(slug(link.slug)):
                named = "; ".join(candidates[:3])
                message = (
                    f"article {link.number} is unknown; of the same kicker, but not joined by it: {named}"
                )
                findings.append(Finding("slug-candidate", claim.page.source.path, link.line, message))
    return findings


def uncertain_kickers(archive: Archive) -> list[Finding]:
    """Findings for headlines that could be parted at several places."""
    findings = []
    for group in archive.groups:
        _, _, certain = split_headline(group.headline, archive.kicker_slugs.get(group.number or ""))
        if not certain and not group.is_cut:
            message = f"several colons and no known slug, so no kicker is stated: {collapse(group.headline)}"
            line = group.dumps[0].article.headline_line
            findings.append(Finding("kicker-uncertain", group.path, line, message))
    return findings


class _ArticleLink(NamedTuple):
    """A link to an article by number."""

    number: str
    slug: str | None
    line: int


def _article_links(page: Article | IndexPage) -> Iterator[_ArticleLink]:
    if isinstance(page, Article):
        for link in page.links:
            target = link.selector
            if target is not None and target.kind is SelectorKind.ARTICLE and target.number:
                yield _ArticleLink(target.number, target.slug, link.line)


def _state_index(statements: Statements, page: IndexPage, key: str, line: int) -> None:
    path = page.source.path
    match page.kind:
        case IndexKind.TOPIC:
            statements.tags[key].append(TagAssignment(slug(page.name), Basis.INDEX_PAGE, path, line))
        case IndexKind.AUTHOR:
            statements.authors[key] += [
                Authorship(ref, page.name, Basis.INDEX_PAGE, path, line) for ref, _ in credited(page.name)
            ]
        case IndexKind.SECTION:
            statements.sections[key].add(SectionListing(page.name, path, line))


def _fullest_announcement(announced: Announcement) -> tuple[bool, int, str, str, int]:
    """Sort key: a whole headline before a cut one, then the longer teaser; then the first by path and line."""
    source, row, teaser = announced
    return row.cut, -teaser, row.headline, source.path, row.line


def _sorted_tags(assignments: Iterable[TagAssignment]) -> tuple[TagAssignment, ...]:
    return tuple(sorted(set(assignments), key=lambda one: (one.tag, one.basis, one.path, one.line)))


def _authorship_order(one: Authorship) -> tuple[Ref, str, str, int]:
    return one.author, one.basis, one.path, one.line


def _by_path(source: Source) -> tuple[str, str]:
    return source.path, source.sha256
