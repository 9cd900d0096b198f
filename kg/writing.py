"""What the reduce decided becomes triples and rows: a pure function of one article, and of all that belongs to none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from kg.model import (
    Article,
    ArticleNode,
    Basis,
    Entity,
    Finding,
    Identities,
    Mention,
    NodeKind,
    Record,
    Ref,
    SelectorKind,
    Stub,
)
from kg.rdf import triples
from kg.rdf.articles import last_announced_line
from kg.rdf.evidence import CONTEXT
from kg.rdf.iris import Iris
from kg.resolve.known import Names
from kg.resolve.mentions import find_mentions, find_stub_mentions
from kg.store.tables import EdgeRow, IdentityRow, MentionRow, NodeRow, RoleRow, Row
from kg.texts import plain_texts


@dataclass(frozen=True)
class Decided:
    """What of the reduce's decisions every writer needs, and the options that shape what is written."""

    names: Names
    focus: Mapping[str, Ref]  # tag slug → the thing it names
    iris: Iris
    with_text: bool = False
    evidence: bool = False


@dataclass
class Tally:
    """What articles add up to, for each person, organisation, place and tag."""

    mentions: Counter[Ref] = field(default_factory=Counter)
    articles: Counter[Ref] = field(default_factory=Counter)
    authors: set[Ref] = field(default_factory=set)


class Written(NamedTuple):
    """What an article or stub comes to."""

    knowledge: str  # N-Triples
    evidence: str  # N-Triples
    rows: list[Row]
    tally: Tally
    findings: Sequence[Finding]


def write_article(node: ArticleNode, article: Article, decided: Decided) -> Written:
    """Write an article; `article` is the dump that tells it best."""
    iris = decided.iris
    mentions, findings = find_mentions(article, node, decided.names, decided.focus)
    edges = list(_article_edges(node, article, mentions))
    return Written(
        triples.article_triples(node, article, mentions, iris, with_text=decided.with_text),
        triples.evidence_triples(node, article, mentions, iris) if decided.evidence else "",
        [
            _article_row(node, article, iris),
            *_edge_rows(node.key, edges, node.date, iris),
            *_mention_rows(node.key, article, mentions, article.source.path, iris),
        ],
        _tally(edges, mentions),
        findings,
    )


def write_stub(stub: Stub, decided: Decided) -> Written:
    """Write an article that is only announced."""
    iris = decided.iris
    mentions, findings = find_stub_mentions(stub, decided.names)
    path = stub.path or ""  # without one there is no text, and so no mention
    edges = [*_assigned(stub), *_mention_edges(mentions, path)]
    return Written(
        triples.stub_triples(stub, mentions, iris),
        triples.stub_evidence(stub, mentions, iris) if decided.evidence else "",
        [
            _stub_row(stub, iris),
            *_edge_rows(stub.key, edges, None, iris),
            *_mention_rows(stub.key, stub, mentions, path, iris),
        ],
        _tally(edges, mentions),
        findings,
    )


def with_edges(identities: Identities, tally: Tally, iris: Iris) -> Identities:
    """Without entities that no article and no tag leads to: `CDU`, where a text has only CDU politicians."""
    focuses = {tag.focus for tag in identities.tags}
    entities = tuple(
        one
        for one in identities.entities
        if tally.articles[one.ref] or one.ref in focuses or iris.of(one.ref) == iris.publisher
    )
    refs = {one.ref for one in entities}
    joined = tuple(one for one in identities.identities if one.ref in refs)
    return msgspec.structs.replace(identities, entities=entities, identities=joined)


def entity_knowledge(identities: Identities, tally: Tally, iris: Iris) -> Iterator[str]:
    """The N-Triples of entities, the scheme and tags, node by node; `tally` is that of all articles."""
    for entity in identities.entities:
        counts = tally.mentions[entity.ref], tally.articles[entity.ref]
        yield triples.entity_triples(entity, iris, mention_count=counts[0], article_count=counts[1])
    yield triples.scheme_triples(iris, identities.publisher)
    for tag in identities.tags:
        yield triples.tag_triples(tag, iris)


def entity_reasons(identities: Identities, iris: Iris) -> Iterator[str]:
    """The N-Triples that say why spellings are of one entity."""
    return (triples.identity_evidence(one, iris) for one in identities.identities)


def entity_rows(identities: Identities, tally: Tally, iris: Iris) -> Iterator[Row]:
    """The rows of entities and tags, of how names were joined, what stands beside them, and what is open."""
    for entity in identities.entities:
        yield _entity_row(entity, iris, tally)
    for tag in identities.tags:
        ref = Ref(NodeKind.TAG, tag.slug)
        yield NodeRow(
            iri=iris.of(ref),
            kind="tag",
            label=tag.label,
            url=iris.page(f"t{tag.number}") if tag.number else None,
            alternates=tag.alternates,
            count=tally.articles[ref],
            tag_kind=tag.kind,
            kind_basis=tag.kind_basis or None,
        )
        if tag.broader is not None:
            yield EdgeRow(iris.of(ref), iris.tag(tag.broader), "broader")
        if tag.focus is not None:
            yield EdgeRow(iris.of(ref), iris.of(tag.focus), "focus")
    yield from _people_rows(identities, iris)


def _people_rows(identities: Identities, iris: Iris) -> Iterator[Row]:
    """How names were joined, what stands beside them, and what is open."""
    names = {entity.ref: entity.name for entity in identities.entities}
    for one in identities.identities:
        iri, kind, name = iris.of(one.ref), one.ref.kind, names[one.ref]
        yield IdentityRow(
            iri, kind, name, one.spelling, one.rule, one.count, one.path, one.line, one.evidence
        )
    for entity in identities.entities:
        for role in entity.roles:
            yield RoleRow(iris.of(entity.ref), role.title, role.party, role.count, role.first, role.last)
    yield from identities.doubts


