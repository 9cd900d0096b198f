"""Rendering (b): mills.io gopherproxy and its kin (DUMP-FORMAT, section 2)."""

from __future__ import annotations

from kg.parse.columns import INDENT, read_collapsed, read_columns
from kg.parse.marks import Menu

TYPES = {
    "TXT": "0",
    "DIR": "1",
    "PHO": "2",
    "ERR": "3",
    "HEX": "4",
    "ARC": "5",
    "UUE": "6",
    "QRY": "7",
    "TEL": "8",
    "BIN": "9",
    "DUP": "+",
    "TN3": "T",
    "GIF": "g",
    "IMG": "I",
    "HTM": "h",
    "SND": "s",
    "PNG": "p",
    "DOC": "d",
}
_COLUMNS = {f" ({word}) ": item_type for word, item_type in TYPES.items()}
_WORDS = {f"({word})": item_type for word, item_type in TYPES.items()}


def read(text: str) -> Menu:
    """Bring a page into the common form; its first line may have lost its indentation."""
    if "\n" + INDENT not in text:
        return Menu(read_collapsed(text, _WORDS, bracketed=True))
    return Menu(read_columns(text, _COLUMNS))
