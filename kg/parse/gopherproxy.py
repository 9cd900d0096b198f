"""Rendering (a): codemadness gopherproxy as text (DUMP-FORMAT, section 2)."""

from __future__ import annotations

from kg.parse.columns import INDENT, read_collapsed, read_columns
from kg.parse.marks import CHROME, Menu

_ADDRESS = "\nURI:"
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


def read(text: str) -> Menu:
    """Bring a page into the common form."""
    address = None
    if text.startswith(_ADDRESS):
        end = text.index("\n", 1)
        address = text[len(_ADDRESS) : end].strip()
        text = f"\n{INDENT}{text[end:]}"
    if text.find("\n" + INDENT, 1) >= 0:
        lines = read_columns(text, _COLUMNS)
    else:
        lines = read_collapsed(text, TYPES, bracketed=False)
    if address is not None:
        lines[1] = f"{CHROME}URI: {address}"
    return Menu(lines, address or "")
