"""Lists of articles: a headline's row and perhaps a teaser, under ARTIKEL ZUM THEMA and on index pages."""

from __future__ import annotations

from kg.model import LineRole, Passage, Related, SelectorKind
from kg.parse.marks import BLOCK, CHROME, CUT, FOLDER, ROW, read_row
from kg.parse.runs import Run
from kg.parse.selector import parse_selector

_HEADLINE = LineRole.RELATED_HEADLINE
_TEASER = LineRole.RELATED_TEASER


def read_entries(lines: list[str], start: int, end: int, runs: list[Run]) -> list[Related]:
    """Read the entries in `lines[start:end]`, adding runs for their headlines and teasers.

    What stands before the first headline, and rows that are no folders, stay without a role.
    """
    heads = [number for number in range(start, end) if lines[number][:2] == FOLDER]
    ends = [*heads[1:], end]
    entries = [_read_entry(lines, head, ends[position], runs) for position, head in enumerate(heads)]
    return [entry for entry in entries if entry is not None]


def _read_entry(lines: list[str], head: int, end: int, runs: list[Run]) -> Related | None:
    """Read the headline in line `head` and the teaser below it; None for a row that leads to more of the list."""
    row = lines[head]
    headline, address = read_row(row)
    selector = parse_selector(address) if address else None
    if selector is not None and selector.kind is SelectorKind.SEARCH:
        runs.append((LineRole.CHROME, head, head))
        return None
    runs.append((_HEADLINE, head, head))
    first = head + 1
    while first < end and not lines[first]:
        first += 1
    while end > first and not lines[end - 1]:
        end -= 1
    teaser = _read_teaser(lines, first, end, runs) if first < end else None
    known = selector if selector is not None and selector.kind is SelectorKind.ARTICLE else None
    if known is None:
        return Related(headline, head, row.endswith(CUT), teaser)
    return Related(headline, head, row.endswith(CUT), teaser, known.number, known.slug)


def _read_teaser(lines: list[str], first: int, end: int, runs: list[Run]) -> Passage | None:
    text = "\n".join(lines[first:end])
    if ROW in text or CHROME in text:
        end = next(number for number in range(first, end) if lines[number].startswith((ROW, CHROME)))
        while end > first and not lines[end - 1]:
            end -= 1
        if end == first:
            return None
        text = "\n".join(lines[first:end])
    runs.append((_TEASER, first, end - 1))
    return Passage(text.replace(CUT, "").replace(BLOCK, ""), first)
