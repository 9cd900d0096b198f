"""A small model of invented sentences, with what CRFsuite's own tagger says: the recogniser must say the same."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

import pycrfsuite

from training.export import Learnt, export
from training.gold import Sentence
from training.sequences import attributes, sequences

TARGET = Path(__file__).parent.parent / "tests" / "people" / "recognizer" / "crfsuite"

LEARN = """
Die Pianistin [Anna Kolb|PER] wohnt in [Köln|LOC].
[Kolb|PER] spielte gestern in [Wien|LOC], sagte ein Sprecher.
Der Verein [Kranichfreunde Lübeck|ORG] wählte [Jens Okafor|PER] zum Vorsitzenden.
In [Lübeck|LOC] regnet es seit Tagen.
Nach dem Spiel lobte Trainerin [Mira Talhoff|PER] die Mannschaft des [SV Wedel|ORG].
Das Wetter bleibt wechselhaft, im Norden fallen einzelne Schauer.
[Talhoff|PER] und [Okafor|PER] kennen sich aus [Kiel|LOC].
Die [Nordbank|ORG] will Filialen in [Polen|LOC] schließen.
„Wir haben lange gewartet“, sagte [Hedwig von Arnsfeld|PER].
Am 3. Mai tagt der Rat der [Stadtwerke Emden|ORG] in [Emden|LOC].
Der Roman [Stille Ufer|OTH] von [Ole Brandis|PER] erscheint im Herbst.
Niemand weiß, wie lange der Streik bei [Falkenluft|ORG] dauern wird.
Ministerin [Selma Yıldız|PER] reiste nach [Ankara|LOC] und [Athen|LOC].
Der Bus fährt alle zwanzig Minuten.
Bürgermeister [Karl-Heinz Plate|PER] (Freie Liste) lehnte ab.
[Yıldız|PER] kritisierte die [Nordbank|ORG] scharf.
""".strip().split("\n")

TAG = """
Die Malerin Greta Holm wohnt in Wien.
Okafor sagte, in Kiel regne es.
Trainer Jan Talhoff lobte die Nordbank.
Am Abend spielte Hedwig von Arnsfeld in Polen.
Ole Brandis und Selma Yıldız reisten nach Emden. Das Wetter blieb wechselhaft.
Der Streik bei Falkenluft und der Streik beim SV Wedel dauern an.
„Niemand weiß es“, sagte Kolb. Plate schwieg.
Ärzte in Ankara warten, die Stadtwerke Emden auch.
Der Verein Kranichfreunde Kiel wählte Mira Plate.
alles klein geschrieben, ohne jeden namen.
KÖLN UND WIEN IM REGEN
""".strip().split("\n")

SETTINGS = {"c1": 0.05, "c2": 0.3, "max_iterations": 80, "feature.possible_transitions": True}
_MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")


def main() -> None:
    """Train, tag, and write both to the tests' folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        tagger = _trained(list(map(_sentence, LEARN)), Path(folder) / "sample.crf")
        info = tagger.info()
        export(Learnt(dict(info.state_features), dict(info.transitions)), TARGET / "weights.npz")
        rows = [{"text": text, "spans": sorted(_tagged(tagger, text))} for text in TAG]
    (TARGET / "tagged.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _trained(corpus: list[Sentence], model: Path) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for sequence in sequences(corpus):
        trainer.append(attributes(sequence.words), sequence.labels)
    trainer.train(str(model))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    return tagger


def _tagged(tagger: pycrfsuite.Tagger, text: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for words, offsets, _ in sequences([Sentence(text, frozenset())]):
        inside = ""
        for word, offset, label in zip(words, offsets, tagger.tag(attributes(words)), strict=True):
            kind = label[2:]
            if kind and label[0] == "I" and kind == inside:
                spans[-1] = (spans[-1][0], offset + len(word), kind)
            elif kind:
                spans.append((offset, offset + len(word), kind))
            inside = kind
    return spans


def _sentence(marked: str) -> Sentence:
    text, spans, at = "", set(), 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.add((len(text), len(text) + len(found[1]), found[2]))
        text, at = text + found[1], found.end()
    return Sentence(text + marked[at:], frozenset(spans))
