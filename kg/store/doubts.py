"""Open questions of a build: what only a person can answer, the most valuable first, and what helps to answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.store.lookup import Lookup, folded_name


@dataclass(frozen=True)
class OpenDoubt:
    """A question: are the names `a` and `b` the `same`, or of what `kind` is the tag `a` (`b` is a proposal).

    `score` tells how much an answer would change: at most 1 for each mention.
    """

    kind: str
    a: str
    b: str
    score: float
    evidence: str
    path: str
    line: int


@dataclass(frozen=True)
class Bearer:
    """A node that bears a name, as one line shows it: kind, articles and their first and last date, roles."""

    iri: str
    kind: str
    articles: int
    first: str | None
    last: str | None
    roles: tuple[str, ...]
    headlines: tuple[str, ...]  # of the two newest articles


def open_doubts(lookup: Lookup) -> tuple[OpenDoubt, ...]:
    """All doubts of the build, by falling score."""
    found = lookup.rows(
        "SELECT kind, a, b, score, evidence, path, line FROM doubts ORDER BY score DESC, kind, a, b, path, line",
    )
    return tuple(OpenDoubt(*doubt) for doubt in found)


def doubts_about(
    lookup: Lookup, names: Collection[str], others: Collection[str] | None = None
) -> tuple[OpenDoubt, ...]:
    """The doubts about any of `names`; with `others`, those between one of `names` and one of `others`."""
    here = {folded_name(name) for name in names}
    there = None if others is None else {folded_name(name) for name in others}
    found = []
    for doubt in open_doubts(lookup):
        a, b = folded_name(doubt.a), folded_name(doubt.b)
        if there is None:
            matches = a in here or (doubt.kind == "same" and b in here)
        else:
            matches = (a in here and b in there) or (a in there and b in here)
        if matches:
            found.append(doubt)
    return tuple(found)


def bearers(lookup: Lookup, name: str) -> tuple[Bearer, ...]:
    """The nodes with `name` as a label or other spelling, at most three, those of most articles first."""
    found = lookup.rows(
        """WITH named AS (SELECT iri, kind FROM nodes WHERE kind NOT IN ('article', 'stub')
                            AND (label = $1 OR list_contains(alternates, $1))),
                told AS (SELECT DISTINCT node, article FROM touched WHERE node IN (SELECT iri FROM named))
           SELECT named.iri, named.kind, count(article), min(date)::VARCHAR, max(date)::VARCHAR,
                  list(label ORDER BY date DESC NULLS LAST, label)
           FROM named LEFT JOIN told ON node = named.iri LEFT JOIN nodes ON nodes.iri = article
           GROUP BY named.iri, named.kind ORDER BY 3 DESC, 1 LIMIT 3""",
        name,
    )
    return tuple(
        Bearer(
            iri,
            kind,
            articles,
            first,
            last,
            _roles(lookup, iri),
            tuple(label for label in headlines if label is not None)[:2],
        )
        for iri, kind, articles, first, last, headlines in found
    )


def _roles(lookup: Lookup, iri: str) -> tuple[str, ...]:
    found = lookup.rows(
        "SELECT title, party FROM roles WHERE entity = $1 ORDER BY count DESC, title, party LIMIT 3",
        iri,
    )
    return tuple(f"{title} ({party})" if party else title for title, party in found)
