"""The knowledge about articles and stubs.

The properties of a node stand in a fixed order: types; identifier, url, replaces; headline, kicker, title, abstract;
date, dateline, places, credits; authors, creditText; sections; subheads, wordCount, textSha256, articleBody;
truncated, transliterated; images; about, mentions, linksToTag, citation, relatedArticle; publisher, inLanguage;
wasDerivedFrom, fullestDump, firstLine, lastLine (a stub's are those of its announcement). The pictures follow as
blocks of their own. Several values of one property are sorted, because they are a set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Mention,
    NodeKind,
    Passage,
    Ref,
    SectionListing,
    Source,
    Stub,
    TagAssignment,
)
from kg.rdf import vocabulary as v
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block


def article_triples(
    node: ArticleNode, article: Article, mentions: Sequence[Mention], iris: Iris, *, with_text: bool = False
) -> str:
    """The N-Triples of one article and its pictures.

    `article` is what the fullest dump (`node.path`) says, `mentions` are those found in it. The body itself is
    written with `with_text` only; its length and hash always are.
    """
    block = Block(iris.article(node.key), *_types(opinion=node.opinion))
    _address(block, node.key, node.number, node.replaces, iris)
    _heading(block, node.headline, node.kicker, node.title)
    if article.teaser:
        block.localized(v.SCHEMA_ABSTRACT, article.teaser.plain)
    _origin(block, node, article, iris)
    _authors(block, node.authors, node.sections, iris)
    _text(block, article, with_text=with_text)
    images = [iris.image(node.key, number) for number in range(1, len(article.images) + 1)]
    block.links(v.SCHEMA_IMAGE, images)
    _links(block, node, mentions, iris)
    _sources(block, node.sources, iris)
    block.link(v.KG_FULLEST_DUMP, iris.file(article.source.sha256))
    block.integer(v.KG_FIRST_LINE, article.source.first_line)
    block.integer(v.KG_LAST_LINE, article.source.last_line)
    pictures = (_image(iri, image.caption.plain) for iri, image in zip(images, article.images, strict=True))
    return block.text() + "".join(pictures)


def stub_triples(stub: Stub, mentions: Sequence[Mention], iris: Iris) -> str:
    """The N-Triples of an article known only from links, related lists and index pages, with the mentions in those."""
    block = Block(iris.article(stub.key), *_types(opinion=False), v.KG_ARTICLE_STUB)
    _address(block, stub.key, stub.number, stub.replaces, iris)
    if stub.headline is not None:
        _heading(block, stub.headline, stub.kicker, stub.title)
    if stub.teaser is not None:
        block.localized(v.SCHEMA_ABSTRACT, stub.teaser.plain)
    _authors(block, stub.authors, stub.sections, iris)
    if stub.cut:
        block.true(v.KG_TRUNCATED)
    if stub.transliterated:
        block.true(v.KG_TRANSLITERATED)
    block.links(v.SCHEMA_ABOUT, _tags(stub.tags, iris))
    block.links(v.SCHEMA_MENTIONS, _nodes([mention.ref for mention in mentions], iris))
    _sources(block, stub.seen_in, iris)
    dump = next((source.sha256 for source in stub.seen_in if source.path == stub.path), None)
    if dump is not None and stub.headline_line is not None:
        block.link(v.KG_FULLEST_DUMP, iris.file(dump))
        block.integer(v.KG_FIRST_LINE, stub.headline_line)
        block.integer(v.KG_LAST_LINE, last_announced_line(stub.headline_line, stub.teaser))
    return block.text()


def last_announced_line(headline_line: int, teaser: Passage | None) -> int:
    """The line with which an announcement ends: its teaser's last, or the headline's where it has none."""
    return headline_line if teaser is None else teaser.line_at(len(teaser.text))


def _types(*, opinion: bool) -> tuple[str, ...]:
    # An opinion is an article to those who ask for articles without a reasoner.
    return (v.SCHEMA_NEWS_ARTICLE, v.SCHEMA_OPINION_NEWS_ARTICLE) if opinion else (v.SCHEMA_NEWS_ARTICLE,)


def _address(block: Block, key: str, number: str | None, replaces: Iterable[str], iris: Iris) -> None:
    if number is not None:
        block.plain(v.SCHEMA_IDENTIFIER, number)
        block.link(v.SCHEMA_URL, iris.page(number))
    block.links(v.DCTERMS_REPLACES, iris.replaced(Ref(NodeKind.ARTICLE, key), replaces))


def _heading(block: Block, headline: str, kicker: str | None, title: str | None) -> None:
    block.localized(v.SCHEMA_HEADLINE, headline)
    if kicker is not None:
        block.localized(v.KG_KICKER, kicker)
    if title is not None:
        block.localized(v.KG_TITLE, title)


def _origin(block: Block, node: ArticleNode, article: Article, iris: Iris) -> None:
    if node.date is not None:
        block.date(v.SCHEMA_DATE_PUBLISHED, node.date)
    if article.dateline is not None:
        block.plain(v.SCHEMA_DATELINE, article.dateline)
    block.links(v.SCHEMA_LOCATION_CREATED, _nodes(node.places, iris))
    block.links(v.SCHEMA_SOURCE_ORGANIZATION, _nodes(node.credits, iris))


def _authors(
    block: Block, authors: Sequence[Authorship], sections: Iterable[SectionListing], iris: Iris
) -> None:
    block.links(v.SCHEMA_AUTHOR, _nodes([authorship.author for authorship in authors], iris))
    # Only an AUTOREN row is a credit of the article itself; an author's page credits nothing.
    for credit in sorted({authorship.credit for authorship in authors if authorship.basis is Basis.BYLINE}):
        block.plain(v.SCHEMA_CREDIT_TEXT, credit)
    for section in sorted({listing.section for listing in sections}):
        block.localized(v.SCHEMA_ARTICLE_SECTION, section)


def _text(block: Block, article: Article, *, with_text: bool) -> None:
    for subhead in sorted({part.passage.plain for part in article.body if part.subhead}):
        block.localized(v.KG_SUBHEAD, subhead)
    body = article.body_text
    block.integer(v.SCHEMA_WORD_COUNT, len(body.split()))
    block.plain(v.KG_TEXT_SHA256, hashlib.sha256(body.encode(errors="replace")).hexdigest())
    if with_text:
        block.localized(v.SCHEMA_ARTICLE_BODY, body)
    if article.truncated or article.cut:
        block.true(v.KG_TRUNCATED)
    if article.transliterated:
        block.true(v.KG_TRANSLITERATED)


def _links(block: Block, node: ArticleNode, mentions: Sequence[Mention], iris: Iris) -> None:
    targets = [target for target in node.link_targets if target is not None]
    block.links(v.SCHEMA_ABOUT, _tags(node.tags, iris))
    block.links(v.SCHEMA_MENTIONS, _nodes([mention.ref for mention in mentions], iris))
    block.links(v.KG_LINKS_TO_TAG, _nodes(_of_kind(targets, NodeKind.TAG), iris))
    block.links(v.SCHEMA_CITATION, _nodes(_of_kind(targets, NodeKind.ARTICLE), iris))
    block.links(v.KG_RELATED_ARTICLE, _nodes([edge.article for edge in node.related], iris))


def _of_kind(refs: Iterable[Ref], kind: NodeKind) -> list[Ref]:
    return [ref for ref in refs if ref.kind is kind]


def _sources(block: Block, sources: Iterable[Source], iris: Iris) -> None:
    block.link(v.SCHEMA_PUBLISHER, iris.publisher)
    block.plain(v.SCHEMA_IN_LANGUAGE, v.LANGUAGE)
    block.links(v.PROV_WAS_DERIVED_FROM, sorted({iris.file(source.sha256) for source in sources}))


def _image(iri: str, caption: str) -> str:
    block = Block(iri, v.SCHEMA_IMAGE_OBJECT)
    block.localized(v.SCHEMA_CAPTION, caption)
    return block.text()


def _tags(assignments: Iterable[TagAssignment], iris: Iris) -> list[str]:
    return [iris.tag(slug) for slug in sorted({assignment.tag for assignment in assignments})]


def _nodes(refs: Iterable[Ref], iris: Iris) -> list[str]:
    return sorted({iris.of(ref) for ref in refs})
