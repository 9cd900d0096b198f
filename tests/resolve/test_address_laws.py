"""The laws of addresses: one node each, and none that was given out is ever lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import (
    Article,
    ArticleNode,
    Block,
    IndexKind,
    IndexPage,
    InlineLink,
    NumberTold,
    Passage,
    Related,
    Rendering,
    Source,
    Stub,
)
from kg.parse import parse_selector
from kg.resolve import Claim, claim
from kg.resolve.keys import transliterate
from tests.resolved import Resolution, resolve

LONG = "Kicker der Woche: Ein langer Titel über Flüsse und Häuser"
HEADLINES = ("K: Eins", "K: Zwei", "Ö: Drei", "Oe: Drei", f"{LONG} A", f"{LONG} B")
NUMBERS = st.sampled_from([None, None, "55551", "55552", "55553"])


@st.composite
def headlines(draw: st.DrawFn) -> tuple[str, bool, bool]:
    """A headline, whether it is cut, and whether it is transliterated."""
    headline = draw(st.sampled_from(HEADLINES))
    match draw(st.sampled_from(["whole", "whole", "cut", "transliterated"])):
        case "cut":
            return headline[: draw(st.integers(5, len(headline)))], True, False
        case "transliterated":
            return transliterate(headline), False, True
    return headline, False, False


@st.composite
def rows(draw: st.DrawFn) -> Related:
    headline, cut, _ = draw(headlines())
    return Related(headline, 40, cut=cut, number=draw(NUMBERS))


@st.composite
def pages(draw: st.DrawFn) -> Article | IndexPage:
    listed = tuple(draw(st.lists(rows(), max_size=2)))
    source = Source("", "", Rendering.GOPHERPROXY, 1, 50)
    if draw(st.integers(0, 4)) == 0:
        return IndexPage(source, IndexKind.SECTION, "Gesellschaft", entries=listed)
    headline, cut, transliterated = draw(headlines())
    return Article(
        source,
        headline,
        2,
        cut=cut,
        transliterated=transliterated,
        number=draw(NUMBERS),
        date=draw(st.sampled_from([None, "2020-01-01", "2021-02-02"])),
        body=(Block(Passage(draw(st.sampled_from(["Ein Text.", "Ein anderer."])), 6)),),
        related=listed,
        links=tuple(
            InlineLink(1, 9, selector=parse_selector(f"/K/!{number}"))
            for number in draw(st.lists(st.sampled_from(["55551", "55559"]), max_size=1))
        ),
    )


@st.composite
def archives(draw: st.DrawFn) -> list[Claim]:
    claims = []
    for index, page in enumerate(draw(st.lists(pages(), min_size=1, max_size=5))):
        path = f"{index}.txt"
        sha256 = hashlib.sha256(path.encode()).hexdigest()
        source = Source(path, sha256, page.source.rendering, 1, 50)
        claims.append(claim(_at(page, source)))
    return claims


def _at(page: Article | IndexPage, source: Source) -> Article | IndexPage:
    return msgspec.structs.replace(page, source=source)


def nodes_of(identities: Resolution) -> list[ArticleNode | Stub]:
    return [*identities.articles, *identities.stubs]


def node_keys(identities: Resolution) -> list[str]:
    return [node.key for node in nodes_of(identities)]


def replaced(identities: Resolution) -> set[str]:
    return {key for node in nodes_of(identities) for key in node.replaces}


def law(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[[int], None]]:
    """Ask for a check of drawn values by a hundred examples, and by many where there is time."""

    def decorate(check: Callable[..., None]) -> Callable[[int], None]:
        @pytest.mark.parametrize("examples", [100, pytest.param(1500, marks=pytest.mark.long)])
        def test(examples: int) -> None:
            settings(max_examples=examples, deadline=None)(given(*strategies)(check))()

        return test

    return decorate


@law(archives())
def test_a_key_is_one_node(claims: list[Claim]) -> None:
    identities = resolve(claims)
    keys = node_keys(identities)
    assert len(keys) == len(set(keys))
    assert not replaced(identities) & set(keys)


@law(archives(), st.data())
def test_no_address_is_lost_when_files_are_added(claims: list[Claim], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(claims), unique_by=id))
    before, after = resolve(some), resolve(claims)
    assert set(node_keys(before)) <= {*node_keys(after), *replaced(after)}


@law(archives(), st.data())
def test_order_does_not_matter(claims: list[Claim], data: st.DataObject) -> None:
    assert resolve(data.draw(st.permutations(claims))) == resolve(claims)


@law(archives())
def test_every_edge_leads_to_a_node_and_no_number_is_lost(claims: list[Claim]) -> None:
    identities = resolve(claims)
    keys = set(node_keys(identities))
    for node in identities.articles:
        targets = [edge.article for edge in node.related] + [target for target in node.link_targets if target]
        assert {target.key for target in targets} <= keys
        assert node.key not in {edge.article.key for edge in node.related}
    told = {page.number for one in claims if isinstance(page := one.page, Article) and page.number}
    assert told <= keys


@law(archives())
def test_every_number_and_section_leads_to_the_line_that_tells_it(claims: list[Claim]) -> None:
    identities = resolve(claims)
    pages = {one.page.source.path: one.page for one in claims}
    for node in nodes_of(identities):
        own = node.sources if isinstance(node, ArticleNode) else ()
        tells_itself = any(_own_number(pages[source.path]) == node.number for source in own)
        assert (node.number_from is None) == (node.number is None or tells_itself)
        if node.number is not None and node.number_from is not None:
            assert node.number in _numbers_at(pages[node.number_from.path], node.number_from)
        for listing in node.sections:
            page = pages[listing.path]
            assert isinstance(page, IndexPage)
            assert page.name == listing.section
            assert listing.line in {row.line for row in page.entries}


def _own_number(page: Article | IndexPage) -> str | None:
    return page.number if isinstance(page, Article) else None


def _numbers_at(page: Article | IndexPage, told: NumberTold) -> set[str | None]:
    listed = page.related if isinstance(page, Article) else page.entries
    links = page.links if isinstance(page, Article) else ()
    return {row.number for row in listed if row.line == told.line} | {
        link.selector.number for link in links if link.selector and link.line == told.line
    }
