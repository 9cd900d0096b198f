"""The body of an article: paragraphs and subheads, with their links, and the dateline of the first paragraph."""

from __future__ import annotations

from kg.model import Block, Image, InlineLink, LineRole, Part, Passage
from kg.parse.dateline import Dateline, find_dateline
from kg.parse.links import HINT, strip_anchors
from kg.parse.marks import BLOCK, CHROME, CUT, PICTURE, ROW, WIDTH, read_row
from kg.parse.runs import Run
from kg.parse.untyped import CAPTION_LABEL
from kg.parse.wrapping import fits

_SUBHEAD = "##"
_BODY = LineRole.BODY
_LOST_SOFT_HYPHENS = 30


class BodyReader:
    """Reads the text above the date, adding to the runs of lines and to the anchors as it goes."""

    def __init__(self, runs: list[Run], anchors: list[InlineLink]) -> None:
        self._runs = runs
        self._anchors = anchors
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.dateline: Dateline | None = None
        self._length = 0
        self._in_prose = False

    def read(self, lines: list[str], start: int, end: int) -> None:
        """Read the body that stands in `lines[start:end]`."""
        while start < end:
            if not lines[start]:
                start += 1
                continue
            stop = min(end, lines.index("", start))
            text = "\n".join(lines[start:stop])
            if BLOCK in text or ROW in text or CHROME in text:
                self._read_marked(lines, start, stop)
            elif self._in_prose and "[" not in text and "#" not in text and CUT not in text:
                # Most paragraphs are nothing but prose; this is the parser's innermost loop.
                self._runs.append((_BODY, start, stop - 1))
                self.blocks.append(Block(Passage(text, start)))
                self._length += len(text) + 2
            else:
                self._add(lines[start:stop], start, text)
            start = stop + 1

    def _read_marked(self, lines: list[str], start: int, end: int) -> None:
        """Read lines in which blocks follow each other without blank lines, or a row stands."""
        block: list[str] = []
        for number in range(start, end + 1):
            line = lines[number] if number < end else ""
            if block and (not line or line.startswith((BLOCK, ROW, CHROME))):
                self._add(block, number - len(block), "\n".join(block))
                block = []
            if line.startswith(PICTURE):
                self.add_image(line, number)
            elif line and not line.startswith((ROW, CHROME)):
                block.append(line.lstrip(BLOCK))

    def _add(self, lines: list[str], number: int, text: str) -> None:
        """Add lines that no blank one parts: a paragraph, or subheads and what follows them; `text` joins them."""
        if "#" in text and any(_is_subhead(line) for line in lines):
            self._add_with_subheads(lines, number)
            return
        self._runs.append((_BODY, number, number + len(lines) - 1))
        if self._in_prose:
            self._add_block(text, number)
        else:
            self._in_prose = True
            self._add_first(text, number)

    def _add_with_subheads(self, lines: list[str], number: int) -> None:
        """Add lines of which some are subheads.

        A subhead may be wrapped, with an unmarked second line, or an empty mark with its text on the next line.
        """
        done = 0
        while done < len(lines):
            if _is_subhead(lines[done]):
                stop = _subhead_end(lines, done)
                self._add_subhead(lines[done:stop], number + done)
            else:
                stop = next((n for n in range(done, len(lines)) if _is_subhead(lines[n])), len(lines))
                prose = lines[done:stop]
                self._add(prose, number + done, "\n".join(prose))
            done = stop

    def _add_subhead(self, lines: list[str], number: int) -> None:
        self._runs.append((LineRole.SUBHEAD, number, number + len(lines) - 1))
        first = lines[0].removeprefix(_SUBHEAD).lstrip()
        if first:
            self._add_block("\n".join([first, *lines[1:]]), number, subhead=True)
        elif len(lines) > 1:
            self._add_block("\n".join(lines[1:]), number + 1, subhead=True)

    def _add_first(self, text: str, line: int) -> None:
        """Add the first paragraph without its dateline."""
        text, anchors = strip_anchors(text, line, Part.BODY, 0) if HINT in text else (text, [])
        self.dateline = find_dateline(text)
        cut = 0
        if self.dateline is not None:
            cut = self.dateline.end
            while text[cut : cut + 1].isspace():
                cut += 1
        self._anchors += [_shift(anchor, self._length - cut, self._length) for anchor in anchors]
        self._append(text[cut:], line + text.count("\n", 0, cut), subhead=False)

    def _add_block(self, text: str, line: int, *, subhead: bool = False) -> None:
        if "[" in text and HINT in text:
            text, anchors = strip_anchors(text, line, Part.BODY, self._length)
            self._anchors += anchors
        self._append(text, line, subhead=subhead)

    def _append(self, text: str, line: int, *, subhead: bool) -> None:
        if CUT in text:
            text = text.replace(CUT, "")
        self.blocks.append(Block(Passage(text, line), subhead))
        self._length += len(text) + 2

    def add_image(self, row: str, line: int) -> None:
        """Add the caption of a picture's row."""
        label = read_row(row)[0].removeprefix(CAPTION_LABEL.rstrip()).strip()
        if HINT in label:
            label, anchors = strip_anchors(label, line, Part.CAPTION, 0, len(self.images))
            self._anchors += anchors
        self._runs.append((LineRole.CAPTION, line, line))
        self.images.append(Image(Passage(label, line)))


def _shift(anchor: InlineLink, by: int, first: int) -> InlineLink:
    """Move an anchor's offsets; what falls before `first` stood in the dateline, which no text keeps."""
    if anchor.start is None or anchor.end is None or anchor.start + by < first:
        return InlineLink(anchor.number, anchor.line, anchor.text)
    return InlineLink(
        anchor.number, anchor.line, anchor.text, Part.BODY, None, anchor.start + by, anchor.end + by
    )


def _is_subhead(line: str) -> bool:
    return line.startswith(_SUBHEAD) and line[2:3] in ("", " ")


def _subhead_end(lines: list[str], start: int) -> int:
    """Find the line after a subhead. Soft hyphens may break it early, but not by half a line."""
    stop = start + 1
    while stop < len(lines) and not _is_subhead(lines[stop]):
        before = lines[stop - 1]
        if before != _SUBHEAD and fits(before, lines[stop], WIDTH - _LOST_SOFT_HYPHENS):
            break
        stop += 1
    return stop
