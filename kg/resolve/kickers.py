"""Kickers: what selectors call them, where a headline has one, and what links to unknown articles say by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from kg.model import Article, Finding, SelectorKind
from kg.parse import split_headline
from kg.resolve.groups import Group
from kg.resolve.keys import collapse, slug
from kg.resolve.stubs import StubDraft

_NAMED = 3
"""How many articles of one kicker a finding names."""


class ArticleLink(NamedTuple):
    """A link to an article by number."""

    number: str
    slug: str | None
    line: int


def article_links(page: Article) -> Iterator[tuple[int, ArticleLink]]:
    """The links to articles, each with its place among the page's links."""
    for index, link in enumerate(page.links):
        target = link.selector
        if target is not None and target.kind is SelectorKind.ARTICLE and target.number:
            yield index, ArticleLink(target.number, target.slug, link.line)


class Kickers:
    """The slugs that selectors have for the kickers of numbered articles."""

    def __init__(self, seen: Mapping[tuple[str, str], int]) -> None:
        """`seen` is how often an article's number stands with a slug; the most frequent one counts."""
        best: dict[str, tuple[int, str]] = {}
        for (number, kicker), count in seen.items():
            one = (-count, kicker)
            best[number] = min(one, best.get(number, one))
        self._slugs = {number: kicker for number, (_, kicker) in best.items()}

    def slug_of(self, number: str | None) -> str | None:
        """What selectors call the kicker of the article with that number."""
        return self._slugs.get(number or "")


def certain_kicker(headline: str, slug: str | None, *, cut: bool) -> tuple[str | None, str | None]:
    """Kicker and title where the separator is certain; `slug` is what selectors call it. A cut headline has neither."""
    kicker, title, certain = split_headline(headline, slug)
    return (kicker, title) if certain and not cut else (None, None)


class KickersFound(NamedTuple):
    """How many articles and stubs have a kicker, by its slug, and what is doubtful.

    `candidates` are findings as well, made as they are read: of a large archive they are more than all others.
    """

    frequency: Counter[str]
    findings: list[Finding]
    candidates: Iterator[Finding]


def survey_kickers(kickers: Kickers, groups: Iterable[Group], stubs: Mapping[str, StubDraft]) -> KickersFound:
    """Look at all headlines: findings are those that could be parted at several places, and links to articles that no
    page tells, where kickers of their slug exist: never joined by it.
    """
    frequency: Counter[str] = Counter()
    findings: list[Finding] = []
    unknown = [stubs[key] for key in sorted(stubs) if stubs[key].told is None]
    alike: dict[str, list[tuple[bool, str, str]]] = {
        slug(link.slug): [] for stub in unknown for link in stub.linked if link.slug
    }

    def note(kicker: str | None, key: str, headline: str, *, is_stub: bool) -> None:
        if kicker is not None:
            spelled = slug(kicker)
            frequency[spelled] += 1
            if spelled in alike:
                alike[spelled].append((is_stub, key, headline))

    for group in groups:
        headline, is_cut = group.headline, group.is_cut
        kicker, _, certain = split_headline(headline, kickers.slug_of(group.number))
        if certain and not is_cut:
            note(kicker, group.key, headline, is_stub=False)
        elif not is_cut:
            message = f"several colons and no known slug, so no kicker is stated: {collapse(headline)}"
            findings.append(group.dumps[0].finding("kicker-uncertain", message))
    for stub in stubs.values():
        if stub.told is not None:
            known = kickers.slug_of(stub.number)
            kicker, _ = certain_kicker(stub.told.headline, known, cut=stub.told.cut)
            note(kicker, stub.key, stub.told.headline, is_stub=True)
    named = {kicker: nsmallest(_NAMED, articles) for kicker, articles in alike.items()}
    return KickersFound(frequency, findings, _candidates(unknown, named))


def _candidates(
    unknown: Iterable[StubDraft], alike: Mapping[str, list[tuple[bool, str, str]]]
) -> Iterator[Finding]:
    for stub in unknown:
        for link in stub.linked:
            if link.slug and (articles := alike[slug(link.slug)]):
                named = "; ".join(headline for _, _, headline in articles)
                message = f"article {stub.key} is unknown; of the same kicker, but not joined by it: {named}"
                yield Finding("slug-candidate", link.path, link.line, message)
