"""What pages say about articles: about those that they announce, and about their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.model import (
    Article,
    Authorship,
    Basis,
    IndexKind,
    IndexPage,
    Ref,
    Related,
    SectionListing,
    SelectorKind,
    TagAssignment,
)
from kg.resolve.credits import agency, credited, place
from kg.resolve.evidence import family_of, is_full
from kg.resolve.folding import fold
from kg.resolve.groups import Group
from kg.resolve.keys import slug


@dataclass(slots=True)
class Statements:
    """What pages say about articles other than the one they tell, by the key of the article meant."""

    tags: dict[str, list[TagAssignment]] = field(default_factory=lambda: defaultdict(list))
    authors: dict[str, set[Authorship]] = field(default_factory=lambda: defaultdict(set))
    sections: dict[str, set[SectionListing]] = field(default_factory=lambda: defaultdict(set))

    def add(self, page: Article | IndexPage, path: str, row: Related, key: str) -> None:
        """Add what a row of `page` says about the article that it announces."""
        if row.tag is not None:
            tag = TagAssignment(slug(row.tag.label), Basis.RELATED_TAG_POSITION, path, row.tag.line)
            self.tags[key].append(tag)
        if isinstance(page, IndexPage):
            match page.kind:
                case IndexKind.TOPIC:
                    self.tags[key].append(TagAssignment(slug(page.name), Basis.INDEX_PAGE, path, row.line))
                case IndexKind.AUTHOR:
                    self.authors[key].update(authorships(page.name, Basis.INDEX_PAGE, path, row.line))
                case IndexKind.SECTION:
                    self.sections[key].add(SectionListing(page.name, path, row.line))


def authorships(credit: str, basis: Basis, path: str, line: int) -> Iterator[Authorship]:
    """The statements that a byline or an author page makes."""
    return (Authorship(ref, credit, basis, path, line) for ref, _ in credited(credit))


class Stated(NamedTuple):
    """What a page says of the article that it tells, as far as the archive has a say in it.

    `others` are places and credits. `topics` and `linked_authors` are the numbers of links that tell nothing else.
    """

    authors: tuple[Ref, ...] = ()
    others: tuple[Ref, ...] = ()
    topics: tuple[str, ...] = ()
    linked_authors: tuple[str, ...] = ()


NOTHING: Final = Stated()


class OwnStatements:
    """What must be known of the pages that tell articles before their nodes are made.

    `stated` has what each page says, where it says any of it. `pen_names` are the bylines of one word that an author's
    page may explain, by article. `held` are the pages that tell something of an article that another page tells best.
    """

    def __init__(self, author_pages: Iterable[str], author_numbers: Collection[str]) -> None:
        self.stated: dict[int, Stated] = {}
        self.pen_names: dict[str, list[Authorship]] = defaultdict(list)
        self.held: dict[int | None, Article] = {}
        self._families = {fold(family_of(name) or "") for name in author_pages if is_full(name)}
        self._author_numbers = author_numbers

    def add(self, number: int, article: Article, group: Group) -> None:
        """Add the page `number`, which tells the article of `group`."""
        stated = NOTHING
        if number == group.authors_from:
            stated = Stated(authors=self._authors(article, group))
        if number == group.page:
            others = [place(printed)[0] for printed in article.places]
            others += [agency(mark)[0] for mark in article.credits]
            stated = Stated(stated.authors, tuple(others), *self._numbers(article))
        elif number in {group.authors_from, group.tags_from, group.related_from}:
            self.held[number] = article
        if stated != NOTHING:
            self.stated[number] = stated

    def _authors(self, article: Article, group: Group) -> tuple[Ref, ...]:
        path = article.source.path
        for byline in article.authors:
            if self._families and not is_full(byline.name) and fold(byline.name) in self._families:
                self.pen_names[group.key] += authorships(byline.name, Basis.BYLINE, path, byline.line)
        return tuple(ref for byline in article.authors for ref, _ in credited(byline.name))

    def _numbers(self, article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The numbers of links to topics without a slug, and to known authors."""
        topics, authors = [], []
        for link in article.links:
            target = link.selector
            if target is None or not target.number:
                continue
            if target.kind is SelectorKind.TOPIC and not target.slug:
                topics.append(target.number)
            elif target.kind is SelectorKind.AUTHOR and target.number in self._author_numbers:
                authors.append(target.number)
        return tuple(dict.fromkeys(topics)), tuple(dict.fromkeys(authors))
