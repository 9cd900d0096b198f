"""Pages that list articles: topics, authors, sections (DUMP-FORMAT, section 3)."""

from __future__ import annotations

from kg.model import IndexKind, IndexPage, LineRole, Selector, SelectorKind, Source
from kg.parse.entries import read_entries
from kg.parse.marks import CUT, FOLDER, PICTURE
from kg.parse.runs import Run
from kg.parse.structure import TITLE, Frame

_AUTHOR = "Alle Artikel von "
_KINDS = {
    SelectorKind.TOPIC: IndexKind.TOPIC,
    SelectorKind.AUTHOR: IndexKind.AUTHOR,
    SelectorKind.SECTION: IndexKind.SECTION,
}


def is_index(lines: list[str], frame: Frame, own: Selector | None) -> bool:
    """Tell whether a page without date and sections is a list: it has rows, and no teaser, subhead or picture.

    A page that is nothing but a title is a list only where its address or its title says so.
    """
    if frame.date is not None or frame.sections:
        return False
    below = [line for line in lines[frame.title + 1 : frame.end] if line]
    if any(line.startswith(("> ", "## ", PICTURE)) for line in below):
        return False
    if any(line.startswith(FOLDER) for line in below):
        return True
    said = own is not None and own.kind in _KINDS
    return not below and (said or lines[frame.title].startswith(TITLE + _AUTHOR))


def read_index(
    lines: list[str], frame: Frame, source: Source, own: Selector | None, runs: list[Run]
) -> IndexPage:
    """Read a list of articles; its kind is what its address says, an author's by its title, else a topic."""
    name = lines[frame.title].removeprefix(TITLE).rstrip(CUT).strip()
    kind = _KINDS.get(own.kind) if own is not None else None
    number = own.number if own is not None and kind is not None else None
    if name.startswith(_AUTHOR) and kind in (None, IndexKind.AUTHOR):
        kind = IndexKind.AUTHOR
        name = name.removeprefix(_AUTHOR)
    runs.append((LineRole.HEADLINE, frame.title, frame.title))
    entries = read_entries(lines, frame.title + 1, frame.end, runs)
    return IndexPage(source, kind or IndexKind.TOPIC, name, number, tuple(entries))
