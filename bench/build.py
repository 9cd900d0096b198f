"""The whole build and each of its stages at several sizes, beside the floor and itself at other sizes.

    python -m bench.build [--sizes 1000 10000] [--kg PYTHON] [--work DIR] [--json]

For each size a default build runs in a process of its own, then the floor (`floor.py`) on the same dumps and on the
triples that the build made. Peak memory is that of all processes together. The exponent of growth is b in time ~ size^b
from one size to the next: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice, pairwise
from math import log
from pathlib import Path
from statistics import median
from typing import Any

from bench.generate import generate, write_archive, write_folder
from bench.processes import ROOT, Run, clear, run_python

Figures = dict[str, Any]

KG = ROOT / ".venv" / "bin" / "python"
WORK = ROOT / ".bench"
SMALL, REPEAT = 2000, 3
"""Up to so many articles a measurement is taken so often, and the median counts."""

FILES_UP_TO, ARCHIVED = 100_000, 10_000
"""Up to so many articles each is a file of its own; of more, so many go into each tar."""


def dumps(articles: int, work: Path) -> Path:
    """The folder of that many generated dumps, made anew."""
    folder = work / f"dumps-{articles}"
    clear(folder)
    made = generate(articles)
    if articles <= FILES_UP_TO:
        write_folder(made, folder)
    else:
        for part in range(0, articles, ARCHIVED):
            write_archive(islice(made, ARCHIVED), folder / f"{part // ARCHIVED:05d}.tar")
    return folder


def build(source: Path, out: Path, kg: Path) -> Run:
    """A build from nothing."""
    clear(out)
    return run_python("bench/stages.py", source, out, python=kg)


def typical(runs: list[Run]) -> Run:
    """The run whose wall clock is the median."""
    middle = median(run.wall_seconds for run in runs)
    return min(runs, key=lambda run: abs(run.wall_seconds - middle))


def measure(articles: int, work: Path, kg: Path) -> Figures:
    """Build and floor at one size."""
    source, out = dumps(articles, work), work / f"out-{articles}"
    builds, floors = [], []
    for _ in range(REPEAT if articles <= SMALL else 1):
        builds.append(build(source, out, kg))
        floors.append(run_python("bench/floor.py", source, out / "graph.nt", python=kg))
    ours, floor = typical(builds), typical(floors)
    wall, parts = ours.wall_seconds, floor.answer
    floor_seconds = parts["read_seconds"] + parts["load_seconds"]
    return {
        "articles": articles,
        **ours.cost,
        "stages": ours.answer["stages"],
        "articles_per_second": round(articles / wall, 1),
        "mb_per_second": round(parts["megabytes"] / wall, 2),
        "triples": ours.answer["triples"],
        "triples_per_second": round(ours.answer["triples"] / wall),
        "floor": {"cpu_seconds": floor.cost["cpu_seconds"], "peak_mb": floor.cost["peak_mb"], **parts},
        "floor_seconds": round(floor_seconds, 3),
        "to_floor": round(wall / floor_seconds, 2),
        "cpu_to_floor": round(ours.cpu_seconds / floor.cpu_seconds, 2),
    }


def growth(smaller: Figures, larger: Figures) -> Figures:
    """Exponents from one size to the next, of wall clock, CPU time and each stage; and how memory grew."""
    ratio = log(larger["articles"] / smaller["articles"])

    def exponent(before: float, after: float) -> float | None:
        return round(log(after / before) / ratio, 3) if before > 0 and after > 0 else None

    return {
        "from": smaller["articles"],
        "to": larger["articles"],
        "wall": exponent(smaller["wall_seconds"], larger["wall_seconds"]),
        "cpu": exponent(smaller["cpu_seconds"], larger["cpu_seconds"]),
        "stages": {
            stage: exponent(smaller["stages"][stage], seconds)
            for stage, seconds in larger["stages"].items()
            if stage in smaller["stages"]
        },
        "memory_times": round(larger["peak_mb"] / smaller["peak_mb"], 2),
    }


def report(sizes: list[Figures], growths: list[Figures]) -> str:
    """The figures as lines for a person."""
    lines = []
    for one in sizes:
        stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in one["stages"].items())
        lines += [
            f"{one['articles']:,} articles: {one['wall_seconds']:.1f} s ({one['cpu_seconds']:.1f} s of CPU), "
            f"{one['articles_per_second']:,.0f} articles/s, {one['mb_per_second']:.1f} MB/s, "
            f"{one['triples_per_second']:,} triples/s, peak {one['peak_mb']:,.0f} MB",
            f"    {stages}",
            f"    floor {one['floor_seconds']:.1f} s: reading {one['floor']['read_seconds']:.1f}, "
            f"loading {one['floor']['load_seconds']:.1f}; the build takes {one['to_floor']:.1f} times as long "
            f"(CPU {one['cpu_to_floor']:.1f})",
        ]
    for one in growths:
        stages = ", ".join(f"{stage} {exponent}" for stage, exponent in one["stages"].items())
        lines += [
            f"growth from {one['from']:,} to {one['to']:,}: exponent {one['wall']} (CPU {one['cpu']}), "
            f"memory {one['memory_times']} times",
            f"    {stages}",
        ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--kg", type=Path, default=KG, help="the Python that runs kg")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for dumps and graphs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    sizes = [measure(articles, options.work, options.kg) for articles in sorted(options.sizes)]
    growths = [growth(smaller, larger) for smaller, larger in pairwise(sizes)]
    if options.json:
        print(json.dumps({"sizes": sizes, "growth": growths}, indent=2))
    else:
        print(report(sizes, growths))


if __name__ == "__main__":
    main()
