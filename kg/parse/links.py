"""Inline links: `[n][text]` in a text, `[n] selector` under LINKS."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model import InlineLink, Part, Selector
from kg.parse.marks import CUT, Note
from kg.parse.rows import Row
from kg.parse.selector import parse_selector

HINT = "]["
"""What a text with an anchor holds: cheaper to look for than the anchor."""

# A link's text may quote with `[...]` in it, but holds no other anchor; a cut line may have lost the closing bracket.
_ANCHOR = re.compile(
    rf"\[([0-9]{{1,3}})\]\[([^\[\]{CUT}]*+(?:\[(?![0-9]+\]\[)[^\[\]{CUT}]*+\][^\[\]{CUT}]*+)*+)(?:\]|(?={CUT}))"
)


class Anchor(NamedTuple):
    """An anchor and where it stands in a text without markup; `part` and offsets are None if that text is not kept."""

    number: int
    text: str
    line: int
    part: Part | None
    image: int | None
    start: int | None
    end: int | None


class LinkRow(NamedTuple):
    """A row of LINKS."""

    number: int
    line: int
    selector: Selector


def strip_anchors(
    text: str, line: int, part: Part, base: int, image: int | None = None
) -> tuple[str, list[Anchor]]:
    """Take link markup out of a text whose first line is `line`; `base` is added to the anchors' offsets."""
    pieces: list[str] = []
    anchors: list[Anchor] = []
    done = 0
    start = base
    for match in _ANCHOR.finditer(text, text.index("[")):
        before = text[done : match.start()]
        line += before.count("\n")
        label = match[2]
        pieces += (before, label)
        start += len(before) - before.count(CUT)
        end = start + len(label)
        anchors.append(Anchor(int(match[1]), label.replace("\n", " "), line, part, image, start, end))
        line += label.count("\n")
        start = end
        done = match.end()
    pieces.append(text[done:])
    return "".join(pieces).replace(CUT, ""), anchors


def read_link_row(row: Row) -> LinkRow:
    """Read a row of LINKS; its label holds the selector, and the row's own selector helps where it does not."""
    label, address, line = row
    number, _, selector = label[1:].partition("]")
    return LinkRow(int(number), line, parse_selector(selector.strip() or address))


def join_links(anchors: list[Anchor], rows: list[LinkRow], notes: list[Note]) -> tuple[InlineLink, ...]:
    """Give each anchor the target of its number, in the order of the rows and then of the anchors.

    Rows without an anchor follow in their place; what lacks its other half is noted.
    """
    by_number: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        by_number.setdefault(anchor.number, []).append(anchor)
    links: list[InlineLink] = []
    for row in rows:
        named = by_number.pop(row.number, None)
        if named is None:
            notes.append(Note("link-without-anchor", row.line, f"no text carries link [{row.number}]"))
            links.append(InlineLink(row.number, row.line, selector=row.selector))
            continue
        links += [_link(anchor, row.selector) for anchor in named]
    for number, named in by_number.items():
        notes.append(Note("anchor-without-target", named[0].line, f"LINKS has no row [{number}]"))
        links += [_link(anchor, None) for anchor in named]
    return tuple(links)


def _link(anchor: Anchor, selector: Selector | None) -> InlineLink:
    number, text, line, part, image, start, end = anchor
    return InlineLink(number, line, text, part, image, start, end, selector)
