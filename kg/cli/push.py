"""`kg push`: the graph to a server."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import write_json
from kg.cli.terminal import printable

if TYPE_CHECKING:
    from kg.store.push import Part, Size


def push(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="The server's Graph Store endpoint, such as http://localhost:7878/store of Oxigraph.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    graph: Annotated[
        str | None,
        typer.Option("--graph", metavar="IRI", help="The graph to fill.", show_default="the default graph"),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Send the evidence too, to the graph that a build has it in.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="What is in these graphs goes, with the first request.")
    ] = False,
    batch_size: Annotated[
        float,
        typer.Option(
            "--batch-size", metavar="MB", min=0.001, max=1000, help="About how much a request holds."
        ),
    ] = 8.0,
    retries: Annotated[
        int,
        typer.Option(
            "--retries",
            metavar="N",
            min=0,
            max=20,
            help="How often a request is tried again, after 0.5 s, 1 s, 2 s, …, or as long as the server asks.",
        ),
    ] = 5,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long to wait for an answer.")
    ] = 60.0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Send the graph to a server that speaks the SPARQL 1.1 Graph Store Protocol: Oxigraph, Fuseki, GraphDB, …

    The environment holds the credentials: KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN.
    To send the same again does no harm. For many millions of triples a server's own loader is faster: docs/bulk.md.

    \b
    kg push http://localhost:7878/store
    kg push https://sparql.example.org/press/data --graph https://example.org/taz --replace

    Exit codes: 0 all has arrived, 9 the server cannot be reached or refuses, 5 there is no graph, 2 wrong arguments.
    """
    from kg.store.graph_endpoint import GraphEndpoint
    from kg.store.push import measure, parts
    from kg.store.push import push as send

    def say(text: str) -> None:
        if not quiet:
            typer.echo(f"kg: {printable(text)}", err=True)

    endpoint = GraphEndpoint(url, os.environ, timeout=timeout, retries=retries, notify=say)
    size = round(batch_size * 1_000_000)
    # All is looked through before anything is sent: what cannot be sent must not replace anything.
    measured = [(part, measure(part, size)) for part in parts(out, graph, evidence=evidence)]
    if endpoint.tells_secrets and not dry_run:
        say("the credentials go unencrypted over the network: prefer https")
    started = time.monotonic()
    if not dry_run:
        total = sum(one.bytes for _, one in measured)
        with closing(endpoint), _progress(total, shown=not quiet and sys.stderr.isatty()) as progress:
            for part, _ in measured:
                send(part, endpoint, replace=replace, size=size, progress=progress)
    seconds = time.monotonic() - started
    if as_json:
        write_json(
            {
                "sent": not dry_run,
                "graphs": [_figures(part, one) for part, one in measured],
                "retries": endpoint.retried,
                "seconds": round(seconds, 3),
            }
        )
    elif not quiet:
        for part, one in measured:
            typer.echo(_sentence(part, one, dry_run=dry_run))


def _figures(part: Part, size: Size) -> dict[str, object]:
    return {"graph": part.graph, "triples": size.triples, "bytes": size.bytes, "batches": size.batches}


def _sentence(part: Part, size: Size, *, dry_run: bool) -> str:
    graph = "the default graph" if part.graph is None else f"the graph {part.graph}"
    verb = "would go" if dry_run else "went"
    batches = "1 batch" if size.batches == 1 else f"{size.batches:,} batches"
    return f"{size.triples:,} triples ({size.bytes / 1e6:,.1f} MB, {batches}) {verb} to {graph}"


@contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A bar of the bytes that have arrived; nothing where no one looks."""
    if not shown:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pushing", total=total)
        yield lambda done: bar.update(task, advance=done)
