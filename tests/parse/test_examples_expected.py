"""The invented newspaper in `examples/`: every field of every file as the one who wrote it knows it.

`lost` names the fields that a rendering cannot carry. Their expected values are what is left of them, so they are
compared as well, except those that no reader could decide: the teaser and the blocks of a page without any marks.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, IndexPage, LineRole, Related
from kg.parse import Parsed, parse_page, roles

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = sorted(
    path
    for path in (EXAMPLES / "expected").glob("*/**/*.json")
    if (EXAMPLES / "dumps" / path.relative_to(EXAMPLES / "expected")).with_suffix("").is_file()
)


def parse(expected: dict[str, Any]) -> Parsed:
    data = (EXAMPLES / "dumps" / expected["file"]).read_bytes()
    return parse_page(data.decode(), path=expected["file"], sha256=hashlib.sha256(data).hexdigest())


def of_related(entry: Related) -> dict[str, Any]:
    return {
        "headline": entry.headline,
        "cut": entry.cut,
        "teaser": entry.teaser.plain if entry.teaser else None,
        "tag": entry.tag.label if entry.tag else None,
        "number": entry.number,
    }


def of_article(page: Article) -> dict[str, Any]:
    return {
        "kind": "article",
        "headline": page.headline,
        "number": page.number,
        "slug": page.slug,
        "date": page.date,
        "teaser": page.teaser.plain if page.teaser else None,
        "captions": [image.caption.plain for image in page.images],
        "dateline": page.dateline,
        "places": list(page.places),
        "credits": list(page.credits),
        "blocks": [{"subhead": block.subhead, "text": block.passage.plain} for block in page.body],
        "links": [
            {
                "number": link.number,
                "text": link.text,
                "selector": link.selector.raw if link.selector else None,
            }
            for link in page.links
        ],
        "authors": [author.name for author in page.authors],
        "author_numbers": {author.name: author.number for author in page.authors if author.number},
        "tags": [tag.label for tag in page.tags],
        "tag_numbers": {tag.label: tag.number for tag in page.tags if tag.number},
        "related": [of_related(entry) for entry in page.related],
        "cut": page.cut,
        "truncated": page.truncated,
        "transliterated": page.transliterated,
    }


def of_index(page: IndexPage) -> dict[str, Any]:
    return {
        "kind": page.kind.value,
        "headline": f"Alle Artikel von {page.name}" if page.kind == "author" else page.name,
        "number": page.number,
        "related": [of_related(entry) for entry in page.entries],
    }


@pytest.mark.skipif(not EXPECTED, reason="examples/expected is not there")
@pytest.mark.parametrize(
    "path", EXPECTED, ids=lambda path: str(path.relative_to(EXAMPLES / "expected").with_suffix(""))
)
def test_every_field_is_as_expected(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    parsed = parse(expected)
    assert parsed.rendering == expected["rendering"]
    assert isinstance(parsed.page, Article | IndexPage)
    found = of_article(parsed.page) if isinstance(parsed.page, Article) else of_index(parsed.page)
    lost = set(expected["lost"])
    undecidable = (
        {"teaser", "blocks"} if {"teaser", "blocks"} <= lost and expected["rendering"] == "gemini" else set()
    )
    for field, value in found.items():
        if field in undecidable:
            continue
        wanted = expected[field]
        if field == "blocks" and "subheads" in lost:
            wanted = [{"subhead": False, "text": block["text"]} for block in wanted]
        assert value == wanted, field


@pytest.mark.skipif(not EXPECTED, reason="examples/expected is not there")
@pytest.mark.parametrize(
    "path", EXPECTED, ids=lambda path: str(path.relative_to(EXAMPLES / "expected").with_suffix(""))
)
def test_no_line_is_left_unparsed(path: Path) -> None:
    parsed = parse(json.loads(path.read_text(encoding="utf-8")))
    assert LineRole.UNPARSED not in roles(parsed)
