"""What one dump says: made by `kg.parse` from one file alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from kg.model.base import NodeKind, Record


class Rendering(StrEnum):
    """How a gopher page became text (DUMP-FORMAT, section 2)."""

    GOPHERPROXY = "gopherproxy"  # (a) six columns of item type
    MILLS = "mills"  # (b) " (DIR) label"
    TABLE = "table"  # (c) "| text | |"
    MENU = "menu"  # (d) raw RFC 1436
    GEMINI = "gemini"  # (e) no heading marks
    PHOXY = "phoxy"  # (f) no markers, prose transliterated


class LineRole(StrEnum):
    """What a line of a file is; every line has exactly one role."""

    HEADLINE = "headline"
    TEASER = "teaser"
    CAPTION = "caption"
    BODY = "body"
    SUBHEAD = "subhead"
    DATE = "date"
    LINK = "link"
    AUTHOR = "author"
    TAG = "tag"
    RELATED_HEADLINE = "related headline"
    RELATED_TEASER = "related teaser"
    HEADING = "heading"
    BLANK = "blank"
    CHROME = "chrome"
    UNPARSED = "unparsed"


class Part(StrEnum):
    """The part of an article that an offset points into."""

    HEADLINE = "headline"
    ABSTRACT = "abstract"
    CAPTION = "caption"
    BODY = "body"


class SelectorKind(StrEnum):
    """What a gopher selector leads to (DUMP-FORMAT, section 4)."""

    ARTICLE = "article"
    TOPIC = "topic"
    AUTHOR = "author"
    SECTION = "section"
    SEARCH = "search"
    EXTERNAL = "external"
    OTHER = "other"


class Selector(Record, frozen=True):
    """A gopher selector, read from its last `/!`: `/Donald-Trump/!t5204455` is topic 5204455, slug `Donald-Trump`."""

    kind: SelectorKind
    raw: str
    number: str | None = None
    slug: str | None = None


class Source(Record, frozen=True):
    """One dump file. `path` is relative to the argument that named it, with `/`, archives as folders."""

    path: str
    sha256: str  # 64 hex characters, of the file's bytes
    rendering: Rendering
    first_line: int
    last_line: int


class Passage(Record, frozen=True):
    """Running text as it stands in the file: a line break in `text` is a line break of the dump.

    `plain` has the same length, with blanks for the breaks; so the line of an offset is
    `first_line + text.count("\\n", 0, offset)`.
    """

    text: str
    first_line: int

    @property
    def plain(self) -> str:
        """The text as it is read: one blank where the dump broke the line."""
        return self.text.replace("\n", " ")

    def line_at(self, offset: int) -> int:
        """The line of the file (from 1) that holds the code point at `offset`."""
        return self.first_line + self.text.count("\n", 0, offset)


class Block(Record, frozen=True):
    """A paragraph or a subhead of the body, without link markup and heading marks."""

    passage: Passage
    subhead: bool = False


class Image(Record, frozen=True):
    """A picture's caption, without the label `Bild: `."""

    caption: Passage


class TagRef(Record, frozen=True):
    """A tag as one row names it; the number is known from raw menus only."""

    label: str
    line: int
    number: str | None = None


class Byline(Record, frozen=True):
    """An AUTOREN row as it stands."""

    name: str
    line: int
    number: str | None = None


class InlineLink(Record, frozen=True):
    """A numbered link: `[n][text]` in a text, `[n] selector` under LINKS.

    `start` and `end` are offsets into the text of `part` without link markup (for the body, `Article.body_text`;
    for captions, the caption numbered `image` from 0). All of them are None where the row has no anchor in the text.
    `selector` is None where the anchor has no row.
    """

    number: int
    line: int
    text: str | None = None
    part: Part | None = None
    image: int | None = None
    start: int | None = None
    end: int | None = None
    selector: Selector | None = None


class Candidate(Record, frozen=True):
    """Words that name someone or something, as far as one page can tell; offsets are into the text of `part`.

    `text` has no title (Dr.), role or genitive apostrophe; a genitive `s` is part of it. `role` is the job title
    beside a person's name as printed, `party` the party beside it.
    """

    kind: NodeKind
    text: str
    part: Part
    image: int | None
    start: int
    end: int
    line: int
    confidence: float  # 0 … 1
    role: str | None = None
    party: str | None = None


class Related(Record, frozen=True):
    """A row of ARTIKEL ZUM THEMA or of an index page: another article as this one announces it."""

    headline: str
    line: int
    cut: bool = False  # the headline is a prefix, the rendering cut it
    teaser: Passage | None = None
    number: str | None = None
    slug: str | None = None
    tag: TagRef | None = None  # the one tag that stands for it in TAGS, by position
    candidates: tuple[Candidate, ...] = ()  # in its headline and teaser


class Article(Record, frozen=True, tag="article"):
    """An article as one dump tells it.

    `number` and `slug` are what the file says of itself (URI line, file name). `tags` are the article's own;
    the tags of related articles hang on `related`. `dateline` is as printed, `places` its parts, `credits`
    lower-cased agency marks. The dateline is not part of the body.
    """

    source: Source
    headline: str
    headline_line: int
    cut: bool = False  # the headline itself is a prefix
    truncated: bool = False  # the rendering lost text somewhere
    transliterated: bool = False  # ä, ö, ü, ß were lost in prose (phoxy)
    number: str | None = None
    slug: str | None = None
    date: str | None = None
    teaser: Passage | None = None
    images: tuple[Image, ...] = ()
    dateline: str | None = None
    places: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    links: tuple[InlineLink, ...] = ()
    authors: tuple[Byline, ...] = ()
    tags: tuple[TagRef, ...] = ()
    related: tuple[Related, ...] = ()
    candidates: tuple[Candidate, ...] = ()  # in headline, teaser, captions and body; filled by kg.people

    @property
    def body_text(self) -> str:
        """The whole body, subheads included, blocks parted by an empty line: what body offsets point into."""
        return "\n\n".join(block.passage.plain for block in self.body)


class IndexKind(StrEnum):
    """What an index page lists the articles of."""

    TOPIC = "topic"
    AUTHOR = "author"
    SECTION = "section"


class IndexPage(Record, frozen=True, tag="index"):
    """A topic, author or section page: a name and the articles it lists, newest first."""

    source: Source
    kind: IndexKind
    name: str
    number: str | None = None
    entries: tuple[Related, ...] = ()


class ErrorPage(Record, frozen=True):
    """A gopher server's or proxy's error, saved in place of a page."""

    source: Source
    message: str


Page: TypeAlias = Article | IndexPage | ErrorPage


class Finding(Record, frozen=True):
    """Something that a person should know: what could not be read, understood or decided, and where.

    `code` is one of the keys of `kg.report.FINDINGS`; `line` is None where the whole file is meant.
    """

    code: str
    path: str
    line: int | None
    message: str
