"""The evidence: where each mention, link, tag, author and identity comes from, as nodes that can be asked.

Kept apart from the knowledge, in a named graph of its own. A mention or link annotates a stretch of text (Web
Annotation: target, source, selectors); a tag, an author, a section or a number that another page tells, and the
headline of a stub, are reified statements with their reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Identity,
    InlineLink,
    Mention,
    NumberTold,
    Part,
    Ref,
    Stub,
    TagAssignment,
)
from kg.rdf import vocabulary as v
from kg.rdf.articles import last_announced_line
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block
from kg.texts import plain_texts

CONTEXT: Final = 32
"""Code points of a quote selector's prefix and suffix."""

CERTAIN: Final = 1.0
"""Confidence of what a row states about its own article."""

BY_POSITION: Final = 0.95
"""Confidence of a related article's tag: an estimate, for position in a list is all that joins the two."""

BY_HEADLINE: Final = 0.95
"""Confidence of a number that an article has from another page: an estimate, for only a headline joins the two."""


def evidence_triples(node: ArticleNode, article: Article, mentions: Sequence[Mention], iris: Iris) -> str:
    """The N-Triples of all evidence of one article: mentions, inline links, tags, authors, sections, number.

    `article` is what the fullest dump (`node.path`) says; `mentions` and `node.link_targets` are about it.
    """
    annotations = _Annotations(node.key, article, iris)
    blocks = [
        *(annotations.mention(mention) for mention in mentions),
        *annotations.links(article.links, node.link_targets),
        *_statements(node, iris),
        *_number(node.key, node.number, node.number_from, BY_HEADLINE, iris),
    ]
    return "".join(blocks)


def stub_evidence(stub: Stub, mentions: Sequence[Mention], iris: Iris) -> str:
    """The N-Triples of all evidence of a stub: mentions, tags, authors, sections, number, headline."""
    annotations = _Annotations(stub.key, stub, iris)
    blocks = [
        *(annotations.mention(mention) for mention in mentions),
        *_statements(stub, iris),
        # Its number is all that a stub with one is known by: nothing had to be joined.
        *_number(stub.key, stub.number, stub.number_from, CERTAIN, iris),
        *_announcement(stub, iris),
    ]
    return "".join(blocks)


def identity_evidence(identity: Identity, iris: Iris) -> str:
    """The N-Triples of one spelling joined to a node. Order: type, entity, spelling, rule, count, path, firstLine."""
    block = Block(iris.identity(identity), v.KG_IDENTITY)
    block.link(v.KG_ENTITY, iris.of(identity.ref))
    block.plain(v.KG_SPELLING, identity.spelling)
    block.plain(v.KG_RULE, identity.rule)
    block.integer(v.KG_COUNT, identity.count)
    block.plain(v.KG_PATH, identity.path)
    block.integer(v.KG_FIRST_LINE, identity.line)
    return block.text()


class _Annotations:
    """Writes what is said about stretches of one article's text.

    A mention: types, motivation, body, target, part, ofImage, firstLine, basis, confidence. A link: types,
    motivation, body (where the target is known), target (the whole article where the anchor is unknown), linkNumber,
    selector, part, ofImage, firstLine. Then the target (`…-t`), its selectors by offset (`…-p`) and by wording (`…-q`).
    """

    def __init__(self, key: str, node: Article | Stub, iris: Iris) -> None:
        self._key = key
        self._iris = iris
        self._source = iris.article(key)
        self._texts = plain_texts(node)

    def mention(self, mention: Mention) -> str:
        iri = self._iris.mention(self._key, mention)
        block = Block(iri, v.OA_ANNOTATION, v.KG_MENTION)
        block.link(v.OA_MOTIVATED_BY, v.OA_IDENTIFYING)
        block.link(v.OA_HAS_BODY, self._iris.of(mention.ref))
        block.link(v.OA_HAS_TARGET, f"{iri}-t")
        self._part(block, mention.part, mention.image or 0)
        block.integer(v.KG_FIRST_LINE, mention.line)
        block.link(v.KG_BASIS, v.basis_iri(mention.basis))
        block.decimal(v.KG_CONFIDENCE, mention.confidence)
        text = self._texts[mention.part, mention.image]
        return block.text() + self._target(iri, text, mention.start, mention.end)

    def links(self, links: Sequence[InlineLink], targets: Sequence[Ref | None]) -> Iterator[str]:
        seen: Counter[int] = Counter()
        for link, target in zip(links, targets, strict=True):
            seen[link.number] += 1
            yield self._link(self._iris.link(self._key, link.number, seen[link.number]), link, target)

    def _link(self, iri: str, link: InlineLink, target: Ref | None) -> str:
        stretch = ""
        block = Block(iri, v.OA_ANNOTATION, v.KG_INLINE_LINK)
        block.link(v.OA_MOTIVATED_BY, v.OA_LINKING)
        if target is not None:
            block.link(v.OA_HAS_BODY, self._iris.of(target))
        # A link without a word to click on (`[1][]`) has a place, but no stretch of text.
        if (
            link.part is not None
            and link.start is not None
            and link.end is not None
            and link.start < link.end
        ):
            block.link(v.OA_HAS_TARGET, f"{iri}-t")
            stretch = self._target(iri, self._texts[link.part, link.image], link.start, link.end)
        else:
            block.link(v.OA_HAS_TARGET, self._source)
        block.integer(v.KG_LINK_NUMBER, link.number)
        if link.selector is not None:
            block.plain(v.KG_SELECTOR, link.selector.raw)
        if link.part is not None:
            self._part(block, link.part, link.image or 0)
        block.integer(v.KG_FIRST_LINE, link.line)
        return block.text() + stretch

    def _part(self, block: Block, part: Part, image: int) -> None:
        block.plain(v.KG_PART, part.value)
        if part is Part.CAPTION:
            block.link(v.KG_OF_IMAGE, self._iris.image(self._key, image + 1))

    def _target(self, iri: str, text: str, start: int, end: int) -> str:
        target = Block(f"{iri}-t", v.OA_SPECIFIC_RESOURCE)
        target.link(v.OA_HAS_SOURCE, self._source)
        target.links(v.OA_HAS_SELECTOR, (f"{iri}-p", f"{iri}-q"))
        position = Block(f"{iri}-p", v.OA_TEXT_POSITION_SELECTOR)
        position.integer(v.OA_START, start)
        position.integer(v.OA_END, end)
        quote = Block(f"{iri}-q", v.OA_TEXT_QUOTE_SELECTOR)
        quote.plain(v.OA_EXACT, text[start:end])
        quote.plain(v.OA_PREFIX, text[max(0, start - CONTEXT) : start])
        quote.plain(v.OA_SUFFIX, text[end : end + CONTEXT])
        return target.text() + position.text() + quote.text()


