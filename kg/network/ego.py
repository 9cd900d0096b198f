"""What lies around the most important names of an archive, in bulk: a page for each is made of this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.network.archive import open_archive
from kg.network.facts import FACTS, NAME
from kg.network.together import SCORED, note_touch
from kg.store.lookup import Lookup
from kg.store.tables import reading

NEIGHBOURS: Final = 16
ARTICLES: Final = 40
_CHUNK: Final = 500
"""Names whose facts are in memory at once."""


@dataclass(frozen=True)
class Companion:
    """A name that stands in the same articles, and in how many."""

    iri: str
    kind: str
    name: str
    articles: int
    is_ego: bool  # whether it is itself one of those asked for


@dataclass(frozen=True)
class EgoArticle:
    """An article that names the ego; the date is ISO 8601."""

    headline: str
    date: str | None
    url: str | None


@dataclass(frozen=True)
class Ego:
    """A person, organisation, place or tag with its closest companions and newest articles."""

    iri: str
    kind: str
    name: str
    alternates: tuple[str, ...]
    url: str | None
    roles: tuple[str, ...]
    count: int
    years: tuple[tuple[int, int], ...]  # articles of each year from the first to the last
    companions: tuple[Companion, ...]  # the most telling first
    articles: tuple[EgoArticle, ...]  # newest first, at most ARTICLES


_NODES = f"""
    WITH touched AS (SELECT thing, count(*) AS articles FROM touch SEMI JOIN ego ON ego.id = thing GROUP BY thing)
    SELECT id, iri, kind, name, alternates, url, roles, articles
    FROM ego JOIN {FACTS} AS facts USING (id) JOIN touched ON thing = id ORDER BY rank
"""  # noqa: S608 - SQL of this project alone; nothing of a dump is put in
_YEARS = """
    SELECT thing, year(date), count(*) FROM touch SEMI JOIN ego ON ego.id = thing
    WHERE date IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
_PAIRS = """
    CREATE OR REPLACE TEMP TABLE pair AS
    SELECT a.thing AS source, b.thing AS target, count(*) AS count
    FROM named AS a SEMI JOIN ego ON ego.id = a.thing JOIN named AS b ON a.article = b.article AND a.thing <> b.thing
    GROUP BY ALL
"""
_COMPANIONS = f"""
    WITH ranked AS (SELECT *, row_number() OVER (PARTITION BY source ORDER BY score DESC, target) AS rank
                    FROM ({SCORED}) WHERE score > 0)
    SELECT source, iri, nodes.kind, {NAME}, ranked.count, target IN (SELECT id FROM prominent)
    FROM ranked JOIN node ON id = target JOIN nodes USING (iri) WHERE rank <= {NEIGHBOURS} ORDER BY source, rank
"""  # noqa: S608 - SQL of this project alone; nothing of a dump is put in
_ARTICLES = f"""
    WITH ranked AS (SELECT thing, iri, row_number() OVER (PARTITION BY thing ORDER BY node.date DESC NULLS LAST, iri)
                                       AS rank
                    FROM touch SEMI JOIN ego ON ego.id = thing JOIN node ON id = article)
    SELECT thing, {NAME}, date::VARCHAR, url FROM ranked JOIN nodes USING (iri)
    WHERE rank <= {ARTICLES} ORDER BY thing, rank
"""  # noqa: S608 - SQL of this project alone; nothing of a dump is put in


def egos(tables: Path, number: int) -> Iterator[Ego]:
    """The `number` names with most to do with articles, the first first; ties fall to the smaller IRI.

    Raises `OutputError` where the tables are missing or damaged.
    """
    with reading(tables):
        lookup = open_archive(tables)
        lookup.sql(
            """CREATE TEMP TABLE prominent AS
               SELECT thing AS id, row_number() OVER (ORDER BY sum(count) DESC, thing) AS rank FROM tie GROUP BY thing
               ORDER BY rank LIMIT $1""",
            [number],
        )
        # As on the map of the whole archive, on which every name would have a place.
        lookup.sql("CREATE TEMP VIEW thing AS SELECT id FROM node WHERE NOT is_article")
        lookup.sql("CREATE TEMP VIEW scope AS SELECT id FROM node WHERE is_article")
        note_touch(lookup)
        for start in range(0, number, _CHUNK):
            lookup.sql(
                "CREATE OR REPLACE TEMP TABLE ego AS FROM prominent WHERE rank > $1 AND rank <= $2",
                [start, start + _CHUNK],
            )
            yield from _chunk(lookup)


def _chunk(lookup: Lookup) -> Iterator[Ego]:
    lookup.sql(_PAIRS)
    years, companions, articles = (_grouped(lookup, query) for query in (_YEARS, _COMPANIONS, _ARTICLES))
    for number, iri, kind, name, alternates, url, roles, count in lookup.sql(_NODES).fetchall():
        found = dict(years[number])
        span = range(min(found), max(found) + 1) if found else ()
        yield Ego(
            iri,
            kind,
            name,
            tuple(alternates),
            url,
            tuple(roles or ()),
            count,
            tuple((year, found.get(year, 0)) for year in span),
            tuple(Companion(*one) for one in companions[number]),
            tuple(EgoArticle(*one) for one in articles[number]),
        )


def _grouped(lookup: Lookup, query: str) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of a query without their first column, by that."""
    groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, *values in lookup.sql(query).fetchall():
        groups[number].append(tuple(values))
    return groups
