"""The one whole real page (issue 2, "What it must show"); it lies beside the project and is no part of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.model import Article, LineRole, Rendering
from kg.parse import Parsed, parse_page, roles, split_headline

PAGE = Path(__file__).parents[3] / "shared" / "dumps" / "000_5f0aa89b5575cd07.txt"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGE.is_file(), reason="the real page is not beside the project"),
]


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    data = PAGE.read_bytes()
    return parse_page(data.decode(), path=PAGE.name, sha256=hashlib.sha256(data).hexdigest())


@pytest.fixture(scope="module")
def page(parsed: Parsed) -> Article:
    assert isinstance(parsed.page, Article)
    return parsed.page


def test_headline_date_and_author(page: Article) -> None:
    assert page.source.rendering is Rendering.GOPHERPROXY
    assert split_headline(page.headline, page.slug) == (
        "Nato-Außenministertreffen",
        "Nato-Chef Mark Rutte teilt aus",
        True,
    )
    assert page.number is None
    assert page.date == "2024-12-04"
    assert [author.name for author in page.authors] == ["Eric Bonse"]


def test_dateline_teaser_caption_and_subhead(page: Article) -> None:
    assert (page.dateline, page.places, page.credits) == ("Brüssel", ("Brüssel",), ("taz",))
    assert page.teaser is not None
    assert page.teaser.plain.startswith("Generalsekretär Mark Rutte kritisiert")
    assert [image.caption.text for image in page.images] == [
        "Mark Rutte verschärft den Ton im NATO Hauptquartier"
    ]
    assert [block.passage.text for block in page.body if block.subhead] == [
        "Ukraine fordert sofortige Einladung in die Nato"
    ]
    assert len(page.body) == 9
    assert page.body_text.startswith(
        "Der nahende Machtwechsel in Washington macht sich jetzt auch in der Nato"
    )


def test_four_links_to_two_topics_and_one_article(page: Article) -> None:
    assert [
        (link.number, link.text, link.selector and (link.selector.kind, link.selector.number))
        for link in page.links
    ] == [
        (1, "Machtwechsel in Washington", ("topic", "5204455")),
        (2, "Nato-", ("topic", "5225043")),
        (3, "Generalsekretär Mark Rutte", ("topic", "5225043")),
        (4, "russischen Angriffskrieg in der Ukraine", ("article", "6054758")),
    ]
    assert all(page.body_text[link.start : link.end] == link.text for link in page.links)


def test_own_tags_and_one_tag_for_each_related_article(page: Article) -> None:
    assert [tag.label for tag in page.tags] == ["Nato", "Ukraine", "Russland", "Mark Rutte", "Nordkorea"]
    assert [entry.tag and entry.tag.label for entry in page.related] == [
        "Nato",
        "Wolodymyr Selenskij",
        "Nato",
        "Nato",
        "Schwerpunkt Krieg in der Ukraine",
    ]
    assert all(entry.teaser is not None for entry in page.related)
    assert page.related[1].headline.startswith("+++ Nachrichten im Ukraine-Krieg +++: Lawrow")


def test_no_line_is_unparsed_and_nothing_was_found_amiss(parsed: Parsed) -> None:
    assert len(roles(parsed)) == 114
    assert LineRole.UNPARSED not in roles(parsed)
    assert parsed.findings == ()
