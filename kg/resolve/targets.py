"""Where related headlines, index entries and inline links lead, as tables: to an article, or to a stub.

    target      each row that announces an article: the article, else the key of a stub; `key` is where it leads
    stub_link   links to articles that no dump tells
    spelled     keys of headlines under which an article was announced, other than its own
    said_tag, said_author, said_section     what pages say about articles that they announce, by key

By number first, then by full headline, then by the unique headline that a cut one begins; never by a slug. What finds
nothing becomes a stub, what finds several a stub and a finding; what finds only the article on whose page it stands
leads nowhere, with a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.model import Basis, Finding
from kg.relations import Relations
from kg.resolve.headlines import MIN_PREFIX

_SEVERAL: Final = 3
"""How many articles that fit a row are looked at: its own page's may be one, and two others are as good as many."""

_HEADS: Final = """
    CREATE OR REPLACE TEMP TABLE head AS
    SELECT DISTINCT page.headline, member.article, article.path
    FROM member JOIN page USING (page) JOIN article USING (article)
    WHERE NOT page.cut AND NOT page.transliterated
"""
"""Whole headlines of articles."""

_FITS: Final = f"""
    CREATE OR REPLACE TEMP TABLE fit AS
    WITH asked AS (SELECT DISTINCT headline, cut FROM announcement WHERE number IS NULL),
         whole AS (SELECT headline, sound(headline) AS sound FROM asked WHERE NOT cut),
         beginning AS (SELECT headline FROM asked WHERE cut AND length(headline) >= {MIN_PREFIX}),
         lossy AS (
             SELECT article, path, headline, sound(headline) AS sound, cut FROM article WHERE NOT is_exact
             QUALIFY row_number() OVER (PARTITION BY headline, cut ORDER BY path) <= {_SEVERAL}
         ),
         ends AS (SELECT DISTINCT length(headline) AS length FROM beginning),
         cuts AS (SELECT DISTINCT length(headline) AS length FROM lossy WHERE cut AND length(headline) >= {MIN_PREFIX}),
         found AS (
             SELECT headline, false AS cut, 1 AS level, '' AS place, article, path
             FROM head SEMI JOIN whole USING (headline)
             UNION ALL
             SELECT whole.headline, false, 2, '', article, path FROM whole JOIN lossy USING (sound) WHERE NOT cut
             UNION ALL
             SELECT whole.headline, false, 3, lpad(length::VARCHAR, 9, '0'), article, path
             FROM whole CROSS JOIN cuts
             JOIN lossy ON lossy.cut AND length(lossy.headline) >= {MIN_PREFIX}
                       AND lossy.headline = substr(whole.headline, 1, length)
             UNION ALL
             SELECT beginning.headline, true, 1, head.headline, article, path
             FROM head CROSS JOIN ends JOIN beginning ON beginning.headline = substr(head.headline, 1, length)
         ),
         nearest AS (
             SELECT headline, cut, article, path, min(place) AS place FROM found
             GROUP BY headline, cut, level, article, path
             QUALIFY level = min(level) OVER (PARTITION BY headline, cut)
         ),
         first AS (
             SELECT *, row_number() OVER (PARTITION BY headline, cut ORDER BY place, path) AS rank FROM nearest
             QUALIFY rank <= {_SEVERAL}
         )
    SELECT headline, cut, list(article ORDER BY rank) AS articles, list(path ORDER BY rank) AS paths FROM first
    GROUP BY headline, cut
"""
"""The first articles that the headline of a row without a number fits."""

_MEANT: Final = """
    CREATE OR REPLACE TEMP TABLE meant AS
    WITH alone AS (SELECT key AS headline, min(number) AS number FROM announced GROUP BY key HAVING count(*) = 1)
    SELECT row.page, row.row, row.line, row.headline, row.cut, row.key, member.article AS own,
           coalesce(row.number, if(row.cut OR fit.articles IS NOT NULL, NULL, alone.number)) AS number,
           fit.articles, [one FOR one IN fit.articles IF one IS DISTINCT FROM member.article] AS others,
           [one FOR one IN fit.paths IF one IS DISTINCT FROM mine.path] AS paths,
           row.number IS NOT NULL AS is_numbered
    FROM announcement AS row
    LEFT JOIN member USING (page)
    LEFT JOIN article AS mine ON mine.article = member.article
    LEFT JOIN fit ON row.number IS NULL AND fit.headline = row.headline AND fit.cut = row.cut
    LEFT JOIN alone ON row.number IS NULL AND alone.headline = row.headline
"""

_KNOWN: Final = """
    CREATE OR REPLACE TEMP TABLE known AS
    SELECT meant.*, of_number.article AS of_number, of_key.article AS of_key
    FROM meant LEFT JOIN article AS of_number ON of_number.number = meant.number
    LEFT JOIN article AS of_key ON meant.number IS NULL AND of_key.key = meant.key
"""

