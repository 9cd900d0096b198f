"""Which rendering a text is, told by its look alone."""

from __future__ import annotations

import re

from kg.model import Rendering
from kg.parse import gemini, menu, phoxy, table

_FIRST_LINES = 12
_LOOKED_AT = 4_000
_COLUMN_A = re.compile(r"\n(?=[ A-Z0-9]{6} )(?:   (?:DIR|IMG)| {2}(?:TEXT|HTML)) ")
_COLUMN_B = re.compile(r"\n \([A-Z0-9]{3}\) ")
_WORD_A = re.compile(r"\n(?:DIR|IMG Bild:) ")
_WORD_B = re.compile(r"\n\([A-Z0-9]{3}\) ")
_INDENT = "\n       "


def recognise(text: str) -> Rendering | None:
    """Recognise the rendering of `"\\n" + page + "\\n"`; None where the text has the look of none."""
    if text.startswith("\nURI:"):
        return Rendering.GOPHERPROXY
    head = text[:_LOOKED_AT].lstrip("\n")
    first = [line for line in head.split("\n")[:_FIRST_LINES] if line.strip()]
    if not first:
        return None
    if phoxy.BANNER.match("\n" + head):
        return Rendering.PHOXY
    if menu.ROW_LOOK.fullmatch(first[0]):
        return Rendering.MENU
    if table.ROW_LOOK.fullmatch(first[0].rstrip()) and _mostly_table(first):
        return Rendering.TABLE
    return _by_item_types(text, first[0].strip())


def _mostly_table(lines: list[str]) -> bool:
    rows = sum(table.ROW_LOOK.fullmatch(line.rstrip()) is not None for line in lines)
    return rows * 2 > len(lines)


def _by_item_types(text: str, first: str) -> Rendering | None:
    if _COLUMN_B.search(text):
        return Rendering.MILLS
    if _INDENT in text or _COLUMN_A.search(text):
        return Rendering.GOPHERPROXY
    if first.startswith(gemini.BARE_TITLE):
        return Rendering.GEMINI
    if _WORD_B.search(text):
        return Rendering.MILLS
    if _WORD_A.search(text):
        return Rendering.GOPHERPROXY
    # Marks of headings and of nothing else: phoxy without its banner.
    return Rendering.PHOXY if first.startswith("# ") else None
