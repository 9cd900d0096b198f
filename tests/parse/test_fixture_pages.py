"""Each page in `tests/fixtures/parse` against what a person wrote beside it.

In the expected files a text is `[line, text]`, a subhead's text begins with `## `, a link is `[number, line, part,
image, text, target]`; what is not there is empty, false or unknown. Every field of every page is compared.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, ErrorPage, IndexPage, InlineLink, Page, Passage, Related, TagRef
from kg.parse import parse_page

FIXTURES = Path(__file__).parents[1] / "fixtures" / "parse"
PAGES = sorted(FIXTURES.glob("*.txt"))


def shown_passage(passage: Passage | None) -> list[Any] | None:
    return [passage.first_line, passage.text] if passage else None


def shown_tag(tag: TagRef | None) -> list[Any] | None:
    return [part for part in (tag.line, tag.label, tag.number) if part is not None] if tag else None


def shown_link(link: InlineLink) -> list[Any]:
    to = link.selector
    target = " ".join(filter(None, [to.kind, to.number or to.raw, to.slug])) if to else None
    return [link.number, link.line, link.part, link.image, link.text, target]


def shown_entry(entry: Related) -> dict[str, Any]:
    return {
        "line": entry.line,
        "headline": entry.headline,
        "cut": entry.cut,
        "teaser": shown_passage(entry.teaser),
        "number": entry.number,
        "slug": entry.slug,
        "tag": shown_tag(entry.tag),
    }


def shown(page: Page | None) -> dict[str, Any] | None:
    match page:
        case None:
            return None
        case ErrorPage():
            return {"kind": "error", "message": page.message}
        case IndexPage():
            entries = [filled(shown_entry(entry)) for entry in page.entries]
            return {"kind": page.kind, "name": page.name, "number": page.number, "entries": entries}
        case Article():
            return {
                "kind": "article",
                **{
                    name: getattr(page, name)
                    for name in ("number", "slug", "headline", "headline_line", "date")
                },
                **{name: getattr(page, name) for name in ("cut", "truncated", "transliterated", "dateline")},
                "places": list(page.places),
                "credits": list(page.credits),
                "teaser": shown_passage(page.teaser),
                "images": [shown_passage(image.caption) for image in page.images],
                "body": [
                    [block.passage.first_line, "## " * block.subhead + block.passage.text]
                    for block in page.body
                ],
                "links": [shown_link(link) for link in page.links],
                "authors": [
                    [part for part in (a.line, a.name, a.number) if part is not None] for a in page.authors
                ],
                "tags": [shown_tag(tag) for tag in page.tags],
                "related": [filled(shown_entry(entry)) for entry in page.related],
            }


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, False, [])}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_is_read_as_written_beside_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    text = path.read_bytes().decode()
    parsed = parse_page(text, path=path.name, sha256="0" * 64)
    page = shown(parsed.page)
    assert (filled(page) if page else None) == expected["page"]
    assert parsed.rendering == expected["rendering"]
    lines = [
        f"{first}-{last} {role}" if last > first else f"{first} {role}"
        for role, first, last in merged(parsed.lines)
    ]
    assert lines == expected["lines"]
    assert [f"{f.code} {f.line or ''}".strip() for f in parsed.findings] == expected["findings"]
    assert {f.path for f in parsed.findings} <= {path.name}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_offsets_of_links_point_at_their_texts(path: Path) -> None:
    page = parse_page(path.read_bytes().decode(), path=path.name, sha256="0" * 64).page
    links = page.links if isinstance(page, Article) else ()
    for link in links:
        assert isinstance(page, Article)
        if link.part is None:
            assert (link.start, link.end) == (None, None)
            continue
        texts = {"body": page.body_text, "abstract": page.teaser.plain if page.teaser else ""}
        text = page.images[link.image].caption.plain if link.image is not None else texts[link.part]
        assert text[link.start : link.end] == link.text


def test_every_page_has_an_expected_file() -> None:
    assert PAGES
    assert {path.stem for path in PAGES} == {path.stem for path in FIXTURES.glob("*.json")}


def merged(runs: tuple[tuple[Any, int, int], ...]) -> list[tuple[Any, int, int]]:
    """Join adjacent runs of one role, as a person writes them."""
    joined: list[tuple[Any, int, int]] = []
    for role, first, last in runs:
        if joined and joined[-1][0] == role:
            joined[-1] = (role, joined[-1][1], last)
        else:
            joined.append((role, first, last))
    return joined
