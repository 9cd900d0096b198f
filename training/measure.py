"""How well the recogniser itself does on gold texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.recognizer import Recognizer
from kg.people.recognizer.weights import Weights
from training.gold import Sentence
from training.score import Scores

_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def measured(weights: Path, corpus: Sequence[Sentence], scores: Scores) -> None:
    """Add to `scores` what the recogniser finds in `corpus` with `weights`."""
    recognizer = Recognizer(Weights.read(weights.read_bytes()), Clusters.load())
    for sentence, spans in zip(
        corpus, recognizer.spans_of([sentence.text for sentence in corpus]), strict=True
    ):
        found = {(span.start, span.end, _LABELS[span.label]) for span in spans}
        groups = ("all", "wikipedia" if sentence.is_wikipedia else "newspapers")
        scores.add(groups, sentence.spans, found)
