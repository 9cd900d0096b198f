"""Where the parts of a page are: its title, the date at the foot of the text, the sections below it."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from kg.parse.marks import BLOCK, CHROME

TITLE = "# taz.de -- "
LINKS, AUTHORS, TAGS, RELATED = SECTIONS = ("LINKS", "AUTOREN", "TAGS", "ARTIKEL ZUM THEMA")
HEADINGS = {f"## {name}": name for name in SECTIONS}

MONTHS = {
    month: number
    for number, month in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_DATE = re.compile(rf"{BLOCK}?[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}}")


def is_date(line: str) -> bool:
    """Tell whether a line has the look of an article's date."""
    return line[-1:].isdecimal() and _DATE.fullmatch(line) is not None


def iso_date(line: str) -> str | None:
    """Make `4 Dec 2024` into `2024-12-04`; None where the calendar has no such day."""
    day, month, year = line.lstrip(BLOCK).split(" ")
    try:
        return date(int(year), MONTHS[month], int(day)).isoformat()
    except ValueError:
        return None


class Section(NamedTuple):
    """A reserved heading, its line, and the line after its last."""

    name: str
    line: int
    end: int


class Frame(NamedTuple):
    """The parts of a page by line: head and body stand between `title` and `body_end`, nothing of it from `end` on."""

    title: int
    body_end: int
    date: int | None
    sections: tuple[Section, ...]
    end: int


def find_title(lines: list[str]) -> int | None:
    """Find the title: the first line that is neither blank nor the renderer's own; None where that is no title."""
    for number, line in enumerate(lines):
        if line.startswith(TITLE):
            return number
        if line and not line.startswith(CHROME):
            return None
    return None


def find_frame(lines: list[str], title: int, *, several: bool) -> Frame:
    """Find date and sections below a title.

    The date is the last line of that look before the first reserved heading, and headings count only after the
    date: a subhead of the body may be the same word. Both are settled at once by looking for the last reserved
    heading that directly follows a date. The page ends where the title of another one stands; `several` says that
    there may be one.
    """
    end = len(lines) - 1
    if several:
        end = next((number for number in range(title + 1, end) if lines[number].startswith(TITLE)), end)
    heads = _last_headings(lines, end)
    for first in range(len(heads) - 1, -1, -1):
        above = heads[first] - 1
        while not lines[above]:
            above -= 1
        if is_date(lines[above]):
            return Frame(title, above, above, _sections(lines, heads[first:], end), end)
    dates = [number for number in range(title + 1, end) if is_date(lines[number])]
    for first, head in enumerate(heads):
        above_head = [number for number in dates if number < head]
        if above_head:
            return Frame(title, above_head[-1], above_head[-1], _sections(lines, heads[first:], end), end)
    if heads:
        return Frame(title, heads[0], None, _sections(lines, heads, end), end)
    if dates and all(not line or line.startswith(CHROME) for line in lines[dates[-1] + 1 : end]):
        return Frame(title, dates[-1], dates[-1], (), end)
    return Frame(title, end, None, (), end)


def _last_headings(lines: list[str], end: int) -> list[int]:
    """Find the last line before `end` of each reserved heading, in the order of lines."""
    upwards = lines[end::-1]
    return sorted([end - upwards.index(heading) for heading in HEADINGS if heading in upwards])


def _sections(lines: list[str], heads: list[int], end: int) -> tuple[Section, ...]:
    return tuple(
        Section(HEADINGS[lines[head]], head, stop)
        for head, stop in zip(heads, [*heads[1:], end], strict=True)
    )
