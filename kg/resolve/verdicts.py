"""What is decided about articles: keys, earlier keys, and every edge that other pages state about them.

All of it is put together in SQL and comes as JSON, article by article, so that it never is in memory at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.model import Basis, NodeKind, Record
from kg.relations import Relations

_NAMED: Final = """
    CREATE OR REPLACE TEMP VIEW source AS
    SELECT page, {'path': path, 'sha256': sha256, 'rendering': rendering, 'first_line': first_line,
                  'last_line': last_line} AS source FROM page;

    CREATE OR REPLACE TEMP MACRO ref_of(kind, key) AS if(key IS NULL, NULL, {'kind': kind, 'key': key});

    CREATE OR REPLACE TEMP TABLE own_author AS
    SELECT article.article, article.key AS of, stated.page, stated.kind, stated.key AS author, stated.text AS credit,
           stated.line, bucket
    FROM stated JOIN article ON page = authors_from WHERE what = 'author' ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE meant_author AS
    WITH named AS (
        SELECT DISTINCT of, kind, author, bucket FROM own_author
        UNION SELECT DISTINCT key, kind, author, bucket FROM said_author
    )
    SELECT named.of, named.kind, author, bucket,
           coalesce(ref_of(namesake.new_kind, namesake.new_key), ref_of(renamed.new_kind, renamed.new_key)) AS meant
    FROM named LEFT JOIN namesake ON namesake.key = author AND namesake.article = named.of
    LEFT JOIN renamed ON renamed.kind = named.kind AND renamed.key = author
    WHERE namesake.key IS NOT NULL OR renamed.key IS NOT NULL ORDER BY bucket;
"""
"""Authors of an article (`of`, its key) who are called otherwise than its pages call them."""

_OF_ARTICLES: Final = f"""
    CREATE OR REPLACE TEMP TABLE replaced AS
    FROM (SELECT article, unnest(older) AS key, bucket FROM article UNION FROM spelled) AS told
    ANTI JOIN taken USING (key) ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE own_tag AS
    SELECT article.key, stated.key AS tag, '{Basis.OWN_TAG}' AS basis, page.path, stated.line, bucket
    FROM stated JOIN article ON page = tags_from JOIN page USING (page) WHERE what = 'tag' AND page <> article
    ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE listed AS
    SELECT article.article, article.article = page AS is_own, row, target.key, page.path, target.line, article.bucket
    FROM target JOIN article ON page = related_from JOIN page USING (page) ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE mark AS
    SELECT article, what, stated.kind, stated.key, stated.number, bucket
    FROM stated JOIN article ON page = article WHERE what IN ('topic', 'linked', 'named') ORDER BY bucket;

    CREATE OR REPLACE TEMP TABLE other_source AS
    SELECT article, source, bucket
    FROM grouped_page JOIN source USING (page) JOIN article USING (article) WHERE page <> article ORDER BY bucket;
"""
"""What is said about articles elsewhere than on the page that tells each best; their lists; and whom and what their
pages name.

`replaced` are keys that led to an article before more was known of it, unless they are a node's of their own. Two
articles may both say so of one key: it stood for either, when nothing told them apart.
"""

SOME: Final = ("said_tag", "said_author", "said_section", "own_author", "own_tag", "meant_author", "replaced",
               "listed", "mark", "other_source")  # fmt: skip
"""The tables of which `verdicts` reads the rows of some buckets, as `some_…`, and `lists`."""

LISTS: Final = f"""
    CREATE OR REPLACE TEMP TABLE author_list AS
    WITH other AS (
        SELECT key AS of, kind, author, credit, basis, path, line FROM some_said_author
        UNION
        SELECT of, own.kind, author, credit, '{Basis.BYLINE}', path, own.line
        FROM some_own_author AS own JOIN page USING (page) WHERE page <> article
    ),
    meant AS (
        SELECT other.of, coalesce(meant, ref_of(other.kind, author)) AS author, credit, basis, path, line
        FROM other LEFT JOIN some_meant_author USING (of, kind, author)
    )
    SELECT of, list_sort(list(
        {{'author': author, 'credit': credit, 'basis': basis, 'path': path, 'line': line}}
    )) AS authors
    FROM (SELECT DISTINCT * FROM meant) GROUP BY of;

    CREATE OR REPLACE TEMP TABLE tag_list AS
    SELECT key AS of, list_sort(list({{'tag': tag, 'basis': basis, 'path': path, 'line': line}})) AS tags
    FROM (FROM some_said_tag UNION FROM some_own_tag) GROUP BY key;

    CREATE OR REPLACE TEMP TABLE section_list AS
    SELECT key AS of, list_sort(list({{'section': section, 'path': path, 'line': line}})) AS sections
    FROM some_said_section GROUP BY key;
