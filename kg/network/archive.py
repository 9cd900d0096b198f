"""The archive behind a picture: its nodes and links, numbered, as temporary tables in DuckDB.

A tag that names a person, a place or an organisation is one node with it here, and the paper's own credit, which
stands under half of its articles, is left out: neither would tell anything.

    node (id, iri, kind, is_article, date)               ids follow the order of the IRIs
    number (iri, id)                                     of nodes, and of tags that became one with another node
    link (source, target, relation, count, first, last)  edges between two nodes, joined by relation
    tie (article, thing, relation, count, date)          the links from articles to all that is none
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.store.lookup import Lookup

_STEPS: Final = (
    """CREATE TEMP TABLE same AS
       SELECT source AS tag, min(target) AS thing FROM edges WHERE relation = 'focus' GROUP BY source""",
    """CREATE TEMP TABLE node AS
       SELECT row_number() OVER (ORDER BY iri) AS id, iri, kind, kind IN ('article', 'stub') AS is_article, date
       FROM nodes WHERE iri NOT IN (SELECT tag FROM same)""",
    """CREATE TEMP TABLE number AS
       SELECT iri, id FROM node UNION ALL SELECT tag, id FROM same JOIN node ON iri = thing""",
    # The articles of organization/taz are article/taz/123.
    """CREATE TEMP TABLE link AS
       SELECT a.id AS source, b.id AS target, relation, sum(count)::BIGINT AS count,
              min(edges.date) AS first, max(edges.date) AS last
       FROM edges JOIN number AS a ON a.iri = source JOIN number AS b ON b.iri = target
       WHERE relation <> 'focus' AND a.id <> b.id AND NOT (relation = 'sourceOrganization' AND target = (
           SELECT regexp_replace(min(iri), 'article/([^/]+)/[^/]+$', 'organization/\\1') FROM node WHERE is_article))
       GROUP BY ALL""",
    """CREATE TEMP TABLE tie AS
       SELECT link.source AS article, link.target AS thing, relation, count, first AS date FROM link
       JOIN node AS a ON a.id = source JOIN node AS b ON b.id = target WHERE a.is_article AND NOT b.is_article""",
)


def open_archive(tables: Path) -> Lookup:
    """The tables of a build, and those above made from them, in time linear in the archive.

    Raises `OutputError` as `Lookup` does.
    """
    lookup = Lookup(tables)
    for step in _STEPS:
        lookup.sql(step)
    return lookup
