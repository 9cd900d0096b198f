"""DFKI SmartData, whose persons are labelled incompletely, completed by a model that was trained on GermEval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pycrfsuite

from training.fit import tagged
from training.gold import Sentence
from training.sequences import sequences


def completed(documents: Iterable[Sentence], teacher: pycrfsuite.Tagger) -> Iterator[Sentence]:
    """The sentences in which the corpus names a person, with what the teacher finds beside it.

    Organisations and places are the teacher's alone: the corpus follows other guidelines there. Sentences without a
    person of the corpus are left out: there, the teacher would only learn from itself.
    """
    for document in documents:
        persons = [span for span in document.spans if span[2] == "PER"]
        for words, offsets, _ in sequences([document]):
            start, end = offsets[0], offsets[-1] + len(words[-1])
            inside = [
                (first - start, last - start, label)
                for first, last, label in persons
                if start <= first < last <= end
            ]
            if inside:
                sentence = Sentence(document.text[start:end], frozenset(inside), document.source)
                found = [
                    span
                    for span in tagged(teacher, sentence)
                    if all(_apart(span, person) for person in inside)
                ]
                yield sentence._replace(spans=frozenset([*inside, *found]))


def _apart(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
