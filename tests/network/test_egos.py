"""The pages of single names say of them what the map says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.network.choosing import select
from kg.network.ego import Ego, egos
from kg.network.selection import Selection
from kg.network.together import COMPANIONS
from kg.store.tables import EdgeRow, NodeRow, RoleRow
from tests.rows import write_rows

BASE = "https://kg.example/id/"


@pytest.fixture(scope="module")
def tables(example_build: Any) -> Path:
    folder: Path = example_build.out / "tables"
    return folder


@pytest.fixture(scope="module")
def graph(tables: Path) -> nx.MultiDiGraph:
    """The whole of the examples: every name competes with every other, as on the pages."""
    return select(tables, Selection(top=100_000))


@pytest.fixture(scope="module")
def every(tables: Path) -> list[Ego]:
    return list(egos(tables, 1000))


def test_both_tell_the_same_of_every_name(graph: nx.MultiDiGraph, every: list[Ego]) -> None:
    told = {ego.iri: ego for ego in every}
    names = {iri: data for iri, data in graph.nodes(data=True) if iri in told}
    assert len(names) > 50
    for iri, data in names.items():
        ego = told[iri]
        assert (ego.name, ego.kind, ego.url, ego.count) == (
            data["label"],
            data["kind"],
            data.get("url"),
            data["count"],
        )
        assert ego.roles == data.get("roles", ())
        assert ego.alternates == data.get("alternates", ())
    assert any(ego.roles for ego in every)
    assert any("tag" in data and data.get("alternates") for data in names.values())


def test_the_closest_companions_are_those_that_the_map_ties(graph: nx.MultiDiGraph, every: list[Ego]) -> None:
    ties: dict[str, set[str]] = {ego.iri: set() for ego in every}
    closest: dict[str, set[str]] = {ego.iri: set() for ego in every}
    for one, other, relation in graph.edges(keys=True):
        if relation == "together":
            ties[one].add(other)
            ties[other].add(one)
    for ego in every:
        for one in ego.companions[:COMPANIONS]:
            closest[ego.iri].add(one.iri)
            closest[one.iri].add(ego.iri)
    assert closest == ties
    for ego in every:
        for one in ego.companions:
            if one.iri in closest[ego.iri]:
                ends = sorted((ego.iri, one.iri))
                assert graph.edges[(*ends, "together")]["count"] == one.articles


def test_a_title_or_a_party_alone_counts_for_what_is_told_with_both(tmp_path: Path) -> None:
    article, ada, eve = f"{BASE}article/taz/1", f"{BASE}person/ada", f"{BASE}person/eve"
    rows: list[NodeRow | EdgeRow | RoleRow] = [
        NodeRow(article, "article", "", date="2024-01-02"),
        *(NodeRow(person, "person", person[-3:].title()) for person in (ada, eve)),
        *(EdgeRow(article, person, "mentions", count=9) for person in (ada, eve)),
        RoleRow(ada, "Mayor", None, 9, None, None),
        RoleRow(ada, "", "Blue", 8, None, None),
        RoleRow(ada, "Mayor", "Blue", 1, None, None),
        RoleRow(ada, "Aunt", "Red", 2, None, None),
        RoleRow(eve, "Mayor", None, 2, None, None),
        RoleRow(eve, "", "Blue", 1, None, None),
    ]
    found = {ego.name: ego.roles for ego in egos(write_rows(tmp_path / "tables", rows), 2)}
    assert found == {"Ada": ("Mayor (Blue)", "Aunt (Red)"), "Eve": ("Mayor", "Blue")}


def test_roles_come_by_their_strength_with_parties_and_tags_lend_their_spellings(tmp_path: Path) -> None:
    article, person, stub = f"{BASE}article/taz/1", f"{BASE}person/ada", f"{BASE}person/nameless"
    tag, paper = f"{BASE}tag/taz/ada", f"{BASE}organization/taz"
    rows: list[NodeRow | EdgeRow | RoleRow] = [
        NodeRow(article, "article", "", date="2024-01-02"),
        NodeRow(person, "person", "Ada"),
        NodeRow(stub, "person", ""),
        NodeRow(tag, "tag", "Ada, the Mayor"),
        NodeRow(paper, "organization", "taz"),
        EdgeRow(tag, person, "focus"),
        EdgeRow(article, person, "mentions", count=3),
        EdgeRow(article, stub, "mentions"),
        EdgeRow(article, paper, "mentions"),
        *(RoleRow(person, title, None, 1, None, None) for title in ("Aunt", "Baker", "Clerk")),
        RoleRow(person, "Mayor", "Blue", 5, None, None),
    ]
    ada, *rest = egos(write_rows(tmp_path / "tables", rows), 3)
    assert ada.roles == ("Mayor (Blue)", "Aunt", "Baker")
    assert ada.alternates == ("Ada, the Mayor",)
    assert [one.name for one in ada.companions] == ["nameless"]  # the paper is in every article
    assert [one.headline for one in ada.articles] == ["1"]
    assert {ego.name: len(ego.companions) for ego in rest} == {"taz": 0, "nameless": 1}
