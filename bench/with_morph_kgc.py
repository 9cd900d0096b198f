"""morph-kgc makes the triples of the tables of `materialise.py`: `python bench/with_morph_kgc.py DIR`, figures as JSON.

The mapping (RML) is written beforehand; imports are not counted, reading the tables and writing the triples are.
"""

from __future__ import annotations

import json
import runpy
import sys
import time
from importlib.metadata import version
from pathlib import Path

import morph_kgc  # noqa: F401 - before the clock starts

from bench.materialised import same_triples

HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
STRING = "http://www.w3.org/2001/XMLSchema#string"


def mapping(folder: Path) -> str:
    """The tables' RML."""
    text = HEAD
    for number, table in enumerate(json.loads((folder / "tables.json").read_text(encoding="utf-8"))):
        text += f"<urn:map:{number}> a rr:TriplesMap ;\n"
        text += f'  rml:logicalSource [ rml:source "{folder / table["file"]}" ; rml:referenceFormulation ql:CSV ] ;\n'
        text += '  rr:subjectMap [ rml:reference "s" ; rr:termType rr:IRI ]'
        for place, column in enumerate(table["columns"]):
            kind = {
                "iri": "rr:termType rr:IRI",
                "language": f'rr:language "{column["of"]}"',
                "datatype": f"rr:datatype <{column['of']}>",
            }[column["kind"]]
            if column["of"] == STRING:
                kind = "rr:termType rr:Literal"
            text += (
                f" ;\n  rr:predicateObjectMap [ rr:predicate <{column['predicate']}> ; "
                f'rr:objectMap [ rml:reference "o{place}" ; {kind} ] ]'
            )
        text += " .\n"
    return text


def main(name: str) -> None:
    folder = Path(name)
    (folder / "mapping.ttl").write_text(mapping(folder), encoding="utf-8")
    target, config = folder / "morph-kgc.nt", folder / "morph-kgc.ini"
    config.write_text(
        f"[CONFIGURATION]\noutput_file: {target}\noutput_format: N-TRIPLES\nlogging_level: WARNING\n"
        f"[Tables]\nmappings: {folder / 'mapping.ttl'}\n",
        encoding="utf-8",
    )
    sys.argv = ["morph_kgc", str(config)]
    start = time.perf_counter()
    runpy.run_module("morph_kgc", run_name="__main__")
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {"version": version("morph-kgc"), "seconds": round(seconds, 3), **same_triples(folder, target)}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
