"""How well names are found and tags understood in the generated newspaper, where all of them are known.

    python bench/names.py [--articles 2000] [--json]

Pairs of an article and a person that it names in text or caption; the kinds of tags; and the persons, organisations and
places of the graph that the newspaper does not have. Its language is much simpler than a real paper's, and so these
figures are no promise: they tell what goes wrong as an archive grows, with words that come up ten thousand times.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parents[1]))
import kg
from bench.generate import World, drafted, write_archive

SEED = 0
AGENCIES = {"taz", "dpa", "AFP", "epd"}
ARCHIVE = "dumps.tar"


def measure(articles: int) -> dict[str, object]:
    """Build the graph of so many articles and set it beside what they were made of."""
    world = World(SEED)
    with tempfile.TemporaryDirectory() as folder:
        people: dict[str, set[str]] = {}

        def dumps() -> Iterator[tuple[str, str]]:
            for name, page, head in drafted(world, articles, SEED):
                words = " ".join(page.split())  # lines are broken anywhere
                people[f"{ARCHIVE}/{name}"] = {person for person in head.people if person in words}
                yield name, page

        write_archive(dumps(), Path(folder, ARCHIVE))
        kg.build(Path(folder, ARCHIVE), Path(folder, "out"))
        with duckdb.connect() as tables:
            for table in ("nodes", "mentions"):
                tables.execute(f"CREATE VIEW {table} AS FROM '{folder}/out/tables/{table}.parquet'")
            return _pairs(tables, people) | _tags(tables, world) | _strangers(tables, world)


def _pairs(tables: duckdb.DuckDBPyConnection, people: Mapping[str, Set[str]]) -> dict[str, object]:
    rows = tables.sql(
        "SELECT DISTINCT path, label FROM mentions JOIN nodes ON iri = entity WHERE kind = 'person'"
    ).fetchall()
    found = set(rows)
    true = {(path, name) for path, names in people.items() for name in names}
    right = len(found & true)
    return {"pairs": len(true), "precision": right / len(found), "recall": right / len(true)}


def _tags(tables: duckdb.DuckDBPyConnection, world: World) -> dict[str, object]:
    kinds = {
        **dict.fromkeys((*world.topics.items, *world.focus.values()), "topic"),
        **dict.fromkeys(world.places.items, "place"),
        **dict.fromkeys(world.persons.items, "person"),
    }
    rows = tables.sql("SELECT label, tag_kind FROM nodes WHERE kind = 'tag'").fetchall()
    wrong = sorted(f"{label}: {kind}" for label, kind in rows if kinds.get(label) != kind)
    return {"tags": len(rows), "tags_right": 1 - len(wrong) / len(rows), "tags_wrong": wrong[:10]}


def _strangers(tables: duckdb.DuckDBPyConnection, world: World) -> dict[str, object]:
    known = {"person": set(world.persons.items), "place": set(world.places.items), "organization": AGENCIES}
    found: dict[str, object] = {}
    for kind, names in known.items():
        rows = tables.sql("SELECT label FROM nodes WHERE kind = $1", params=[kind]).fetchall()
        unknown = sorted({label for (label,) in rows} - names)
        found[f"{kind}s"] = len(rows)
        found[f"{kind}s_unknown"] = len(unknown)
        found[f"{kind}s_such_as"] = unknown[:10]
    return found


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    figures = measure(options.articles)
    if options.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    for name, value in figures.items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        print(f"{name.replace('_', ' '):24}{', '.join(shown) if isinstance(shown, list) else shown}")


if __name__ == "__main__":
    main()
