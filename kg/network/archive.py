"""The archive behind a picture: its nodes and links, numbered, as temporary tables in DuckDB.

A tag that names a person, a place or an organisation is one node with it here, and the paper's own credit, which
stands under half of its articles, is left out: neither would tell anything.

    node (id, iri, kind, is_article, date)               ids follow the order of the IRIs
    paper (iri, id)                                      one row, the newspaper itself; NULL without articles
    number (iri, id, is_article)                         of nodes, and of tags that became one with another node
    link (source, target, relation, count, date, is_tie)  edges between two nodes, which may repeat each other
    tie (article, thing, relation, count, date)          the links from articles to all that is none
"""

from __future__ import annotations

from itertools import count
from os import getpid
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from kg.store.lookup import Lookup

MEMORY: Final = "500MB"
"""What DuckDB may take: enough for 100,000 articles; larger archives go to the disk."""

_NUMBERS = count()

_STEPS: Final = (
    # Relations as numbers, that sort as their names do.
    """CREATE TYPE relation AS ENUM (
           SELECT relation FROM edges UNION SELECT 'together' ORDER BY relation)""",
    """CREATE TEMP TABLE same AS
       SELECT source AS tag, min(target) AS thing FROM edges SEMI JOIN nodes ON nodes.iri = target
       WHERE relation = 'focus' GROUP BY source""",
    """CREATE TEMP TABLE node AS
       SELECT (row_number() OVER (ORDER BY iri))::INTEGER AS id, iri, kind,
              kind IN ('article', 'stub') AS is_article, date
       FROM nodes WHERE iri NOT IN (SELECT tag FROM same)""",
    """CREATE TEMP TABLE number AS
       SELECT iri, id, is_article FROM node
       UNION ALL SELECT tag, id, is_article FROM same JOIN node ON iri = thing""",
    # The articles of organization/taz are article/taz/123.
    """CREATE TEMP TABLE paper AS
       SELECT named.iri, id FROM (
           SELECT regexp_replace(min(iri), 'article/([^/]+)/[^/]+$', 'organization/\\1') AS iri
           FROM node WHERE is_article) AS named LEFT JOIN number USING (iri)""",
    """CREATE TEMP TABLE link AS
       SELECT a.id AS source, b.id AS target, relation::relation AS relation, count, edges.date,
              a.is_article AND NOT b.is_article AS is_tie
       FROM edges JOIN number AS a ON a.iri = source JOIN number AS b ON b.iri = target
       WHERE relation <> 'focus' AND a.id <> b.id
         AND NOT (relation = 'sourceOrganization' AND target IS NOT DISTINCT FROM (SELECT iri FROM paper))""",
    """CREATE TEMP VIEW tie AS
       SELECT source AS article, target AS thing, relation, count, date FROM link WHERE is_tie""",
)


def open_archive(tables: Path) -> Lookup:
    """The tables of a build, and those above made from them, in time linear in the archive.

    Takes at most `MEMORY` and goes on in a folder for temporary files, which is gone with the result.

    Raises `OutputError` as `Lookup` does.
    """
    lookup = Lookup(tables, ("nodes", "edges", "roles"))
    # The order of a table's rows tells nothing: every query that needs one asks for it.
    lookup.sql("SET preserve_insertion_order = false")
    lookup.sql(f"SET memory_limit = '{MEMORY}'")
    # DuckDB makes it when it needs it, and takes it away; its own choice is the current folder.
    spill = Path(gettempdir(), f"kg-{getpid()}-{next(_NUMBERS)}")
    lookup.sql(f"SET temp_directory = '{str(spill).replace(chr(39), 2 * chr(39))}'")
    for step in _STEPS:
        lookup.sql(step)
    return lookup
