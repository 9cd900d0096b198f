"""`kg view`: open the page of a build in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.errors import OutputError

PAGE = "graph.html"


def view(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the address of the page.")] = False,
) -> None:
    """Open the page of a build in the browser, or print its address where there is none."""
    import webbrowser

    from kg.outputs import find_output

    page = find_output(out, PAGE).resolve()
    if not page.is_file():
        raise OutputError(f"{out / PAGE} is missing: run kg build first")
    if no_open or not webbrowser.open(page.as_uri()):
        typer.echo(page.as_uri())
