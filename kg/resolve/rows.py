"""What a page claims of itself and of others, as rows of tables: worked out of each page alone, in the first map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from kg.model import Article, IndexKind, IndexPage, Record, Ref, Rendering, SelectorKind, Source
from kg.parse import split_headline
from kg.resolve.claims import Claim, RowTexts, Texts, rows_of
from kg.resolve.credits import agency, credited, place
from kg.resolve.facts import FactRow, facts_of
from kg.resolve.folding import fold
from kg.resolve.full_names import is_full
from kg.resolve.keys import article_key, collapse, is_transliterated, slug, transliterate
from kg.resolve.kickers import article_links


class PageRow(Record, frozen=True):
    """A page: of an article, or one that lists articles. After `page` stand the fields of its `Source`.

    `key` is what the article is called without a number, `bare_key` also without a date.

    `kicker` is a slug, of the kicker that the headline has if `slug` spells it; None where that is not certain.
    """

    page: int
    path: str
    sha256: str
    rendering: Rendering
    first_line: int
    last_line: int
    kind: str  # article, topic, author or section
    name: str = ""  # of an index page
    printed: str = ""
    headline: str = ""  # blanks collapsed
    sound: str = ""  # transliterated
    line: int = 0
    date: str | None = None
    number: str | None = None
    slug: str | None = None
    cut: bool = False
    truncated: bool = False
    transliterated: bool = False
    text_length: int = 0
    parts: int = 0
    fingerprint: str = ""
    tells_authors: bool = False
    tells_tags: bool = False
    tells_related: bool = False
    key: str = ""
    bare_key: str = ""
    kicker: str | None = None
    is_certain: bool = True


class AnnouncementRow(Record, frozen=True):
    """A row that announces an article. `key` is that of a stub of this headline."""

    page: int
    row: int
    line: int
    printed: str
    headline: str  # blanks collapsed
    cut: bool
    number: str | None
    key: str
    teaser: int  # code points
    tag: str | None  # slug
    tag_line: int | None
    texts: str | None  # `RowTexts` in JSON, where it has a teaser or names


class StatedRow(Record, frozen=True):
    """What a page says of the article that it tells, or of those that it lists.

    what        kind and key            text        number
    author      whom a row credits      the row
    named       a place or an agency
    tag         tag and slug
    article     slug of the kicker      selector's  its own
    topic       linked by number alone              its own
    linked      an author               …           its own
    """

    page: int
    what: str
    line: int
    kind: str | None = None
    key: str | None = None
    text: str | None = None
    number: str | None = None
    single: str | None = None  # of a credit that is no full name: folded


TABLES: Final[Mapping[str, type[Record]]] = {
    "claimed_page": PageRow,
    "claimed_row": AnnouncementRow,
    "claimed_statement": StatedRow,
    "claimed_fact": FactRow,
}
"""What the tables of all pages are called."""


@dataclass
class Claimed:
    """The rows of some pages."""

    pages: list[PageRow] = field(default_factory=list)
    announcements: list[AnnouncementRow] = field(default_factory=list)
    stated: list[StatedRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)

    @property
    def tables(self) -> dict[str, Sequence[Record]]:
        """The rows of each of `TABLES`."""
        return dict(zip(TABLES, (self.pages, self.announcements, self.stated, self.facts), strict=True))


def claimed(pages: Iterable[tuple[int, Claim, Texts]], publisher: str) -> Claimed:
    """The rows of all claims, each after the number of its page; in time linear in them."""
    rows = Claimed()
    for number, claim, told in pages:
        page = claim.page
        texts = {(row.line, row.headline): row for row in told.rows}
        if isinstance(page, Article):
            rows.pages.append(_article(number, claim, page, publisher))
        else:
            rows.pages.append(_index(number, page, told))
        rows.announcements += (
            _announcement(number, row, claim, texts, publisher) for row in range(len(rows_of(claim)))
        )
        rows.stated += _stated(number, page)
        rows.facts += facts_of(number, claim)
    return rows


def _article(number: int, claim: Claim, page: Article, publisher: str) -> PageRow:
    headline = collapse(page.headline)
    kicker, is_certain = _kicker(page.headline, page.slug)
    return PageRow(
        number,
        *_fields(page.source),
        "article",
        "",
        page.headline,
        headline,
        transliterate(headline),
        page.headline_line,
        page.date,
        page.number,
        page.slug,
        page.cut,
        page.truncated,
        page.transliterated,
        claim.text_length,
        claim.parts,
        claim.fingerprint,
        bool(page.authors),
        bool(page.tags),
        bool(page.related),
        article_key(publisher, page.headline, page.date),
        article_key(publisher, page.headline, None),
        kicker,
        is_certain,
    )


def _index(number: int, page: IndexPage, told: Texts) -> PageRow:
    teasers = [row.teaser.text for row in told.rows if row.teaser is not None]
    is_lossy = page.source.rendering is Rendering.PHOXY and all(map(is_transliterated, teasers))
    return PageRow(
        number, *_fields(page.source), page.kind.value, page.name, transliterated=is_lossy and bool(teasers)
    )


def _fields(source: Source) -> tuple[str, str, Rendering, int, int]:
    return source.path, source.sha256, source.rendering, source.first_line, source.last_line


def _announcement(
    page: int, row: int, claim: Claim, texts: Mapping[tuple[int, str], RowTexts], publisher: str
) -> AnnouncementRow:
    told = rows_of(claim)[row]
    text = texts.get((told.line, told.headline))
    return AnnouncementRow(
        page,
        row,
        told.line,
        told.headline,
        collapse(told.headline),
        told.cut,
        told.number,
        article_key(publisher, told.headline, None),
        claim.teasers[row],
        slug(told.tag.label) if told.tag is not None else None,
        told.tag.line if told.tag is not None else None,
        msgspec.json.encode(text).decode() if text is not None else None,
    )


def _kicker(headline: str, spelled: str | None) -> tuple[str | None, bool]:
    kicker, _, is_certain = split_headline(headline, spelled)
    return (slug(kicker) if kicker is not None else None), is_certain


def _stated(number: int, page: Article | IndexPage) -> Iterator[StatedRow]:
    if isinstance(page, IndexPage):
        line = page.source.first_line
        if page.kind is IndexKind.AUTHOR:
            for ref, _ in credited(page.name):
                yield StatedRow(number, "author", line, ref.kind, ref.key, page.name)
        elif page.kind is IndexKind.TOPIC:
            yield StatedRow(number, "tag", line, None, slug(page.name))
        return
    for byline in page.authors:
        single = fold(byline.name) if not is_full(byline.name) else None
        for ref, _ in credited(byline.name):
            yield StatedRow(number, "author", byline.line, ref.kind, ref.key, byline.name, single=single)
    for ref in dict.fromkeys(_named(page)):
        yield StatedRow(number, "named", 0, ref.kind, ref.key)
    for tag in page.tags:
        yield StatedRow(number, "tag", tag.line, None, slug(tag.label))
    for _, link in article_links(page):
        kicker = slug(link.slug) if link.slug else None
        yield StatedRow(number, "article", link.line, key=kicker, text=link.slug, number=link.number)
    for inline in page.links:
        to = inline.selector
        if to is not None and to.number and to.kind is SelectorKind.TOPIC and not to.slug:
            yield StatedRow(number, "topic", inline.line, number=to.number)
        elif to is not None and to.number and to.kind is SelectorKind.AUTHOR:
            yield StatedRow(number, "linked", inline.line, number=to.number)


def _named(page: Article) -> Iterator[Ref]:
    yield from (place(printed)[0] for printed in page.places)
    yield from (agency(mark)[0] for mark in page.credits)
