"""What is decided about articles: keys, earlier keys, and every edge that other pages state about them.

All of it is put together in SQL and comes as JSON, article by article, so that it never is in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.model import Basis, NodeKind, Record
from kg.relations import Relations

_REPLACED: Final = """
    CREATE OR REPLACE TEMP TABLE replaced AS
    SELECT article, key FROM (SELECT article, unnest(older) AS key FROM article UNION FROM spelled)
    ANTI JOIN taken USING (key);
"""
"""Keys that led to an article before more was known of it, unless they are a node's of their own.

Two articles may both say so of one key: it stood for either, when nothing told them apart.
"""

_RENAMED: Final = """
    CREATE OR REPLACE TEMP VIEW source AS
    SELECT page, {'path': path, 'sha256': sha256, 'rendering': rendering, 'first_line': first_line,
                  'last_line': last_line} AS source FROM page;

    CREATE OR REPLACE TEMP MACRO ref_of(kind, key) AS if(key IS NULL, NULL, {'kind': kind, 'key': key});

    CREATE OR REPLACE TEMP TABLE own_author AS
    SELECT article.article, article.key AS of, stated.page, stated.kind, stated.key AS author, stated.text AS credit,
           stated.line
    FROM stated JOIN article ON page = authors_from WHERE what = 'author';

    CREATE OR REPLACE TEMP TABLE meant_author AS
    WITH named AS (
        SELECT DISTINCT of, kind, author FROM own_author UNION SELECT DISTINCT key, kind, author FROM said_author
    )
    SELECT named.of, named.kind, author,
           coalesce(ref_of(namesake.new_kind, namesake.new_key), ref_of(renamed.new_kind, renamed.new_key)) AS meant
    FROM named LEFT JOIN namesake ON namesake.key = author AND namesake.article = named.of
    LEFT JOIN renamed ON renamed.kind = named.kind AND renamed.key = author
    WHERE namesake.key IS NOT NULL OR renamed.key IS NOT NULL;
"""
"""Authors of an article (`of`, its key) who are called otherwise than its pages call them."""

LISTS: Final = f"""
    CREATE OR REPLACE TEMP TABLE asked AS SELECT key AS of FROM these UNION ALL SELECT key FROM these_stubs;

    CREATE OR REPLACE TEMP TABLE author_list AS
    WITH other AS (
        SELECT key AS of, kind, author, credit, basis, path, line FROM said_author
        UNION
        SELECT of, own_author.kind, author, credit, '{Basis.BYLINE}', path, own_author.line
        FROM own_author JOIN page USING (page) WHERE page <> article
    ),
    meant AS (
        SELECT other.of, coalesce(meant, ref_of(other.kind, author)) AS author, credit, basis, path, line
        FROM other LEFT JOIN meant_author USING (of, kind, author)
    )
    SELECT of, list_sort(list(
        {{'author': author, 'credit': credit, 'basis': basis, 'path': path, 'line': line}}
    )) AS authors
    FROM (SELECT DISTINCT * FROM meant) SEMI JOIN asked USING (of) GROUP BY of;

    CREATE OR REPLACE TEMP TABLE tag_list AS
    WITH other AS (
        SELECT key AS of, tag, basis, path, line FROM said_tag
        UNION
        SELECT article.key, stated.key, '{Basis.OWN_TAG}', page.path, stated.line
        FROM stated JOIN article ON page = tags_from JOIN page USING (page) WHERE what = 'tag' AND page <> article
    )
    SELECT of, list_sort(list({{'tag': tag, 'basis': basis, 'path': path, 'line': line}})) AS tags
    FROM other SEMI JOIN asked USING (of) GROUP BY of;

    CREATE OR REPLACE TEMP TABLE section_list AS
    SELECT key AS of, list_sort(list({{'section': section, 'path': path, 'line': line}})) AS sections
    FROM said_section SEMI JOIN asked ON asked.of = key GROUP BY key;
