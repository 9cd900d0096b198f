"""Where one sentence ends and the next begins."""

import numpy as np
import pytest

from kg.people.recognizer.sentences import flags, sentence_starts
from kg.people.recognizer.tokens import pieces


def sentences(text: str) -> list[str]:
    cut = pieces(text)
    tokens, starts = sentence_starts(np.array([flags(piece) for piece in cut], dtype=np.uint8))
    found: list[str] = []
    for number, begins in zip(tokens.tolist(), starts.tolist(), strict=True):
        if begins:
            found.append("")
        found[-1] += cut[number]
    return [sentence.strip() for sentence in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Es regnet. Anna lacht.", ["Es regnet.", "Anna lacht."]),
        ("Am 3. Oktober kam Dr. Holm.", ["Am 3. Oktober kam Dr. Holm."]),
        ("„Geh!“ Sie ging.", ["„Geh!“", "Sie ging."]),
        ("Sie rief „Geh!“ und ging.", ["Sie rief „Geh!“ und ging."]),
        ("Kein Punkt\n\nAnna lacht", ["Kein Punkt", "Anna lacht"]),
        ("Ein\nUmbruch", ["EinUmbruch"]),
        ('Es regnet.\n\n" Anna Holm " lacht', ["Es regnet.", '" Anna Holm " lacht']),
        ("Am 3\n\n.» Anna Holm", ["Am 3", ".»", "Anna Holm"]),
        ("Wer? Ich! Gut … Ja.", ["Wer?", "Ich!", "Gut …", "Ja."]),
        ("Donnerstag.Die Sonne", ["Donnerstag.Die Sonne"]),
        ("Kosten: 3 Euro", ["Kosten: 3 Euro"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_nothing_has_no_sentences() -> None:
    tokens, starts = sentence_starts(np.zeros(0, dtype=np.uint8))
    assert len(tokens) == len(starts) == 0
