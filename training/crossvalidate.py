"""Choose settings: four-fold cross-validation over GermEval without its held-out part.

python training/crossvalidate.py [copies] [readings of SmartData: 0 to 3] [share]

The share is the percentage of the newspaper sentences to learn from, by page; less than 100 of it gives the points of
a learning curve.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from pathlib import Path

from training.gold import Sentence, germeval
from training.measure import measured
from training.recipe import Recipe, learn
from training.score import Scores

FOLDS = 4


def main(recipe: Recipe, share: int = 100) -> None:
    """Print the scores over all folds, and how many persons of newspapers a fold has learnt from."""
    corpus = germeval("train") + germeval("dev")
    scores, seen = Scores(), 0
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            rest = [
                sentence for sentence in corpus if _fold(sentence) != fold and _is_learnt(sentence, share)
            ]
            seen += sum(_persons(sentence) for sentence in rest)
            target = Path(folder) / "weights.npz"
            learn(rest, recipe, target)
            measured(target, [sentence for sentence in corpus if _fold(sentence) == fold], scores)
    print(scores.table(("all", "newspapers", "wikipedia")))
    print(f"learnt from {seen / FOLDS:.0f} persons of newspapers", flush=True)


def _fold(sentence: Sentence) -> int:
    return zlib.crc32(sentence.source.encode()) % FOLDS


def _is_learnt(sentence: Sentence, share: int) -> bool:
    return sentence.is_wikipedia or zlib.crc32(sentence.source.encode()) // FOLDS % 100 < share


def _persons(sentence: Sentence) -> int:
    return 0 if sentence.is_wikipedia else sum(label == "PER" for *_, label in sentence.spans)


if __name__ == "__main__":
    settings = [int(argument) for argument in sys.argv[1:]]
    main(Recipe(*settings[:2]), *settings[2:])
