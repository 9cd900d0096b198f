"""An article's node: what the page that tells it best says, and what the archive decides beyond that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Final

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    InlineLink,
    NodeKind,
    Ref,
    RelatedEdge,
    SelectorKind,
    TagAssignment,
    Verdict,
)
from kg.resolve.credits import agency, credited, place
from kg.resolve.keys import slug
from kg.resolve.kickers import certain_kicker

_BY_AUTHOR: Final = attrgetter("author", "basis", "path", "line", "credit")
_BY_TAG: Final = attrgetter("tag", "basis", "path", "line")
_BY_PATH: Final = attrgetter("path", "sha256")

OPINION_KICKERS = frozenset("debatte essay gastkommentar glosse kolumne kommentar leitartikel".split())
"""First words of a kicker that state an opinion piece."""


def article_node(article: Article, verdict: Verdict) -> ArticleNode:
    """The node of an article; `article` is the page that tells it best, of which the texts do not matter."""
    headline = verdict.headline if verdict.headline is not None else article.headline
    kicker, title = certain_kicker(headline, verdict.kicker_slug, cut=verdict.cut)
    sources = (article.source, *verdict.other_sources)
    renamed = dict(verdict.renamed)
    named = [
        *(place(printed)[0] for printed in article.places),
        *(agency(mark)[0] for mark in article.credits),
    ]
    refs = tuple(renamed.get(ref, ref) for ref in named)
    return ArticleNode(
        key=verdict.key,
        path=article.source.path,
        sources=tuple(sorted(sources, key=_BY_PATH)),
        headline=headline,
        date=article.date or verdict.date,
        number=verdict.number,
        number_from=verdict.number_from,
        kicker=kicker,
        title=title,
        opinion=kicker is not None and kicker.split()[0].rstrip(":").lower() in OPINION_KICKERS,
        replaces=verdict.replaces,
        sections=verdict.sections,
        places=refs[: len(article.places)],
        credits=refs[len(article.places) :],
        authors=tuple(sorted({*verdict.authors, *_bylines(article, verdict)}, key=_BY_AUTHOR)),
        tags=tuple(sorted({*verdict.tags, *_tags(article)}, key=_BY_TAG)),
        related=(*_related(article, verdict.related), *verdict.related_elsewhere),
        link_targets=tuple(_link_targets(article.links, verdict)),
    )


def _bylines(article: Article, verdict: Verdict) -> Iterator[Authorship]:
    renamed, path = dict(verdict.renamed_authors), article.source.path
    for byline in article.authors:
        for ref, _ in credited(byline.name):
            yield Authorship(renamed.get(ref, ref), byline.name, Basis.BYLINE, path, byline.line)


def _tags(article: Article) -> Iterator[TagAssignment]:
    path = article.source.path
    return (TagAssignment(slug(tag.label), Basis.OWN_TAG, path, tag.line) for tag in article.tags)


def _related(article: Article, keys: Iterable[str | None]) -> Iterator[RelatedEdge]:
    for key, row in zip(keys, article.related, strict=False):
        if key is not None:
            yield RelatedEdge(Ref(NodeKind.ARTICLE, key), article.source.path, row.line)


def _link_targets(links: Iterable[InlineLink], verdict: Verdict) -> Iterator[Ref | None]:
    topics = dict(verdict.topics)
    authors = {one.number: one.author for one in verdict.linked_authors}
    for link in links:
        target = link.selector
        number = (target.number if target is not None else None) or ""
        match target.kind if target is not None else None:
            case SelectorKind.ARTICLE:
                yield Ref(NodeKind.ARTICLE, number) if number else None
            case SelectorKind.TOPIC:
                named = slug(target.slug) if target is not None and target.slug else topics.get(number)
                yield Ref(NodeKind.TAG, named) if named is not None else None
            case SelectorKind.AUTHOR:
                yield authors.get(number)
            case _:
                yield None
