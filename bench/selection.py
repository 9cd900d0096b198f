"""Choosing what the page shows, from an archive and from the same ten times over: seconds and memory beside its size.

    python bench/selection.py [--articles 10000] [--times 10]

The larger archive has each article so many times, with its edges to the same names: more articles, hardly more names,
as archives grow. `ego` is the data of 100 ego pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))
import kg
from bench.generate import generate, write_archive
from kg.network.choosing import select
from kg.network.ego import egos
from kg.network.selection import Selection


def multiply(tables: Path, times: int, target: Path) -> None:
    """Write the tables with each article so many times."""
    target.mkdir()
    copied = "regexp_replace({0}, '(/article/.*)$', '\\1-' || copy) AS {0}"
    article = "contains({0}, '/article/')"
    with duckdb.connect() as connection:
        for name, columns in (("nodes", ["iri"]), ("edges", ["source", "target"]), ("mentions", ["article"])):
            replaced = ", ".join(copied.format(column) for column in columns)
            connection.execute(
                f"""COPY (SELECT * EXCLUDE (copy) REPLACE ({replaced})
                          FROM '{tables}/{name}.parquet', range({times}) AS copies (copy)
                          WHERE copy = 0 OR {article.format(columns[0])}) TO '{target}/{name}.parquet'"""
            )
    for name in ("identities", "roles", "doubts"):
        (target / f"{name}.parquet").write_bytes((tables / f"{name}.parquet").read_bytes())


def timed_selection(tables: Path) -> tuple[float, int]:
    """Seconds for the overview, and the megabytes that the process has taken at most."""
    started = time.perf_counter()
    select(tables, Selection())
    return time.perf_counter() - started, _peak_kilobytes() // 1024


def _peak_kilobytes() -> int:
    """The most memory that this process has held: `ru_maxrss` would be its parent's where that held more."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def measure(tables: Path) -> None:
    """Print sizes, seconds and memory for one archive."""
    with duckdb.connect() as connection:
        articles = f"SELECT count(*) FROM '{tables}/nodes.parquet' WHERE kind = 'article'"
        edges = f"SELECT count(*) FROM '{tables}/edges.parquet'"
        sizes = [connection.execute(query).fetchall()[0][0] for query in (articles, edges)]
    # In a process of its own, whose memory is nothing else's.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        seconds, megabytes = pool.submit(timed_selection, tables).result()
    started = time.perf_counter()
    for _ in egos(tables, 100):
        pass
    print(
        f"{sizes[0]:8,} articles {sizes[1]:10,} edges: overview {seconds:6.2f} s, {megabytes} MB, "
        f"ego {time.perf_counter() - started:6.2f} s"
    )


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description="Measure choosing what the page shows.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=10)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(generate(arguments.articles), folder / "dumps.tar")
        kg.build(folder / "dumps.tar", folder / "out", formats=["nt"])
        multiply(folder / "out" / "tables", arguments.times, folder / "larger")
        measure(folder / "out" / "tables")
        measure(folder / "larger")


if __name__ == "__main__":
    main()