"""
"""What other pages state about the articles in `these` and the stubs in `these_stubs`."""

_VERDICTS: Final = f"""
    WITH older AS (
             SELECT article, list_sort(list(key)) AS keys FROM some_replaced GROUP BY article
         ),
         related AS (
             SELECT article, is_own, list(key ORDER BY row) AS keys,
                    list({{'article': ref_of('{NodeKind.ARTICLE}', key), 'path': path, 'line': line}} ORDER BY row)
                    FILTER (key IS NOT NULL) AS edges
             FROM some_listed GROUP BY ALL
         ),
         other AS (
             SELECT article, list_sort(list(source)) AS sources FROM some_other_source GROUP BY article
         ),
         topics AS (
             SELECT article, list_sort(list(DISTINCT [topic.number, topic.slug])) AS topics
             FROM some_mark AS mark JOIN topic USING (number) WHERE what = 'topic' GROUP BY article
         ),
         linked AS (
             SELECT article, list_sort(list({{'number': number, 'author': author}})) AS authors
             FROM (
                 SELECT DISTINCT article, number,
                        coalesce(ref_of(new_kind, new_key), ref_of(one.kind, one.author)) AS author
                 FROM some_mark JOIN author_number AS one USING (number)
                 LEFT JOIN renamed ON renamed.kind = one.kind AND renamed.key = one.author WHERE what = 'linked'
             ) GROUP BY article
         ),
         bylines AS (
             SELECT article, list_sort(list([ref_of(kind, author), meant])) AS authors
             FROM (
                 SELECT DISTINCT article, kind, author, meant
                 FROM some_own_author JOIN some_meant_author USING (of, kind, author) WHERE page = article
             ) GROUP BY article
         ),
         named AS (
             SELECT article, list_sort(list([ref_of(kind, key), ref_of(new_kind, new_key)])) AS refs
             FROM some_mark JOIN renamed USING (kind, key) WHERE what = 'named' GROUP BY article
         )
    SELECT article.path, to_json({{
        'key': article.key, 'number': article.number,
        'number_from': if(learnt_path IS NULL, NULL, {{'path': learnt_path, 'line': learnt_line}}),
        'kicker_slug': kicker.slug, 'cut': article.cut,
        'headline': article.learnt_headline, 'date': article.learnt_date,
        'other_sources': coalesce(other.sources, []), 'replaces': coalesce(older.keys, []),
        'sections': coalesce(section_list.sections, []), 'authors': coalesce(author_list.authors, []),
        'tags': coalesce(tag_list.tags, []), 'related': if(related.is_own, related.keys, []),
        'related_elsewhere': if(related.is_own, [], coalesce(related.edges, [])),
        'topics': coalesce(topics.topics, []), 'linked_authors': coalesce(linked.authors, []),
        'renamed_authors': coalesce(bylines.authors, []), 'renamed': coalesce(named.refs, [])
    }})
    FROM these AS article
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
    relations.run(_NAMED)
    relations.run(_OF_ARTICLES)


def verdicts(relations: Relations) -> Iterator[tuple[str, str]]:
    """Path of the page that tells it best and `Verdict` in JSON of the articles in `these`, by path."""
    return relations.rows(_VERDICTS)
