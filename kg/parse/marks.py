"""The common form into which every rendering is brought before the grammar reads it: a list of lines.

Line n of the file is item n of the list; item 0 and the last item are empty, so that numbers need no arithmetic
and a search for the next blank line always ends. Lines have no blanks around them. What a rendering says of a line
besides its text becomes a mark of one control character:

    (nothing)         prose, headings, blank lines
    ROW + type        a menu row, `type` being its gopher item type: `1` folder, `I` picture, `3` error, …
    SELECTOR          in a row: what follows is the selector (raw menus only)
    CHROME            a line of the renderer's own: address box, banner, the menu's closing dot
    BLOCK             a block begins here although no blank line stands before it
    CUT               at a line's end: the rendering cut the rest away
"""

from __future__ import annotations

from typing import NamedTuple

CHROME = "\x01"
BLOCK = "\x02"
CUT = "\x03"
SELECTOR = "\x04"
ROW = "\x05"
MARKS = CHROME + BLOCK + CUT + SELECTOR + ROW

FOLDER = ROW + "1"
PICTURE = ROW + "I"
ERROR = ROW + "3"

WIDTH = 75
"""Code points to which the server wraps prose (DUMP-FORMAT, section 1)."""


class Note(NamedTuple):
    """A finding before the file's name is known to it."""

    code: str
    line: int | None
    message: str


class Menu(NamedTuple):
    """A page in the common form; `address` is the text of the `URI:` line."""

    lines: list[str]
    address: str = ""
    transliterated: bool = False
    notes: tuple[Note, ...] = ()


def read_row(row: str) -> tuple[str, str]:
    """Take a row's label and selector apart; the selector is empty where the rendering lost it."""
    if SELECTOR in row:
        label, _, selector = row[2:].partition(SELECTOR)
        return label.strip(), selector
    return (row[2:-1] if row.endswith(CUT) else row[2:]), ""
