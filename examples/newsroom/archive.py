"""Which files the archive consists of, and what can be learnt about article numbers and slugs from all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsroom import naming
from newsroom.corpus import Corpus, IndexSpec, separators
from newsroom.pages import Row, article_rows, index_entries, index_rows, index_selector
from newsroom.records import Article
from newsroom.renderings import FileSpec, render

_TICKER = re.compile(r"\+\+\+ .+? \+\+\+: ")
_NUMBERING = {"name", "percent", "digits", "uri", "uriq", "uriurl", "urislug"}


@dataclass(frozen=True)
class DumpFile:
    """One file of examples/dumps, with the page that it shows."""

    path: str
    spec: FileSpec
    rows: Sequence[Row]
    text: str
    article: Article | None = None
    index: IndexSpec | None = None
    number: str | None = None  # what this file says of itself
    slug: str | None = None


def all_files(corpus: Corpus) -> Iterator[DumpFile]:
    """Every dump of the archive: articles in folders by year, index pages in `seiten`."""
    for article in corpus.articles.values():
        for notation in article.files:
            spec = FileSpec.parse(notation)
            rows = article_rows(article, corpus, spec.layout)
            numbered = bool(spec.flags & _NUMBERING)
            name = _file_name(spec, article.number, f"{article.id} {notation}")
            yield DumpFile(
                path=f"{article.date[:4]}/{name}.txt",
                spec=spec,
                rows=rows,
                text=render(rows, spec, corpus.selector(article.id)),
                article=article,
                number=article.number if numbered else None,
                slug=naming.slug(article.kicker) if article.kicker and "urislug" in spec.flags else None,
            )
    for page in corpus.pages:
        for notation in page.files:
            yield _index_file(page, notation, corpus)


def _index_file(page: IndexSpec, notation: str, corpus: Corpus) -> DumpFile:
    spec = FileSpec.parse(notation)
    rows = index_rows(page, corpus, spec.layout)
    selector = index_selector(page, corpus)
    numbered = bool(spec.flags & _NUMBERING)
    number = selector[selector.rindex("/!") + 3 :]
    slug = selector[1 : selector.rindex("/!")] if selector.count("/") > 1 else None
    return DumpFile(
        path=f"seiten/{naming.file_stem(f'{page.kind} {page.of} {notation}')}.txt",
        spec=spec,
        rows=rows,
        text=render(rows, spec, selector),
        index=page,
        number=number if numbered else None,
        slug=slug if "urislug" in spec.flags else None,
    )


def _file_name(spec: FileSpec, number: str, key: str) -> str:
    if "name" in spec.flags:
        return f"!{number}"
    if "percent" in spec.flags:
        return f"%21{number}"
    if "digits" in spec.flags:
        return number
    return naming.file_stem(key)


def known_numbers(corpus: Corpus, files: Sequence[DumpFile]) -> set[str]:
    """Ids of articles whose number some file ties to their headline."""
    known = {file.article.id for file in files if file.article and file.number}
    for file in files:
        if file.spec.letter == "d":
            if file.article:
                known |= {announced.id for announced in file.article.related}
            if file.index:
                known |= {article.id for article in index_entries(file.index, corpus)}
    return known


def certain_kickers(corpus: Corpus, files: Sequence[DumpFile]) -> set[str]:
    """Ids of articles and stubs whose kicker is settled: by the headline's form, or by a slug with a known number."""
    everything = corpus.articles | corpus.stubs
    plain = {
        ident
        for ident, article in everything.items()
        if separators(article.headline) <= 1 or _TICKER.match(article.headline)
    }
    linked = {
        anchor.target
        for file in files
        if file.article
        for _, _, text in file.article.texts
        for anchor in text.anchors
        if anchor.target in everything
    }
    own = {file.article.id for file in files if file.article and file.slug}
    return plain | own | (linked & known_numbers(corpus, files))
