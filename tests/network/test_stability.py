"""What a reader has learned of the map stays true when the archive grows: no position depends on the build before."""

from __future__ import annotations

import numpy as np
import pytest

import kg
from bench.generate import generate, write_archive
from kg.network.choosing import select
from kg.network.selection import Selection
from kg.page.picture import draw


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, tuple[int, int]]]:
    """IRI → position, in the maps of 1,000 articles and of these and ten more."""
    folder = tmp_path_factory.mktemp("growing")
    maps = []
    for articles in (1000, 1010):
        dumps = folder / f"{articles}.tar"
        write_archive(generate(articles), dumps)
        kg.build(dumps, folder / f"out-{articles}", formats=["nt"])
        nodes = draw(select(folder / f"out-{articles}" / "tables", Selection())).nodes
        maps.append({node["iri"]: (node["x"], node["y"]) for node in nodes})
    return maps


def test_one_percent_more_articles_move_the_median_node_by_less_than_a_twentieth_of_the_width(
    maps: list[dict[str, tuple[int, int]]],
) -> None:
    before, after = maps
    old = [iri for iri in before if iri in after]
    assert len(old) > 1400
    first = np.array([before[iri] for iri in old])
    moved = np.sqrt(((first - np.array([after[iri] for iri in old])) ** 2).sum(axis=1))
    assert np.median(moved) / np.ptp(first[:, 0]) < 0.05
