"""Rendering (e): the gemini twin, which lost all heading marks and wraps nothing (DUMP-FORMAT, section 2)."""

from __future__ import annotations

from kg.parse.dateline import find_dateline
from kg.parse.marks import BLOCK, ROW, Menu
from kg.parse.structure import SECTIONS, TITLE, is_date
from kg.parse.untyped import entries_of_blocks, mark_rows

BARE_TITLE = TITLE.removeprefix("# ")
_RESERVED = set(SECTIONS)


def read(text: str) -> Menu:
    """Bring a page into the common form.

    Every line is a block. The first one below the title is the teaser unless it begins with a dateline or is the
    only one above the date: the rendering does not tell.
    """
    lines = [line.strip() for line in text.split("\n")]
    below_date = max((number for number, line in enumerate(lines) if is_date(line)), default=0)
    title = next(number for number, line in enumerate(lines) if line)
    lines[title] = "# " + lines[title].removeprefix("# ")
    for number in range(title + 1, len(lines)):
        line = lines[number]
        if number > below_date and line in _RESERVED:
            lines[number] = "## " + line
        elif line and not is_date(line):
            lines[number] = BLOCK + line
    mark_rows(lines, entries_of_blocks)
    _mark_teaser(lines, title)
    return Menu(lines)


def _mark_teaser(lines: list[str], title: int) -> None:
    above_date: list[int] = []
    for number in range(title + 1, len(lines)):
        if is_date(lines[number]) or lines[number].startswith("## "):
            break
        if lines[number]:
            above_date.append(number)
    if len(above_date) < 2 or lines[above_date[0]].startswith(ROW):
        return
    first = above_date[0]
    if find_dateline(lines[first][1:]) is None:
        lines[first] = "> " + lines[first][1:]
