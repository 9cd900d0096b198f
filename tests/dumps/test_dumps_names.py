"""Names of files and members: printable, injective, never leading upwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dumps.names import is_hidden, member_parts, printable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Größe & Co „x“.txt", "Größe & Co „x“.txt"),
        ("a\x1b[31mrot\n.txt", "a\\x1b[31mrot\\x0a.txt"),
        ("gnp\u202etxt.exe", "gnp\\u202etxt.exe"),
        ("a\x9bc", "a\\u009bc"),
        ("stra\udcdfe.txt", "stra\\xdfe.txt"),
        ("a\\x1b", "a\\\\x1b"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_names_are_shown_with_escapes(name: str, shown: str) -> None:
    assert printable(name) == shown


names = st.text(st.characters(codec=None, exclude_categories=())).filter(
    # Lone surrogates other than those of surrogateescape cannot come from bytes.
    lambda name: not any(0xD800 <= ord(c) <= 0xDFFF and not 0xDC80 <= ord(c) <= 0xDCFF for c in name)
)


@given(names)
def test_shown_names_are_printable_and_can_be_encoded(name: str) -> None:
    assert printable(name).isprintable()
    printable(name).encode()


@given(names, names)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert (printable(one) == printable(other)) == (one == other)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a/b.txt", ("a", "b.txt")),
        ("./a//b.txt", ("a", "b.txt")),
        ("/etc/passwd", ("etc", "passwd")),
        ("../../etc/passwd", ("etc", "passwd")),
        ("a/../b.txt", ("b.txt",)),
        ("..", ()),
    ],
)
def test_member_names_stay_below_the_archive(name: str, parts: tuple[str, ...]) -> None:
    assert member_parts(name) == parts


def test_hidden_names() -> None:
    assert [name for name in (".git", "__MACOSX", "a.b", "_x", "MACOSX") if is_hidden(name)] == [
        ".git",
        "__MACOSX",
    ]
