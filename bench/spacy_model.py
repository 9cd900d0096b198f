"""Train the spaCy model that `plain.py` finds names with: a blank German one with an NER component.

    python bench/spacy_model.py DIR

No model can be had without a download, so it learns for a few rounds from the gold beside the project. Its network is
spaCy's usual one, that of `de_core_news_sm`, so it is as fast as that; how well it finds names is not compared.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from training.gold import germeval

ROUNDS = 4


def examples(language: spacy.Language) -> list[Example]:
    """GermEval's training part; a span that does not end where a token of spaCy ends is left out."""
    made = []
    for sentence in germeval("train"):
        reference: Doc = language.make_doc(sentence.text)
        spans = [reference.char_span(start, end, label=label) for start, end, label in sorted(sentence.spans)]
        reference.set_ents([span for span in spans if span is not None])
        made.append(Example(language.make_doc(sentence.text), reference))
    return made


def train() -> spacy.Language:
    """The trained pipeline."""
    fix_random_seed(0)
    draw = random.Random(0)
    language = spacy.blank("de")
    language.add_pipe("ner")
    learnt_from = examples(language)
    optimizer = language.initialize(lambda: learnt_from)
    for _ in range(ROUNDS):
        draw.shuffle(learnt_from)
        losses: dict[str, float] = {}
        for batch in minibatch(learnt_from, 64):
            language.update(batch, sgd=optimizer, drop=0.2, losses=losses)
        print(losses, file=sys.stderr)
    return language


if __name__ == "__main__":
    train().to_disk(Path(sys.argv[1]))
