"""What pages say about articles: about those that they announce, and about their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

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


class OwnStatements:
    """What naming must know of the pages that tell articles, before their nodes are made.

    `refs` are those that bylines, datelines, credits and links to authors give. `pen_names` are the bylines of one
    word that an author's page may explain, by article. `held` are the pages that tell something of an article that
    another page tells best.
    """

    def __init__(self, author_pages: Iterable[str], author_numbers: Mapping[str, Ref]) -> None:
        self.refs: set[Ref] = set()
        self.pen_names: dict[str, list[Authorship]] = defaultdict(list)
        self.held: dict[int, Article] = {}
        self._families = {fold(family_of(name) or "") for name in author_pages if is_full(name)}
        self._author_numbers = author_numbers

    def add(self, number: int, article: Article, group: Group) -> None:
        """Add the page `number`, which tells the article of `group`."""
        path = article.source.path
        if number == group.authors_from:
            for byline in article.authors:
                self.refs.update(ref for ref, _ in credited(byline.name))
                if self._families and not is_full(byline.name) and fold(byline.name) in self._families:
                    stated = authorships(byline.name, Basis.BYLINE, path, byline.line)
                    self.pen_names[group.key] += stated
        if number == group.page:
            self.refs.update(place(printed)[0] for printed in article.places)
            self.refs.update(agency(mark)[0] for mark in article.credits)
            for link in article.links if self._author_numbers else ():
                target = link.selector
                if target is not None and target.kind is SelectorKind.AUTHOR:
                    ref = self._author_numbers.get(target.number or "")
                    self.refs.update([ref] if ref is not None else ())
        elif number in {group.authors_from, group.tags_from, group.related_from}:
            self.held[number] = article