class _Edge(Record, frozen=True):
    """An edge from an article, with its reason."""

    relation: str
    target: Ref
    times: int = 1
    basis: str | None = None
    path: str | None = None
    line: int | None = None


def _assigned(node: ArticleNode | Stub) -> Iterator[_Edge]:
    """Authors and tags, one edge each, with the reason that comes first."""
    seen: set[Ref] = set()
    for authorship in node.authors:
        if authorship.author not in seen:
            seen.add(authorship.author)
            yield _Edge("author", authorship.author, 1, authorship.basis, authorship.path, authorship.line)
    for assignment in sorted(node.tags, key=lambda one: (one.basis is not Basis.OWN_TAG, one.path, one.line)):
        ref = Ref(NodeKind.TAG, assignment.tag)
        if ref not in seen:
            seen.add(ref)
            yield _Edge("about", ref, 1, assignment.basis, assignment.path, assignment.line)


def _article_edges(node: ArticleNode, article: Article, mentions: Iterable[Mention]) -> Iterator[_Edge]:
    path = article.source.path
    yield from _assigned(node)
    line = article.body[0].passage.first_line if article.body and article.dateline else None
    yield from (_Edge("locationCreated", ref, 1, None, path, line) for ref in dict.fromkeys(node.places))
    yield from (_Edge("sourceOrganization", ref, 1, None, path, line) for ref in dict.fromkeys(node.credits))
    related = {edge.article: edge for edge in reversed(node.related)}
    yield from (_Edge("related", ref, 1, None, edge.path, edge.line) for ref, edge in sorted(related.items()))
    yield from _link_edges(node, article)
    yield from _mention_edges(mentions, path)


def _link_edges(node: ArticleNode, article: Article) -> Iterator[_Edge]:
    relations = {SelectorKind.ARTICLE: "cites", SelectorKind.TOPIC: "linksToTag"}
    seen: set[Ref] = set()
    for link, target in zip(article.links, node.link_targets, strict=True):
        relation = relations.get(link.selector.kind) if link.selector else None
        if target is not None and relation is not None and target not in seen:
            seen.add(target)
            yield _Edge(relation, target, 1, None, article.source.path, link.line)


def _mention_edges(mentions: Iterable[Mention], path: str) -> Iterator[_Edge]:
    by_ref: dict[Ref, list[Mention]] = {}
    for mention in mentions:
        by_ref.setdefault(mention.ref, []).append(mention)
    for ref, places in sorted(by_ref.items()):
        best = max(places, key=lambda mention: mention.confidence)
        yield _Edge("mentions", ref, len(places), best.basis, path, best.line)


def _tally(edges: Iterable[_Edge], mentions: Iterable[Mention]) -> Tally:
    return Tally(
        Counter(mention.ref for mention in mentions),
        # Links between articles are most of all, and nothing is said of their number.
        Counter({edge.target for edge in edges if edge.target.kind is not NodeKind.ARTICLE}),
        {edge.target for edge in edges if edge.relation == "author"},
    )


def _edge_rows(key: str, edges: Iterable[_Edge], date: str | None, iris: Iris) -> Iterator[EdgeRow]:
    source = iris.article(key)
    for edge in edges:
        target = iris.of(edge.target)
        yield EdgeRow(source, target, edge.relation, edge.times, date, edge.basis, edge.path, edge.line)


def _article_row(node: ArticleNode, article: Article, iris: Iris) -> NodeRow:
    return NodeRow(
        iri=iris.article(node.key),
        kind="article",
        label=node.headline,
        date=node.date,
        url=iris.page(node.number) if node.number else None,
        abstract=article.teaser.plain if article.teaser else None,
        replaces=iris.replaced(Ref(NodeKind.ARTICLE, node.key), node.replaces),
        dump=node.path,
        first_line=article.source.first_line,
        last_line=article.source.last_line,
    )


def _stub_row(stub: Stub, iris: Iris) -> NodeRow:
    return NodeRow(
        iri=iris.article(stub.key),
        kind="stub",
        label=stub.headline or f"!{stub.number}",
        url=iris.page(stub.number) if stub.number else None,
        abstract=stub.teaser.plain if stub.teaser else None,
        replaces=iris.replaced(Ref(NodeKind.ARTICLE, stub.key), stub.replaces),
        dump=stub.path or (stub.seen_in[0].path if stub.seen_in else None),
        first_line=stub.headline_line,
        last_line=last_announced_line(stub.headline_line, stub.teaser) if stub.headline_line else None,
    )


def _entity_row(entity: Entity, iris: Iris, tally: Tally) -> NodeRow:
    return NodeRow(
        iri=iris.of(entity.ref),
        kind=entity.ref.kind,
        label=entity.name,
        alternates=entity.alternates,
        count=tally.articles[entity.ref],
        author=entity.ref in tally.authors,
        replaces=iris.replaced(entity.ref, entity.replaces),
    )


def _mention_rows(
    key: str, node: Article | Stub, mentions: Iterable[Mention], path: str, iris: Iris
) -> Iterator[MentionRow]:
    texts = plain_texts(node)
    article = iris.article(key)
    for one in mentions:
        text = texts[one.part, one.image]
        yield MentionRow(
            article=article,
            entity=iris.of(one.ref),
            part=one.part,
            image=one.image,
            start=one.start,
            end=one.end,
            exact=one.exact,
            prefix=text[max(0, one.start - CONTEXT) : one.start],
            suffix=text[one.end : one.end + CONTEXT],
            basis=one.basis,
            confidence=one.confidence,
            path=path,
            line=one.line,
        )
