"""Train the recogniser: `python training/train.py` writes its weights and prints how well it does.

See README.md beside this file for what it needs.
"""

from __future__ import annotations

from pathlib import Path

from kg.people.recognizer.weights import FILE
from training import sample
from training.gold import germeval, uner_pud
from training.measure import as_candidates, measured
from training.recipe import Recipe, learn
from training.score import Scores

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "kg" / "people" / "recognizer" / "data" / FILE


def main() -> None:
    """Train on GermEval without its held-out part; measure on that part, and on PUD."""
    corpus = germeval("train") + germeval("dev")
    count = learn(corpus, Recipe(), TARGET)
    print(f"{count} weights, {TARGET.stat().st_size} bytes in {TARGET.relative_to(ROOT)}")
    for name, texts, groups in (
        ("GermEval, held out", germeval("test"), ("all", "newspapers", "wikipedia")),
        ("UNER PUD", uner_pud(), ("all",)),
    ):
        scores = Scores()
        measured(TARGET, texts, scores)
        print(f"{name}\n{scores.table(groups)}")
    scores = Scores()
    as_candidates(germeval("test"), scores)
    print(f"GermEval, held out, as builds take it\n{scores.table(('all', 'newspapers', 'wikipedia'))}")
    sample.main()


if __name__ == "__main__":
    main()
