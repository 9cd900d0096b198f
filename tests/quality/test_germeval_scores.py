"""The recogniser on the part of GermEval 2014 that its training never saw (training/gold.py says which), and on PUD;
and what builds make of its persons.

The floors stand in `germeval.json`. `KG_REPIN=1` writes what is measured, but refuses to lower a floor.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kg.people.recognizer.weights import FILE
from training import gold
from training.measure import as_candidates, measured
from training.score import Scores

ROOT = Path(__file__).parent.parent.parent
FLOORS = Path(__file__).with_name("germeval.json")
WEIGHTS = ROOT / "kg" / "people" / "recognizer" / "data" / FILE
SLACK = 0.0005  # half a digit of the stored figures


@pytest.mark.shared
def test_f1_is_not_below_the_floors(shared: Path) -> None:
    if not (shared / "gold" / "germeval2014").is_dir():
        pytest.skip("needs ../shared/gold")
    held_out, pud, made = Scores(), Scores(), Scores()
    measured(WEIGHTS, gold.germeval("test"), held_out)
    measured(WEIGHTS, gold.uner_pud(), pud)
    as_candidates(gold.germeval("test"), made)
    found = {
        f"{label} {group}": round(held_out.of(group, label).f1, 3)
        for label in ("PER", "ORG", "LOC")
        for group in ("all", "newspapers", "wikipedia")
    }
    found |= {
        f"PER {group}, candidates": round(made.of(group, "PER").f1, 3)
        for group in ("all", "newspapers", "wikipedia")
    }
    found |= {f"{label} pud": round(pud.of("all", label).f1, 3) for label in ("PER", "ORG", "LOC")}
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if os.environ.get("KG_REPIN") == "1":
        raised = {name: max(value, floors.get(name, 0)) for name, value in found.items()}
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", encoding="utf-8")
    lowered = {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor - SLACK}
    assert not lowered
    assert held_out.of("all", "PER").gold > 300


def test_no_floor_is_missing() -> None:
    assert len(json.loads(FLOORS.read_text(encoding="utf-8"))) == 15
