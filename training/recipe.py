"""From gold to weights: what the recogniser is trained on, in which order."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from training.augment import renamed
from training.export import export
from training.fit import examples, fit, fit_several, tagger
from training.gold import Sentence, smartdata
from training.silver import completed


class Recipe(NamedTuple):
    """How many copies with other names, whether SmartData is used, how many models make the mean."""

    copies: int = 1
    silver: int = 1
    models: int = 5


def learn(corpus: list[Sentence], recipe: Recipe, target: Path) -> int:
    """Train on `corpus` and what is made of it, write the weights to `target`, and return their number."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.crf"
        learnt_from = examples([*corpus, *renamed(corpus, recipe.copies)])
        if recipe.silver:
            fit(learnt_from, model)
            learnt_from += examples(completed(smartdata(), tagger(model)))
        return export(fit_several(learnt_from, model, recipe.models), target)
