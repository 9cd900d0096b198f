"""What training takes from labels that are known in part."""

import numpy as np

from training.chain import LABELS
from training.gold import _smartdata_document
from training.readings import READINGS, allowed_labels

WORDS = ("B-PER", "O", "O", "O", "B-ORG", "B-LOC")
FULLY_KNOWN = 3
"""This token is of GermEval."""


def _kinds(allowed: np.ndarray) -> str:
    return " ".join(sorted({LABELS[label][2:] or "O" for label in np.flatnonzero(allowed)}))


def test_each_reading_believes_more() -> None:
    labels = np.array([LABELS.index(label) for label in WORDS])
    partial = np.arange(len(labels)) != FULLY_KNOWN
    first = np.full((len(labels), len(LABELS)), 0.01)
    first[2, [LABELS.index("B-PER"), LABELS.index("B-ORG")]] = 0.3  # here the first model sees names
    found = [[_kinds(row) for row in allowed_labels(labels, partial, first, reading)] for reading in READINGS]
    assert found == [
        ["PER", "LOC O ORG OTH", "LOC O ORG OTH PER", "O", "LOC O ORG OTH", "LOC O ORG OTH"],
        ["PER", "LOC O", "LOC O ORG PER", "O", "ORG OTH", "LOC O"],
        ["PER", "O", "O ORG PER", "O", "ORG OTH", "LOC ORG OTH"],
    ]


def test_names_of_smartdata_are_whole_words_and_no_adjectives() -> None:
    text = (
        "Laut Dr. Mia Kolb, der Chefin der VW-Tochter Falk AG, gibt es in Emden und den Emder Werken Streit."
    )
    mentions = [
        ("organization-company", "VW"),
        ("organization-company", "Falk AG,"),
        ("location-city", "Emden"),
        ("location-city", "Emder"),
        ("person", "Dr. Mia Kolb"),
        ("organization", "Kolb"),
        ("trigger", "Streit"),
    ]
    record = {
        "id": "1",
        "text": {"string": text},
        "conceptMentions": {
            "array": [
                {"type": kind, "span": {"start": text.index(name), "end": text.index(name) + len(name)}}
                for kind, name in mentions
            ]
        },
    }
    document = _smartdata_document(record)
    assert {(text[start:end], label) for start, end, label in document.spans} == {
        ("Mia Kolb", "PER"),
        ("Falk AG", "ORG"),
        ("Emden", "LOC"),
    }
