"""From the text of a file to what it says: the way of one dump through the parser."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from kg.model import Article, ErrorPage, Finding, IndexPage, LineRole, Record, Rendering, Source
from kg.parse import gemini, gopherproxy, menu, mills, phoxy, table
from kg.parse.address import own_selector
from kg.parse.article import ArticleReader
from kg.parse.failures import TRANSFER_CUT, error_message, mark_failures
from kg.parse.index import is_index, read_index
from kg.parse.marks import MARKS, Menu, Note
from kg.parse.rendering import recognise
from kg.parse.runs import UNPARSED, Run, fill
from kg.parse.structure import TITLE, find_frame, find_title

_READERS: dict[Rendering, Callable[[str], Menu]] = {
    Rendering.GOPHERPROXY: gopherproxy.read,
    Rendering.MILLS: mills.read,
    Rendering.TABLE: table.read,
    Rendering.MENU: menu.read,
    Rendering.GEMINI: gemini.read,
    Rendering.PHOXY: phoxy.read,
}
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b")
_TITLE_HINT = TITLE[:5]
_NO_MARKS = str.maketrans(dict.fromkeys(MARKS, "\ufffd"))


class Parsed(Record, frozen=True):
    """What one file says, which role each of its lines has, and what a person should know of it.

    `lines` are runs of a role with its first and last line; they cover every line once, in order. `page` and
    `rendering` are None where nothing could be made of the text; a finding says so.
    """

    page: Article | IndexPage | ErrorPage | None
    lines: tuple[Run, ...]
    findings: tuple[Finding, ...]
    rendering: Rendering | None


def roles(parsed: Parsed) -> list[LineRole]:
    """List the role of each line, the first line first."""
    return [role for role, first, last in parsed.lines for _ in range(first, last + 1)]


def parse_page(text: str, *, path: str, sha256: str) -> Parsed:
    """Parse the text of one file.

    `path` names it in findings and may tell the article's number; `sha256` is that of its bytes. Lines are those of
    the text with universal newlines; a newline at the end begins no further line. Pure, and never raises.
    """
    reader = _PageReader(_normalise(text), path, sha256)
    page = reader.read()
    lines = fill(reader.runs, reader.menu.lines, reader.notes)
    findings = [
        Finding(code, path, line, message)
        for code, line, message in reader.notes
        # That nothing was recognised holds for each line, and is said once.
        if page is not None or code != UNPARSED
    ]
    return Parsed(page, lines, tuple(findings), reader.rendering)


def _normalise(text: str) -> str:
    """Make line ends universal and letters NFC, and put a newline before the first line and after the last."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(mark in text for mark in MARKS):
        text = text.translate(_NO_MARKS)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.removeprefix("\ufeff")
    return f"\n{text}" if text.endswith("\n") or not text else f"\n{text}\n"


class _PageReader:
    """One file on its way: the text, its common form, and what the steps of the grammar leave beside the page."""

    def __init__(self, text: str, path: str, sha256: str) -> None:
        self.rendering = recognise(text)
        self.menu = _read_menu(text, self.rendering)
        self.notes = [*self.menu.notes, *mark_failures(self.menu.lines, text)]
        self.runs: list[Run] = []
        self._several = text.find(_TITLE_HINT, text.find(_TITLE_HINT) + 1) >= 0
        self._path = path
        self._sha256 = sha256

    def read(self) -> Article | IndexPage | ErrorPage | None:
        lines = self.menu.lines
        title = find_title(lines)
        if title is None or self.rendering is None:
            return self._read_untitled(lines)
        frame = find_frame(lines, title, several=self._several)
        if frame.end < len(lines) - 1:
            self.notes.append(Note("second-page", frame.end, "another page begins here and is not read"))
        last = frame.end - 1
        while not lines[last]:
            last -= 1
        source = Source(self._path, self._sha256, self.rendering, title, last)
        own = own_selector(self._path, self.menu.address)
        if is_index(lines, frame, own):
            return read_index(lines, frame, source, own, self.runs)
        lost = [note.code for note in self.notes if note.code in (TRANSFER_CUT, table.ROWS_CUT)]
        reader = ArticleReader(lines, frame, self.runs, self.notes, incomplete=TRANSFER_CUT in lost)
        return reader.read(source, own, truncated=bool(lost), transliterated=self.menu.transliterated)

    def _read_untitled(self, lines: list[str]) -> ErrorPage | None:
        """Read an error page; where it is none, every line stays without a role."""
        if not any(lines):
            self.notes.append(Note("empty", None, "the file holds no text"))
            return None
        message = error_message(lines)
        if message is None:
            self.notes.append(Note("unrecognised", None, "no page of the newspaper in any known rendering"))
            return None
        self.notes.append(Note("error-page", None, f"an error in place of a page: {message[:80]!r}"))
        last = len(lines) - 2
        self.runs.append((LineRole.CHROME, 1, last))
        rendering = self.rendering or Rendering.GOPHERPROXY
        return ErrorPage(Source(self._path, self._sha256, rendering, 1, last), message)


def _read_menu(text: str, rendering: Rendering | None) -> Menu:
    if rendering is None:
        return Menu([line.strip() for line in text.split("\n")])
    menu = _READERS[rendering](text)
    if "\u00ad" in text or "\u200b" in text:
        menu = menu._replace(lines=[line.translate(_INVISIBLE).strip() for line in menu.lines])
    return menu
