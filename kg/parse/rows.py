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
    while start < end and not lines[start]:
        start += 1
    while end > start and not lines[end - 1]:
        end -= 1
    block = lines[start:end]
    if role is LineRole.LINK:
        are_rows = [_LINK.match(row) is not None for row in block]
    else:
        are_rows = [row[:2] == FOLDER and len(row) > 2 for row in block]
    if not all(are_rows):
        return _read_some(block, start, are_rows, role, runs)
    if block:
        runs.append((role, start, end - 1))
    text = "".join(block)
    if CUT in text or SELECTOR in text:
        return [(*read_row(row), number) for number, row in enumerate(block, start)]
    return [(row[2:], "", number) for number, row in enumerate(block, start)]


def _read_some(
    lines: list[str], start: int, are_rows: list[bool], role: LineRole, runs: list[Run]
) -> list[Row]:
    """Read the rows among lines, the first of which is line `start`."""
    rows: list[Row] = []
    for number, (line, is_row) in enumerate(zip(lines, are_rows, strict=True), start):
        if is_row:
            if rows and rows[-1][2] == number - 1:
                runs[-1] = (role, runs[-1][1], number)
            else:
                runs.append((role, number, number))
            rows.append((*read_row(line), number))
    return rows
