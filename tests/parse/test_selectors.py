"""Selectors, proxy addresses and file names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import SelectorKind
from kg.parse import parse_page, parse_selector
from kg.parse.address import own_selector

A, T, P, S, X, O = (  # noqa: E741 - the table below is read by its columns
    SelectorKind.ARTICLE,
    SelectorKind.TOPIC,
    SelectorKind.SECTION,
    SelectorKind.SEARCH,
    SelectorKind.EXTERNAL,
    SelectorKind.OTHER,
)


@pytest.mark.parametrize(
    ("raw", "kind", "number", "slug"),
    [
        ("/!6054758", A, "6054758", None),
        ("!6054758", A, "6054758", None),
        ("/Nato-Treffen/!6054758", A, "6054758", "Nato-Treffen"),
        ("/Nato-Treffen/!6054758/", A, "6054758", "Nato-Treffen"),
        ("/Ausgabe-vom-22/23-November-2014/!149847", A, "149847", "Ausgabe-vom-22/23-November-2014"),
        ("/Donald-Trump/!t5204455", T, "5204455", "Donald-Trump"),
        ("/!a123", SelectorKind.AUTHOR, "123", None),
        ("/!p4611", P, "4611", None),
        ("/!s=wort", S, None, None),
        ("/Moor/!t5?search_page=4", S, None, None),
        ("/taz.de/1/%216054758", A, "6054758", None),
        ("https://proxy.example/taz.de/1/Nato-Treffen/%216054758", A, "6054758", "Nato-Treffen"),
        ("?q=taz.de%2F1%2F%216054758", A, "6054758", None),
        ("https://proxy.example/?q=taz.de%2F1%2FMoor%2F%21t7", T, "7", "Moor"),
        ("?url=gopher%3A%2F%2Ftaz.de%3A70%2F1%2F%216054758", A, "6054758", None),
        ("gopher://taz.de:70/1/Moor/!6054758", A, "6054758", "Moor"),
        ("URL:https://taz.de/Moor/!6054758/", A, "6054758", "Moor"),
        ("URL:https://www.taz.de/!6054758", A, "6054758", None),
        ("URL:https://verein.example/!6054758", X, None, None),
        ("https://nottaz.de/!6054758", X, None, None),
        ("mailto:moor@verein.example", X, None, None),
        ("gopher://anderswo.example/1/x", X, None, None),
        ("/about", O, None, None),
        ("/!", O, None, None),
        ("/!t", O, None, None),
        ("/!12x", O, None, None),
        ("", O, None, None),
    ],
)
def test_parse_selector(raw: str, kind: SelectorKind, number: str | None, slug: str | None) -> None:
    found = parse_selector(raw)
    assert (found.kind, found.number, found.slug, found.raw) == (kind, number, slug, raw)


@given(st.text())
def test_any_text_is_some_selector(raw: str) -> None:
    assert parse_selector(raw).raw == raw


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("!6054758.txt", "6054758"),
        ("dumps/2024/%216054758.txt", "6054758"),
        ("6054758.txt", "6054758"),
        ("6054758", "6054758"),
        ("a.zip/!6054758.txt.gz", "6054758"),
        ("Nato-Treffen_!6054758.txt", "6054758"),
        ("Nato-Treffen-!6054758.txt", "6054758"),
        ("000_5f0aa89b5575cd07.txt", None),
        ("2024.txt", None),
        ("!6054758/seite.txt", None),
        ("!t5204455.txt", None),
        ("!p4611.txt", None),
        ("20241204-seite.txt", None),
        ("hallo!1.txt", None),
    ],
)
def test_the_number_in_a_name(path: str, number: str | None) -> None:
    own = own_selector(path, "")
    assert (own.number if own is not None and own.kind is SelectorKind.ARTICLE else None) == number


@pytest.mark.parametrize(
    ("first_line", "path", "number", "slug"),
    [
        ("URI: ", "a.txt", None, None),
        ("URI: ", "!4711.txt", "4711", None),
        ("URI: gopher://taz.de/1/Moor/!5101234", "a.txt", "5101234", "Moor"),
        ("URI: gopher://taz.de/1/Moor/!5101234", "!4711.txt", "5101234", "Moor"),
        ("URI: gopher://taz.de/1/!t5101234", "a.txt", None, None),
        ("URI: irgendwo", "!4711.txt", "4711", None),
    ],
)
def test_what_a_page_says_of_its_own_address(
    first_line: str, path: str, number: str | None, slug: str | None
) -> None:
    text = f"{first_line}\n       # taz.de -- Moor: Nass\n       \n       Text.\n       \n       1 Jan 2020\n"
    page = parse_page(text, path=path, sha256="0" * 64).page
    assert (getattr(page, "number", ""), getattr(page, "slug", "")) == (number, slug)
