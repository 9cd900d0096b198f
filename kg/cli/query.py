"""`kg query`: a question to the graph in SPARQL, or by name."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Annotated

import typer

from kg.cli.terminal import printable
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.named import NamedQuery
    from kg.store.results import Value


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"


_SPOOLED = 1 << 24  # bytes of an answer kept in memory before it goes to a temporary file
_LONGEST = 7 * 24 * 3600.0
_ENDLESS = 10_000  # columns of a table that no terminal folds


def query(
    sparql: Annotated[
        str | None, typer.Argument(metavar="[SPARQL]", help="The query's text; - reads standard input.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Ask one of the queries of --list.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Value of a parameter; may be given for each."),
    ] = None,
    show_list: Annotated[
        bool, typer.Option("--list", help="Show the named queries and their parameters.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="SELECT and ASK: table (the default), csv, tsv, json, xml; CONSTRUCT and DESCRIBE: ttl (the default), "
            "nt, jsonld. csv keeps values exact: a spreadsheet may run a cell that begins with = + - or @.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Short for --format json, or jsonld of a graph.")
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", metavar="SECONDS", min=0.1, max=_LONGEST, help="Stop the query after so long."
        ),
    ] = 30.0,
    limit_rows: Annotated[
        int, typer.Option("--limit-rows", metavar="N", min=0, help="Rows of a table; 0 shows all.")
    ] = 200,
) -> None:
    """Ask the graph in SPARQL 1.1; the usual prefixes (schema:, skos:, kg:, …) are declared.

    A block VALUES ?key { … } in the query is a parameter that --set key=value fills.

    \b
    kg query --list
    kg query --name co-mentions --set person="Hanna Kolb"
    kg query "SELECT ?h WHERE { ?a a schema:NewsArticle ; schema:headline ?h } LIMIT 5"
    kg query -f question.rq --format csv > answer.csv
    kg query "DESCRIBE <https://kg.example/id/person/hanna-kolb>"
    """
    if show_list:
        _write(_listing().encode())
        return
    bindings = _bindings(settings or [])
    named, text = _question(sparql, file, name, bindings)
    from kg.outputs import find_output
    from kg.rdf.vocabulary import PREFIXES
    from kg.store.syntax import check_query

    gives_graph = check_query(text, PREFIXES).form.gives_graph
    chosen = _format(form, as_json=as_json, gives_graph=gives_graph)
    if chosen is Format.TABLE:
        # Loading Rich takes as long as a small query does in its process; both at once is twice as fast.
        Thread(target=import_module, args=("rich.table",), daemon=True).start()
    if named is not None:
        bindings = named.resolved(bindings, find_output(out, "tables"))
        if named.asks_evidence:
            from kg.store.graph_store import open_store, require_evidence

            require_evidence(open_store(out / "store"))
    with tempfile.SpooledTemporaryFile(_SPOOLED) as answer:
        _ask(answer, out / "store", text, chosen, timeout, limit_rows, bindings)
        if chosen is not Format.TABLE:
            _copy(answer)
        elif _show_table(answer, limit_rows) == 0:
            typer.echo("no rows" + (_unknown(out / "store", text) if named is None else ""), err=True)


def _ask(
    answer: IO[bytes],
    store: Path,
    text: str,
    form: Format,
    timeout: float,
    limit_rows: int,
    bindings: Mapping[str, Value],
) -> None:
    """Fill the file `answer`, until it is whole: a reader never gets half a document, and its pauses cost no time."""
    from kg.store.query import ResultFormat, run_query

    of_table = form is Format.TABLE
    chunks = run_query(
        store,
        text,
        result_format=ResultFormat.ROWS if of_table else ResultFormat(form.value),
        bindings=bindings,
        timeout=timeout,
        # One row more than is shown tells whether there are more.
        max_rows=limit_rows + 1 if of_table and limit_rows else None,
    )
    answer.seek(0)
    answer.truncate()
    answer.writelines(chunks)
    answer.seek(0)


def _bindings(settings: Iterable[str]) -> dict[str, Value]:
    bindings: dict[str, Value] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        key = key.strip().lstrip("?$")
        if not equals or not key:
            raise UsageError(f'--set takes key=value, such as person="Hanna Kolb", not {setting!r}')
        if key in bindings:
            raise UsageError(f"--set gives {key} twice")
        bindings[key] = value
    return bindings


def _question(
    sparql: str | None, file: Path | None, name: str | None, bindings: Mapping[str, Value]
) -> tuple[NamedQuery | None, str]:
    """The named query, if it is one, and the query's text."""
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise UsageError("give one of a SPARQL query, --file, --name or --list")
    from kg.store.named import find_query, named_queries

    if sparql is not None and " " not in sparql and any(sparql == one.name for one in named_queries()):
        raise UsageError(f"{sparql} is a named query: kg query --name {sparql}")
    if name is None:
        return None, _text(sparql, file)
    named = find_query(name)
    named.require(bindings)
    return named, named.sparql


