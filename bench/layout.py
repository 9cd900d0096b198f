"""The map of the page beside compiled layouts: seconds, how near neighbours stand, overlaps, and how still it stands.

    python bench/layout.py [--articles 1000] [--json]

Two archives are generated and built, one with one percent more articles, and their overviews of at most 1,500 nodes are
laid out: by `kg.network.layout`, and by those of the peers that are installed (`pip install scikit-network networkit
rustworkx`, and Graphviz for `sfdp`). Ours are measured as they stand on the page; peers give points without a scale and
are brought to the area of ours.

- edges: mean length of an edge beside the mean distance of any two nodes; the less, the nearer neighbours stand
- overlaps: pairs of nodes that cover each other
- moved: how far the median old node went for one percent more articles, in widths of the map
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
import kg
from bench.generate import generate, write_archive
from kg.network.choosing import select
from kg.network.circles import near_pairs
from kg.network.communities import communities, modularity
from kg.network.importance import page_rank
from kg.network.layout import island_layout
from kg.network.links import Indices, Links, Numbers, Points, links_of
from kg.network.selection import Selection
from kg.page.picture import node_sizes


@dataclass(frozen=True)
class Picture:
    """A graph to lay out, and its ties."""

    graph: nx.MultiDiGraph
    links: Links


Layouter = Callable[[Picture], Points]


@dataclass(frozen=True)
class Row:
    """The figures of one way to lay out: seconds of wall time, shares, and pairs."""

    name: str
    seconds: float
    edges: float
    overlaps: int
    moved: float


def ours(picture: Picture) -> Points:
    """Themes around anchors, islands, springs."""
    partition = communities(picture.links, [kind for _, kind in picture.graph.nodes(data="kind")])
    positions = island_layout(
        picture.graph, picture.links, partition, _sizes(picture.graph, picture.links)
    ).positions
    return np.array([positions[name] for name in picture.graph])


def scikit_network(picture: Picture) -> Points:
    """Fruchterman and Reingold's forces."""
    from sknetwork.embedding import Spring

    np.random.seed(1)  # the only way to seed it
    return np.array(Spring(n_components=2).fit_transform(_sparse(picture.links)))


def scikit_network_force_atlas(picture: Picture) -> Points:
    """ForceAtlas2."""
    from sknetwork.embedding import ForceAtlas

    np.random.seed(1)  # the only way to seed it
    return np.array(ForceAtlas(n_components=2).fit_transform(_sparse(picture.links)))


def networkit_maxent(picture: Picture) -> Points:
    """Maxent-stress."""
    import networkit

    networkit.setSeed(1, True)
    plain = networkit.Graph(picture.links.size)
    for source, target in zip(picture.links.source.tolist(), picture.links.target.tolist(), strict=True):
        if source < target:
            plain.addEdge(source, target)
    stress = networkit.viz.MaxentStress(plain, 2, 1)
    stress.run()
    return np.array(stress.getCoordinates())


def rustworkx_spring(picture: Picture) -> Points:
    """Fruchterman and Reingold's forces, all pairs."""
    import rustworkx

    plain = rustworkx.PyGraph()
    plain.add_nodes_from(range(picture.links.size))
    plain.add_edges_from(
        [
            (source, target, weight)
            for source, target, weight in zip(
                picture.links.source.tolist(),
                picture.links.target.tolist(),
                picture.links.weight.tolist(),
                strict=True,
            )
            if source < target
        ]
    )
    places = rustworkx.spring_layout(plain, seed=1)
    return np.array([places[node] for node in range(picture.links.size)])


def graphviz_sfdp(picture: Picture) -> Points:
    """Multilevel forces (Hu 2005)."""
    if shutil.which("sfdp") is None:
        raise ImportError("sfdp")
    ties = zip(picture.links.source.tolist(), picture.links.target.tolist(), strict=True)
    lines = [
        *map(str, range(picture.links.size)),
        *(f"{source}--{target}" for source, target in ties if source < target),
    ]
    dot = "graph{" + ";".join(lines) + "}"
    plain = subprocess.run(["sfdp", "-Tplain"], input=dot, capture_output=True, text=True, check=True).stdout
    points = np.zeros((picture.links.size, 2))
    for line in plain.splitlines():
        if line.startswith("node "):
            _, name, x, y, *_ = line.split()
            points[int(name)] = float(x), float(y)
    return points


def themes_of_networkx(links: Links) -> Indices:
    """Louvain's communities, for the modularity that ours is to be compared with."""
    plain = nx.Graph()
    plain.add_nodes_from(range(links.size))
    plain.add_weighted_edges_from(
        zip(links.source.tolist(), links.target.tolist(), links.weight.tolist(), strict=True)
    )
    community = np.zeros(links.size, dtype=np.int64)
    for number, part in enumerate(nx.community.louvain_communities(plain, seed=1)):
        community[list(part)] = number
    return community


