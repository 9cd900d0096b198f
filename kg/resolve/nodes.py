"""The decided articles and stubs: key, earlier keys, kicker, and every edge that a page states about them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    InlineLink,
    NodeKind,
    NumberTold,
    Ref,
    RelatedEdge,
    SectionListing,
    SelectorKind,
    Stub,
    TagAssignment,
)
from kg.resolve.credits import agency, place
from kg.resolve.groups import Group
from kg.resolve.keys import article_key, slug
from kg.resolve.kickers import Kickers
from kg.resolve.pages import Pages
from kg.resolve.statements import authorships
from kg.resolve.stubs import StubDraft
from kg.resolve.targets import Targets

_BY_TAG: Final = attrgetter("tag", "basis", "path", "line")
_BY_AUTHOR: Final = attrgetter("author", "basis", "path", "line")
_BY_SECTION: Final = attrgetter("section", "path", "line")
_BY_PATH: Final = attrgetter("path", "sha256")

OPINION_KICKERS = frozenset("debatte essay gastkommentar glosse kolumne kommentar leitartikel".split())
"""First words of a kicker that state an opinion piece."""


@dataclass
class Archive:
    """What the steps before have found out; the nodes are made from it alone, whenever they are asked for."""

    publisher: str
    pages: Pages
    groups: Sequence[Group]  # by path
    targets: Targets
    kickers: Kickers
    learnt_from: Mapping[str, NumberTold]  # number → the row that told it, where no dump of the article does
    topics: Mapping[str, str]  # number → tag slug
    tag_slugs: Container[str]
    author_numbers: Mapping[str, Ref]

    @cached_property
    def fullest(self) -> dict[int, Group]:
        """Each article by the page that tells it best."""
        return {group.page: group for group in self.groups}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all articles."""
        return frozenset(group.key for group in self.groups)

    def article_nodes(self, wanted: Container[str] | None = None) -> Iterator[ArticleNode]:
        """The articles, or those whose keys are wanted, in the order of the pages that tell them best."""
        for number, claim in enumerate(self.pages.claims()):
            group = self.fullest.get(number)
            if group is None or not isinstance(claim.page, Article):
                continue
            if wanted is None or group.key in wanted:
                yield self._article_node(group, claim.page)

    def stubs(self, wanted: Container[str] | None = None) -> Iterator[Stub]:
        """The stubs, or those whose keys are wanted, by key."""
        for key in sorted(self.targets.stubs):
            if wanted is None or key in wanted:
                yield self._stub(self.targets.stubs[key])

    def nodes(self, wanted: Container[str]) -> Iterator[ArticleNode | Stub]:
        """The articles and stubs of these keys."""
        yield from self.article_nodes(wanted)
        yield from self.stubs(wanted)

    def stated(self) -> set[Ref]:
        """Every ref of a person, organisation or place in the nodes."""
        pages = self.targets.statements.authors.values()
        return self.targets.own.refs.union(one.author for stated in pages for one in stated)

    def pen_names(self) -> Iterator[list[Authorship]]:
        """Of the articles that an author's page lists, that statement and the bylines of one word, by article."""
        for key, bylines in sorted(self.targets.own.pen_names.items()):
            if listed := self.targets.statements.authors.get(key):
                yield sorted({*listed, *bylines}, key=_BY_AUTHOR)

    def _article_node(self, group: Group, article: Article) -> ArticleNode:
        key, headline = group.key, group.headline
        kicker, title = self.kickers.certain(group.number, headline, cut=group.is_cut)
        sources = [dump.source for dump in group.dumps]
        return ArticleNode(
            key=key,
            path=group.path,
            sources=tuple(sorted(sources, key=_BY_PATH) if len(sources) > 1 else sources),
            headline=headline,
            date=group.date,
            number=group.number,
            number_from=self.learnt_from.get(key),
            kicker=kicker,
            title=title,
            opinion=kicker is not None and kicker.split()[0].rstrip(":").lower() in OPINION_KICKERS,
            replaces=self._replaced(group.older_keys(self.publisher), self.targets.spellings.get(key, ())),
            sections=self._sections(key),
            places=tuple(place(printed)[0] for printed in article.places),
            credits=tuple(agency(mark)[0] for mark in article.credits),
            authors=self._authors(key, self._page(group.authors_from, group, article)),
            tags=self._tags(key, self._page(group.tags_from, group, article)),
            related=self._related(group.related_from, self._page(group.related_from, group, article)),
            link_targets=tuple(map(self._link_target, article.links)),
        )

    def _page(self, number: int | None, group: Group, fullest: Article) -> Article | None:
        """The page `number` of an article."""
        if number is None:
            return None
        return fullest if number == group.page else self.targets.own.held[number]

    def _related(self, number: int | None, told: Article | None) -> tuple[RelatedEdge, ...]:
        if number is None or told is None:
            return ()
        path = told.source.path
        return tuple(
            RelatedEdge(Ref(NodeKind.ARTICLE, key), path, row.line)
            for key, row in zip(self.targets.related[number], told.related, strict=True)
            if key is not None
        )

    def _stub(self, draft: StubDraft) -> Stub:
        told, statements = draft.told, self.targets.statements
        kicker, title = None, None
        if told is not None:
            kicker, title = self.kickers.certain(draft.number, told.headline, cut=told.cut)
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
            authors=tuple(sorted(statements.authors.get(draft.key, ()), key=_BY_AUTHOR)),
            tags=_sorted_tags(statements.tags.get(draft.key, ())),
            seen_in=tuple(sorted(set(draft.seen_in), key=_BY_PATH)),
        )

    def _authors(self, key: str, told: Article | None) -> tuple[Authorship, ...]:
        stated = list(self.targets.statements.authors.get(key, ()))
        if told is not None:
            for byline in told.authors:
                stated += authorships(byline.name, Basis.BYLINE, told.source.path, byline.line)
        return tuple(sorted(set(stated), key=_BY_AUTHOR) if len(stated) > 1 else stated)

    def _tags(self, key: str, told: Article | None) -> tuple[TagAssignment, ...]:
        stated = list(self.targets.statements.tags.get(key, ()))
        if told is not None:
            path = told.source.path
            stated += [TagAssignment(slug(tag.label), Basis.OWN_TAG, path, tag.line) for tag in told.tags]
        return _sorted_tags(stated)

    def _sections(self, key: str) -> tuple[SectionListing, ...]:
        listings = self.targets.statements.sections.get(key, ())
        return tuple(sorted(listings, key=_BY_SECTION))

    def _link_target(self, link: InlineLink) -> Ref | None:
        target = link.selector
        if target is None:
            return None
        if target.kind is SelectorKind.ARTICLE:
            return Ref(NodeKind.ARTICLE, target.number) if target.number else None
        if target.kind is SelectorKind.TOPIC:
            named = slug(target.slug) if target.slug else self.topics.get(target.number or "")
            return Ref(NodeKind.TAG, named) if named is not None and named in self.tag_slugs else None
        if target.kind is SelectorKind.AUTHOR:
            return self.author_numbers.get(target.number or "")
        return None

    def _replaced(self, older: set[str], headlines: Iterable[str]) -> tuple[str, ...]:
        """The keys that led to an article before more was known of it: `older` and those of stubs of these headlines,
        unless they are a node's of their own.

        Two articles may both say so of one key: it stood for either, when nothing told them apart.
        """
        older.update(article_key(self.publisher, headline, None) for headline in headlines)
        stubs = self.targets.stubs
        return tuple(sorted(key for key in older if key not in self.keys and key not in stubs))


def _sorted_tags(assignments: Collection[TagAssignment]) -> tuple[TagAssignment, ...]:
    return tuple(sorted(set(assignments), key=_BY_TAG) if len(assignments) > 1 else assignments)