def _statements(node: ArticleNode | Stub, iris: Iris) -> Iterator[str]:
    """Why it has its tags, authors and sections.

    Order: types, subject, predicate, object, creditText, basis, confidence, path, firstLine.
    """
    key, article = node.key, iris.article(node.key)
    for assignment in node.tags:
        block = Block(iris.tag_assignment(key, assignment), v.RDF_STATEMENT, v.KG_TAG_ASSIGNMENT)
        _statement(block, article, v.SCHEMA_ABOUT, iris.tag(assignment.tag))
        _reason(block, assignment)
        yield block.text()
    for authorship in node.authors:
        block = Block(iris.authorship(key, authorship), v.RDF_STATEMENT, v.KG_AUTHORSHIP)
        _statement(block, article, v.SCHEMA_AUTHOR, iris.of(authorship.author))
        block.plain(v.SCHEMA_CREDIT_TEXT, authorship.credit)
        _reason(block, authorship)
        yield block.text()
    for listing in node.sections:
        block = Block(iris.section_listing(key, listing), v.RDF_STATEMENT, v.KG_SECTION_LISTING)
        _subject_and_predicate(block, article, v.SCHEMA_ARTICLE_SECTION)
        block.localized(v.RDF_OBJECT, listing.section)
        _basis(block, Basis.INDEX_PAGE, CERTAIN)
        _place(block, listing.path, listing.line)
        yield block.text()


def _number(
    key: str, number: str | None, told: NumberTold | None, confidence: float, iris: Iris
) -> Iterator[str]:
    """Who tells the number, where no dump of the article does; `schema:url` is made from it. Order as above."""
    if number is None or told is None:
        return
    block = Block(iris.number_announcement(key, told), v.RDF_STATEMENT, v.KG_NUMBER_ANNOUNCEMENT)
    _subject_and_predicate(block, iris.article(key), v.SCHEMA_IDENTIFIER)
    block.plain(v.RDF_OBJECT, number)
    _basis(block, Basis.ANNOUNCED_NUMBER, confidence)
    _place(block, told.path, told.line)
    yield block.text()


def _announcement(stub: Stub, iris: Iris) -> Iterator[str]:
    """Which row a stub's headline and teaser are taken from. Order: as above without basis; lastLine."""
    if stub.headline is None or stub.path is None or stub.headline_line is None:
        return
    iri = iris.announcement(stub.key, stub.path, stub.headline_line)
    block = Block(iri, v.RDF_STATEMENT, v.KG_ANNOUNCEMENT)
    _subject_and_predicate(block, iris.article(stub.key), v.SCHEMA_HEADLINE)
    block.localized(v.RDF_OBJECT, stub.headline)
    block.decimal(v.KG_CONFIDENCE, CERTAIN)
    _place(block, stub.path, stub.headline_line)
    block.integer(v.KG_LAST_LINE, last_announced_line(stub.headline_line, stub.teaser))
    yield block.text()


def _statement(block: Block, subject: str, predicate: str, target: str) -> None:
    _subject_and_predicate(block, subject, predicate)
    block.link(v.RDF_OBJECT, target)


def _subject_and_predicate(block: Block, subject: str, predicate: str) -> None:
    block.link(v.RDF_SUBJECT, subject)
    block.link(v.RDF_PREDICATE, predicate)


def _reason(block: Block, reason: TagAssignment | Authorship) -> None:
    _basis(block, reason.basis, BY_POSITION if reason.basis is Basis.RELATED_TAG_POSITION else CERTAIN)
    _place(block, reason.path, reason.line)


def _basis(block: Block, basis: Basis, confidence: float) -> None:
    block.link(v.KG_BASIS, v.basis_iri(basis))
    block.decimal(v.KG_CONFIDENCE, confidence)


def _place(block: Block, path: str, line: int) -> None:
    block.plain(v.KG_PATH, path)
    block.integer(v.KG_FIRST_LINE, line)
