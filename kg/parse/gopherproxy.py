"""Rendering (a): codemadness gopherproxy as text (DUMP-FORMAT, section 2)."""

from __future__ import annotations

from kg.parse.columns import INDENT, read_collapsed, read_columns
from kg.parse.marks import CHROME, Menu

_ADDRESS = "URI:"
TYPES = {
    "TEXT": "0",
    "DIR": "1",
    "CSO": "2",
    "ERR": "3",
    "MAC": "4",
    "DOS": "5",
    "UUENC": "6",
    "SEARCH": "7",
    "TELNET": "8",
    "BIN": "9",
    "MIRROR": "+",
    "GIF": "g",
    "HTML": "h",
    "IMG": "I",
    "SND": "s",
    "TN3270": "T",
    "DOC": "d",
    "VID": ";",
    "RESERV": "?",
}
_COLUMNS = {f"{word:>6} ": item_type for word, item_type in TYPES.items()}


def read(lines: list[str]) -> Menu:
    """Bring the lines of a page into the common form."""
    address = ""
    first = lines[1]
    if first.startswith(_ADDRESS):
        address = first.removeprefix(_ADDRESS).strip()
        lines[1] = ""
    if any(line.startswith(INDENT) for line in lines):
        read = read_columns(lines, _COLUMNS)
    else:
        read = read_collapsed(lines, TYPES, bracketed=False)
    if first.startswith(_ADDRESS):
        read[1] = CHROME + first
    return Menu(read, address)
