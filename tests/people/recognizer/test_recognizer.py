"""Names in running text, with the shipped model. All sentences are invented."""

import os
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.people.recognizer import Recognizer, Span


def names(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.label for span in Recognizer.load().spans(text)}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Die Ministerin Petra Hollmann reiste nach Madrid.", "Petra Hollmann", "person"),
        ("Die Ministerin Petra Hollmann reiste nach Madrid.", "Madrid", "place"),
        ("„Das ist falsch“, sagte SPD-Politiker Jens Wiebold.", "Jens Wiebold", "person"),
        ("Trainer Sven Krawinkel lobte den FC Bayern München.", "Sven Krawinkel", "person"),
        ("Dr. Wiebold schwieg, Hollmann lachte.", "Hollmann", "person"),
        ("Der Roman von Mirjam Pressburg spielt in Paris.", "Mirjam Pressburg", "person"),
        ("In Hamburg regnet es.", "Hamburg", "place"),
        ("Die CDU will nicht mit den Grünen regieren.", "CDU", "organization"),
        ("Außenminister Karl-Heinz Wiebold traf den Präsidenten in Teheran.", "Karl-Heinz Wiebold", "person"),
        ("Die Reise führt durch Frankreich und Italien.", "Italien", "place"),
        ("Der Kanzler telefonierte mit Wladimir Orlowski.", "Wladimir Orlowski", "person"),
        (
            "Wiebolds Vorschlag sei gut, sagte Kommissionschefin Ursula von der Goltz.",
            "Ursula von der Goltz",
            "person",
        ),
    ],
)
def test_obvious_names(text: str, name: str, label: str) -> None:
    assert names(text).get(name) == label


@pytest.mark.parametrize(
    "text",
    [
        "Am Montag soll es wieder regnen, im Süden bleibt es trocken.",
        "Die Preise sind im vergangenen Jahr stark gestiegen.",
        "Das Gesetz tritt im Januar in Kraft.",
    ],
)
def test_sentences_without_names(text: str) -> None:
    assert names(text) == {}


def test_paragraphs_are_sentences_of_their_own() -> None:
    assert names("Interview mit Petra Hollmann\n\nJens Wiebold fragte.") == {
        "Petra Hollmann": "person",
        "Jens Wiebold": "person",
    }


PIECES = st.sampled_from(
    [*'"„“»«’().!?…', "\n\n", "Petra Hollmann", "Bonn", "Am", "3", "Dr.", "FC Moorsiel", "lachte", "3.", ""]
)


@given(st.lists(st.lists(PIECES, max_size=6).map(" ".join), max_size=6))
@settings(max_examples=200, deadline=None)
def test_texts_together_are_tagged_like_each_alone(texts: list[str]) -> None:
    recognizer = Recognizer.load()
    together = list(recognizer.spans_of(texts))
    assert together == [recognizer.spans(text) for text in texts]


def check(text: str, spans: list[Span]) -> None:
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert span.label in {"person", "organization", "place"}
        assert 0 < span.confidence <= 1.0001
        last = span.end


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_survives(text: str) -> None:
    check(text, Recognizer.load().spans(text))


NAMES = ["Petra", "Hollmann", "Jens", "von der", "Köln", "CDU", "sagte", "J.", "Dr.", "’s", "-"]
DEBRIS = [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\u00a0",
    "😀",
    "e\u0301",
    "\u200b",
    "(",
    ")",
    "„",
    "“",
    ".",
    ",",
    "x" * 70,
]
RARE = ["\x00", "ﬁ", "İ", "ǅ", "一", "ß", "\u00ad", "\u2028", "\ufeff"]
WORDS = st.sampled_from([*NAMES, *DEBRIS, *RARE])


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_mixture_of_names_and_debris_survives(text: str) -> None:
    check(text, Recognizer.load().spans(text))


@pytest.mark.parametrize("unit", ["Anna ", "A", "Anna-", "a ", "😀", "Petra Hollmann. ", "\n", ". "])
def test_time_grows_with_the_text_only(unit: str) -> None:
    recognizer = Recognizer.load()
    recognizer.spans(unit * 2_000)

    def seconds(count: int) -> float:
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            recognizer.spans(unit * count)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(40_000) < 12 * max(seconds(10_000), 0.002)


def test_more_spellings_than_are_kept_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Petra Hollmann und Jens Wiebold reisten nach Köln. Dort regnet es."
    recognizer = Recognizer.load()
    expected = recognizer.spans(text)
    monkeypatch.setattr("kg.people.recognizer.types.LIMIT", 5)
    for _ in range(3):
        assert recognizer.spans(text) == expected


def test_another_process_with_another_hash_seed_finds_the_same() -> None:
    text = "Petra Hollmann und Jens Wiebold reisten nach Köln, die CDU schwieg."
    code = f"from kg.people.recognizer import Recognizer; print(Recognizer.load().spans({text!r}))"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    ).stdout
    assert printed.strip() == repr(Recognizer.load().spans(text))


def test_reading_the_model_is_quick() -> None:
    code = "\n".join(
        [
            "import numpy, time",
            "from kg.people.recognizer import Recognizer",
            "start = time.process_time()",
            "Recognizer.load()",
            "print(time.process_time() - start)",
        ]
    )
    seconds = float(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )
    assert seconds < 0.4
