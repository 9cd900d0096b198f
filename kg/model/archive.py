"""What the archive says: made by `kg.resolve` from all pages."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from kg.model.base import NodeKind, Record
from kg.model.pages import Candidate, Part, Passage, Source


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


class LinkedAuthor(Record, frozen=True):
    """Whom a link means that tells an author's number."""

    number: str
    author: Ref


class Verdict(Record, frozen=True, omit_defaults=True):
    """What the archive decides about one article beyond what the page that tells it best says of it.

    Headline and date are those of that page where they are None. Of authors, tags, sections and related articles there
    are those that other pages state; where the page states some itself, `related` has the key of each of its related
    rows, None for one that leads nowhere. `topics` and `linked_authors` are what links mean that tell a number alone.
    """

    key: str
    number: str | None = None
    number_from: NumberTold | None = None
    kicker_slug: str | None = None  # what selectors call its kicker
    cut: bool = False  # the headline is a prefix
    headline: str | None = None
    date: str | None = None
    other_sources: tuple[Source, ...] = ()  # the other dumps of it
    replaces: tuple[str, ...] = ()
    sections: tuple[SectionListing, ...] = ()
    authors: tuple[Authorship, ...] = ()
    tags: tuple[TagAssignment, ...] = ()
    related: tuple[str | None, ...] = ()
    related_elsewhere: tuple[RelatedEdge, ...] = ()
    topics: tuple[tuple[str, str], ...] = ()  # number and slug
    linked_authors: tuple[LinkedAuthor, ...] = ()
    renamed_authors: tuple[tuple[Ref, Ref], ...] = ()  # what the page's bylines say, and whom they mean
    renamed: tuple[tuple[Ref, Ref], ...] = ()  # the same for its places and credits


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
    transliterated: bool = False  # ä, ö, ü, ß were lost in the teaser
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
    namesakes: dict[str, dict[str, Ref]] = msgspec.field(default_factory=dict)
    singles: dict[str, Ref] = msgspec.field(default_factory=dict)
    single_spans: dict[str, tuple[tuple[str, str, Ref], ...]] = msgspec.field(default_factory=dict)


class Doubt(Record, frozen=True):
    """A question that only a person can answer: are `a` and `b` the same, or of what kind is the tag `a`."""

    kind: str  # "same" or "kind"
    a: str
    b: str
    score: float  # how many articles an answer can change
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
    """What the reduce decides beside articles and stubs; everything sorted by its key."""

    publisher: str  # slug: "taz"
    tags: tuple[Tag, ...]
    entities: tuple[Entity, ...]
    identities: tuple[Identity, ...]
    doubts: tuple[Doubt, ...]