"""
"""What other pages state about the articles in `these` and the stubs in `these_stubs`."""

_VERDICTS: Final = f"""
    WITH older AS (
             SELECT article, list_sort(list(key)) AS keys FROM replaced SEMI JOIN these USING (article) GROUP BY article
         ),
         related AS (
             SELECT article.article, article.article = target.page AS is_own, list(target.key ORDER BY row) AS keys,
                    list({{'article': ref_of('{NodeKind.ARTICLE}', target.key), 'path': page.path, 'line': target.line}}
                         ORDER BY row) FILTER (target.key IS NOT NULL) AS edges
             FROM target JOIN these AS article ON target.page = related_from JOIN page ON page.page = target.page
             GROUP BY ALL
         ),
         other AS (
             SELECT article, list_sort(list(source)) AS sources
             FROM grouped_page JOIN source USING (page) SEMI JOIN these USING (article) WHERE page <> article
             GROUP BY article
         ),
         topics AS (
             SELECT article, list_sort(list(DISTINCT [topic.number, topic.slug])) AS topics
             FROM stated JOIN these AS article ON page = article JOIN topic ON topic.number = stated.number
             WHERE what = 'topic' GROUP BY article
         ),
         linked AS (
             SELECT article, list_sort(list({{'number': number, 'author': author}})) AS authors
             FROM (
                 SELECT DISTINCT article, one.number,
                        coalesce(ref_of(new_kind, new_key), ref_of(one.kind, one.author)) AS author
                 FROM stated JOIN these AS article ON page = article
                 JOIN author_number AS one ON one.number = stated.number
                 LEFT JOIN renamed ON renamed.kind = one.kind AND renamed.key = one.author WHERE what = 'linked'
             ) GROUP BY article
         ),
         bylines AS (
             SELECT article, list_sort(list([ref_of(kind, author), meant])) AS authors
             FROM (
                 SELECT DISTINCT article, kind, author, meant
                 FROM own_author JOIN meant_author USING (of, kind, author) SEMI JOIN these USING (article)
                 WHERE page = article
             ) GROUP BY article
         ),
         named AS (
             SELECT article, list_sort(list([ref_of(stated.kind, stated.key), ref_of(new_kind, new_key)])) AS refs
             FROM stated JOIN these AS article ON page = article
             JOIN renamed ON renamed.kind = stated.kind AND renamed.key = stated.key WHERE what = 'named'
             GROUP BY article
         )
    SELECT article.path, to_json({{
        'key': article.key, 'number': article.number,
        'number_from': if(learnt_path IS NULL, NULL, {{'path': learnt_path, 'line': learnt_line}}),
        'kicker_slug': kicker.slug, 'cut': article.cut,
        'headline': if(article.printed = page.printed, NULL, article.printed),
        'date': if(page.date IS NULL, article.date, NULL),
        'other_sources': coalesce(other.sources, []), 'replaces': coalesce(older.keys, []),
        'sections': coalesce(section_list.sections, []), 'authors': coalesce(author_list.authors, []),
        'tags': coalesce(tag_list.tags, []), 'related': if(related.is_own, related.keys, []),
        'related_elsewhere': if(related.is_own, [], coalesce(related.edges, [])),
        'topics': coalesce(topics.topics, []), 'linked_authors': coalesce(linked.authors, []),
        'renamed_authors': coalesce(bylines.authors, []), 'renamed': coalesce(named.refs, [])
    }})
    FROM these AS article JOIN page ON page.page = article.article
    LEFT JOIN kicker ON kicker.number = article.number
    LEFT JOIN other ON other.article = article.article
    LEFT JOIN older ON older.article = article.article
    LEFT JOIN related ON related.article = article.article
    LEFT JOIN topics ON topics.article = article.article
    LEFT JOIN linked ON linked.article = article.article
    LEFT JOIN bylines ON bylines.article = article.article
    LEFT JOIN named ON named.article = article.article
    LEFT JOIN section_list ON section_list.of = article.key
    LEFT JOIN author_list ON author_list.of = article.key
    LEFT JOIN tag_list ON tag_list.of = article.key
    ORDER BY article.path
"""


class Renamed(Record, frozen=True):
    """A node that pages call by another key than it has."""

    kind: str
    key: str
    new_kind: str
    new_key: str


class Namesake(Record, frozen=True):
    """Whom a name stands for in one article; the name is several persons'."""

    key: str
    article: str
    new_kind: str
    new_key: str


def make_verdicts(relations: Relations, renamed: Iterable[Renamed], namesakes: Iterable[Namesake]) -> None:
    """Make the tables that `verdicts` and `stubs` read, once it is known who is whom."""
    relations.insert("renamed", Renamed, renamed)
    relations.insert("namesake", Namesake, namesakes)
    relations.run(_REPLACED)
    relations.run(_RENAMED)


def verdicts(relations: Relations) -> Iterator[tuple[str, str]]:
    """Path of the page that tells it best and `Verdict` in JSON of the articles in `these`, by path."""
    return relations.rows(_VERDICTS)
