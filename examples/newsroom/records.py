"""What the sources say, as values."""

from __future__ import annotations

from dataclasses import dataclass

from newsroom.inline import Text


@dataclass(frozen=True)
class Person:
    """Somebody of the invented world. `families[0]` and `name` are canonical, the rest are other spellings."""

    id: str
    name: str
    given: str
    families: tuple[str, ...]
    spellings: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    bearer: str = "public"  # public, private, author, pen name, alias
    namesakes: tuple[str, ...] = ()
    number: str | None = None  # of the author's page


@dataclass(frozen=True)
class Thing:
    """An organisation, place or character (`kind`) with the forms under which texts name it."""

    id: str
    kind: str
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Tag:
    """A tag of the paper and the thing it names, if any."""

    label: str
    kind: str  # person, organization, place, topic, series
    entity: str | None
    number: str


@dataclass(frozen=True)
class Block:
    """A paragraph or a subhead. `style` is `wrapped`, or `below`: an empty `##` with the text on the next line."""

    text: Text
    subhead: bool = False
    style: str = "wrapped"


@dataclass(frozen=True)
class Announced:
    """A row of ARTIKEL ZUM THEMA: which article, and whether its teaser stands there."""

    id: str
    teaser: bool = True


@dataclass(frozen=True)
class Article:
    """An article, or a stub of one: then only number, kicker, title, teaser and tags are known."""

    id: str
    number: str
    kicker: str | None
    kicker_text: Text
    title_text: Text
    date: str = ""  # ISO
    section: str = ""
    teaser: Text | None = None
    captions: tuple[Text, ...] = ()
    dateline: str | None = None
    credits: tuple[str, ...] = ()
    bare_dateline: bool = False  # capitals without credit and bar
    blocks: tuple[Block, ...] = ()
    authors: tuple[tuple[str, str], ...] = ()  # entity, label
    empty_authors: bool = False
    tags: tuple[str, ...] = ()
    related: tuple[Announced, ...] = ()
    lone_links: tuple[str, ...] = ()  # rows under LINKS without an anchor in the text
    cast: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lost_tags: int = 0  # that many rows are missing from the end of TAGS
    stub: bool = False

    @property
    def headline(self) -> str:
        """Kicker and title as the title row prints them."""
        title = self.title_text.plain
        return f"{self.kicker}: {title}" if self.kicker else title

    @property
    def texts(self) -> tuple[tuple[str, int | None, Text], ...]:
        """Teaser, captions and blocks in the order in which links are counted: part, image or block number, text."""
        teaser = (("abstract", None, self.teaser),) if self.teaser else ()
        captions = tuple(("caption", n, text) for n, text in enumerate(self.captions))
        return teaser + captions + tuple(("body", n, block.text) for n, block in enumerate(self.blocks))
