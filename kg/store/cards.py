"""Cards: what the tables say of one person, organisation, place or tag, or of one article, on a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.store.lookup import Lookup

_VIEWS: Final = (
    # The articles that touch a node and how; the tag of a person, a place, … counts as theirs.
    """CREATE VIEW touched AS
       SELECT target AS node, source AS article, relation AS how FROM edges
       WHERE relation IN ('mentions', 'author', 'about', 'linksToTag', 'locationCreated', 'sourceOrganization')
       UNION SELECT focus.target, tagged.source, 'about'
       FROM edges AS tagged JOIN edges AS focus ON focus.source = tagged.target
       WHERE focus.relation = 'focus' AND tagged.relation = 'about'""",
    """CREATE MACRO touching(this) AS TABLE SELECT article, how FROM touched WHERE node = this""",
    # Mentions with the headline and the date of their article.
    """CREATE VIEW quotes AS
       SELECT mentions.*, label AS headline, date::VARCHAR AS date FROM mentions JOIN nodes ON iri = article""",
)


@dataclass(frozen=True)
class Role:
    """A job title and a party seen beside a name; dates are ISO 8601."""

    title: str
    party: str | None
    count: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Near:
    """A node that shares articles with the card's, and how many."""

    iri: str
    name: str
    articles: int