_STUB_HEADS: Final = f"""
    CREATE OR REPLACE TEMP TABLE stub_fit AS
    WITH open AS (SELECT DISTINCT headline FROM known
                  WHERE cut AND number IS NULL AND articles IS NULL AND length(headline) >= {MIN_PREFIX}),
         ends AS (SELECT DISTINCT length(headline) AS length FROM open),
         stub AS (
             SELECT DISTINCT headline, if(number IS NOT NULL, number, key) AS key FROM known
             WHERE NOT cut AND if(number IS NOT NULL, of_number IS NULL,
                                  of_key IS NULL AND (articles IS NULL OR len(others) > 1))
         )
    SELECT open.headline, min(stub.key) AS key
    FROM stub CROSS JOIN ends JOIN open ON open.headline = substr(stub.headline, 1, length)
    GROUP BY open.headline HAVING count(DISTINCT stub.key) = 1
"""
"""Where a headline that was cut begins that of one stub alone, as rows with whole headlines tell it."""

_TARGETS: Final = """
    CREATE OR REPLACE TEMP TABLE target AS
    WITH chosen AS (
        SELECT known.*,
               CASE WHEN number IS NOT NULL THEN of_number
                    WHEN len(articles) = 1 THEN articles[1]
                    WHEN len(others) = 1 THEN others[1]
                    WHEN articles IS NULL AND stub_fit.key IS NULL THEN of_key END AS article,
               CASE WHEN number IS NOT NULL THEN if(of_number IS NULL, number, NULL)
                    WHEN articles IS NULL THEN coalesce(stub_fit.key, if(of_key IS NULL, known.key, NULL))
                    WHEN len(others) > 1 AND of_key IS NULL THEN known.key END AS stub
        FROM known
        LEFT JOIN stub_fit ON cut AND number IS NULL AND articles IS NULL AND stub_fit.headline = known.headline
    )
    SELECT chosen.page, chosen.row, chosen.line, chosen.headline, chosen.cut, chosen.key AS own_key, chosen.article,
           stub, is_numbered, chosen.article = own AS is_own,
           if(chosen.article IS NULL, stub, if(chosen.article = own, NULL, article.key)) AS key,
           if(chosen.article IS NULL, bucket(stub), article.bucket) AS bucket
    FROM chosen LEFT JOIN article ON article.article = chosen.article
"""

_LINKS: Final = """
    CREATE OR REPLACE TEMP TABLE stub_link AS
    SELECT stated.number AS stub, page, path, stated.line, stated.text AS slug, stated.key AS kicker
    FROM stated JOIN page USING (page) ANTI JOIN article ON article.number = stated.number
    WHERE what = 'article'
"""

_SPELLED: Final = """
    CREATE OR REPLACE TEMP TABLE spelled AS
    SELECT DISTINCT article, own_key AS key, bucket FROM target
    ANTI JOIN (SELECT member.article, page.headline FROM member JOIN page USING (page)) AS own USING (article, headline)
    WHERE article IS NOT NULL
"""

_SAID: Final = f"""
    CREATE OR REPLACE TEMP TABLE said_tag AS
    SELECT target.key, row.tag, '{Basis.RELATED_TAG_POSITION}' AS basis, path, row.tag_line AS line, bucket
    FROM target JOIN announcement AS row USING (page, row) JOIN page USING (page)
    WHERE target.key IS NOT NULL AND row.tag IS NOT NULL
    UNION
    SELECT target.key, stated.key, '{Basis.INDEX_PAGE}', path, target.line, bucket
    FROM target JOIN page USING (page) JOIN stated USING (page)
    WHERE page.kind = 'topic' AND what = 'tag' AND target.key IS NOT NULL
    ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE said_author AS
    SELECT DISTINCT target.key, stated.kind, stated.key AS author, name AS credit, '{Basis.INDEX_PAGE}' AS basis, path,
           target.line, bucket
    FROM target JOIN page USING (page) JOIN stated USING (page)
    WHERE page.kind = 'author' AND what = 'author' AND target.key IS NOT NULL
    ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE said_section AS
    SELECT DISTINCT target.key, name AS section, path, target.line, bucket FROM target JOIN page USING (page)
    WHERE kind = 'section' AND target.key IS NOT NULL
    ORDER BY bucket;
"""
"""In the order of buckets, so that those of some buckets are found without looking through all."""


def find_targets(relations: Relations) -> None:
    """Make the tables from those of `kg.resolve.rows` and `kg.resolve.grouping`."""
    for statement in (_HEADS, _FITS, _MEANT, _KNOWN, _STUB_HEADS, _TARGETS, _LINKS, _SPELLED, _SAID):
        relations.run(statement)


def target_findings(relations: Relations) -> Iterator[Finding]:
    """Rows that fit several articles, and such that fit only the article on whose page they stand."""
    for path, line, paths in relations.rows(
        """SELECT path, known.line, paths[1:2] FROM known JOIN page USING (page)
           WHERE known.number IS NULL AND len(others) > 1 ORDER BY path, known.line"""
    ):
        message = (
            f"the headline fits more than one article, such as {', '.join(paths)}; joined with none of them"
        )
        yield Finding("headline-ambiguous", path, line, message)
    for path, line in relations.rows(
        "SELECT path, target.line FROM target JOIN page USING (page) WHERE is_own ORDER BY path, target.line"
    ):
        message = "lists itself, or an unknown article of its own headline"
        yield Finding("related-to-itself", path, line, message)
