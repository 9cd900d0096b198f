"""What a perfect reader of one file can know: the truth, less what the rendering lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from newsroom.archive import DumpFile
from newsroom.corpus import Corpus, IndexSpec
from newsroom.pages import WIDTH, Row, index_name, printed_dateline, tag_rows
from newsroom.records import Article
from newsroom.renderings import NAMES, cut, transliterate

_ANCHOR = re.compile(r"\[\d+\]\[([^\]]*)\]")
_TEASER_ENDS = tuple('.!?“"…')


def article_facts(file: DumpFile, article: Article, corpus: Corpus, certain: set[str]) -> dict[str, Any]:
    """The expected JSON of an article's file. Raises `ValueError` for damage that no reader could describe."""
    losses = _Losses(file)
    dateline = losses.prose(article.dateline) if article.dateline else None
    facts: dict[str, Any] = {
        "file": file.path,
        "rendering": NAMES[file.spec.letter],
        "kind": "article",
        "truth_id": article.id,
        "number": file.number,
        "slug": file.slug,
        "headline": losses.headline(article),
        "kicker": article.kicker,
        "title": article.title_text.plain,
        "kicker_certain": article.id in certain,
        "date": article.date,
        "teaser": losses.wrapped("teaser", 0),
        "captions": [losses.caption(n) for n in range(len(article.captions))],
        "dateline": dateline,
        "places": re.split(r" und |/|, ", dateline) if dateline else [],
        "credits": list(article.credits),
        "blocks": losses.blocks(article),
        "links": _links(article, corpus, losses),
        "authors": [label or corpus.name(ident) for ident, label in article.authors],
    }
    facts |= _tags_and_related(file, article, corpus, losses)
    facts["cut"] = losses.headline_cut
    facts["truncated"] = losses.truncated
    facts["transliterated"] = file.spec.letter == "f"
    facts["lost"] = sorted(losses.lost | _undecidable(file, article))
    return facts


def index_facts(file: DumpFile, index: IndexSpec, corpus: Corpus) -> dict[str, Any]:
    """The expected JSON of an index page's file."""
    losses = _Losses(file)
    rows = [row for row in file.rows if row.part == "related headline"]
    return {
        "file": file.path,
        "rendering": NAMES[file.spec.letter],
        "kind": index.kind,
        "truth_id": None,
        "number": file.number,
        "slug": file.slug,
        "headline": losses.prose(index_name(index, corpus)),
        "related": [losses.announced(row, None, with_number=file.spec.letter == "d") for row in rows],
        "truncated": losses.truncated,
        "transliterated": file.spec.letter == "f",
        "lost": sorted(losses.lost),
    }


def _undecidable(file: DumpFile, article: Article) -> set[str]:
    """Without any marks a teaser looks like a paragraph unless a picture parts them, and so does a subhead."""
    lost: set[str] = set()
    if file.spec.letter == "e":
        if any(block.subhead for block in article.blocks):
            lost.add("subheads")
        if not (article.teaser and article.captions):
            lost |= {"teaser", "blocks"}
    return lost


def _links(article: Article, corpus: Corpus, losses: _Losses) -> list[dict[str, Any]]:
    texts = [(anchor, text) for _, _, text in article.texts for anchor in text.anchors]
    links: list[dict[str, Any]] = []
    for anchor, text in texts:
        shown = losses.prose(text.plain[anchor.start : anchor.end])
        links.append({"number": len(links) + 1, "text": shown, "selector": corpus.selector(anchor.target)})
    for target in article.lone_links:
        links.append({"number": len(links) + 1, "text": None, "selector": corpus.selector(target)})
    return links


def _tags_and_related(file: DumpFile, article: Article, corpus: Corpus, losses: _Losses) -> dict[str, Any]:
    rows = tag_rows(article, corpus)
    own = rows[: len(rows) - len(article.related)]
    theirs: Sequence[Row | None] = rows[len(own) :]
    if article.lost_tags:
        if len(rows) > len(article.related):
            raise ValueError(f"{article.id}: the missing tags would go unnoticed")
        own, theirs = rows, [None] * len(article.related)
    menu = file.spec.letter == "d"
    headlines = [row for row in file.rows if row.part == "related headline"]
    return {
        "tags": [row.text for row in own],
        "tag_numbers": {row.text: row.selector[3:] for row in own} if menu else {},
        "author_numbers": {r.text: r.selector[3:] for r in file.rows if r.part == "author"} if menu else {},
        "related": [
            losses.announced(row, tag.text if tag else None, with_number=menu)
            for row, tag in zip(headlines, theirs, strict=True)
        ],
    }


