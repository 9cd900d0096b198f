"""Who bears a name, and what helps a person to tell whether two of them are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.store.lookup import Lookup

_MOST: Final = 3
"""Bearers of one name that are shown, and roles of one bearer."""

_SIGHTS: Final = 2
_COMPANY: Final = 5


@dataclass(frozen=True)
class Sight:
    """A bearer in an article: the words around the name, or the teaser where only rows of the dump have the name."""

    date: str | None  # ISO 8601
    headline: str
    words: str
    path: str
    line: int


@dataclass(frozen=True)
class Bearer:
    """A node that bears a name: kind, articles and their first and last date, roles, and articles to look at."""

    iri: str
    kind: str
    articles: int
    first: str | None
    last: str | None
    roles: tuple[str, ...]
    sights: tuple[Sight, ...]


@dataclass(frozen=True)
class Common:
    """What two nodes have in common: how many articles name both, and who and what stands beside the one and the other,
    those first that stand beside little else.
    """

    articles: int
    names: tuple[str, ...]


def bearers(lookup: Lookup, name: str) -> tuple[Bearer, ...]:
    """The nodes with `name` as a label or other spelling, at most three, those of most articles first.

    A tag that names one of them is not told again. Linear in the tables.
    """
    found = lookup.rows(
        """WITH named AS (SELECT iri, kind FROM nodes WHERE kind NOT IN ('article', 'stub')
                            AND (label = $1 OR list_contains(alternates, $1)))
           SELECT iri, kind FROM named WHERE NOT EXISTS (
               FROM edges WHERE relation = 'focus' AND source = iri AND target IN (SELECT iri FROM named))
           ORDER BY iri""",
        name,
    )
    every = [_bearer(lookup, iri, kind, name) for iri, kind in found]
    return tuple(sorted(every, key=lambda one: (-one.articles, one.iri))[:_MOST])


def _bearer(lookup: Lookup, iri: str, kind: str, name: str) -> Bearer:
    # The IRI as a parameter lets DuckDB look for it alone, which a join with the names would not.
    articles, first, last = lookup.rows(
        """SELECT count(*), min(date)::VARCHAR, max(date)::VARCHAR FROM nodes
           WHERE iri IN (SELECT article FROM touching($1))""",
        iri,
    )[0]
    return Bearer(iri, kind, articles, first, last, _roles(lookup, iri), _sights(lookup, iri, name))


def _roles(lookup: Lookup, iri: str) -> tuple[str, ...]:
    found = lookup.rows(
        "SELECT title, party FROM roles WHERE entity = $1 ORDER BY count DESC, title, party LIMIT $2",
        iri,
        _MOST,
    )
    return tuple(f"{title} ({party})".strip() if party else title for title, party in found)


def _sights(lookup: Lookup, iri: str, name: str) -> tuple[Sight, ...]:
    """Articles with the very name in the text, then with another form of it, then in their rows; the newest first."""
    found = lookup.rows(
        """WITH seen AS (
               SELECT article, date, headline, path, line,
                      CASE WHEN prefix = '' THEN '' ELSE '…' || prefix END || '[' || exact || ']'
                      || CASE WHEN suffix = '' THEN '' ELSE suffix || '…' END AS words,
                      CASE WHEN exact = $2 THEN 0 ELSE 1 END AS rank, basis <> 'RoleAndName' AS plain, start
               FROM quotes WHERE entity = $1
               UNION ALL
               SELECT source, nodes.date::VARCHAR, label, path, line, coalesce(abstract, ''), 2, TRUE, 0
               FROM edges JOIN nodes ON iri = source
               WHERE target = $1 AND relation IN ('author', 'about', 'locationCreated') AND path IS NOT NULL)
           SELECT date, headline, words, path, line FROM seen
           QUALIFY row_number() OVER (PARTITION BY article ORDER BY rank, plain, path, line, start) = 1
           ORDER BY rank, plain, date DESC NULLS LAST, article LIMIT $3""",
        iri,
        name,
        _SIGHTS,
    )
    return tuple(Sight(*sight) for sight in found)


def in_common(lookup: Lookup, one: str, other: str) -> Common:
    """What the nodes of two IRIs have in common; their own names and the tags that name them do not count."""
    found = lookup.rows(
        """WITH mine AS (SELECT DISTINCT article FROM touching($1)),
                theirs AS (SELECT DISTINCT article FROM touching($2)),
                own AS (SELECT unnest([$1, $2]) AS iri UNION ALL
                        SELECT source FROM edges WHERE relation = 'focus' AND target IN ($1, $2)),
                near AS (SELECT target, count(DISTINCT source) FILTER (source IN (FROM mine)) AS here,
                                count(DISTINCT source) FILTER (source IN (FROM theirs)) AS there
                         FROM edges WHERE relation IN ('mentions', 'about', 'author')
                           AND source IN (FROM mine UNION FROM theirs)
                           AND target NOT IN (SELECT iri FROM own) GROUP BY target)
           SELECT label, max(least(here, there) / greatest(nodes.count, 1)) AS share FROM near
           JOIN nodes ON iri = target
           WHERE here > 0 AND there > 0 GROUP BY label ORDER BY share DESC, label LIMIT $3""",
        one,
        other,
        _COMPANY,
    )
    together = lookup.rows(
        "SELECT count(*) FROM (SELECT article FROM touching($1) INTERSECT SELECT article FROM touching($2))",
        one,
        other,
    )[0][0]
    return Common(together, tuple(label for label, _ in found))
