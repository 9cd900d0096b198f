"""Queries with a limit: each runs in a child process that is killed when its time is up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from threading import Event, Timer
from typing import IO, Final

from kg.errors import (
    KgError,
    OutputError,
    QueryError,
    QuerySyntaxError,
    QueryTimeoutError,
    UsageError,
)
from kg.rdf.vocabulary import PREFIXES
from kg.store.graph_store import find_store
from kg.store.in_process import engine_message
from kg.store.parameters import bind
from kg.store.results import Value
from kg.store.syntax import QueryForm, check_query

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds."""

DEFAULT_MEMORY: Final = 8 * 2**30
"""Bytes of address space, of which Oxigraph reserves about 1 GiB that it never touches."""

_WORKER: Final = Path(__file__).with_name("worker.py")
_CHUNK: Final = 1 << 16


class ResultFormat(StrEnum):
    """How an answer is written: SELECT and ASK in W3C's four formats and as rows, graphs in three."""

    ROWS = "rows"  # a JSON array per line: variables, then cells; see kg.store.worker
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "ttl"
    N_TRIPLES = "nt"
    JSON_LD = "jsonld"

    @property
    def of_graph(self) -> bool:
        """Whether triples are written this way, and solutions are not."""
        return self in {ResultFormat.TURTLE, ResultFormat.N_TRIPLES, ResultFormat.JSON_LD}


def run_query(
    store_dir: Path,
    sparql: str,
    *,
    result_format: ResultFormat,
    bindings: Mapping[str, Value] | None = None,
    timeout: float = DEFAULT_TIMEOUT,
    max_rows: int | None = None,
    memory: int = DEFAULT_MEMORY,
) -> Iterator[bytes]:
    """Ask the store in `store_dir`; yield the serialised answer in chunks as it comes.

    The prefixes of `kg.rdf.vocabulary` need no declaration; `bindings` replace the data of the query's blocks
    `VALUES ?name { … }` (see `kg.store.parameters`). `timeout` in seconds covers everything until the last chunk,
    the reader's own pauses included. `max_rows` ends the format `rows` early. The text is checked at once, the child
    starts with the first chunk and is dead when the iterator is exhausted, closed or has raised.

    Raises `QuerySyntaxError`, `QueryRefusedError`, `UsageError` (a wrong binding, or a format that this form of query
    does not have), `OutputError` (no store), and, possibly after some chunks, `QueryTimeoutError` or `QueryError`
    (the engine failed or ran out of memory).
    """
    query = check_query(sparql, PREFIXES)
    text = bind(query, bindings or {})
    if query.form.gives_graph != result_format.of_graph:
        raise UsageError(_no_such_format(query.form, result_format))
    request = {
        "store": str(find_store(store_dir)),
        "query": text,
        "prefixes": PREFIXES,
        "format": result_format.value,
        "max_rows": max_rows,
        "seconds": timeout,
        "memory": memory,
    }
    return _stream(json.dumps(request).encode(), store_dir, timeout)


def _stream(request: bytes, store_dir: Path, timeout: float) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(  # noqa: S603 - our own file, by its path
            [sys.executable, "-P", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        expired = Event()
        timer = Timer(timeout, _expire, (child, expired))
        timer.daemon = True
        try:
            timer.start()
            yield from _exchange(child, request)
            code = child.wait()
        finally:
            timer.cancel()
            child.kill()
            child.wait()
        if code:
            raise _failure(code, errors, store_dir, timeout if expired.is_set() else None)


def _expire(child: subprocess.Popen[bytes], expired: Event) -> None:
    expired.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], request: bytes) -> Iterator[bytes]:
    if child.stdin is None or child.stdout is None:
        raise AssertionError("the child was started with pipes")
    with child.stdout as answer:
        try:
            child.stdin.write(request)
            child.stdin.close()
        except BrokenPipeError:
            return  # it died at once, and its exit code says why
        # Hand over what is there; do not wait until a chunk is full.
        while chunk := os.read(answer.fileno(), _CHUNK):
            yield chunk


def _failure(code: int, errors: IO[bytes], store_dir: Path, expired: float | None) -> KgError:
    if expired is not None:
        return QueryTimeoutError(f"the query was stopped after {expired:g} seconds; --timeout gives it more")
    errors.seek(0)
    said = errors.read().decode(errors="replace")
    try:
        failure = json.loads(said)
        kind, message = failure["kind"], failure["message"]
    except (ValueError, KeyError, TypeError):
        return QueryError(_crash(code, said))
    if kind == "syntax":
        return QuerySyntaxError(engine_message(message))
    if kind == "store":
        return OutputError(
            f"the store in {store_dir} is damaged or from another version ({message}); run kg build again"
        )
    return QueryError(f"the query failed: {message}")


_OUT_OF_MEMORY: Final = ("memory allocation", "bad_alloc", "Resource temporarily unavailable")
"""What an engine that has no memory left says; the last where it is the stack of a thread that finds no place."""


def _crash(code: int, said: str) -> str:
    if code == -signal.SIGABRT and any(sign in said for sign in _OUT_OF_MEMORY):
        return "the query needs more memory than it may have; ask for less, or add a LIMIT"
    how = f"signal {-code}" if code < 0 else f"exit code {code}"
    last = said.strip().rsplit("\n", 1)[-1][:200]
    return f"the query engine stopped ({how}){': ' + last if last else ''}; a simpler query may work"


def _no_such_format(form: QueryForm, result_format: ResultFormat) -> str:
    fitting = [f.value for f in ResultFormat if f.of_graph == form.gives_graph and f is not ResultFormat.ROWS]
    return (
        f"the answer to {form.value} cannot be written as {result_format.value}; choose {', '.join(fitting)}"
    )
