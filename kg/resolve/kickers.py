"""Kickers: what selectors call them, where a headline has one, and what links to unknown articles say by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import starmap
from typing import Final, NamedTuple

from kg.model import Article, Finding, Record, SelectorKind
from kg.parse import split_headline
from kg.relations import Relations
from kg.resolve.claims import Claim, rows_of
from kg.resolve.keys import slug

_NAMED = 3
"""How many articles of one kicker a finding names."""


class ArticleLink(NamedTuple):
    """A link to an article by number."""

    number: str
    slug: str | None
    line: int


def article_links(page: Article) -> Iterator[tuple[int, ArticleLink]]:
    """The links to articles, each with its place among the page's links."""
    for index, link in enumerate(page.links):
        target = link.selector
        if target is not None and target.kind is SelectorKind.ARTICLE and target.number:
            yield index, ArticleLink(target.number, target.slug, link.line)


def kickers_told(claim: Claim) -> Iterator[tuple[str, str]]:
    """The slugs that selectors have for an article's kicker, each after the article's number."""
    page = claim.page
    for row in rows_of(claim):
        if row.number and row.slug:
            yield row.number, row.slug
    if isinstance(page, Article):
        for _, link in article_links(page):
            if link.slug:
                yield link.number, link.slug
        if page.number and page.slug:
            yield page.number, page.slug


def certain_kicker(headline: str, slug: str | None, *, cut: bool) -> tuple[str | None, str | None]:
    """Kicker and title where the separator is certain; `slug` is what selectors call it. A cut headline has neither."""
    kicker, title, certain = split_headline(headline, slug)
    return (kicker, title) if certain and not cut else (None, None)


_SPELLED: Final = """
    CREATE OR REPLACE TEMP TABLE spelled_kicker AS
    SELECT article.key, printed, false AS is_stub, cut, path, line, headline, article.kicker AS found, is_certain,
           kicker.slug, NOT is_grouped AND kicker.slug IS NOT DISTINCT FROM article.slug AS is_known
    FROM article LEFT JOIN kicker USING (number)
    UNION ALL
    SELECT stub.key, printed, true, cut, path, line, printed, NULL, NULL, kicker.slug, false
    FROM stub LEFT JOIN kicker ON has_number AND kicker.number = stub.key WHERE printed IS NOT NULL
"""
_KICKERS: Final = """
    CREATE OR REPLACE TEMP TABLE kicker_of AS
    SELECT spelled_kicker.* EXCLUDE (found, is_certain), if(is_known, found, looked.kicker) AS kicker,
           if(is_known, spelled_kicker.is_certain, looked.is_certain) AS is_certain
    FROM spelled_kicker LEFT JOIN looked_kicker AS looked USING (key)
"""


class _Looked(Record, frozen=True):
    key: str
    kicker: str | None
    is_certain: bool


def find_kickers(relations: Relations) -> Counter[str]:
    """Make the table `kicker_of`, of all headlines; how many articles and stubs have a kicker, by its slug."""
    relations.run(_SPELLED)
    open_ones = relations.rows("SELECT key, printed, slug FROM spelled_kicker WHERE NOT is_known")
    relations.insert("looked_kicker", _Looked, starmap(_look, open_ones))
    relations.run(_KICKERS)
    counted = relations.rows(
        "SELECT kicker, count(*) FROM kicker_of WHERE kicker IS NOT NULL AND is_certain AND NOT cut GROUP BY kicker"
    )
    return Counter(dict(counted))


def _look(key: str, headline: str, spelled: str | None) -> _Looked:
    kicker, _, is_certain = split_headline(headline, spelled)
    return _Looked(key, slug(kicker) if kicker is not None else None, is_certain)


def kicker_findings(relations: Relations) -> Iterator[Finding]:
    """Headlines that could be parted at several places, and links to articles that no page tells, where kickers of
    their slug exist: never joined by it.
    """
    for path, line, headline in relations.rows(
        """SELECT path, line, headline FROM kicker_of WHERE NOT is_stub AND NOT is_certain AND NOT cut
           ORDER BY path, line"""
    ):
        message = f"several colons and no known slug, so no kicker is stated: {headline}"
        yield Finding("kicker-uncertain", path, line, message)
    for stub, path, line, headlines in relations.rows(
        f"""
        WITH link AS (SELECT stub_link.* FROM stub_link JOIN stub ON stub.key = stub AND printed IS NULL
                      WHERE nullif(stub_link.slug, '') IS NOT NULL),
             alike AS (
                 SELECT kicker, list(printed ORDER BY is_stub, key, printed) AS headlines FROM (
                     SELECT kicker, printed, is_stub, key FROM kicker_of SEMI JOIN link USING (kicker)
                     WHERE is_certain AND NOT cut
                     QUALIFY row_number() OVER (PARTITION BY kicker ORDER BY is_stub, key, printed) <= {_NAMED}
                 ) GROUP BY kicker
             )
        SELECT stub, path, line, headlines FROM link JOIN alike USING (kicker) ORDER BY stub, path, line
        """
    ):
        named = "; ".join(headlines)
        message = f"article {stub} is unknown; of the same kicker, but not joined by it: {named}"
        yield Finding("slug-candidate", path, line, message)