PEERS: dict[str, Layouter] = {
    "scikit-network Spring": scikit_network,
    "scikit-network ForceAtlas": scikit_network_force_atlas,
    "networkit MaxentStress": networkit_maxent,
    "rustworkx spring_layout": rustworkx_spring,
    "Graphviz sfdp": graphviz_sfdp,
}


def _sparse(links: Links) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((links.weight, (links.source, links.target)), (links.size, links.size))


def _sizes(graph: nx.MultiDiGraph, links: Links) -> dict[str, float]:
    return node_sizes(graph, dict(zip(graph, page_rank(links).tolist(), strict=True)))


@dataclass(frozen=True)
class Placed:
    """Where a way put the nodes of both graphs; the seconds are of the first."""

    points: tuple[Points, Points]
    seconds: float

    def scaled_like(self, other: Placed) -> Placed:
        """The same in frames of the areas of the other."""
        first, second = (_scaled(*both) for both in zip(self.points, other.points, strict=True))
        return Placed((first, second), self.seconds)


def place(way: Layouter, graphs: tuple[nx.MultiDiGraph, nx.MultiDiGraph]) -> Placed:
    """Lay out both graphs."""
    first, second = (Picture(graph, links_of(graph)) for graph in graphs)
    started = time.perf_counter()
    points = way(first)
    seconds = time.perf_counter() - started
    return Placed((points, way(second)), seconds)


def measure(name: str, placed: Placed, graphs: tuple[nx.MultiDiGraph, nx.MultiDiGraph]) -> Row:
    """The figures of nodes as they stand; edges and overlaps are of the first graph."""
    first, second = placed.points
    links = links_of(graphs[0])
    radii = np.array(list(_sizes(graphs[0], links).values()))
    one, other = near_pairs(first, 2 * float(radii.max()))
    overlaps = int((_apart(first[one], first[other]) < radii[one] + radii[other]).sum())
    pairs = np.random.default_rng(0).integers(0, len(first), (20_000, 2))
    edges = _apart(first[links.source], first[links.target]).mean() / _apart(*first[pairs.T]).mean()
    number = {iri: index for index, iri in enumerate(graphs[1])}
    kept = [(index, number[iri]) for index, iri in enumerate(graphs[0]) if iri in number]
    before, after = np.array(kept).T
    moved = float(np.median(_apart(first[before], second[after])) / np.ptp(first[:, 0]))
    return Row(name, round(placed.seconds, 2), round(float(edges), 3), overlaps, round(moved, 3))


def _apart(one: Points, other: Points) -> Numbers:
    apart: Numbers = np.sqrt(((one - other) ** 2).sum(axis=1))
    return apart


def _scaled(points: Points, other: Points) -> Points:
    """The points in a frame of the area and in the middle of that of the other points."""
    extent, area = np.ptp(points, axis=0), np.prod(np.ptp(other, axis=0))
    middle = other.min(axis=0) + np.ptp(other, axis=0) / 2
    scaled: Points = (points - points.min(axis=0) - extent / 2) * np.sqrt(area / np.prod(extent)) + middle
    return scaled


def _built(articles: int, folder: Path) -> nx.MultiDiGraph:
    dumps, out = folder / f"{articles}.tar", folder / str(articles)
    write_archive(generate(articles), dumps)
    kg.build(dumps, out, formats=["nt"])
    return select(out / "tables", Selection())


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description="Measure the layout of the map beside compiled peers.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graphs = (
            _built(arguments.articles, Path(folder)),
            _built(arguments.articles + arguments.articles // 100, Path(folder)),
        )
    links = links_of(graphs[0])
    own = communities(links, [kind for _, kind in graphs[0].nodes(data="kind")]).community
    standing = place(ours, graphs)
    rows, missing = [measure("ours", standing, graphs)], []
    for name, way in PEERS.items():
        try:
            rows.append(measure(name, place(way, graphs).scaled_like(standing), graphs))
        except ImportError:
            missing.append(name)
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
        return
    print(f"{len(graphs[0])} nodes, {graphs[0].number_of_edges()} edges; modularity of ours", end=" ")
    print(f"{modularity(links, own):.3f}, of Louvain's {modularity(links, themes_of_networkx(links)):.3f}")
    for row in rows:
        print(
            f"{row.name:28}{row.seconds:8.2f} s  edges {row.edges:.3f}  overlaps {row.overlaps:5}  "
            f"moved {row.moved:.3f}"
        )
    if missing:
        print("not installed:", ", ".join(missing))


if __name__ == "__main__":
    main()
