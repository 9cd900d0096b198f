"""Pathological pages: four times the input may take about four times as long, never sixteen times."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.parse import parse_page

HEAD = "URI:\n       # taz.de -- A: B\n       \n"
MAKERS: dict[str, Callable[[int], str]] = {
    "open anchors": lambda n: HEAD + "       " + "[1][" * n,
    "nested anchors": lambda n: HEAD + "       " + "[1][[a]" * n,
    "unclosed brackets": lambda n: HEAD + "       [1][" + "[a]" * n,
    "anchors over lines": lambda n: HEAD + "       [1][a\n       b]\n" * n,
    "tags": lambda n: HEAD + "       4 Dec 2024\n       ## TAGS\n" + "   DIR Nato\n" * n,
    "blank lines": lambda n: HEAD + "\n" * n + "       x",
    "blanks in a line": lambda n: HEAD + "       x" + " " * n + "y",
    "quotes in the title": lambda n: "URI:\n       # taz.de -- " + "„: " * n,
    "unparsed rows": lambda n: HEAD + "   DIR x\n       \n       > y\n" * n,
    "table rows": lambda n: "| # taz.de -- A: B | |\n" + "| ein Wort. | |\n" * n,
    "related rows of a table": lambda n: (
        "| # taz.de -- A | |\n| ## ARTIKEL ZUM THEMA | |\n" + "| A: B | |\n" * n
    ),
    "dates": lambda n: HEAD + "       4 Dec 2024\n       x\n" * n,
    "headings": lambda n: HEAD + "       ## TAGS\n" * n,
    "subheads": lambda n: HEAD + "       ## x\n" * n,
    "titles": lambda n: HEAD * n,
    "failures": lambda n: HEAD + "x: line too long\n" * n,
    "menu rows": lambda n: "i# taz.de -- A\t\ttaz.de\t70\n" + "1A\t/!1\ttaz.de\t70\n" * n,
    "gemini lines": lambda n: "taz.de -- A: B\n" + "ein Wort\n" * n,
    "combining marks": lambda n: HEAD + "       a" + "\u0301" * n,
}


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        parse_page(text, path="a.txt", sha256="0" * 64)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.long
@pytest.mark.parametrize("name", MAKERS)
def test_time_grows_with_the_input_and_not_its_square(name: str) -> None:
    make = MAKERS[name]
    assert seconds(make(60_000)) < 9 * max(seconds(make(15_000)), 0.002)
