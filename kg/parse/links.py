"""Inline links: `[n][text]` in a text, `[n] selector` under LINKS."""

from __future__ import annotations

import re

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


def strip_anchors(
    text: str, line: int, part: Part, base: int, image: int | None = None
) -> tuple[str, list[InlineLink]]:
    """Take link markup out of a text whose first line is `line`; `base` is added to the anchors' offsets."""
    pieces: list[str] = []
    anchors: list[InlineLink] = []
    done = 0
    start = base
    for match in _ANCHOR.finditer(text, text.index("[")):
        before = text[done : match.start()]
        number, label = match.groups()
        pieces += (before, label)
        line += before.count("\n")
        start += len(before) - before.count(CUT)
        end = start + len(label)
        anchors.append(InlineLink(int(number), line, label.replace("\n", " "), part, image, start, end))
        line += label.count("\n")
        start = end
        done = match.end()
    pieces.append(text[done:])
    return "".join(pieces).replace(CUT, ""), anchors


def read_link_row(row: Row) -> InlineLink:
    """Read a row of LINKS; its label holds the selector, and the row's own selector helps where it does not."""
    label, address, line = row
    number, _, selector = label[1:].partition("]")
    return InlineLink(int(number), line, selector=parse_selector(selector.strip() or address))


def join_links(
    anchors: list[InlineLink], rows: list[InlineLink], notes: list[Note]
) -> tuple[InlineLink, ...]:
    """Give each anchor the target of its number, in the order of the rows and then of the anchors.

    Rows without an anchor follow in their place; what lacks its other half is noted.
    """
    by_number: dict[int, list[InlineLink]] = {}
    for anchor in anchors:
        by_number.setdefault(anchor.number, []).append(anchor)
    links: list[InlineLink] = []
    for row in rows:
        named = by_number.pop(row.number, None)
        if named is None:
            notes.append(Note("link-without-anchor", row.line, f"no text carries link [{row.number}]"))
            links.append(row)
            continue
        links += [_with_target(anchor, row.selector) for anchor in named]
    for number, named in by_number.items():
        notes.append(Note("anchor-without-target", named[0].line, f"LINKS has no row [{number}]"))
        links += named
    return tuple(links)


def _with_target(anchor: InlineLink, selector: Selector | None) -> InlineLink:
    return InlineLink(
        anchor.number, anchor.line, anchor.text, anchor.part, anchor.image, anchor.start, anchor.end, selector
    )
