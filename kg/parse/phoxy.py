"""Rendering (f): phoxy, two lines of chrome, no item types, prose without umlauts (DUMP-FORMAT, section 2)."""

from __future__ import annotations

import re

from kg.parse.marks import CHROME, ROW, Menu
from kg.parse.untyped import entries_of_blocks, mark_rows

BANNER = re.compile(r"\n[^\n]*P H O X Y[^\n]*\n")
_SECOND_BANNER = "gophering on "
_LOST = re.compile("[äöüßÄÖÜ]")


def read(text: str) -> Menu:
    """Bring a page into the common form."""
    lines = [line.strip() for line in text.split("\n")]
    for number, line in enumerate(lines[:8]):
        if line.startswith("#"):
            break
        if "P H O X Y" in line or line.startswith(_SECOND_BANNER):
            lines[number] = CHROME + line
    mark_rows(lines, entries_of_blocks)
    transliterated = not any(_LOST.search(line) for line in lines if not line.startswith(ROW))
    return Menu(lines, transliterated=transliterated)