def _text(sparql: str | None, file: Path | None) -> str:
    if sparql is not None and sparql != "-":
        return sparql
    try:
        data = sys.stdin.buffer.read() if file is None else file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file or 'standard input'} is not UTF-8 (byte {error.start})") from error


def _format(form: Format | None, *, as_json: bool, gives_graph: bool) -> Format:
    if as_json:
        if form is not None:
            raise UsageError("give either --json or --format")
        return Format.JSONLD if gives_graph else Format.JSON
    if form is not None and not (form is Format.TABLE and gives_graph):
        return form
    if form is Format.TABLE:
        raise UsageError("a graph is no table; choose ttl, nt or jsonld")
    return Format.TTL if gives_graph else Format.TABLE


def _listing() -> str:
    from kg.store.named import named_queries

    lines = []
    for named in named_queries():
        lines.append(f"{named.name}\n    {named.description}")
        for parameter in named.parameters:
            value = f'"{parameter.example}"' if " " in parameter.example else parameter.example
            must = "required, for example" if parameter.required else "otherwise"
            lines.append(f"    --set {parameter.name}=…  {parameter.description} ({must} {value})")
    return "\n".join(lines) + "\n"


def _show_table(answer: IO[bytes], limit_rows: int) -> int:
    """Print the table, and say where it is not whole; the number of rows."""
    variables, *rows = [json.loads(line) for line in answer]
    shown = rows[:limit_rows] if limit_rows else rows
    _write(_table(variables, shown).encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    if len(shown) < len(rows):
        typer.echo(
            f"the first {limit_rows} rows; --limit-rows 0 shows all, --format csv writes all", err=True
        )
    return len(rows)


def _unknown(store: Path, text: str) -> str:
    """What a query without rows asks for that the graph does not have, and what may have been meant."""
    from kg.store.unknown_terms import unknown_terms

    said = [
        f"no {_short_iri(term.iri)}" + (f" (did you mean {_short_iri(term.near)}?)" if term.near else "")
        for term in unknown_terms(store, text)
    ]
    return printable(f"; the graph has {', '.join(said)}") if said else ""


def _table(variables: list[str], rows: list[list[list[str] | None]]) -> str:
    """The rows as a terminal shows them: folded to its width, or each on one line where there is none."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, pad_edge=False)
    for column, variable in enumerate(variables):
        numbers = all(row[column] is None or _is_number(row[column]) for row in rows) and bool(rows)
        table.add_column(variable, overflow="fold", justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    drawn = io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _ENDLESS
    Console(file=drawn, width=width, color_system=None, legacy_windows=False).print(table)
    return "".join(line.rstrip() + "\n" for line in drawn.getvalue().splitlines() if line.strip())


def _is_number(cell: list[str] | None) -> bool:
    from kg.rdf.vocabulary import XSD

    return cell is not None and cell[0] in {XSD + kind for kind in ("integer", "decimal", "double", "float")}


def _cell(cell: list[str] | None) -> str:
    """A term as words: nodes short where a prefix fits, texts without anything a terminal would obey."""
    if cell is None:
        return ""
    kind, value = cell
    if kind == "iri":
        value = _short_iri(value)
    return printable(value).replace("\n", "\\n")


def _short_iri(iri: str) -> str:
    from kg.rdf.vocabulary import PREFIXES

    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[A-Za-z_][\w-]*", local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _copy(answer: IO[bytes]) -> None:
    last = b"\n"
    while part := answer.read(1 << 16):
        if not _write(part):
            return
        last = part
    if not last.endswith(b"\n"):
        _write(b"\n")


def _write(data: bytes) -> bool:
    """Write to standard output; false when nobody reads it any more, as after `| head`."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Nothing must be flushed into the closed pipe when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
