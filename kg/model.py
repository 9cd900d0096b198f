"""The records that travel between the stages of a build: frozen, typed, without any I/O.

Two families. What one dump says (`Article`, `IndexPage`, `ErrorPage` and their parts) is made by `kg.parse`
from one file alone. What the archive says (`ArticleNode`, `Stub`, `Tag`, `Entity`, joined in `Identities`) is
made by `kg.resolve` from all of them.

Texts are NFC. Lines count from 1, offsets are code points from 0, ends are exclusive, dates are ISO 8601.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False, order=False):
    """Base of all records: immutable and comparable by value.

    Each says `frozen=True` again, since type checkers do not see it inherited.
    """


# --------------------------------------------------------------------------- what one dump says


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


class Article(Record, frozen=True):
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


class IndexPage(Record, frozen=True):
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


# --------------------------------------------------------------------------- what the archive says


class NodeKind(StrEnum):
    """The kinds of nodes with an address of their own."""

    ARTICLE = "article"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    TAG = "tag"


class Ref(Record, frozen=True, order=True):
    """A node by kind and key (articles: number or `h-…`, all others: slug); `kg.rdf.iris` makes the IRI."""

    kind: NodeKind
    key: str


class Basis(StrEnum):
    """Why a statement is made; the local name of an individual of class `kg:Basis`."""

    KNOWN_NAME = "KnownName"  # a name of the archive, found by exact search
    TOPIC_LINK = "TopicLink"  # the anchor of an inline link to a topic
    BYLINE = "Byline"  # an AUTOREN row
    OWN_TAG = "OwnTag"  # a row of TAGS before the related articles' ones
    RELATED_TAG_POSITION = "RelatedTagPosition"  # a row of TAGS that stands for a related article
    ROLE_AND_NAME = "RoleAndName"  # a job title directly beside a name
    FAMILY_NAME_AFTER_FULL_NAME = "FamilyNameAfterFullName"  # the only one of that name in the article
    GIVEN_NAME_AFTER_FULL_NAME = "GivenNameAfterFullName"  # likewise, in interviews and portraits
    RECOGNIZED_NAME = "RecognizedName"  # what the recogniser takes for a name
    DOMINANT_BEARER = "DominantBearer"  # a family name alone that one person bore at that time
    DECISION = "Decision"  # a row of the decisions file
    INDEX_PAGE = "IndexPage"  # a topic, author or section page lists the article
    ANNOUNCED_NUMBER = "AnnouncedNumber"  # a row or a link of another page tells the article's number


class TagAssignment(Record, frozen=True):
    """An article has a tag, because `basis` in the file `path` at `line`."""

    tag: str  # slug
    basis: Basis
    path: str
    line: int


class Authorship(Record, frozen=True):
    """An article has an author, named `credit` in the file `path` at `line`."""

    author: Ref
    credit: str
    basis: Basis
    path: str
    line: int


class SectionListing(Record, frozen=True):
    """An article belongs to a section, because the section's page `path` lists it at `line`."""

    section: str
    path: str
    line: int


class NumberTold(Record, frozen=True):
    """Another page tells an article's number, in the file `path` at `line` (of a link: where `InlineLink` has it)."""

    path: str
    line: int


class RelatedEdge(Record, frozen=True):
    """An article lists another as related, in the file `path` at `line`."""

    article: Ref
    path: str
    line: int


class ArticleNode(Record, frozen=True):
    """Everything the archive decided about one article, and which dump tells it best.

    `number_from` is the first row (by path and line) that tells its number; None where a dump of its own does.
    """

    key: str
    path: str  # of the fullest dump: where headline, teaser, body, … are taken from
    sources: tuple[Source, ...]  # all dumps of it, by path
    headline: str
    date: str | None = None
    number: str | None = None
    number_from: NumberTold | None = None
    kicker: str | None = None
    title: str | None = None
    opinion: bool = False
    replaces: tuple[str, ...] = ()  # keys that lead here as well
    sections: tuple[SectionListing, ...] = ()
    places: tuple[Ref, ...] = ()
    credits: tuple[Ref, ...] = ()
    authors: tuple[Authorship, ...] = ()
    tags: tuple[TagAssignment, ...] = ()
    related: tuple[RelatedEdge, ...] = ()
    link_targets: tuple[Ref | None, ...] = ()  # one for each of the fullest dump's links, in their order


