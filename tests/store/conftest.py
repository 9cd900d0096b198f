"""The small graph of `fixture_graph.trig`, as N-Triples files, as a store and in rdflib."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest
import rdflib

from kg.store.graph_store import load_store

EVIDENCE: Final = "https://kg.example/id/graph/evidence"
_TRIG: Final = Path(__file__).with_name("fixture_graph.trig")


@pytest.fixture(scope="session")
def nt_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The knowledge and the evidence, each a file of N-Triples."""
    folder = tmp_path_factory.mktemp("triples")
    knowledge, evidence = folder / "graph.nt", folder / "evidence.nt"
    quads = list(ox.parse(path=_TRIG))
    for path, in_default in ((knowledge, True), (evidence, False)):
        triples = [quad.triple for quad in quads if (quad.graph_name == ox.DefaultGraph()) is in_default]
        ox.serialize(triples, path, format=ox.RdfFormat.N_TRIPLES)
    return knowledge, evidence


@pytest.fixture(scope="session")
def store_dir(nt_files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the evidence; to be read only."""
    directory = tmp_path_factory.mktemp("out") / "store"
    load_store(directory, nt_files[:1], evidence_files=nt_files[1:], evidence_graph=EVIDENCE)
    return directory


@pytest.fixture(scope="session")
def rdflib_dataset(nt_files: tuple[Path, Path]) -> rdflib.Dataset:
    """The same quads in the other engine."""
    dataset = rdflib.Dataset()
    knowledge, evidence = (path.read_text(encoding="utf-8") for path in nt_files)
    dataset.default_graph.parse(data=knowledge, format="nt")
    dataset.graph(rdflib.URIRef(EVIDENCE)).parse(data=evidence, format="nt")
    return dataset
