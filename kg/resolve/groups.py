"""A dump of an article as the reduce holds it, and all the dumps of one article."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from kg.model import Finding, Rendering, Source
from kg.resolve.keys import article_key

_LOSSY = frozenset({Rendering.TABLE, Rendering.GEMINI, Rendering.PHOXY})
"""Renderings that lose what teaser, subhead, tag or paragraph is, however much text they have."""


class Dump(msgspec.Struct, gc=False, eq=False):
    """One dump of an article, without what only its node needs. `page` is its place among the claims.

    `number` is what the file tells of itself, unless that was found to be wrong. `tells_…` is whether it has any.
    """

    page: int
    source: Source
    printed: str
    headline: str  # with blanks collapsed
    line: int  # of the headline
    date: str | None
    number: str | None
    cut: bool
    truncated: bool
    transliterated: bool
    text_length: int
    parts: int
    fingerprint: str
    tells_authors: bool
    tells_tags: bool
    tells_related: bool

    @property
    def is_exact(self) -> bool:
        """Whether its headline is whole and spelled as in the paper."""
        return not (self.cut or self.transliterated)

    @property
    def is_lossy(self) -> bool:
        """Whether its rendering loses what a paragraph is."""
        return self.source.rendering in _LOSSY

    @property
    def fullness(self) -> tuple[bool, bool, bool, bool, int, int, str]:
        """Sort key: the fullest dump first, then by path."""
        return (
            self.truncated,
            self.transliterated,
            self.cut,
            self.is_lossy,
            -self.text_length,
            -self.parts,
            self.source.path,
        )

    def finding(self, code: str, message: str) -> Finding:
        """A finding about this dump's headline."""
        return Finding(code, self.source.path, self.line, message)


@dataclass(slots=True)
class Group:
    """All dumps of one article, the fullest first. `key` is its number, else the hash of headline and date.

    `…_from` is the page of the fullest dump that has any.
    """

    dumps: list[Dump]
    number: str | None
    authors_from: int | None
    tags_from: int | None
    related_from: int | None
    key: str = ""  # known once all numbers are

    @staticmethod
    def of(dumps: list[Dump], number: str | None) -> Group:
        """The group of these dumps, in any order."""
        if len(dumps) > 1:
            dumps.sort(key=lambda dump: dump.fullness)
        return Group(
            dumps,
            number,
            next((dump.page for dump in dumps if dump.tells_authors), None),
            next((dump.page for dump in dumps if dump.tells_tags), None),
            next((dump.page for dump in dumps if dump.tells_related), None),
        )

    @property
    def headline(self) -> str:
        """The headline of the best dump that has it whole."""
        if len(self.dumps) == 1:
            return self.dumps[0].printed
        return min(self.dumps, key=lambda dump: (not dump.is_exact, dump.fullness)).printed

    @property
    def headlines(self) -> set[str]:
        """Every headline that its dumps have, blanks collapsed."""
        return {dump.headline for dump in self.dumps}

    @property
    def is_exact(self) -> bool:
        """Whether any dump has the headline whole and as the paper spells it."""
        return self.dumps[0].is_exact or any(dump.is_exact for dump in self.dumps)

    @property
    def is_cut(self) -> bool:
        """Whether the only headline known is a prefix."""
        return not self.is_exact and self.dumps[0].cut

    @property
    def date(self) -> str | None:
        """The date of the fullest dump that has one."""
        return self.dumps[0].date or next((dump.date for dump in self.dumps if dump.date), None)

    @property
    def page(self) -> int:
        """The place of the fullest dump among the claims."""
        return self.dumps[0].page

    @property
    def path(self) -> str:
        """The path of the fullest dump, which stands for the article in messages."""
        return self.dumps[0].source.path

    def name(self, publisher: str) -> None:
        """Set the key, once the number is known."""
        self.key = self.number or article_key(publisher, self.headline, self.date)

    def older_keys(self, publisher: str) -> set[str]:
        """The keys that any part of its dumps would have given it, alone or as a stub, without a number."""
        dates = {None, *(dump.date for dump in self.dumps)}
        return {article_key(publisher, headline, date) for headline in self.headlines for date in dates}
