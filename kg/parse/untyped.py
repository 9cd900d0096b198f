"""Renderings that lost the item types: which lines are rows follows from where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from kg.parse.marks import BLOCK, CUT, FOLDER, PICTURE, WIDTH
from kg.parse.structure import RELATED, Frame, find_frame, find_title
from kg.parse.wrapping import fits

FindHeadlines: TypeAlias = Callable[[list[str], int, int], list[int]]
"""Finds the headlines in `lines[start:end]`, which holds headlines and teasers alone."""

CAPTION_LABEL = "Bild: "
_ENDS_SENTENCE = (".", "!", "?", "…", "*", ")")
_QUOTES = ("“", '"', "”", "«", "»", "‘")


def mark_rows(lines: list[str], entries: FindHeadlines) -> None:
    """Mark the rows of a page in place; `entries` finds the headlines below ARTIKEL ZUM THEMA or an index's title."""
    title = find_title(lines)
    if title is None:
        return
    frame = find_frame(lines, title, several=True)
    if _is_index(lines, frame):
        _mark(lines, entries(lines, title + 1, frame.end), FOLDER)
        return
    _mark(lines, _captions(lines, title, frame.body_end), PICTURE)
    for name, heading, end in frame.sections:
        if name == RELATED:
            _mark(lines, entries(lines, heading + 1, end), FOLDER)
        else:
            _mark(lines, [number for number in range(heading + 1, end) if lines[number]], FOLDER)


def _captions(lines: list[str], title: int, end: int) -> list[int]:
    """Find the captions of a page's head: above them stands the teaser alone, one block where it is unmarked."""
    captions: list[int] = []
    others = 0
    for number in range(title + 1, end):
        line = lines[number].lstrip(BLOCK)
        if line.startswith(CAPTION_LABEL):
            captions.append(number)
        elif line and line[0] != ">":
            if captions or others:
                break
            others += 1
    return captions


def _mark(lines: list[str], numbers: list[int], mark: str) -> None:
    for number in numbers:
        lines[number] = mark + lines[number].lstrip(BLOCK)


def _is_index(lines: list[str], frame: Frame) -> bool:
    """Tell whether a page without date and sections lists articles rather than being one.

    Index pages have no teaser, no subhead and no picture, and begin with a headline, which is no sentence.
    """
    below = [line.lstrip(BLOCK) for line in lines[frame.title + 1 : frame.end] if line]
    if frame.date is not None or frame.sections or not below:
        return False
    if any(line.startswith((">", "## ", CAPTION_LABEL)) for line in below):
        return False
    return not below[0].endswith((".", CUT)) or ": " in below[0]


def entries_of_blocks(lines: list[str], start: int, end: int) -> list[int]:
    """Find the headlines where blank lines or line ends part the blocks.

    A headline is never wrapped. What follows one is its teaser if it is wrapped or ends as a sentence does, unless
    it looks more like a headline than the block after it: a teaser may be missing.
    """
    blocks = _blocks(lines, start, end)
    headlines: list[int] = []
    teaser_may_follow = False
    for position, (first, last) in enumerate(blocks):
        if teaser_may_follow and _is_teaser(lines, blocks, position):
            teaser_may_follow = False
            continue
        headlines.append(first)
        teaser_may_follow = first == last
    return headlines


def _blocks(lines: list[str], start: int, end: int) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    for number in range(start, end):
        line = lines[number]
        if not line:
            continue
        if blocks and blocks[-1][1] == number - 1 and not line.startswith(BLOCK):
            blocks[-1] = (blocks[-1][0], number)
        else:
            blocks.append((number, number))
    return blocks


def _is_teaser(lines: list[str], blocks: list[tuple[int, int]], position: int) -> bool:
    first, last = blocks[position]
    if first != last:
        return True
    line = lines[first]
    if not _ends_teaser(line):
        return False
    if line.endswith(".") or ": " not in line or position + 1 == len(blocks):
        return True
    after_first, after_last = blocks[position + 1]
    return after_first == after_last and not lines[after_last].endswith(".")


def entries_of_lines(lines: list[str], start: int, end: int) -> list[int]:
    """Find the headlines where nothing parts the blocks and prose is wrapped.

    A teaser goes on while the next line's first word would not have fitted, and its last line ends as a sentence
    does; a line that is longer than prose ever gets, or cut, is a headline.
    """
    headlines: list[int] = []
    number = start
    while number < end:
        if not lines[number]:
            number += 1
            continue
        headlines.append(number)
        number = _teaser_end(lines, number + 1, end)
    return headlines


def _teaser_end(lines: list[str], start: int, end: int) -> int:
    """Find the line after the teaser that begins at `start`, or `start` where there is none."""
    number = start
    while number < end and lines[number]:
        line = lines[number]
        if number == start and _is_long(line):
            return start
        following = lines[number + 1] if number + 1 < end else ""
        ended = _ends_teaser(line)
        if not following:
            return number + 1 if ended or number > start else start
        if line.endswith(CUT) or not fits(line, following):
            if ended and (_is_long(following) or ": " in following):
                return number + 1
        elif ended:
            return number + 1
        elif number == start:
            return start
        number += 1
    return number


def _ends_teaser(line: str) -> bool:
    """Tell whether a line can be a teaser's last: `Kicker: „Title“` is a headline, quoted sentences end within."""
    if line.endswith(_QUOTES):
        return ": " not in line or line[:-1].endswith(_ENDS_SENTENCE)
    return line.endswith(_ENDS_SENTENCE)


def _is_long(line: str) -> bool:
    return len(line) > WIDTH
