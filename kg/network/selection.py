"""What a picture is asked to show."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from kg.errors import UsageError

KINDS = ("person", "organization", "place", "tag", "article")
"""Kinds to choose from; stubs come with the articles."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True)
class Selection:
    """The at most `top` weightiest nodes of what fits all the rest; what is None leaves all in.

    Names may be any that `kg.store.lookup.Lookup.find` finds.
    """

    around: str | None = None
    """A node: what at most `depth` edges lead to, from names to articles and from articles to names."""
    depth: int = 2
    tag: str | None = None
    """Articles on this topic or linking to it, and all they name."""
    person: str | None = None
    """Articles that name this person or are written by it, and all they name."""
    since: date | None = None
    until: date | None = None
    """Articles from the first day to the last, and all they name; undated ones are in neither."""
    kinds: tuple[str, ...] = KINDS
    community: int | None = None
    """A theme of the page of the whole archive, counted from 1: articles mostly on its names, and all they name."""
    top: int = 1500

    def __post_init__(self) -> None:
        """Refuse, as a `UsageError`, what no archive could answer."""
        unknown = sorted(set(self.kinds) - set(KINDS))
        if unknown or not self.kinds:
            raise UsageError(f"unknown kind {', '.join(unknown)}; known are {', '.join(KINDS)}")
        for name, number in (("depth", self.depth), ("top", self.top), ("community", self.community)):
            if number is not None and number < 1:
                raise UsageError(f"{name} is counted from 1, not {number}")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"no day is both since {self.since} and until {self.until}")

    @property
    def narrows(self) -> bool:
        """Whether it asks for a part of the archive, and not just for the weightiest of all."""
        asked = (self.around, self.tag, self.person, self.since, self.until, self.community)
        return any(value is not None for value in asked)


def first_day(text: str) -> date:
    """The first day of a year, a month or a day: `2023`, `2023-04`, `2023-04-30`. Raises `UsageError`."""
    year, month, day = _parts(text)
    return _day(text, year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """The last day of a year, a month or a day. Raises `UsageError`."""
    year, month, day = _parts(text)
    if day is not None:
        return _day(text, year, month or 0, day)
    first = _day(text, year, 12 if month is None else month, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def _parts(text: str) -> tuple[int, int | None, int | None]:
    if (found := _DATE.fullmatch(text.strip())) is None:
        raise UsageError(f"{text!r} is no date such as 2023, 2023-04 or 2023-04-30")
    year, month, day = found.groups()
    return int(year), None if month is None else int(month), None if day is None else int(day)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UsageError(f"{text!r} is no day of the calendar") from None
