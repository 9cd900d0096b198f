"""Choose settings: four-fold cross-validation over GermEval without its held-out part.

python training/crossvalidate.py [copies] [silver: 0 or 1] [models]
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


def main(recipe: Recipe) -> None:
    """Print the scores over all folds."""
    corpus = germeval("train") + germeval("dev")
    scores = Scores()
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            rest = [sentence for sentence in corpus if _fold(sentence) != fold]
            target = Path(folder) / "weights.npz"
            learn(rest, recipe, target)
            measured(target, [sentence for sentence in corpus if _fold(sentence) == fold], scores)
    print(scores.table(("all", "newspapers", "wikipedia")), flush=True)


def _fold(sentence: Sentence) -> int:
    return zlib.crc32(sentence.source.encode()) % FOLDS


if __name__ == "__main__":
    main(Recipe(*map(int, sys.argv[1:])))
