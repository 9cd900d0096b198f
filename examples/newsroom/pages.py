"""Articles and index pages as the gopher server lays them out: rows of one item type each, prose wrapped."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import date

from newsroom.corpus import Corpus, IndexSpec
from newsroom.inline import with_link_numbers
from newsroom.naming import author_number
from newsroom.records import Article, Block

WIDTH = 75
_GENDER = re.compile(r"(?<=[a-zäöüß][:*])(in)(?=n?e?n?\b)")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Row:
    """One line of a menu. `kind` is the gopher item type; `part` and `index` say what of the page it carries."""

    kind: str
    text: str
    selector: str = ""
    part: str = "chrome"
    index: int = 0


BLANK = Row("i", "", part="blank")


@dataclass(frozen=True)
class Layout:
    """How a server prints a page. `hyphens`: soft hyphens are `none`, `kept`, or `lost` after they made lines short."""

    wrapped: bool = True
    marks: bool = True
    hyphens: str = "none"


def wrap(text: str, layout: Layout) -> list[str]:
    """Greedy lines of at most 75 code points, broken at blanks only."""
    if layout.hyphens != "none":
        hyphen = "\u00ad" if layout.hyphens == "kept" else "&shy;"
        text = _GENDER.sub(rf"\1{hyphen}", text)
    if not layout.wrapped:
        return [text]
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("&shy;", "") for line in lines]


def printed_date(iso: str) -> str:
    """`4 Dec 2024`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def article_rows(article: Article, corpus: Corpus, layout: Layout) -> list[Row]:
    """A whole article page, from the title to the related articles."""
    number = 1
    numbered: dict[tuple[str, int | None], str] = {}
    for part, index, content in article.texts:
        numbered[part, index] = with_link_numbers(content, number)
        number += len(content.anchors)
    groups: list[list[Row]] = [
        [Row("i", _mark("# ", layout) + f"taz.de -- {article.headline}", part="headline")]
    ]
    if article.teaser:
        lines = _quoted(numbered["abstract", None], layout)
        groups.append([Row("i", line, part="teaser") for line in lines])
    for index in range(len(article.captions)):
        caption = f"Bild: {numbered['caption', index]}"
        groups.append([Row("I", caption, f"/bild/!{article.number}/{index}", "caption", index)])
    first_prose = next((n for n, block in enumerate(article.blocks) if not block.subhead), None)
    for index, block in enumerate(article.blocks):
        text = numbered["body", index]
        if index == first_prose:
            text = printed_dateline(article) + text
        groups.append(
            [Row("i", line, part="body", index=index) for line in _block_lines(block, text, layout)]
        )
    groups.append([Row("i", printed_date(article.date), part="date")])
    groups += _lists(article, corpus, layout)
    return _parted(groups)


def printed_dateline(article: Article) -> str:
    """`Brüssel taz | `, or empty."""
    if article.dateline is None:
        return ""
    return (
        f"{article.dateline} "
        if article.bare_dateline
        else f"{article.dateline} {'/'.join(article.credits)} | "
    )


def link_rows(article: Article, corpus: Corpus) -> list[Row]:
    """The rows under LINKS."""
    targets = [anchor.target for _, _, text in article.texts for anchor in text.anchors]
    rows = []
    for number, target in enumerate((*targets, *article.lone_links), 1):
        selector = corpus.selector(target)
        kind = "h" if selector.startswith("URL:") else "1"
        rows.append(Row(kind, f"[{number}] {selector}", selector, "link"))
    return rows


def tag_rows(article: Article, corpus: Corpus) -> list[Row]:
    """The article's own tags, then one for each related article; `lost_tags` of them missing at the end."""
    own = [(tag, "tag") for tag in article.tags]
    theirs = [(corpus.article(announced.id).tags[0], "related tag") for announced in article.related]
    rows = [Row("1", tag, f"/!t{corpus.tags[tag].number}", part) for tag, part in own + theirs]
    return rows[: len(rows) - article.lost_tags]


def _lists(article: Article, corpus: Corpus, layout: Layout) -> list[list[Row]]:
    authors = []
    for ident, label in article.authors:
        authors.append(Row("1", label or corpus.name(ident), f"/!a{author_number(ident)}", "author"))
    groups: list[list[Row]] = []
    for heading, rows in (
        ("LINKS", link_rows(article, corpus)),
        ("AUTOREN", authors),
        ("TAGS", tag_rows(article, corpus)),
    ):
        if rows or (heading == "AUTOREN" and article.empty_authors):
            groups.append([Row("i", _mark("## ", layout) + heading, part="heading")])
        if rows:
            groups.append(rows)
    if article.related:
        groups.append([Row("i", _mark("## ", layout) + "ARTIKEL ZUM THEMA", part="heading")])
    for index, announced in enumerate(article.related):
        groups += announcement(corpus.article(announced.id), index, layout, teaser=announced.teaser)
    return groups


def announcement(article: Article, index: int, layout: Layout, *, teaser: bool) -> list[list[Row]]:
    """How another page announces an article: its headline, and its teaser without links."""
    groups = [[Row("1", article.headline, f"/!{article.number}", "related headline", index)]]
    if teaser and article.teaser:
        lines = wrap(article.teaser.plain, layout)
        groups.append([Row("i", line, part="related teaser", index=index) for line in lines])
    return groups


def index_entries(spec: IndexSpec, corpus: Corpus) -> list[Article]:
    """What an index page lists, newest first. Stubs have no date and stand at the end."""

    def listed(article: Article) -> bool:
        match spec.kind:
            case "topic":
                return spec.of in article.tags
            case "author":
                return spec.of in {ident for ident, _ in article.authors}
            case _:
                return article.section == spec.of

    found = [article for article in corpus.articles.values() if listed(article)]
    return sorted(found, key=lambda a: (a.date, a.id), reverse=True)


def index_name(spec: IndexSpec, corpus: Corpus) -> str:
    """The title of an index page."""
    return f"Alle Artikel von {corpus.people[spec.of].name}" if spec.kind == "author" else spec.of


def index_selector(spec: IndexSpec, corpus: Corpus) -> str:
    """Where an index page stands."""
    prefix = {"topic": "t", "author": "by", "section": "section"}[spec.kind]
    return corpus.selector(f"{prefix}:{spec.of}")


def index_rows(spec: IndexSpec, corpus: Corpus, layout: Layout) -> list[Row]:
    """A topic, author or section page; every seventh headline has no teaser."""
    groups = [[Row("i", _mark("# ", layout) + f"taz.de -- {index_name(spec, corpus)}", part="headline")]]
    for index, article in enumerate(index_entries(spec, corpus)):
        groups += announcement(article, index, layout, teaser=index % 7 != 4)
    return _parted(groups)


def _mark(mark: str, layout: Layout) -> str:
    return mark if layout.marks else ""


def _quoted(teaser: str, layout: Layout) -> list[str]:
    if not layout.marks:
        return wrap(teaser, layout)
    width = WIDTH - len("> ")
    return [
        f"> {line}" for line in textwrap.wrap(teaser, width, break_long_words=False, break_on_hyphens=False)
    ]


def _block_lines(block: Block, text: str, layout: Layout) -> list[str]:
    if not block.subhead:
        return wrap(text, layout)
    if block.style == "below" and layout.marks:
        return ["##", *wrap(text, layout)]
    return wrap(_mark("## ", layout) + text, layout)


def _parted(groups: list[list[Row]]) -> list[Row]:
    rows: list[Row] = []
    for group in groups:
        rows += [BLANK, *group] if rows else group
    return rows
