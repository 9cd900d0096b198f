"""maplib makes the triples of the tables of `materialise.py`: `python bench/with_maplib.py DIR`, figures as JSON.

The templates (OTTR) are made beforehand; imports are not counted, reading the tables and writing the triples are.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from maplib import IRI, Model, Parameter, RDFType, SolutionMappings, Template, Triple, Variable, rdf

from bench.materialised import same_triples

XSD = "http://www.w3.org/2001/XMLSchema#"
LANGUAGE_STRING = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"


def template(number: int, columns: list[dict[str, str]]) -> Template:
    """A table's template."""
    subject = Variable("s")
    objects = [Variable(f"o{place}") for place in range(len(columns))]
    triples = [
        Triple(subject, IRI(column["predicate"]), term) for column, term in zip(columns, objects, strict=True)
    ]
    return Template(IRI(f"urn:map:{number}"), [Parameter(one) for one in (subject, *objects)], triples)


def typed(place: int, column: dict[str, str]) -> tuple[pl.Expr, Any]:
    """A column of text as the values that maplib wants, and their type."""
    values = pl.col(f"o{place}")
    match column["kind"], column["of"]:
        case "iri", _:
            return values, RDFType.IRI
        case "language", language:
            both = pl.struct(values.alias(LANGUAGE_STRING), pl.lit(language).alias("l"))
            return both.alias(f"o{place}"), RDFType.Literal(rdf.langString)
        case _, datatype:
            kinds = {XSD + "integer": values.cast(pl.Int64), XSD + "date": values.str.to_date()}
            return kinds.get(datatype, values), RDFType.Literal(IRI(datatype))


def main(name: str) -> None:
    folder = Path(name)
    target = folder / "maplib.nt"
    tables = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    templates = [template(number, table["columns"]) for number, table in enumerate(tables)]
    start = time.perf_counter()
    model = Model()
    for one, table in zip(templates, tables, strict=True):
        types = [typed(place, column) for place, column in enumerate(table["columns"])]
        frame = pl.read_csv(folder / table["file"], infer_schema=False).with_columns(one for one, _ in types)
        rdf_types = {"s": RDFType.IRI, **{f"o{place}": kind for place, (_, kind) in enumerate(types)}}
        model.map(one, SolutionMappings(frame, rdf_types))
    model.write(target, format="ntriples")
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {"version": version("maplib"), "seconds": round(seconds, 3), **same_triples(folder, target)}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
