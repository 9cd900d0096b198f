"""Articles that no dump tells, as they are put together from announcements and links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import NumberTold, Source


class Announcement(NamedTuple):
    """A row that announces an article. Sorted as they are, the fullest comes first: a whole headline before a cut one,
    then the longer teaser, then the first by headline, path and line.
    """

    cut: bool
    shortness: int  # of the teaser: its length in code points, negative
    headline: str
    path: str
    line: int
    page: int


class LinkTold(NamedTuple):
    """A link to an article that no dump tells."""

    path: str
    line: int
    slug: str | None


@dataclass(slots=True)
class StubDraft:
    """An article that no dump tells. `told` is the fullest announcement, `headlines` have whether they are whole."""

    key: str
    number: str | None = None
    told: Announcement | None = None
    numbered: tuple[str, int] | None = None  # path and line of the first row that tells the number
    headlines: dict[str, bool] = field(default_factory=dict)  # blanks collapsed
    linked: list[LinkTold] = field(default_factory=list)
    seen_in: list[Source] = field(default_factory=list)

    def announce(self, told: Announcement, headline: str, source: Source, *, numbered: bool) -> None:
        """Add an announcement on the page `source`; `numbered` is whether the row tells the number."""
        self.told = told if self.told is None else min(self.told, told)
        if numbered:
            place = told.path, told.line
            self.numbered = place if self.numbered is None else min(self.numbered, place)
        self.headlines[headline] = not told.cut or self.headlines.get(headline, False)
        self.seen_in.append(source)

    def link(self, link: LinkTold, source: Source) -> None:
        """Add a link on the page `source`."""
        self.linked.append(link)
        self.seen_in.append(source)

    @property
    def number_from(self) -> NumberTold | None:
        """The first row, by path and line, that tells its number, else the first link; None where it has none."""
        told = self.numbered or min(((link.path, link.line) for link in self.linked), default=None)
        return NumberTold(*told) if told is not None else None
