"""Cutting a text into tokens and space."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.people.recognizer.tokens import LONGEST, pieces, token_of


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Das ist gut.", ["Das", "ist", "gut", "."]),
        ("Dr. Ina Thal kam.", ["Dr.", "Ina", "Thal", "kam", "."]),
        ("J. R. R. Mohn, S.-H. Li", ["J.", "R.", "R.", "Mohn", ",", "S.-H.", "Li"]),
        ("am 3. Oktober um 18:30 Uhr", ["am", "3", ".", "Oktober", "um", "18:30", "Uhr"]),
        ("1.234,50 Euro", ["1.234,50", "Euro"]),
        ("SPD-Chefin O’Hara, Jensens’ Haus", ["SPD-Chefin", "O’Hara", ",", "Jensens", "’", "Haus"]),
        ("Bürger:innen, Leser*innen: ja", ["Bürger:innen", ",", "Leser*innen", ":", "ja"]),
        ("z. B. in Bonn u.a. hier", ["z. B.", "in", "Bonn", "u.a.", "hier"]),
        ("Nato- und EU-Staaten", ["Nato-", "und", "EU-Staaten"]),
        ("„So“, sagte er …", ["„", "So", "“", ",", "sagte", "er", "…"]),
        ("Cafe\u0301 😀😀", ["Cafe\u0301", "😀", "😀"]),
        ("mittenmang,Im Wetter", ["mittenmang", ",", "Im", "Wetter"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token for piece in pieces(text) if (token := token_of(piece))] == tokens


@given(st.text())
def test_pieces_are_the_whole_text(text: str) -> None:
    cut = pieces(text)
    assert "".join(cut) == text
    for piece in cut:
        token = token_of(piece)
        assert piece in {token, f"{token} "} or not token


@given(st.text(alphabet="aA1.-'’*: \n\u0301äß_"))
def test_pieces_of_confusable_text_are_the_whole_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@pytest.mark.parametrize(
    "unit", ["a", "1", "A.", "a.", "-", "a-", "1.", "\u0301", "a\u0301", " ", ".", "a'", "A. "]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            pieces(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(40_000) < 12 * max(seconds(10_000), 0.0005)


def test_no_piece_is_long() -> None:
    assert max(map(len, pieces("x" * 5_000))) <= LONGEST
