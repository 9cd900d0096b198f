"""The grammar of an article (DUMP-FORMAT, section 1), written once for all renderings."""

from __future__ import annotations

from kg.model import (
    Article,
    Byline,
    InlineLink,
    LineRole,
    Part,
    Passage,
    Related,
    Selector,
    SelectorKind,
    Source,
    TagRef,
)
from kg.parse.body import BodyReader
from kg.parse.dateline import NO_DATELINE
from kg.parse.entries import read_entries
from kg.parse.links import HINT, join_links, read_link_row, strip_anchors
from kg.parse.marks import BLOCK, CUT, PICTURE, Note
from kg.parse.rows import read_rows
from kg.parse.runs import Run
from kg.parse.selector import parse_selector
from kg.parse.structure import AUTHORS, LINKS, RELATED, TAGS, TITLE, Frame, iso_date

_HEADLINE = LineRole.HEADLINE
_HEADING = LineRole.HEADING
_ROLES = {LINKS: LineRole.LINK, AUTHORS: LineRole.AUTHOR, TAGS: LineRole.TAG}
_AUTHOR = SelectorKind.AUTHOR
_TOPIC = SelectorKind.TOPIC


class ArticleReader:
    """Reads one article of the common form, from the top to the bottom.

    The lines that it understood are added to `runs` in their order, what a person should know of the rest to `notes`.
    `incomplete` says that the page breaks off.
    """

    def __init__(
        self, lines: list[str], frame: Frame, runs: list[Run], notes: list[Note], *, incomplete: bool
    ) -> None:
        self._runs = runs
        self._notes = notes
        self._incomplete = incomplete
        self._lines = lines
        self._frame = frame
        self._anchors: list[InlineLink] = []
        self._link_rows: list[InlineLink] = []
        self._authors: list[Byline] = []
        self._tags: list[TagRef] = []
        self._related: list[Related] = []

    def read(self, source: Source, own: Selector | None, *, truncated: bool, transliterated: bool) -> Article:
        """Read the article; `own` is its address as far as the file tells it."""
        title = self._frame.title
        headline = self._lines[title].removeprefix(TITLE)
        self._runs.append((_HEADLINE, title, title))
        body = BodyReader(self._runs, self._anchors)
        teaser = self._read_head(body)
        date = self._read_date()
        self._read_sections()
        links = join_links(self._anchors, self._link_rows, self._notes)
        tags, related = self._assign_tags()
        dateline = body.dateline or NO_DATELINE
        known = own if own is not None and own.kind is SelectorKind.ARTICLE else None
        return Article(
            source=source,
            headline=headline.rstrip(CUT).strip(),
            headline_line=title,
            cut=headline.endswith(CUT),
            truncated=truncated,
            transliterated=transliterated,
            number=known.number if known else None,
            slug=known.slug if known else None,
            date=date,
            teaser=teaser,
            images=tuple(body.images),
            dateline=dateline.text,
            places=dateline.places,
            credits=dateline.credits,
            body=tuple(body.blocks),
            links=links,
            authors=tuple(self._authors),
            tags=tags,
            related=related,
        )

    def _read_head(self, body: BodyReader) -> Passage | None:
        """Read teaser and pictures, and with `body` what stands below them up to the date."""
        lines, end = self._lines, self._frame.body_end
        teaser = None
        at = self._frame.title + 1
        while at < end:
            line = lines[at]
            if not line:
                at += 1
            elif line[0] == ">" and teaser is None and not body.images:
                stop = at + 1
                while stop < end and lines[stop][:1] == ">":
                    stop += 1
                teaser = self._read_teaser(at, stop)
                at = stop
            elif line.startswith(PICTURE):
                body.add_image(line, at)
                at += 1
            else:
                body.read(lines, at, end)
                break
        return teaser

    def _read_teaser(self, start: int, end: int) -> Passage:
        self._runs.append((LineRole.TEASER, start, end - 1))
        text = "\n".join([line[1:].lstrip() for line in self._lines[start:end]])
        if HINT in text:
            text, anchors = strip_anchors(text, start, Part.ABSTRACT, 0)
            self._anchors += anchors
        return Passage(text.replace(CUT, ""), start)

    def _read_date(self) -> str | None:
        number = self._frame.date
        if number is None:
            self._notes.append(Note("no-date", None, "the article has no date"))
            return None
        self._runs.append((LineRole.DATE, number, number))
        date = iso_date(self._lines[number])
        if date is None:
            self._notes.append(
                Note("impossible-date", number, f"no such day: {self._lines[number].lstrip(BLOCK)}")
            )
        return date

    def _read_sections(self) -> None:
        lines, runs = self._lines, self._runs
        for name, heading, end in self._frame.sections:
            runs.append((_HEADING, heading, heading))
            if name == RELATED:
                self._related += read_entries(lines, heading + 1, end, runs)
                continue
            rows = read_rows(lines, heading + 1, end, _ROLES[name], runs)
            if name == LINKS:
                self._link_rows += [read_link_row(row) for row in rows]
            elif name == AUTHORS:
                self._authors += [
                    Byline(label, line, _number(address, _AUTHOR) if address else None)
                    for label, address, line in rows
                ]
            else:
                self._tags += [
                    TagRef(label, line, _number(address, _TOPIC) if address else None)
                    for label, address, line in rows
                ]

    def _assign_tags(self) -> tuple[tuple[TagRef, ...], tuple[Related, ...]]:
        """Part the article's own tags from those that stand for its related articles, one for each, in their order."""
        tags, related, incomplete = self._tags, self._related, self._incomplete
        own = len(tags) - len(related)
        if not tags or (not related and not incomplete):
            return tuple(tags), tuple(related)
        if own <= 0 or incomplete:
            reason = f"{len(tags)} tags, {len(related)} related articles"
            self._notes.append(
                Note("tags-ambiguous", tags[0].line, reason + (", cut off" if incomplete else ""))
            )
            return tuple(tags), tuple(related)
        return tuple(tags[:own]), tuple(
            Related(entry.headline, entry.line, entry.cut, entry.teaser, entry.number, entry.slug, tag)
            for entry, tag in zip(related, tags[own:], strict=True)
        )


def _number(address: str, kind: SelectorKind) -> str | None:
    """Read the number of a selector of the expected kind."""
    selector = parse_selector(address)
    return selector.number if selector.kind is kind else None
