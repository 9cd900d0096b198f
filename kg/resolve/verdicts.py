"""What is decided about articles and stubs: keys, earlier keys, and every edge that another page states about them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    NumberTold,
    Ref,
    RelatedEdge,
    SectionListing,
    Stub,
    TagAssignment,
    Verdict,
)
from kg.resolve.groups import Group
from kg.resolve.keys import article_key
from kg.resolve.kickers import Kickers, certain_kicker
from kg.resolve.nodes import BY_AUTHOR, BY_PATH, BY_TAG, article_node, own_tags, related_edges, stated_authors
from kg.resolve.pages import Pages
from kg.resolve.statements import NOTHING, Stated
from kg.resolve.stubs import StubDraft
from kg.resolve.targets import Targets

_BY_SECTION: Final = attrgetter("section", "path", "line")


@dataclass
class Archive:
    """What the steps before have found out; verdicts and stubs are made from it alone, whenever they are asked for."""

    publisher: str
    pages: Pages
    groups: Sequence[Group]  # by path
    targets: Targets
    kickers: Kickers
    learnt_from: Mapping[str, NumberTold]  # number → the row that told it, where no dump of the article does
    topics: Mapping[str, str]  # number → tag slug
    author_numbers: Mapping[str, Ref]

    @cached_property
    def fullest(self) -> dict[int, Group]:
        """Each article by the page that tells it best, in the order of the pages."""
        return {group.page: group for group in sorted(self.groups, key=attrgetter("page"))}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all articles."""
        return frozenset(group.key for group in self.groups)

    def article_nodes(
        self, verdict: Callable[[Group], Verdict], wanted: Container[str] | None = None
    ) -> Iterator[ArticleNode]:
        """The articles, or those whose keys are wanted, in the order of the pages that tell them best."""
        for number, claim in enumerate(self.pages.claims()):
            group = self.fullest.get(number)
            if (
                group is not None
                and isinstance(claim.page, Article)
                and (wanted is None or group.key in wanted)
            ):
                yield article_node(claim.page, verdict(group))

    def stubs(self, wanted: Container[str] | None = None) -> Iterator[Stub]:
        """The stubs, or those whose keys are wanted, by key."""
        for key in sorted(self.targets.stubs):
            if wanted is None or key in wanted:
                yield self._stub(self.targets.stubs[key])

    def nodes(self, wanted: Container[str]) -> Iterator[ArticleNode | Stub]:
        """The articles and stubs of these keys, as pages call whom they name."""
        yield from self.article_nodes(self.verdict, wanted)
        yield from self.stubs(wanted)

    def stated(self) -> set[Ref]:
        """Every ref of a person, organisation or place in the nodes."""
        pages = self.targets.statements.authors.values()
        refs = {one.author for stated in pages for one in stated}
        for own in self.targets.own.stated.values():
            refs.update(
                own.authors, own.others, (self.author_numbers[number] for number in own.linked_authors)
            )
        return refs

    def pen_names(self) -> Iterator[list[Authorship]]:
        """Of the articles that an author's page lists, that statement and the bylines of one word, by article."""
        for key, bylines in sorted(self.targets.own.pen_names.items()):
            if listed := self.targets.statements.authors.get(key):
                yield sorted({*listed, *bylines}, key=BY_AUTHOR)

    def verdict(self, group: Group) -> Verdict:
        """What is decided about an article, with refs as pages have them."""
        key, own = group.key, self.stated_by(group)
        authors, tags, related = self._stated_elsewhere(group)
        headline = group.headline
        return Verdict(
            key=key,
            number=group.number,
            number_from=self.learnt_from.get(key),
            kicker_slug=self.kickers.slug_of(group.number),
            cut=group.is_cut,
            headline=headline if headline != group.dumps[0].printed else None,
            date=group.date if group.dumps[0].date is None else None,
            other_sources=tuple(dump.source for dump in group.dumps[1:]),
            replaces=self._replaced(group.older_keys(self.publisher), self.targets.spellings.get(key, ())),
            sections=self._sections(key),
            authors=authors,
            tags=tags,
            related=tuple(self.targets.related[group.page]) if group.related_from == group.page else (),
            related_elsewhere=related,
            topics=tuple((number, self.topics[number]) for number in own.topics if number in self.topics),
            linked_authors=tuple((number, self.author_numbers[number]) for number in own.linked_authors),
        )

    def stated_by(self, group: Group) -> Stated:
        """What the page that tells an article best says of it that must be known before its node is made."""
        return self.targets.own.stated.get(group.page, NOTHING)

    def _stated_elsewhere(
        self, group: Group
    ) -> tuple[tuple[Authorship, ...], tuple[TagAssignment, ...], tuple[RelatedEdge, ...]]:
        """What other pages say of an article: other dumps of it, where the best has none, and what lists it."""
        statements = self.targets.statements
        authors: Iterable[Authorship] = statements.authors.get(group.key, ())
        tags: Iterable[TagAssignment] = statements.tags.get(group.key, ())
        related: Iterable[RelatedEdge] = ()
        if len(group.dumps) > 1:
            held = self.targets.own.held
            if (page := held.get(group.authors_from)) is not None:
                authors = {*authors, *stated_authors(page)}
            if (page := held.get(group.tags_from)) is not None:
                tags = {*tags, *own_tags(page)}
            if (page := held.get(group.related_from)) is not None and group.related_from is not None:
                related = related_edges(page, self.targets.related[group.related_from])
        return tuple(sorted(authors, key=BY_AUTHOR)), tuple(sorted(tags, key=BY_TAG)), tuple(related)

    def _stub(self, draft: StubDraft) -> Stub:
        told, statements = draft.told, self.targets.statements
        kicker, title = None, None
        if told is not None:
            slug = self.kickers.slug_of(draft.number)
            kicker, title = certain_kicker(told.headline, slug, cut=told.cut)
        return Stub(
            key=draft.key,
            number=draft.number,
            number_from=draft.number_from,
            path=told.path if told is not None else None,
            headline=told.headline if told is not None else None,
            headline_line=told.line if told is not None else None,
            cut=told.cut if told is not None else False,
            kicker=kicker,
            title=title,
            replaces=self._replaced(set(), draft.headlines),
            sections=self._sections(draft.key),
            authors=tuple(sorted(statements.authors.get(draft.key, ()), key=BY_AUTHOR)),
            tags=tuple(sorted(set(statements.tags.get(draft.key, ())), key=BY_TAG)),
            seen_in=tuple(sorted(set(draft.seen_in), key=BY_PATH)),
        )

    def _sections(self, key: str) -> tuple[SectionListing, ...]:
        listings = self.targets.statements.sections.get(key, ())
        return tuple(sorted(listings, key=_BY_SECTION))

    def _replaced(self, older: set[str], headlines: Iterable[str]) -> tuple[str, ...]:
        """The keys that led to an article before more was known of it: `older` and those of stubs of these headlines,
        unless they are a node's of their own.

        Two articles may both say so of one key: it stood for either, when nothing told them apart.
        """
        older.update(article_key(self.publisher, headline, None) for headline in headlines)
        stubs = self.targets.stubs
        return tuple(sorted(key for key in older if key not in self.keys and key not in stubs))
