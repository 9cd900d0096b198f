"""The evidence: where each mention, link, tag, author and identity comes from, as nodes that can be asked.

Kept apart from the knowledge, in a named graph of its own. A mention or link annotates a stretch of text (Web
Annotation: target, source, selectors); a tag or an author of an article is a reified statement with its reason.
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
    Part,
    Ref,
    Stub,
    TagAssignment,
)
from kg.rdf import vocabulary as v
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block
from kg.texts import plain_texts

CONTEXT: Final = 32
"""Code points of a quote selector's prefix and suffix."""

CERTAIN: Final = 1.0
"""Confidence of what a row states about its own article."""

BY_POSITION: Final = 0.95
"""Confidence of a related article's tag: an estimate, for position in a list is all that joins the two."""


def evidence_triples(node: ArticleNode, article: Article, mentions: Sequence[Mention], iris: Iris) -> str:
    """The N-Triples of all evidence of one article: mentions, inline links, tag assignments, authorships.

    `article` is what the fullest dump (`node.path`) says; `mentions` and `node.link_targets` are about it.
    """
    annotations = _Annotations(node.key, article, iris)
    blocks = [
        *(annotations.mention(mention) for mention in mentions),
        *annotations.links(article.links, node.link_targets),
        *_statements(node.key, node.tags, node.authors, iris),
    ]
    return "".join(blocks)


def stub_evidence(stub: Stub, mentions: Sequence[Mention], iris: Iris) -> str:
    """The N-Triples of all evidence of a stub: mentions, tag assignments and authorships."""
    annotations = _Annotations(stub.key, stub, iris)
    blocks = [annotations.mention(mention) for mention in mentions]
    return "".join([*blocks, *_statements(stub.key, stub.tags, stub.authors, iris)])


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


def _statements(
    key: str, tags: Sequence[TagAssignment], authors: Sequence[Authorship], iris: Iris
) -> Iterator[str]:
    article = iris.article(key)
    for assignment in tags:
        block = Block(iris.tag_assignment(key, assignment), v.RDF_STATEMENT, v.KG_TAG_ASSIGNMENT)
        _statement(block, article, v.SCHEMA_ABOUT, iris.tag(assignment.tag))
        _reason(block, assignment)
        yield block.text()
    for authorship in authors:
        block = Block(iris.authorship(key, authorship), v.RDF_STATEMENT, v.KG_AUTHORSHIP)
        _statement(block, article, v.SCHEMA_AUTHOR, iris.of(authorship.author))
        block.plain(v.SCHEMA_CREDIT_TEXT, authorship.credit)
        _reason(block, authorship)
        yield block.text()


def _statement(block: Block, subject: str, predicate: str, target: str) -> None:
    block.link(v.RDF_SUBJECT, subject)
    block.link(v.RDF_PREDICATE, predicate)
    block.link(v.RDF_OBJECT, target)


def _reason(block: Block, reason: TagAssignment | Authorship) -> None:
    block.link(v.KG_BASIS, v.basis_iri(reason.basis))
    block.decimal(v.KG_CONFIDENCE, BY_POSITION if reason.basis is Basis.RELATED_TAG_POSITION else CERTAIN)
    block.plain(v.KG_PATH, reason.path)
    block.integer(v.KG_FIRST_LINE, reason.line)
