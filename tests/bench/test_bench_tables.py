"""What the peers of the triple step are given holds the very triples that ours writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyoxigraph as ox

from bench.materialise import write_tables, write_triples


def from_tables(folder: Path) -> set[ox.Triple]:
    """The triples of the tables, made as `tables.json` says."""
    triples = set()
    for table in json.loads((folder / "tables.json").read_text(encoding="utf-8")):
        with (folder / table["file"]).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for place, column in enumerate(table["columns"]):
                    text = row[f"o{place}"]
                    term: ox.NamedNode | ox.Literal
                    if column["kind"] == "iri":
                        term = ox.NamedNode(text)
                    elif column["kind"] == "language":
                        term = ox.Literal(text, language=column["of"])
                    else:
                        term = ox.Literal(text, datatype=ox.NamedNode(column["of"]))
                    triples.add(ox.Triple(ox.NamedNode(row["s"]), ox.NamedNode(column["predicate"]), term))
    return triples


def test_tables_hold_the_same_triples(tmp_path: Path) -> None:
    source = tmp_path / "knowledge.nt"
    assert write_triples(20, source) > 0
    count = write_tables(source, tmp_path)
    ours = {quad.triple for quad in ox.parse(path=source, format=ox.RdfFormat.N_TRIPLES)}
    assert count == len(ours) > 500
    assert from_tables(tmp_path) == ours
