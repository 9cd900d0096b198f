"""Reasons: why a node is in the graph, why an article leads to it, why two names are one or two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.store.doubts import OpenDoubt, doubts_about
from kg.store.lookup import THINGS, Lookup, folded_name


@dataclass(frozen=True)
class Spelling:
    """A spelling joined to a node: by which rule, how often, on what evidence, and where it was seen first."""

    spelling: str
    rule: str
    count: int
    path: str
    line: int
    evidence: str


@dataclass(frozen=True)
class Quote:
    """A mention with the words around it, and why it counts as one. The date is the article's, ISO 8601."""

    article: str
    headline: str
    date: str | None
    part: str
    prefix: str
    exact: str
    suffix: str
    basis: str
    confidence: float
    path: str
    line: int


@dataclass(frozen=True)
class MentionGround:
    """The mentions of one basis: how many, the lowest confidence, and the first of them, or all, by file and line."""

    basis: str
    count: int
    confidence: float
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class EdgeGround:
    """Articles that lead to a node by one relation on one basis: how many, and the first place that says so."""

    relation: str
    basis: str | None
    articles: int
    path: str | None
    line: int | None


@dataclass(frozen=True)
class NodeReasons:
    """Why a node is what it is."""

    iri: str
    kind: str
    name: str
    tag_kind: str | None
    kind_basis: str | None  # why a tag is of that kind
    focus: str | None  # name of the thing, of tags only
    tags: tuple[str, ...]  # labels of the tags that name it
    spellings: tuple[Spelling, ...]
    mentions: tuple[MentionGround, ...]
    edges: tuple[EdgeGround, ...]
    doubts: tuple[OpenDoubt, ...]


@dataclass(frozen=True)
class ArticleEdge:
    """A statement of an article about a node other than a mention; `name` is its tag's where it has one."""

    relation: str
    name: str
    basis: str | None
    path: str | None
    line: int | None


@dataclass(frozen=True)
class ArticleReasons:
    """Why an article leads to a node: each mention and each other statement."""

    article: str
    headline: str
    date: str | None
    iri: str
    kind: str
    name: str
    quotes: tuple[Quote, ...]
    edges: tuple[ArticleEdge, ...]


@dataclass(frozen=True)
class Side:
    """One of two names that are compared: the node it leads to, the spellings behind it, and where a text has one."""

    asked: str
    iri: str
    kind: str
    name: str
    spellings: tuple[Spelling, ...]
    quote: Quote | None  # the first mention in one of the spellings


@dataclass(frozen=True)
class Comparison:
    """Whether two names lead to one node, and what says so; `doubts` are questions left open between the two."""

    same: bool
    a: Side
    b: Side
    doubts: tuple[OpenDoubt, ...]


def node_reasons(lookup: Lookup, iri: str, limit: int | None = None) -> NodeReasons:
    """Why the person, organisation, place or tag of this IRI is in the graph; about `limit` mentions, else all."""
    kind, name, alternates, tag_kind, kind_basis = lookup.rows(
        "SELECT kind, label, alternates, tag_kind, kind_basis FROM nodes WHERE iri = $1", iri
    )[0]
    focus = lookup.rows(
        "SELECT label FROM edges JOIN nodes ON iri = target WHERE source = $1 AND relation = 'focus'",
        iri,
    )
    tags = lookup.rows(
        """SELECT DISTINCT label FROM edges JOIN nodes ON iri = source
           WHERE target = $1 AND relation = 'focus' ORDER BY label""",
        iri,
    )
    edges = lookup.rows(
        """SELECT relation, basis, count(DISTINCT source), min_by(path, (path, line)), min_by(line, (path, line))
           FROM edges WHERE target = $1 AND relation NOT IN ('mentions', 'focus', 'broader')
           GROUP BY relation, basis ORDER BY 3 DESC, 1, 2""",
        iri,
    )
    return NodeReasons(
        iri,
        kind,
        name,
        tag_kind,
        kind_basis,
        focus[0][0] if focus else None,
        tuple(label for (label,) in tags),
        _spellings(lookup, iri),
        _mention_grounds(lookup, iri, limit),
        tuple(EdgeGround(*edge) for edge in edges),
        doubts_about(lookup, (name, *alternates)),
    )


def _spellings(lookup: Lookup, iri: str) -> tuple[Spelling, ...]:
    found = lookup.rows(
        """SELECT spelling, rule, count, path, line, evidence FROM identities WHERE entity = $1
           ORDER BY count DESC, spelling, rule, path, line""",
        iri,
    )
    return tuple(Spelling(*one) for one in found)