@dataclass(frozen=True)
class Touching:
    """An article and how it touches the card's node: relations such as mentions, author, about."""

    iri: str
    headline: str
    date: str | None
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What the graph says of a person, organisation, place or tag.

    `years` has every year from that of the `first` article to that of the `last`, with the number of articles;
    articles without a date are in `article_count` alone. `relations` counts articles by how they touch the node.
    """

    iri: str
    kind: str
    name: str
    alternates: tuple[str, ...]
    url: str | None
    tag_kind: str | None
    roles: tuple[Role, ...]
    mentions: int
    article_count: int
    relations: dict[str, int]
    first: str | None
    last: str | None
    years: tuple[tuple[int, int], ...]
    people: tuple[Near, ...]
    tags: tuple[Near, ...]
    authors: tuple[Near, ...]
    articles: tuple[Touching, ...]  # newest first


@dataclass(frozen=True)
class Neighbour:
    """A node that an article leads to, or that leads to it, how often, why, and where it says so."""

    relation: str
    kind: str
    iri: str
    name: str
    count: int
    basis: str | None
    path: str | None
    line: int | None


@dataclass(frozen=True)
class ArticlePage:
    """What the graph says of one article. `incoming` are articles that relate to it or cite it."""

    iri: str
    kind: str  # article or stub
    headline: str
    date: str | None
    url: str | None
    abstract: str | None
    outgoing: tuple[Neighbour, ...]
    incoming: tuple[Neighbour, ...]
    dump: str | None  # the file that tells the most of it
    first_line: int | None
    last_line: int | None
    paths: tuple[str, ...]  # all dump files that say so


def open_tables(tables: Path) -> Lookup:
    """The tables of a build, with `touching(iri)` and `quotes` made from them. Raises `OutputError` as `Lookup`."""
    lookup = Lookup(tables)
    for view in _VIEWS:
        lookup.sql(view)
    return lookup


def card(lookup: Lookup, iri: str, limit: int | None) -> Card:
    """The card of a person, organisation, place or tag with at most `limit` articles, people, tags and authors."""
    kind, name, alternates, url, tag_kind = lookup.rows(
        "SELECT kind, label, alternates, url, tag_kind FROM nodes WHERE iri = $1", iri
    )[0]
    mentions = lookup.rows("SELECT count(*) FROM mentions WHERE entity = $1", iri)[0][0]
    count, first, last = lookup.rows(
        """SELECT count(*), min(date)::VARCHAR, max(date)::VARCHAR FROM nodes
             WHERE iri IN (SELECT article FROM touching($1))""",
        iri,
    )[0]
    relations = lookup.rows(
        "SELECT how, count(DISTINCT article) FROM touching($1) GROUP BY how ORDER BY how", iri
    )
    roles = lookup.rows(
        """SELECT title, party, count, first::VARCHAR, last::VARCHAR FROM roles WHERE entity = $1
           ORDER BY count DESC, title, party""",
        iri,
    )
    return Card(
        iri,
        kind,
        name,
        tuple(alternates),
        url,
        tag_kind,
        tuple(Role(*role) for role in roles),
        mentions,
        count,
        dict(relations),
        first,
        last,
        _years(lookup, iri),
        _near(lookup, iri, "mentions", ("person",), limit),
        _near(lookup, iri, "about", ("tag",), limit),
        _near(lookup, iri, "author", ("person", "organization"), limit),
        _articles(lookup, iri, limit),
    )


def _years(lookup: Lookup, iri: str) -> tuple[tuple[int, int], ...]:
    counts = dict(
        lookup.rows(
            """SELECT year(date), count(*) FROM nodes
                 WHERE iri IN (SELECT article FROM touching($1)) AND date IS NOT NULL GROUP BY year(date)""",
            iri,
        )
    )
    if not counts:
        return ()
    return tuple((year, counts.get(year, 0)) for year in range(min(counts), max(counts) + 1))


def _near(
    lookup: Lookup, iri: str, relation: str, kinds: tuple[str, ...], limit: int | None
) -> tuple[Near, ...]:
    """Nodes of these kinds to which `relation` leads from the same articles; not the node itself or its own tag."""
    found = lookup.rows(
        """SELECT nodes.iri, label, count(DISTINCT source) FROM edges JOIN nodes ON nodes.iri = target
             WHERE source IN (SELECT article FROM touching($1)) AND relation = $2 AND list_contains($3, kind)
               AND target <> $1
               AND NOT EXISTS (FROM edges AS own WHERE own.relation = 'focus' AND own.source = edges.target
                               AND own.target = $1)
             GROUP BY nodes.iri, label ORDER BY 3 DESC, 2, 1 LIMIT $4""",
        iri,
        relation,
        list(kinds),
        limit,
    )
    return tuple(Near(*one) for one in found)


def _articles(lookup: Lookup, iri: str, limit: int | None) -> tuple[Touching, ...]:
    found = lookup.rows(
        """SELECT iri, label, date::VARCHAR, list(how ORDER BY how) FROM touching($1) JOIN nodes ON iri = article
             GROUP BY iri, label, date ORDER BY date DESC NULLS LAST, label, iri LIMIT $2""",
        iri,
        limit,
    )
    return tuple(Touching(one, label, date, tuple(how)) for one, label, date, how in found)


def article_page(lookup: Lookup, iri: str) -> ArticlePage:
    """Everything that the tables say of an article or stub."""
    kind, headline, date, url, abstract, dump, first, last = lookup.rows(
        "SELECT kind, label, date::VARCHAR, url, abstract, dump, first_line, last_line FROM nodes WHERE iri = $1",
        iri,
    )[0]
    outgoing = lookup.rows(
        """SELECT relation, kind, iri, label, edges.count, basis, path, line
           FROM edges JOIN nodes ON iri = target WHERE source = $1 ORDER BY relation, label, iri""",
        iri,
    )
    incoming = lookup.rows(
        """SELECT relation, kind, iri, label, edges.count, basis, path, line
           FROM edges JOIN nodes ON iri = source WHERE target = $1 ORDER BY relation, label, iri""",
        iri,
    )
    paths = lookup.rows(
        """SELECT DISTINCT path FROM (SELECT path FROM edges WHERE source = $1
           UNION SELECT path FROM mentions WHERE article = $1) WHERE path <> '' ORDER BY path""",
        iri,
    )
    return ArticlePage(
        iri,
        kind,
        headline,
        date,
        url,
        abstract,
        tuple(Neighbour(*one) for one in outgoing),
        tuple(Neighbour(*one) for one in incoming),
        dump,
        first,
        last,
        tuple(path for (path,) in paths),
    )
