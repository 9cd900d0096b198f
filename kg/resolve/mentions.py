"""Mentions: where the texts of an article name what the archive knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model import Article, Basis, Entity, Mention, NodeKind, Part, Ref, Stub
from kg.people import KnownNames
from kg.texts import Text, texts_of

KNOWN_NAME_CONFIDENCE = 0.95
"""A full name that the archive knows, word for word; namesakes are the rest."""

TOPIC_LINK_CONFIDENCE = 1.0
"""The paper itself links the words to the person's topic."""


def names_of(entities: Iterable[Entity]) -> KnownNames:
    """The names to look for: every spelling of a person that is a full name of two or more words."""
    return KnownNames(
        {
            spelling: entity.ref
            for entity in entities
            if entity.ref.kind is NodeKind.PERSON
            for spelling in (entity.name, *entity.alternates)
            if " " in spelling.strip()
        }
    )


def find_mentions(
    article: Article, link_targets: Iterable[Ref | None], names: KnownNames, focus: Mapping[str, Ref]
) -> tuple[Mention, ...]:
    """The mentions in headline, teaser, captions and body, in that order, each part's from left to right.

    `link_targets` has one node for each of the article's links. A link to a topic whose tag has a focus (slug →
    node in `focus`) mentions that node: at the name inside the anchor where it stands there, else at the anchor.
    """
    mentions: list[Mention] = []
    anchors = _topic_anchors(article, link_targets, focus)
    for text in texts_of(article):
        here = [anchor for anchor in anchors if (anchor.part, anchor.image) == (text.part, text.image)]
        mentions += _mentions_in(text, here, names)
    return tuple(mentions)


def find_stub_mentions(stub: Stub, names: KnownNames) -> tuple[Mention, ...]:
    """The mentions in a stub's headline and teaser, as another article announces it."""
    return tuple(mention for text in texts_of(stub) for mention in _mentions_in(text, (), names))


class _Anchor(NamedTuple):
    """Words that link to someone's topic or page."""

    part: Part | None
    image: int | None
    start: int
    end: int
    ref: Ref


def _topic_anchors(
    article: Article, link_targets: Iterable[Ref | None], focus: Mapping[str, Ref]
) -> list[_Anchor]:
    """The anchors that lead to an entity; two that touch and lead to the same one are one: `[1][Kanzler-][2][in X]`."""
    anchors: list[_Anchor] = []
    for link, target in zip(article.links, link_targets, strict=True):
        if target is None or link.start is None or link.end is None or link.start == link.end:
            continue
        ref = focus.get(target.key) if target.kind is NodeKind.TAG else target
        if ref is None or ref.kind is NodeKind.ARTICLE:
            continue
        start = link.start
        if anchors and anchors[-1][:2] == (link.part, link.image) and anchors[-1][3:] == (start, ref):
            start = anchors.pop().start
        anchors.append(_Anchor(link.part, link.image, start, link.end, ref))
    return anchors


def _mentions_in(text: Text, anchors: Iterable[_Anchor], names: KnownNames) -> list[Mention]:
    plain = text.plain
    found = list(names.find(plain))
    spans = {(name.start, name.end): (name.ref, Basis.KNOWN_NAME, KNOWN_NAME_CONFIDENCE) for name in found}
    for anchor in anchors:
        inside = [name for name in found if anchor.start < name.end and name.start < anchor.end]
        same = next((name for name in inside if name.ref == anchor.ref), None)
        if same is not None:
            spans[same.start, same.end] = (anchor.ref, Basis.TOPIC_LINK, TOPIC_LINK_CONFIDENCE)
        elif not inside:
            spans[anchor.start, anchor.end] = (anchor.ref, Basis.TOPIC_LINK, TOPIC_LINK_CONFIDENCE)
    return [
        Mention(
            ref, text.part, start, end, plain[start:end], text.line_at(start), basis, confidence, text.image
        )
        for (start, end), (ref, basis, confidence) in sorted(spans.items())
    ]