def _mention_grounds(lookup: Lookup, iri: str, limit: int | None) -> tuple[MentionGround, ...]:
    """The mentions by basis, of each as many, at least one, where a limit leaves not all."""
    bases = lookup.rows(
        "SELECT basis, count(*), min(confidence) FROM quotes WHERE entity = $1 GROUP BY basis ORDER BY 2 DESC, 1",
        iri,
    )
    found = lookup.rows(
        """SELECT article, headline, date, part, prefix, exact, suffix, basis, confidence, path, line
           FROM quotes WHERE entity = $1
           QUALIFY row_number() OVER (PARTITION BY basis ORDER BY path, line, part, image, start, article) <= $2
           ORDER BY path, line, part, image, start, article""",
        iri,
        sum(count for _, count, _ in bases) if limit is None else max(1, limit // max(1, len(bases))),
    )
    quotes = [Quote(*quote) for quote in found]
    return tuple(
        MentionGround(basis, count, confidence, tuple(one for one in quotes if one.basis == basis))
        for basis, count, confidence in bases
    )


def article_reasons(lookup: Lookup, article: str, iri: str) -> ArticleReasons:
    """Why the article leads to the node, both given as IRIs. Raises `NotFoundError` where it does not."""
    headline, date = lookup.rows("SELECT label, date::VARCHAR FROM nodes WHERE iri = $1", article)[0]
    kind, name = lookup.rows("SELECT kind, label FROM nodes WHERE iri = $1", iri)[0]
    quotes = lookup.rows(
        """SELECT article, headline, date, part, prefix, exact, suffix, basis, confidence, path, line
           FROM quotes WHERE article = $1 AND entity = $2 ORDER BY path, line, part, image, start""",
        article,
        iri,
    )
    edges = lookup.rows(
        """SELECT relation, label, basis, path, line FROM edges JOIN nodes ON iri = target
           WHERE source = $1 AND relation <> 'mentions' AND (target = $2 OR EXISTS (
               FROM edges AS focus WHERE focus.source = edges.target AND focus.relation = 'focus'
                                     AND focus.target = $2))
           ORDER BY path, line, relation, label""",
        article,
        iri,
    )
    if not quotes and not edges:
        raise NotFoundError(f"“{headline}” has nothing of {kind} “{name}”{_instead(lookup, article, kind)}")
    return ArticleReasons(
        article,
        headline,
        date,
        iri,
        kind,
        name,
        tuple(Quote(*quote) for quote in quotes),
        tuple(ArticleEdge(*edge) for edge in edges),
    )


def _instead(lookup: Lookup, article: str, kind: str) -> str:
    found = lookup.rows(
        """SELECT DISTINCT label FROM edges JOIN nodes ON iri = target WHERE source = $1 AND kind = $2
           ORDER BY label LIMIT 5""",
        article,
        kind,
    )
    return "; it has " + ", ".join(f"“{label}”" for (label,) in found) if found else ""


def compare(lookup: Lookup, a: str, b: str) -> Comparison:
    """Whether the names `a` and `b` lead to one node; a tag counts as the thing it names.

    Raises `NotFoundError` as `Lookup.find` does.
    """
    sides = [_side(lookup, name) for name in (a, b)]
    same = sides[0].iri == sides[1].iri
    names = [_names(lookup, side) for side in sides]
    doubts = doubts_about(lookup, names[0], names[1]) if not same else ()
    return Comparison(same, sides[0], sides[1], doubts)


def _side(lookup: Lookup, asked: str) -> Side:
    found = lookup.find(asked, THINGS)
    focus = lookup.rows("SELECT target FROM edges WHERE source = $1 AND relation = 'focus'", found)
    iri = focus[0][0] if focus else found
    kind, name = lookup.rows("SELECT kind, label FROM nodes WHERE iri = $1", iri)[0]
    every = _spellings(lookup, iri)
    wanted = folded_name(asked)
    own = tuple(one for one in every if folded_name(f" {one.spelling}").endswith(f" {wanted}"))
    return Side(asked, iri, kind, name, own or every, _first_quote(lookup, iri, own or every))


def _first_quote(lookup: Lookup, iri: str, spellings: Iterable[Spelling]) -> Quote | None:
    found = lookup.rows(
        """SELECT article, headline, date, part, prefix, exact, suffix, basis, confidence, path, line
           FROM quotes WHERE entity = $1 AND EXISTS (FROM unnest($2) AS own (text) WHERE starts_with(exact, text))
           ORDER BY path, line, part, image, start, article LIMIT 1""",
        iri,
        [one.spelling for one in spellings],
    )
    return Quote(*found[0]) if found else None


def _names(lookup: Lookup, side: Side) -> tuple[str, ...]:
    label, alternates = lookup.rows("SELECT label, alternates FROM nodes WHERE iri = $1", side.iri)[0]
    return (side.asked, label, *alternates)
