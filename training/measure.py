"""How well the recogniser itself does on gold texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.model import Article, Block, Page, Passage, Rendering, Source
from kg.people.candidates import recognise_all
from kg.people.recognizer.clusters import Clusters
from kg.people.recognizer.recognizer import Recognizer
from kg.people.recognizer.weights import Weights
from training.gold import Sentence
from training.score import Scores

_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def as_candidates(corpus: Sequence[Sentence], scores: Scores) -> None:
    """Add to `scores` what builds make of that: spans put right, and names that a role shows."""
    for sentence, page in zip(corpus, recognise_all([*map(_article, corpus)]), strict=True):
        candidates = page.candidates if isinstance(page, Article) else ()
        found = {(one.start, one.end, _LABELS[one.kind]) for one in candidates}
        scores.add(_groups(sentence), sentence.spans, found)


def _groups(sentence: Sentence) -> tuple[str, str]:
    return "all", "wikipedia" if sentence.is_wikipedia else "newspapers"


def _article(sentence: Sentence) -> Page:
    source = Source("sentence.txt", "0" * 64, Rendering.GOPHERPROXY, 1, 3)
    return Article(source, "", 1, None, body=(Block(Passage(sentence.text, 3)),))


def measured(weights: Path, corpus: Sequence[Sentence], scores: Scores) -> None:
    """Add to `scores` what the recogniser finds in `corpus` with `weights`."""
    recognizer = Recognizer(Weights.read(weights.read_bytes()), Clusters.load())
    for sentence, spans in zip(
        corpus, recognizer.spans_of([sentence.text for sentence in corpus]), strict=True
    ):
        found = {(span.start, span.end, _LABELS[span.label]) for span in spans}
        scores.add(_groups(sentence), sentence.spans, found)