class Stub(Record, frozen=True):
    """An article known only from links, related lists and index pages.

    Headline and teaser are those of the fullest announcement, in the file `path`. `number_from` is the first row
    (by path and line) that tells its number, else the first link.
    """

    key: str
    number: str | None = None
    number_from: NumberTold | None = None
    path: str | None = None
    headline: str | None = None
    headline_line: int | None = None
    cut: bool = False  # the headline is a prefix
    kicker: str | None = None
    title: str | None = None
    teaser: Passage | None = None
    replaces: tuple[str, ...] = ()
    sections: tuple[SectionListing, ...] = ()
    authors: tuple[Authorship, ...] = ()
    tags: tuple[TagAssignment, ...] = ()
    seen_in: tuple[Source, ...] = ()  # the dumps that name it, by path
    candidates: tuple[Candidate, ...] = ()  # in its headline and teaser


class TagKind(StrEnum):
    """What a tag names; what is undecided is a topic."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    TOPIC = "topic"
    SERIES = "series"


class Tag(Record, frozen=True):
    """A tag of the paper's scheme, with the thing it names where that is known."""

    slug: str
    label: str
    alternates: tuple[str, ...] = ()
    number: str | None = None
    broader: str | None = None  # slug of X for `Schwerpunkt X`
    focus: Ref | None = None
    kind: TagKind = TagKind.TOPIC
    kind_basis: str = ""  # why it is of that kind, for a person to read


class Identity(Record, frozen=True):
    """One spelling joined to an entity: by which rule, on what evidence, and where it was seen first."""

    ref: Ref
    spelling: str
    rule: str
    count: int
    path: str
    line: int
    evidence: str = ""  # for a person to read


class RoleSeen(Record, frozen=True):
    """A job title, or a party, that stands beside a person's name; dates are ISO 8601."""

    title: str
    party: str | None
    count: int
    first: str | None
    last: str | None


class Entity(Record, frozen=True):
    """A person, organisation or place. `name` is the canonical spelling, `alternates` the others, sorted."""

    ref: Ref
    name: str
    alternates: tuple[str, ...] = ()
    given: str | None = None
    family: str | None = None
    news_media: bool = False
    job_titles: tuple[str, ...] = ()
    roles: tuple[RoleSeen, ...] = ()
    replaces: tuple[str, ...] = ()  # slugs of the other spellings


class Mention(Record, frozen=True):
    """A node named at a place in an article; offsets are into the text of `part` (captions: of `image`, from 0)."""

    ref: Ref
    part: Part
    start: int
    end: int
    exact: str
    line: int
    basis: Basis
    confidence: float  # 0 … 1
    image: int | None = None


class NameBook(Record, frozen=True):
    """What one article's names are resolved with.

    `full` has every accepted spelling of an entity. `namesakes` has those that several persons share, with the person
    of each article (by key) where that is decided. `singles` are one-word names that may stand alone; `single_spans`
    family names with their dominant bearer from one ISO date to another.
    """

    full: dict[str, Ref]
    namesakes: dict[str, dict[str, Ref]] = {}
    singles: dict[str, Ref] = {}
    single_spans: dict[str, tuple[tuple[str, str, Ref], ...]] = {}


class Doubt(Record, frozen=True):
    """A question that only a person can answer: are `a` and `b` the same, or of what kind is the tag `a`."""

    kind: str  # "same" or "kind"
    a: str
    b: str
    score: float  # how much an answer would change, at most 1 for each mention
    evidence: str
    path: str
    line: int


class Decision(Record, frozen=True):
    """A person's answer, from line `line` of the decisions file: same, different, kind or name."""

    action: str
    a: str
    b: str
    comment: str
    line: int


class Identities(Record, frozen=True):
    """What the reduce decides; everything sorted by its key."""

    publisher: str  # slug: "taz"
    articles: tuple[ArticleNode, ...]
    stubs: tuple[Stub, ...]
    tags: tuple[Tag, ...]
    entities: tuple[Entity, ...]
    identities: tuple[Identity, ...]
    findings: tuple[Finding, ...]
    book: NameBook = NameBook({})
    doubts: tuple[Doubt, ...] = ()
