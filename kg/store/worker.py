"""The child process that evaluates one query: `python worker.py`, a request on stdin, the answer on stdout.

Run by path and without importing `kg`, so that it starts as fast as Python and Oxigraph do. What goes wrong is one
JSON object on stderr, `{"kind": "store" | "syntax" | "engine", "message": …}`, and exit code 1.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from itertools import islice
from typing import IO, TYPE_CHECKING, NoReturn, TypedDict

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple


class Request(TypedDict):
    """What the parent asks for."""

    store: str  # folder of the store
    query: str
    prefixes: dict[str, str]
    format: str  # a name of `kg.store.query.ResultFormat`
    max_rows: int | None  # of format "rows": stop after so many
    seconds: float
    memory: int  # bytes


def main() -> None:
    """Read the request, write the answer."""
    request: Request = json.load(sys.stdin.buffer)
    _limit(request["seconds"], request["memory"])
    from pyoxigraph import Store

    try:
        store = Store.read_only(request["store"])
    except (OSError, RuntimeError, ValueError) as error:
        _fail("store", error)
    try:
        results = store.query(request["query"], prefixes=request["prefixes"])
        _write(results, request, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except SyntaxError as error:
        _fail("syntax", error)
    except BrokenPipeError:
        # The parent has what it wants. Nothing must be flushed into the closed pipe at exit.
        os._exit(0)
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        _fail("engine", error)


def _limit(seconds: float, memory: int) -> None:
    """The parent kills at the time limit; this ends a child whose parent was itself killed."""
    if sys.platform == "win32":
        return
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or memory < hard:
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, request: Request, out: IO[bytes]) -> None:
    from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, serialize

    if isinstance(results, QueryTriples):
        formats = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
        serialize(results, out, formats[request["format"]], prefixes=request["prefixes"])
    elif request["format"] == "rows":
        _write_rows(results, request["max_rows"], out)
    else:
        formats_of_rows = {
            "csv": QueryResultsFormat.CSV,
            "tsv": QueryResultsFormat.TSV,
            "json": QueryResultsFormat.JSON,
            "xml": QueryResultsFormat.XML,
        }
        results.serialize(out, formats_of_rows[request["format"]])


def _write_rows(results: QuerySolutions | QueryBoolean, max_rows: int | None, out: IO[bytes]) -> None:
    """A line of JSON for the variables and one for each solution; cells as `_cell` gives them."""
    from pyoxigraph import QueryBoolean

    if isinstance(results, QueryBoolean):
        lines: list[object] = [["answer"], [["boolean", str(bool(results)).lower()]]]
        out.writelines(json.dumps(line).encode() + b"\n" for line in lines)
        return
    out.write(json.dumps([variable.value for variable in results.variables]).encode() + b"\n")
    for solution in islice(results, max_rows):
        out.write(json.dumps([_cell(term) for term in solution]).encode() + b"\n")


def _cell(term: NamedNode | BlankNode | Literal | Triple | None) -> list[str] | None:
    """`None`, `["iri", value]`, `["other", value]` or `[datatype, value]`."""
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return None
    if isinstance(term, NamedNode):
        return ["iri", term.value]
    if isinstance(term, Literal):
        return [term.datatype.value, term.value]
    return ["other", str(term)]


def _fail(kind: str, error: BaseException) -> NoReturn:
    sys.stderr.write(json.dumps({"kind": kind, "message": str(error)}))
    sys.exit(1)


if __name__ == "__main__":
    main()
