"""Train a CRF with python-crfsuite, once or as the mean of several, and tag with it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from training.gold import Sentence
from training.sequences import attributes, sequences

SETTINGS = {
    "c1": 0.05,  # L1, keeps the file small
    "c2": 0.3,  # L2
    "max_iterations": 80,
    "feature.possible_transitions": True,
}
DROPPED = 0.35
"""The share of the kinds of attributes that each of several models does without."""
SEED = 1

Examples = list[tuple[list[list[str]], list[str]]]


class Model(NamedTuple):
    """The weights of a CRF: by attribute and label, and by two labels in a row."""

    states: dict[tuple[str, str], float]
    transitions: dict[tuple[str, str], float]


def examples(corpus: Iterable[Sentence]) -> Examples:
    """What CRFsuite learns from: the attributes of each token, and the labels."""
    return [(attributes(sequence.words), sequence.labels) for sequence in sequences(corpus)]


def fit(learnt_from: Examples, model: Path, without: frozenset[str] = frozenset()) -> None:
    """Train on the examples, `without` some kinds of attributes, and write CRFsuite's own file `model`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for rows, labels in learnt_from:
        kept = [[name for name in row if _kind(name) not in without] for row in rows] if without else rows
        trainer.append(kept, labels)
    trainer.train(str(model))


def fit_several(learnt_from: Examples, model: Path, count: int) -> Model:
    """The mean of `count` models, each of which does without other attributes.

    Feature bagging (Sutton, Sindelar and McCallum 2006): no kind of attribute can hide behind a stronger
    one that is missing where it is needed, such as the word itself.
    """
    if count == 1:
        fit(learnt_from, model)
        return read(model)
    kinds = sorted({_kind(name) for rows, _ in learnt_from for row in rows for name in row} - {"0bias"})
    draw = random.Random(SEED)  # noqa: S311 - nothing secret
    states: dict[tuple[str, str], float] = defaultdict(float)
    transitions: dict[tuple[str, str], float] = defaultdict(float)
    for _ in range(count):
        fit(learnt_from, model, frozenset(kind for kind in kinds if draw.random() < DROPPED))
        one = read(model)
        for state, weight in one.states.items():
            states[state] += weight / count
        for transition, weight in one.transitions.items():
            transitions[transition] += weight / count
    return Model(dict(states), dict(transitions))


def read(model: Path) -> Model:
    """The weights in CRFsuite's file."""
    info = tagger(model).info()
    return Model(dict(info.state_features), dict(info.transitions))


def tagger(model: Path) -> pycrfsuite.Tagger:
    """CRFsuite's own tagger."""
    opened = pycrfsuite.Tagger()
    opened.open(str(model))
    return opened


def tagged(tool: pycrfsuite.Tagger, sentence: Sentence) -> frozenset[tuple[int, int, str]]:
    """The spans that CRFsuite's tagger finds in a text."""
    spans: list[tuple[int, int, str]] = []
    for words, offsets, _ in sequences([sentence]):
        inside = ""
        for word, offset, label in zip(words, offsets, tool.tag(attributes(words)), strict=True):
            kind = label[2:]
            if kind and label[0] == "I" and kind == inside:
                spans[-1] = (spans[-1][0], offset + len(word), kind)
            elif kind:
                spans.append((offset, offset + len(word), kind))
            inside = kind
    return frozenset(spans)


def _kind(attribute: str) -> str:
    return attribute[0] if attribute[0] in "KLR" else attribute.partition("=")[0]
