"""People and kinds of tags in the example build, held against their truth: figures that may only rise.

The floors stand in `people.json`. `KG_REPIN=1` writes what is measured, but refuses to lower a floor.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import kg
from conftest import ROOT, Built
from tests.quality.people import measure

FLOORS = Path(__file__).with_name("people.json")
EXPECTED = ROOT / "examples" / "expected"


def tag_kinds(graph: kg.Graph) -> float:
    """The share of tags whose kind is that of the truth."""
    truth = json.loads((EXPECTED / "tags.json").read_text(encoding="utf-8"))
    nodes = graph.to_pandas("nodes")
    tags = nodes[nodes["kind"] == "tag"]
    found = dict(zip(tags["label"], tags["tag_kind"], strict=True))
    spelled = {"organisation": "organization"}
    known = [label for label in truth if label in found]
    assert len(known) > 80
    right = [
        label for label in known if found[label] == spelled.get(truth[label]["kind"], truth[label]["kind"])
    ]
    return len(right) / len(known)


def test_people_and_tags_are_not_below_the_floors(example_build: Built) -> None:
    quality = measure(example_build.out)
    assert quality.joined == []
    assert quality.split == []
    found = {
        "pairs precision": round(quality.pairs.precision, 4),
        "pairs recall": round(quality.pairs.recall, 4),
        "mentions precision": round(quality.mentions.precision, 4),
        "mentions recall": round(quality.mentions.recall, 4),
        "tag kinds": round(tag_kinds(kg.open(example_build.out)), 4),
    }
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if os.environ.get("KG_REPIN") == "1":
        raised = {name: max(value, floors.get(name, 0)) for name, value in found.items()}
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", encoding="utf-8")
    assert {name: (found[name], floor) for name, floor in floors.items() if found[name] < floor} == {}


def test_namesakes_are_two_nodes_and_no_mention_goes_to_the_wrong_one(example_build: Built) -> None:
    truth = json.loads((EXPECTED / "articles.json").read_text(encoding="utf-8"))
    true_person = {
        (path, one["part"], one["start"]): one["person"]
        for article in truth.values()
        for path in article["files"]
        for one in article["mentions"]
        if one["kind"] == "person"
    }
    graph = kg.open(example_build.out)
    nodes, mentions = graph.to_pandas("nodes"), graph.to_pandas("mentions")
    namesakes = nodes[(nodes["kind"] == "person") & (nodes["label"] == "Jonas Terhorst")]["iri"]
    meant: dict[str, set[str]] = {}
    for row in mentions[mentions["entity"].isin(namesakes)].itertuples():
        if (row.path, row.part, row.start) in true_person:
            meant.setdefault(row.entity, set()).add(true_person[row.path, row.part, row.start])
    assert sorted(map(sorted, meant.values())) == [["terhorst-politiker"], ["terhorst-torwart"]]


def test_the_floors_are_those_of_the_issue_or_higher() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert floors["pairs precision"] >= 0.98
    assert floors["pairs recall"] >= 0.97
    assert floors["tag kinds"] >= 0.97
