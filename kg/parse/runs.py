"""The lines that each step of the grammar consumed, and the roles of all lines that follow from them."""

from __future__ import annotations

from typing import TypeAlias

from kg.model import LineRole
from kg.parse.marks import CHROME, MARKS, Note

Run: TypeAlias = tuple[LineRole, int, int]
"""A role and the first and last line that has it."""

UNPARSED = "unparsed-line"
_BLANK = LineRole.BLANK
_SHOWN = 80


def fill(runs: list[Run], lines: list[str], notes: list[Note]) -> tuple[Run, ...]:
    """Complete the runs that the grammar consumed, given in the order of lines, to runs over all lines.

    Blank lines and the renderer's own are told by their look; what else no step consumed is unparsed and noted.
    """
    filled: list[Run] = []
    next_line = 1
    for run in runs:
        first = run[1]
        if first == next_line + 1 and not lines[next_line]:
            filled.append((_BLANK, next_line, next_line))
        elif first > next_line:
            _fill_gap(lines, next_line, first, filled, notes)
        filled.append(run)
        next_line = run[2] + 1
    _fill_gap(lines, next_line, len(lines) - 1, filled, notes)
    return tuple(filled)


def _fill_gap(lines: list[str], start: int, end: int, filled: list[Run], notes: list[Note]) -> None:
    """Add the runs of the lines from `start` to before `end`."""
    role = None
    for number in range(start, end):
        line = lines[number]
        found = _look(line)
        if found is role:
            filled[-1] = (role, filled[-1][1], number)
            continue
        if found is LineRole.UNPARSED:
            notes.append(Note(UNPARSED, number, f"not understood: {line.strip(MARKS)[:_SHOWN]!r}"))
        filled.append((found, number, number))
        role = found


def _look(line: str) -> LineRole:
    if not line:
        return _BLANK
    return LineRole.CHROME if line.startswith(CHROME) else LineRole.UNPARSED
