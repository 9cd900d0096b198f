"""A small model of invented sentences, with what CRFsuite's own tagger says: the recogniser must say the same."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from training.export import export
from training.fit import examples, fit, read, tagged, tagger
from training.gold import Sentence

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

_MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\]")


def main() -> None:
    """Train, tag, and write both to the tests' folder."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "sample.crf"
        fit(examples(map(_sentence, LEARN)), model)
        export(read(model), TARGET / "weights.npz")
        tool = tagger(model)
        rows = [{"text": text, "spans": sorted(tagged(tool, Sentence(text, frozenset())))} for text in TAG]
    (TARGET / "tagged.json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _sentence(marked: str) -> Sentence:
    text, spans, at = "", set(), 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        spans.add((len(text), len(text) + len(found[1]), found[2]))
        text, at = text + found[1], found.end()
    return Sentence(text + marked[at:], frozenset(spans))
