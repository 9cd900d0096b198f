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
    return [
        _read_entry(lines, head, stop, runs)
        for head, stop in zip(heads, [*heads[1:], end], strict=bool(heads))
    ]


def _read_entry(lines: list[str], head: int, end: int, runs: list[Run]) -> Related:
    runs.append((_HEADLINE, head, head))
    first = head + 1
    while first < end and not lines[first]:
        first += 1
    while end > first and not lines[end - 1]:
        end -= 1
    teaser = _read_teaser(lines, first, end, runs) if first < end else None
    row = lines[head]
    headline, address = read_row(row)
    number = slug = None
    if address:
        selector = parse_selector(address)
        if selector.kind is SelectorKind.ARTICLE:
            number, slug = selector.number, selector.slug
    return Related(headline, head, row.endswith(CUT), teaser, number, slug)


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
