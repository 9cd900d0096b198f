"""Renderings that set a menu in columns: item type first, then the label; seven blanks before prose."""

from __future__ import annotations

from collections.abc import Mapping

from kg.parse.marks import ROW
from kg.parse.structure import is_date
from kg.parse.wrapping import mark_blocks

INDENT = " " * 7


def read_columns(text: str, types: Mapping[str, str]) -> list[str]:
    """Bring an indented page into the common form; `types` maps the seven characters before a label to its type."""
    return [line[7:].strip() if line[:7] == INDENT else _read_line(line, types) for line in text.split("\n")]


def _read_line(line: str, types: Mapping[str, str]) -> str:
    item_type = types.get(line[:7].ljust(7))
    return line.strip() if item_type is None else f"{ROW}{item_type}{line[7:].strip()}"


def read_collapsed(text: str, types: Mapping[str, str], *, bracketed: bool) -> list[str]:
    """Bring a page into the common form that lost their indentation and perhaps the blank lines between them.

    `types` maps the words before a label (`DIR`, `(DIR)`) to the gopher item type. Without brackets only pictures
    are rows above the date: prose may begin with a word in capitals.
    """
    lines = [line.strip() for line in text.split("\n")]
    below_date = max((number for number, line in enumerate(lines) if is_date(line)), default=0)
    for number, line in enumerate(lines):
        word, _, label = line.partition(" ")
        item_type = types.get(word)
        if item_type is not None and (bracketed or number > below_date or label.startswith("Bild: ")):
            lines[number] = f"{ROW}{item_type}{label.strip()}"
    if not _has_blank_lines(lines):
        mark_blocks(lines)
    return lines


def _has_blank_lines(lines: list[str]) -> bool:
    """Tell whether blank lines part the blocks: one stands below the title then."""
    title = next((number for number, line in enumerate(lines) if line), 0)
    return not lines[min(title + 1, len(lines) - 1)]