class _Losses:
    """The texts of one file as they still stand there, with a record of which fields were harmed."""

    def __init__(self, file: DumpFile) -> None:
        self._file = file
        self.lost: set[str] = set()
        self.headline_cut = False
        self.truncated = False

    def prose(self, text: str) -> str:
        """An information row's text."""
        return transliterate(text) if self._file.spec.letter == "f" else text

    def _kept(self, text: str, field: str) -> str:
        if self._file.spec.letter != "c" or cut(text) == text:
            return text
        if _ANCHOR.search(text) or re.search(r"\[\d+\]", text):
            raise ValueError(f"{self._file.path}: the table cuts through a link: {text}")
        self.lost.add(field)
        self.truncated = True
        return cut(text).rstrip("…").replace("\ufffd", "").rstrip()

    def headline(self, article: Article) -> str:
        """The title row."""
        mark = "# taz.de -- "
        whole = f"{mark}{article.headline}"
        kept = self._kept(whole, "headline")
        self.headline_cut = kept != whole
        return self.prose(kept.removeprefix(mark))

    def caption(self, index: int) -> str:
        """A caption; item labels are not transliterated."""
        row = next(row for row in self._file.rows if row.part == "caption" and row.index == index)
        return _ANCHOR.sub(r"\1", self._kept(row.text, "captions")).removeprefix("Bild: ")

    def wrapped(self, part: str, index: int) -> str | None:
        """A text over several lines, joined again."""
        lines = [row.text for row in self._file.rows if row.part == part and row.index == index]
        if not lines:
            return None
        field = "related" if part == "related teaser" else part
        kept = [self._kept(line, field) for line in lines]
        if part == "teaser":
            kept = [line.removeprefix("> ") for line in kept]
        return _clean(self.prose(" ".join(kept)))

    def announced(self, row: Row, tag: str | None, *, with_number: bool) -> dict[str, Any]:
        """A row of ARTIKEL ZUM THEMA or of an index page."""
        headline = self._kept(row.text, "related")
        teaser = self.wrapped("related teaser", row.index)
        self._check_table_teaser(row.index)
        number = row.selector[2:] if with_number else None
        cut_off = headline != row.text
        return {"headline": headline, "cut": cut_off, "teaser": teaser, "tag": tag, "number": number}

    def _check_table_teaser(self, index: int) -> None:
        """In a table nothing but its last character says that a teaser ends."""
        if self._file.spec.letter != "c":
            return
        lines = [cut(r.text) for r in self._file.rows if r.part == "related teaser" and r.index == index]
        if not lines or any(line.endswith(_TEASER_ENDS) for line in lines[:-1]):
            self.lost.add("related")
        if lines and not lines[-1].endswith(_TEASER_ENDS):
            self.lost.add("related")

    def blocks(self, article: Article) -> list[dict[str, Any]]:
        """The body's blocks: by blank lines, or where there are none by how full the lines are."""
        true = [{"subhead": block.subhead, "text": self.prose(block.text.plain)} for block in article.blocks]
        if self._file.spec.blank_lines:
            return true
        groups = _regrouped([row.text for row in self._file.rows if row.part == "body"], self)
        blocks = []
        dateline = self.prose(printed_dateline(article))
        for group in groups:
            text = _clean(" ".join(group))
            subhead = text.startswith("## ")
            if not subhead and dateline:
                text, dateline = text.removeprefix(dateline), ""
            blocks.append({"subhead": subhead, "text": text.removeprefix("## ") if subhead else text})
        if blocks != true:
            self.lost.add("blocks")
        return blocks

    def kept_body_line(self, line: str) -> str:
        """A row of the body, as far as it stands there."""
        return self._kept(line, "blocks")


def _regrouped(lines: list[str], losses: _Losses) -> list[list[str]]:
    """A paragraph ends at a line after which the next word would still have fitted; a row that was cut was full."""
    groups: list[list[str]] = []
    previous = ""
    ended = True
    for line in lines:
        if not ended and not line.startswith("## "):
            ended = len(previous) + 1 + len(line.split(" ")[0]) <= WIDTH
        kept = losses.kept_body_line(line)
        if ended or line.startswith("## "):
            groups.append([kept])
        else:
            groups[-1].append(kept)
        previous = line if kept == line else "x" * WIDTH
        ended = False
    return groups


def _clean(text: str) -> str:
    return _ANCHOR.sub(r"\1", text).replace("\u00ad", "")
