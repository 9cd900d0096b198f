"""What lies around the most important names of an archive, in bulk: a page for each is made of this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import OutputError
from kg.network.archive import open_archive
from kg.store.lookup import Lookup

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


_NODES = """
    SELECT id, nodes.iri, nodes.kind, coalesce(nullif(label, ''), nodes.iri), alternates, url,
           (SELECT list(DISTINCT title ORDER BY title) FROM roles WHERE entity = nodes.iri AND title <> ''),
           (SELECT count(DISTINCT article) FROM tie WHERE thing = id)
    FROM ego JOIN node USING (id) JOIN nodes USING (iri) ORDER BY rank
"""
_YEARS = """
    SELECT thing, year(date), count(DISTINCT article) FROM tie SEMI JOIN ego ON ego.id = thing
    WHERE date IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
# Both often and oftener than chance has it; see kg.network.together.
_COMPANIONS = f"""
    WITH named AS (SELECT DISTINCT article, thing FROM tie WHERE relation <> 'sourceOrganization'),
    pair AS (SELECT a.thing AS one, b.thing AS other, count(*) AS count FROM named AS a
             SEMI JOIN ego ON ego.id = a.thing JOIN named AS b ON a.article = b.article AND a.thing <> b.thing
             GROUP BY ALL),
    share AS (SELECT thing, count(*) AS articles FROM named GROUP BY thing),
    ranked AS (SELECT one, other, count, row_number() OVER (PARTITION BY one ORDER BY
                   round(count * ln(1 + count * (SELECT count(*) FROM node WHERE is_article)
                                        / (a.articles * b.articles)), 6) DESC, other) AS rank
               FROM pair JOIN share AS a ON a.thing = one JOIN share AS b ON b.thing = other)
    SELECT one, iri, node.kind, coalesce(nullif(label, ''), iri), ranked.count, other IN (SELECT id FROM prominent)
    FROM ranked JOIN node ON id = other JOIN nodes USING (iri) WHERE rank <= {NEIGHBOURS} ORDER BY one, rank
"""  # noqa: S608 - a number
_ARTICLES = f"""
    WITH touching AS (SELECT DISTINCT thing, article FROM tie SEMI JOIN ego ON ego.id = thing),
    ranked AS (SELECT thing, iri, row_number() OVER (PARTITION BY thing ORDER BY date DESC NULLS LAST, iri) AS rank
               FROM touching JOIN node ON id = article)
    SELECT thing, coalesce(nullif(label, ''), iri), date::VARCHAR, url FROM ranked JOIN nodes USING (iri)
    WHERE rank <= {ARTICLES} ORDER BY thing, rank
"""  # noqa: S608 - a number


def egos(tables: Path, number: int) -> Iterator[Ego]:
    """The `number` names with most to do with articles, the first first; ties fall to the smaller IRI.

    Raises `OutputError` where the tables are missing or damaged.
    """
    import duckdb

    try:
        lookup = open_archive(tables)
        lookup.sql(
            """CREATE TEMP TABLE prominent AS
               SELECT thing AS id, row_number() OVER (ORDER BY sum(count) DESC, thing) AS rank FROM tie GROUP BY thing
               ORDER BY rank LIMIT $1""",
            [number],
        )
        for start in range(0, number, _CHUNK):
            lookup.sql(
                "CREATE OR REPLACE TEMP TABLE ego AS FROM prominent WHERE rank > $1 AND rank <= $2",
                [start, start + _CHUNK],
            )
            yield from _chunk(lookup)
    except duckdb.Error as error:
        raise OutputError(f"{tables} cannot be read: {str(error).splitlines()[0]}") from error


def _chunk(lookup: Lookup) -> Iterator[Ego]:
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
