"""What workers bring: whole builds of the same dumps by one process, by two, and by two workers of Dask.

    python -m bench.workers [--articles 8000] [--repeat 3] [--kg PYTHON] [--work DIR] [--json]

The three take turns, and the median of each counts. Only the maps, reading and writing, are parallel; under Dask the
rest is done where the build was started, as without it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Final

from bench.build import KG, WORK, Figures, dumps, typical
from bench.processes import Run, clear, run_python

WAYS: Final = {
    "one process": {"jobs": 1},
    "two processes": {"jobs": 2},
    "two of Dask": {"jobs": 2, "scheduler": "local:2"},
}


def measure(articles: int, repeat: int, work: Path, kg: Path) -> Figures:
    """Builds from nothing in each way."""
    source, out = dumps(articles, work), work / f"workers-{articles}"
    runs: dict[str, list[Run]] = {way: [] for way in WAYS}
    for _ in range(repeat):
        for way, options in WAYS.items():
            clear(out)
            runs[way].append(run_python("bench/stages.py", source, out, json.dumps(options), python=kg))
    found = {way: typical(of_way) for way, of_way in runs.items()}
    one, two, dask = (run.wall_seconds for run in found.values())
    return {
        "articles": articles,
        "ways": {way: {**run.cost, "stages": run.answer["stages"]} for way, run in found.items()},
        "two_to_one": round(one / two, 2),
        "dask_to_two": round(dask / two, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=8000)
    parser.add_argument("--repeat", type=int, default=3, help="builds of each way")
    parser.add_argument("--kg", type=Path, default=KG, help="the Python that runs kg")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for dumps and graphs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    figures = measure(options.articles, options.repeat, options.work.absolute(), options.kg)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"{options.articles:,} articles")
    for way, one in figures["ways"].items():
        stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in one["stages"].items())
        print(f"    {way:14}{one['wall_seconds']:8.2f} s   {stages}")
    print(f"    two processes are {figures['two_to_one']} times as fast as one")
    print(f"    Dask takes {figures['dask_to_two']} times as long as two processes")


if __name__ == "__main__":
    main()
