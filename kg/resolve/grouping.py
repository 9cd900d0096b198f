"""The articles of an archive as a table: most have one dump that nothing else could be, and need no second look.

article     an article by the page that tells it best: key, number, and which page tells what of it
member      every page of an article
kicker      what selectors call the kicker of the article with a number
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kg.model import Finding, NumberTold, Record, Rendering, Source
from kg.relations import Relations
from kg.resolve.articles import group_dumps
from kg.resolve.groups import Dump, Group
from kg.resolve.headlines import MIN_PREFIX
from kg.resolve.keys import collapse
from kg.resolve.numbers import AnnouncedNumbers, learn_numbers, learnt_from

_WORKING: Final = """
    CREATE OR REPLACE TEMP TABLE page AS FROM claimed_page;
    CREATE OR REPLACE TEMP TABLE announcement AS SELECT * EXCLUDE (texts) FROM claimed_row;
    CREATE OR REPLACE TEMP TABLE stated AS FROM claimed_statement;
    CREATE OR REPLACE TEMP TABLE fact AS FROM claimed_fact;
"""
"""Read once from all the files where they lie."""

_BUCKET: Final = """
    CREATE OR REPLACE TEMP MACRO bucket(told) AS ('0x' || substr(sha256(told), 1, 2))::INTEGER
