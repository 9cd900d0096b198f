"""Our triple step alone, and its triples as tables for others: `python bench/materialise.py DIR [--articles 2000]`.

Written to DIR: `knowledge.nt`, the CSV tables that hold the same triples, and `tables.json`, which says how to make
them of the tables: what peers such as `with_morph_kgc.py` need. A table has a row for each subject of a class, with
what each of them has once; what one may have several of stands in a table of its own. Figures are printed as JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TypedDict

import pyoxigraph as ox

from bench.triples import make
from kg.rdf.iris import Iris
from kg.rdf.triples import article_triples

REPEAT = 5


class Column(TypedDict):
    """What a column holds: IRIs, or literals with a language or a datatype."""

    predicate: str
    kind: str  # iri, language, datatype
    of: str  # the language, or the datatype's IRI


class Table(TypedDict):
    """A CSV file: its column `s` are the subjects, `o0`, `o1`, … the objects in the order of `columns`."""

    file: str
    columns: list[Column]


def write_triples(articles: int, target: Path) -> float:
    """Write the triples of that many articles, and give the seconds from the records to the file."""
    records = [make(number) for number in range(articles)]
    times = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        iris = Iris()
        with target.open("w", encoding="utf-8", newline="\n") as file:
            for node, article, mentions in records:
                file.write(article_triples(node, article, mentions, iris))
        times.append(time.perf_counter() - start)
    return median(times)


def column_of(predicate: str, term: object) -> Column:
    """The column that a triple belongs in; a predicate whose objects differ in kind gets several."""
    if isinstance(term, ox.NamedNode):
        return Column(predicate=predicate, kind="iri", of="")
    if not isinstance(term, ox.Literal):
        raise TypeError(f"no peer is given a {type(term).__name__}")
    if term.language:
        return Column(predicate=predicate, kind="language", of=term.language)
    return Column(predicate=predicate, kind="datatype", of=term.datatype.value)


Values = dict[str, list[str]]
"""Subject → objects, of one column."""


def write_tables(source: Path, folder: Path) -> int:
    """Write the tables and `tables.json`; return the number of triples that they hold."""
    kinds: dict[str, str] = {}
    values: dict[str, Values] = defaultdict(lambda: defaultdict(list))
    triples = set(ox.parse(path=source, format=ox.RdfFormat.N_TRIPLES))
    for quad in sorted(triples, key=str):
        subject, predicate, term = quad.subject.value, quad.predicate.value, quad.object
        values[json.dumps(column_of(predicate, term))][subject].append(term.value)
        if predicate.endswith("#type"):
            kinds[subject] = term.value
    tables: list[Table] = []
    for kind in sorted(set(kinds.values())):
        members = sorted(subject for subject in kinds if kinds[subject] == kind)
        wide: list[tuple[Column, Values]] = []
        for key, objects in sorted(values.items()):
            own = {subject: objects[subject] for subject in members if subject in objects}
            if len(own) == len(members) and all(len(terms) == 1 for terms in own.values()):
                wide.append((json.loads(key), own))
            elif own:
                rows = [[subject, term] for subject, terms in own.items() for term in terms]
                tables.append(_write_table(folder, len(tables), [json.loads(key)], rows))
        rows = [[subject, *(own[subject][0] for _, own in wide)] for subject in members]
        tables.append(_write_table(folder, len(tables), [column for column, _ in wide], rows))
    (folder / "tables.json").write_text(json.dumps(tables, indent=1), encoding="utf-8")
    return len(triples)


def _write_table(folder: Path, number: int, columns: list[Column], rows: list[list[str]]) -> Table:
    name = f"table{number}.csv"
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["s", *(f"o{place}" for place in range(len(columns)))])
        writer.writerows(rows)
    return Table(file=name, columns=columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    target = options.folder / "knowledge.nt"
    seconds = write_triples(options.articles, target)
    print(json.dumps({"triples": write_tables(target, options.folder), "seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main()
