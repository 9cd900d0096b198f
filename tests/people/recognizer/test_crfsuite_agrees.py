"""The recogniser in numpy says what CRFsuite says: a small model of invented sentences (training/sample.py)."""

import json
from pathlib import Path

from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.recognizer import Recognizer
from kg.people.recognizer.weights import Weights

SAMPLE = Path(__file__).parent / "crfsuite"
LABELS = {"PER": "person", "ORG": "organization", "LOC": "place"}


def test_spans_are_those_of_crfsuite() -> None:
    weights = Weights.read((SAMPLE / "weights.npz").read_bytes())
    recognizer = Recognizer(weights, Clusters.load())
    rows = json.loads((SAMPLE / "tagged.json").read_text(encoding="utf-8"))
    expected = [
        [(start, end, LABELS[label]) for start, end, label in row["spans"] if label in LABELS] for row in rows
    ]
    assert sum(map(len, expected)) >= 12
    found = recognizer.spans_of([row["text"] for row in rows])
    assert [[span[:3] for span in spans] for spans in found] == expected