"""
"""The first byte of the SHA-256 of a path or a key, by which articles and stubs are put together some at a time."""

_SOUND: Final = """
    CREATE OR REPLACE TEMP MACRO sound(told) AS replace(replace(replace(replace(replace(replace(replace(
        told, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'Ä', 'Ae'), 'Ö', 'Oe'), 'Ü', 'Ue'), 'ß', 'ss')
"""
"""`kg.resolve.keys.transliterate` in SQL."""

_SUSPECTS: Final = f"""
    CREATE OR REPLACE TEMP TABLE suspect AS
    WITH dump AS (SELECT * FROM page WHERE kind = 'article'),
         several AS (SELECT headline FROM dump GROUP BY headline HAVING count(*) > 1),
         shared AS (SELECT number FROM dump WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1),
         sounds AS (SELECT DISTINCT sound FROM dump WHERE transliterated),
         beginnings AS (SELECT DISTINCT headline FROM dump
                        WHERE cut AND NOT transliterated AND length(headline) >= {MIN_PREFIX}),
         lengths AS (SELECT DISTINCT length(headline) AS length FROM beginnings)
    SELECT page FROM dump WHERE cut OR transliterated OR date IS NULL
    UNION SELECT page FROM dump SEMI JOIN several USING (headline)
    UNION SELECT page FROM dump SEMI JOIN shared USING (number)
    UNION SELECT page FROM dump SEMI JOIN sounds USING (sound)
    UNION SELECT page FROM dump SEMI JOIN (SELECT key FROM announced) AS told ON told.key = headline
          WHERE number IS NULL
    UNION SELECT page FROM dump CROSS JOIN lengths
          SEMI JOIN beginnings ON beginnings.headline = substr(dump.headline, 1, length)
"""
"""Dumps that may be one article with another, or may learn a number from a row: all others stand for themselves."""

_ANNOUNCED: Final = """
    CREATE OR REPLACE TEMP TABLE announced AS
    SELECT fact.key, text AS number, min({'path': path, 'line': fact.line}) AS first
    FROM fact JOIN page USING (page) WHERE what = 'announced' GROUP BY fact.key, text
"""

_ARTICLES: Final = """
    CREATE OR REPLACE TEMP TABLE article AS
    SELECT page AS article, path, line, coalesce(number, key) AS key, number, headline, printed, date, true AS is_exact,
           false AS cut, if(tells_authors, page, NULL) AS authors_from, if(tells_tags, page, NULL) AS tags_from,
           if(tells_related, page, NULL) AS related_from, NULL::VARCHAR AS learnt_path, NULL::INTEGER AS learnt_line,
           NULL::VARCHAR AS learnt_headline, NULL::VARCHAR AS learnt_date, [key, bare_key] AS older,
           false AS is_grouped, nullif(slug, '') AS slug, kicker, is_certain, bucket(path) AS bucket
    FROM page ANTI JOIN suspect USING (page) WHERE kind = 'article'
    UNION ALL
    SELECT article, path, line, grouped.key, grouped.number, grouped.headline, grouped.printed, grouped.date, is_exact,
           grouped.cut, authors_from, tags_from, related_from, learnt_path, learnt_line,
           if(grouped.printed = page.printed, NULL, grouped.printed), if(page.date IS NULL, grouped.date, NULL),
           older, true, NULL, NULL, true, bucket(path)
    FROM grouped JOIN page ON page = article
"""

_MEMBERS: Final = """
    CREATE OR REPLACE TEMP TABLE member AS
    SELECT article AS page, article FROM article WHERE NOT is_grouped UNION ALL SELECT page, article FROM grouped_page
"""

_KICKERS: Final = """
    CREATE OR REPLACE TEMP TABLE kicker AS
    WITH seen AS (SELECT key, text, sum(count) AS count FROM fact WHERE what = 'kicker' GROUP BY key, text)
    SELECT key AS number, arg_min(text, {'often': -count, 'text': text}) AS slug FROM seen GROUP BY key
"""


class _Grouped(Record, frozen=True):
    """An article that was looked at twice. `older` are keys that any part of its dumps would have given it."""

    article: int
    key: str
    number: str | None
    headline: str
    printed: str
    date: str | None
    is_exact: bool
    cut: bool
    authors_from: int | None
    tags_from: int | None
    related_from: int | None
    learnt_path: str | None
    learnt_line: int | None
    older: tuple[str, ...]


class _GroupedPage(Record, frozen=True):
    page: int
    article: int


def make_articles(relations: Relations, publisher: str) -> list[Finding]:
    """Make the tables from those of `kg.resolve.rows`; what is doubtful about dumps and numbers."""
    for statement in (_WORKING, _BUCKET, _SOUND, _ANNOUNCED, _SUSPECTS):
        relations.run(statement)
    groups, findings = group_dumps(_suspects(relations))
    announced = AnnouncedNumbers(_announced(relations))
    findings += learn_numbers(groups, announced, _taken(relations))
    for group in groups:
        group.name(publisher)
    learnt = learnt_from(groups, announced)
    relations.insert("grouped", _Grouped, _grouped(groups, learnt, publisher))
    pages = (_GroupedPage(dump.page, group.page) for group in groups for dump in group.dumps)
    relations.insert("grouped_page", _GroupedPage, pages)
    for statement in (_ARTICLES, _MEMBERS, _KICKERS):
        relations.run(statement)
    return findings


def _suspects(relations: Relations) -> Iterator[Dump]:
    columns = """page, path, sha256, rendering, first_line, last_line, printed, headline, line, date, number, cut,
                 truncated, transliterated, text_length, parts, fingerprint, tells_authors, tells_tags, tells_related"""
    for page, path, sha256, rendering, first, last, *rest in relations.rows(
        f"SELECT {columns} FROM page SEMI JOIN suspect USING (page)"
    ):
        yield Dump(page, Source(path, sha256, Rendering(rendering), first, last), *rest)


def _announced(relations: Relations) -> dict[str, dict[str, NumberTold]]:
    """The numbers told for headlines that may be those of suspects."""
    told: dict[str, dict[str, NumberTold]] = {}
    for headline, number, first in relations.rows(
        f"""
        WITH told AS (SELECT * FROM page SEMI JOIN suspect USING (page))
        SELECT key, number, first FROM announced
        WHERE key IN (SELECT headline FROM told) OR sound(key) IN (SELECT sound FROM told WHERE transliterated)
           OR substr(key, 1, {MIN_PREFIX}) IN (SELECT substr(headline, 1, {MIN_PREFIX}) FROM told WHERE cut)
        """
    ):
        told.setdefault(headline, {})[number] = NumberTold(first["path"], first["line"])
    return told


def _taken(relations: Relations) -> set[str]:
    """The announced numbers that an article has that is no suspect."""
    found = relations.rows(
        """SELECT DISTINCT number FROM page ANTI JOIN suspect USING (page)
           SEMI JOIN announced USING (number) WHERE kind = 'article'"""
    )
    return {number for (number,) in found}


def _grouped(groups: Sequence[Group], learnt: Mapping[str, NumberTold], publisher: str) -> Iterator[_Grouped]:
    for group in groups:
        first = learnt.get(group.key)
        yield _Grouped(
            group.page,
            group.key,
            group.number,
            collapse(group.headline),
            group.headline,
            group.date,
            group.is_exact,
            group.is_cut,
            group.authors_from,
            group.tags_from,
            group.related_from,
            first.path if first is not None else None,
            first.line if first is not None else None,
            tuple(sorted(group.older_keys(publisher))),
        )
