"""Pages for the reduce, made from a few words each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from kg.model import (
    Article,
    Block,
    Byline,
    IndexKind,
    IndexPage,
    InlineLink,
    Passage,
    Related,
    Rendering,
    Source,
    TagRef,
)
from kg.parse import parse_selector
from kg.resolve import Claim, claim

ArticleMaker = Callable[..., Claim]


def source(path: str, rendering: Rendering = Rendering.GOPHERPROXY) -> Source:
    return Source(path, hashlib.sha256(path.encode()).hexdigest(), rendering, 1, 99)


@pytest.fixture
def article() -> ArticleMaker:
    """Makes the claim of an article: `article("a.txt", "Kicker: Title", tags=["Nato"], links=["/!1"], …)`; a link may
    have its words before it: `("Erwin Lü", "/Erwin-Lue/!t1")`.
    """

    def make(
        path: str,
        headline: str,
        date: str | None = "2024-05-01",
        *,
        text: str = "Ein Text.",
        tags: Sequence[str] = (),
        authors: Sequence[str] = (),
        links: Sequence[str | tuple[str, str]] = (),
        related: Sequence[Related] = (),
        **fields: Any,
    ) -> Claim:
        return claim(
            Article(
                source=source(path),
                headline=headline,
                headline_line=2,
                date=date,
                body=(Block(Passage(text, 6)),),
                tags=tuple(TagRef(label, 30 + n) for n, label in enumerate(tags)),
                authors=tuple(Byline(name, 20 + n) for n, name in enumerate(authors)),
                links=tuple(
                    InlineLink(n, 10 + n, anchor, selector=parse_selector(raw))
                    for n, (anchor, raw) in enumerate(map(_with_anchor, links), start=1)
                ),
                related=tuple(related),
                **fields,
            )
        )

    return make


def _with_anchor(link: str | tuple[str, str]) -> tuple[str | None, str]:
    return (None, link) if isinstance(link, str) else link


@pytest.fixture
def index_page() -> ArticleMaker:
    """Makes the claim of an index page."""

    def make(
        path: str, kind: IndexKind, name: str, entries: Sequence[Related], number: str | None = None
    ) -> Claim:
        return claim(IndexPage(source(path), kind, name, number, tuple(entries)))

    return make
