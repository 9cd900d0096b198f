"""Whatever the text: parsing never raises, and every line has exactly one role."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, IndexPage, LineRole
from kg.parse import Parsed, parse_page, roles

FIXTURES = Path(__file__).parents[1] / "fixtures" / "parse"
PIECES = st.sampled_from(
    [
        *(
            "URI: ",
            "# taz.de -- ",
            "taz.de -- ",
            "## LINKS",
            "## AUTOREN",
            "## TAGS",
            "## ARTIKEL ZUM THEMA",
            "TAGS",
        ),
        *(
            "       ",
            "   DIR ",
            "   IMG Bild: ",
            " (DIR) ",
            "(DIR) ",
            "DIR ",
            "  HTML [1] ",
            "   ERR ",
            "| ",
            " | |",
        ),
        *("i", "1", "3", "\t/!a1\ttaz.de\t70", ".", "> ", "##", "## ", "[1][", "[2] /!t5", "]", "4 Dec 2024"),
        *(
            "99 Feb 0000",
            "A: B",
            "Berlin taz | ",
            "NEU YORK Es",
            "…",
            "\ufffd…",
            "P H O X Y",
            "gophering on taz.de",
        ),
        *(
            "line too long",
            "--- transfer too big, truncated ---",
            "Bild: ",
            "\u00ad",
            "\u200b",
            "\x05I",
            "\x03",
        ),
        *(
            "\n",
            "\n",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\x00",
            "\u2028",
            "\x85",
            "\x0c",
            "e\u0301",
            "\ufeff",
            "\ud800",
        ),
    ]
)
pages = st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join)


def parse(text: str) -> Parsed:
    return parse_page(text, path="dumps/a.txt", sha256="0" * 64)


def file_lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return text.removesuffix("\n").split("\n") if text else []


def check(text: str) -> None:
    parsed = parse(text)
    lines = file_lines(text)
    covered = [number for _, first, last in parsed.lines for number in range(first, last + 1)]
    assert covered == list(range(1, len(lines) + 1))
    for role, line in zip(roles(parsed), lines, strict=True):
        if role is LineRole.BLANK:
            # In a raw menu its type and the host stand beside the empty label.
            assert "\t" in line or line == "i" or not any(char.isalnum() for char in line)
    unparsed = [first for role, first, _ in parsed.lines if role is LineRole.UNPARSED]
    noted = [finding.line for finding in parsed.findings if finding.code == "unparsed-line"]
    assert (sorted(unparsed) == sorted(filter(None, noted))) == (parsed.page is not None or not unparsed)
    assert all(finding.line is None or 1 <= finding.line <= len(lines) for finding in parsed.findings)
    if parsed.page is None:
        assert {finding.code for finding in parsed.findings} & {"empty", "unrecognised"}
    if isinstance(parsed.page, Article):
        check_article(parsed.page, lines)


def check_article(page: Article, lines: list[str]) -> None:
    body = page.body_text
    for link in page.links:
        if link.part == "body":
            assert link.start is not None
            assert body[link.start : link.end] == link.text
    passages = [block.passage for block in page.body] + [image.caption for image in page.images]
    for passage in passages:
        assert 1 <= passage.first_line <= passage.line_at(len(passage.text)) <= len(lines)


@settings(max_examples=400, deadline=None)
@given(pages)
def test_pieces_of_pages_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_arbitrary_text(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_pages_cut_off_or_with_lines_lost(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(FIXTURES.glob("*.txt")))).read_bytes().decode()
    lines = text.split("\n")
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=4))
    kept = "\n".join(line for number, line in enumerate(lines) if number not in lost)
    check(kept[: data.draw(st.integers(0, len(kept)))])


@pytest.mark.parametrize("text", ["", "\n", "   \n\t\n", "URI:\n\n"])
def test_files_without_text_are_called_empty(text: str) -> None:
    parsed = parse(text)
    assert parsed.page is None
    assert [finding.code for finding in parsed.findings][:1] in (["empty"], ["unrecognised"])
    assert len(roles(parsed)) == len(file_lines(text))


def test_other_text_is_unrecognised_and_says_so_once() -> None:
    parsed = parse("Sehr geehrte Damen und Herren,\n\nanbei nichts.\n")
    assert parsed.page is None
    assert parsed.rendering is None
    assert [finding.code for finding in parsed.findings] == ["unrecognised"]
    assert roles(parsed) == [LineRole.UNPARSED, LineRole.BLANK, LineRole.UNPARSED]


def test_letters_are_composed_and_lines_keep_their_numbers() -> None:
    page = parse(
        "URI:\r\n       # taz.de -- Mu\u0308ll: Ein O\u0308lfleck\r\n       \r\n       Gru\u0308n.\r\n"
    ).page
    assert isinstance(page, Article)
    assert page.headline == "Müll: Ein Ölfleck"
    assert [(block.passage.text, block.passage.first_line) for block in page.body] == [("Grün.", 4)]


def test_a_page_of_a_title_alone_is_an_article_unless_its_name_says_otherwise() -> None:
    text = "URI:\n       # taz.de -- Moor\n"
    assert isinstance(parse(text).page, Article)
    assert isinstance(parse_page(text, path="!t55.txt", sha256="0" * 64).page, IndexPage)
