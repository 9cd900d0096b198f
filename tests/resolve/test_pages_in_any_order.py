"""The reduce over pages as they lie in shards: in no order of their paths."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import kg.resolve
from kg.model import Basis, IndexKind, Related, TagRef
from kg.report import finding_order
from kg.resolve import Claim
from tests.resolved import resolve, resolve_in_order

Maker = Callable[..., Claim]


def newspaper(article: Maker, index_page: Maker) -> list[Claim]:
    rows = [
        Related("Hafen: Es brennt", 5, number="6054758", tag=TagRef("Feuer", 44)),
        Related("Deich: Er hält", 8),
        Related("Deich: Niemand weiß, wie lange er no", 9, cut=True),
        Related("Wasser: Niemand weiß, wie lange es no", 10, cut=True),
    ]
    whole = Related("Wasser: Niemand weiß, wie lange es noch steigt", 7)
    return [
        article("a.txt", "Hafen: Es brennt", tags=["Ina Thal"], authors=["Jo Brand"], related=rows[1:]),
        article("b.txt", "Hafen: Es brennt", text="Viel mehr Text.", links=["/Ina-Thal/!t1001", "/Deich/!5"]),
        article("c.txt", "Deich: Er hält", date=None, tags=["feuer"], authors=["Thal"], related=[whole]),
        index_page("d.txt", IndexKind.TOPIC, "Feuer", rows, "77"),
        index_page("e.txt", IndexKind.AUTHOR, "Ina Thal", rows[1:2], "9"),
        index_page("f.txt", IndexKind.SECTION, "Nord", [whole]),
    ]


def test_the_order_of_pages_does_not_matter(article: Maker, index_page: Maker) -> None:
    claims = newspaper(article, index_page)
    expected = resolve(claims)
    for turned in range(len(claims)):
        resolved = resolve_in_order([*claims[turned:], *claims[:turned]][::-1])
        assert resolved.articles == expected.articles
        assert resolved.stubs == expected.stubs
        assert (resolved.tags, resolved.entities) == (expected.tags, expected.entities)
        assert (resolved.identities, resolved.book) == (expected.identities, expected.book)
        assert sorted(resolved.findings, key=finding_order) == sorted(expected.findings, key=finding_order)


def test_how_many_are_put_together_at_a_time_does_not_matter(
    article: Maker, index_page: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = newspaper(article, index_page)
    expected = resolve(claims)
    monkeypatch.setattr(kg.resolve, "_TOGETHER", 1)
    assert resolve(claims) == expected


def test_an_article_has_what_its_other_dumps_tell(article: Maker, index_page: Maker) -> None:
    resolved = resolve_in_order(newspaper(article, index_page))
    (node,) = [node for node in resolved.articles if node.path == "b.txt"]
    assert ("ina-thal", Basis.OWN_TAG, "a.txt") in [(one.tag, one.basis, one.path) for one in node.tags]
    assert [one.author.key for one in node.authors] == ["jo-brand"]
    assert {edge.path for edge in node.related} == {"a.txt"}


def test_a_beginning_finds_the_stub_that_a_later_page_announces_in_full(
    article: Maker, index_page: Maker
) -> None:
    resolved = resolve_in_order(newspaper(article, index_page))
    told = {stub.headline: [source.path for source in stub.seen_in] for stub in resolved.stubs}
    assert told["Wasser: Niemand weiß, wie lange es noch steigt"] == ["a.txt", "c.txt", "d.txt", "f.txt"]
