"""The competency questions: the data model answers each, with the same rows in Oxigraph and in rdflib."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf import ontology
from kg.rdf.iris import Iris
from kg.rdf.vocabulary import PREFIXES

QUESTIONS = sorted(ontology.path("questions").glob("*.rq"))
EVIDENCE = Iris().evidence_graph


def _examples(folder: str) -> list[Path]:
    return sorted(ontology.path(f"examples/{folder}").glob("*.ttl"))


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for path in _examples("knowledge"):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    for path in _examples("evidence"):
        store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(EVIDENCE))
    return store


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    for path in _examples("knowledge"):
        dataset.default_graph.parse(data=path.read_bytes(), format="turtle")
    for path in _examples("evidence"):
        dataset.graph(EVIDENCE).parse(data=path.read_bytes(), format="turtle")
    return dataset


def _cell(text: str) -> str | float:
    """Numbers by value: one engine writes 1.0 where the other writes 1."""
    try:
        return float(text)
    except ValueError:
        return text


def _rows(lines: str) -> list[list[str | float]]:
    return [[_cell(cell) for cell in row] for row in csv.reader(lines.splitlines())]


def test_there_are_a_dozen_and_each_has_a_sentence_and_rows() -> None:
    assert len(QUESTIONS) >= 12
    for path in QUESTIONS:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# ")
        assert first.endswith("?")
        assert len(path.with_suffix(".csv").read_text(encoding="utf-8").splitlines()) >= 2


@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset):DeprecationWarning")  # rdflib's own code
@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_rows_are_the_expected_ones_in_both_engines(
    path: Path, store: ox.Store, dataset: rdflib.Dataset
) -> None:
    query = path.read_text(encoding="utf-8")
    expected = _rows(path.with_suffix(".csv").read_text(encoding="utf-8"))

    solutions = store.query(query, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    found = solutions.serialize(format=ox.QueryResultsFormat.CSV)
    assert found is not None
    assert _rows(found.decode()) == expected

    second = dataset.query(query, initNs=PREFIXES).serialize(format="csv")
    assert second is not None
    assert _rows(second.decode()) == expected
