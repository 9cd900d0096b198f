"""The rows under LINKS, AUTOREN and TAGS."""

from __future__ import annotations

import re
from typing import TypeAlias

from kg.model import LineRole
from kg.parse.marks import CUT, FOLDER, ROW, SELECTOR, read_row
from kg.parse.runs import Run

Row: TypeAlias = tuple[str, str, int]
"""A row's label, its selector where the rendering keeps it (else empty), and its line."""

_LINK = re.compile(rf"{ROW}.\[[0-9]{{1,3}}\]")


def read_rows(lines: list[str], start: int, end: int, role: LineRole, runs: list[Run]) -> list[Row]:
    """Read the rows in `lines[start:end]`, adding a run for each block of them.

    Rows are folders with a label; under LINKS they begin with a number in brackets and may be of any type. All
    other lines stay without a role.
    """
    of_links = role is LineRole.LINK
    rows: list[Row] = []
    first = last = 0
    for number in range(start, end):
        raw = lines[number]
        if not (_LINK.match(raw) if of_links else raw[:2] == FOLDER and len(raw) > 2):
            continue
        if number != last + 1:
            if first:
                runs.append((role, first, last))
            first = number
        last = number
        if SELECTOR in raw or raw[-1] == CUT:
            rows.append((*read_row(raw), number))
        else:
            rows.append((raw[2:], "", number))
    if first:
        runs.append((role, first, last))
    return rows
