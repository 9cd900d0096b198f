"""Rendering (c): meulie's table text (DUMP-FORMAT, section 2)."""

from __future__ import annotations

import re

from kg.parse.marks import CUT, Menu, Note
from kg.parse.untyped import entries_of_lines, mark_rows
from kg.parse.wrapping import mark_blocks

ROW_LOOK = re.compile(r"(?:\| )?.* \|(?: \|)?")
ROWS_CUT = "rows-cut"
_KEPT_BYTES = 79
_BROKEN = "\ufffd"


def read(text: str) -> Menu:
    """Bring a table into the common form; rows that it cut end in `CUT`."""
    rows = text.split("\n")
    piped = sum(row.startswith("| ") for row in rows) * 2 > len(rows)
    lines = [_read_row(row, piped) for row in rows]
    cut = [number for number, line in enumerate(lines) if line.endswith(CUT)]
    notes = (
        [Note(ROWS_CUT, cut[0], f"{len(cut)} of {len(lines) - 2} rows were cut by the renderer")]
        if cut
        else []
    )
    mark_rows(lines, entries_of_lines)
    mark_blocks(lines)
    return Menu(lines, notes=tuple(notes))


def _read_row(row: str, piped: bool) -> str:
    """Take the text out of a row. Datelines hold ` | ` themselves: the separator is the last one."""
    row = row.rstrip()
    if row.endswith(" | |"):
        row = row[:-4]
    elif row.endswith(" |"):
        row = row[:-2]
    if piped and row.startswith("|"):
        row = row[1:]
    row = row.strip()
    return _mark_cut(row) if row.endswith("…") else row


def _mark_cut(row: str) -> str:
    """Replace the ellipsis of a cut row by `CUT`: rows over 80 bytes keep 79, which can split a character."""
    kept = row[:-1].rstrip(_BROKEN)
    size = len(kept.encode(errors="replace"))
    broken = len(kept) < len(row) - 1
    if size == _KEPT_BYTES or (broken and _KEPT_BYTES - 3 <= size < _KEPT_BYTES):
        return kept.rstrip() + CUT
    return row
