"""From gold to weights: what the recogniser is trained on, in which order."""

from __future__ import annotations

import random
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from training.augment import renamed
from training.chain import LABELS
from training.design import Design
from training.export import Learnt, export
from training.fit import Known, Model, fit, mean, probabilities
from training.gold import Sentence, smartdata
from training.readings import READINGS, allowed_labels, one_hot
from training.sequences import Sequence, sequences

if TYPE_CHECKING:
    from numpy.typing import NDArray


COPY_WEIGHT, NEWS_WEIGHT = 0.5, 0.5
"""How much a sentence with other names counts, and one of SmartData; one of GermEval counts 1."""
NEWS_WITHOUT_PERSONS = 2_000
LONGEST = 100
"""SmartData's longer sentences, in tokens, are tables."""
SEED = 3


class Recipe(NamedTuple):
    """How many copies with other names, and how many of the `READINGS` of SmartData, each of which makes a model."""

    copies: int = 1
    readings: int = len(READINGS)


class Labelled(Enum):
    """What the labels of a sentence say of it."""

    FULLY = 1
    WITH_OTHER_NAMES = 2
    IN_PART = 3


def learn(corpus: list[Sentence], recipe: Recipe, target: Path) -> int:
    """Train on `corpus` and what is made of it, write the weights to `target`, and return their number."""
    rows = [(sentence, Labelled.FULLY) for sentence in sequences(corpus)]
    rows += [(one, Labelled.WITH_OTHER_NAMES) for one in sequences(renamed(corpus, recipe.copies))]
    if recipe.readings:
        rows += [(sentence, Labelled.IN_PART) for sentence in _news()]
    rows.sort(key=lambda row: -len(row[0].words))
    sentences = [sentence for sentence, _ in rows]
    kinds = np.repeat([labelled.value for _, labelled in rows], [len(one.words) for one in sentences])
    partial = kinds == Labelled.IN_PART.value
    weight = np.where(kinds == Labelled.WITH_OTHER_NAMES.value, COPY_WEIGHT, 1.0)
    design, labels = Design(sentences), _labels(sentences)
    models = [fit(design, Known(one_hot(labels), np.where(partial, 0, weight)))]
    if recipe.readings:
        first = probabilities(design, models[0])
        weight = np.where(partial, NEWS_WEIGHT, weight)
        models = [
            fit(design, Known(allowed_labels(labels, partial, first, reading), weight))
            for reading in READINGS[: recipe.readings]
        ]
    return export(_learnt(design, mean(models)), target)


def _news() -> list[Sequence]:
    """SmartData's sentences that name a person, and as many others as the recipe says."""
    fitting = [sentence for sentence in sequences(smartdata()) if 4 < len(sentence.words) < LONGEST]
    naming = [sentence for sentence in fitting if _names_person(sentence)]
    others = [sentence for sentence in fitting if not _names_person(sentence)]
    draw = random.Random(SEED)  # noqa: S311 - nothing secret
    return naming + draw.sample(others, min(NEWS_WITHOUT_PERSONS, len(others)))


def _names_person(sentence: Sequence) -> bool:
    return any(label.endswith("PER") for label in sentence.labels)


def _labels(sentences: list[Sequence]) -> NDArray[np.intp]:
    """The number of each token's label; what goes on from the sentence before begins anew."""
    labels = [
        f"B{label[1:]}" if place == 0 and label[0] == "I" else label
        for sentence in sentences
        for place, label in enumerate(sentence.labels)
    ]
    return np.array([LABELS.index(label) for label in labels])


def _learnt(design: Design, model: Model) -> Learnt:
    states = {(attribute, label): weight for attribute, label, weight in design.named(model.attributes)}
    steps = np.ndenumerate(model.transitions)
    return Learnt(states, {(LABELS[before], LABELS[after]): weight for (before, after), weight in steps})
