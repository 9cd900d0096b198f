"""`kg view`: the page of a build, or of a part of its graph, in the browser."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import OutputError

PAGE = "graph.html"


def view(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    around: Annotated[
        str | None,
        typer.Option("--around", metavar="NAME", help="A node and what lies around it; any name of kg show."),
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(
            "--depth",
            metavar="N",
            min=1,
            help="How many edges around it.",
            show_default="2, articles and names",
        ),
    ] = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="TAG", help="Articles on a topic and all they name.")
    ] = None,
    person: Annotated[
        str | None, typer.Option("--person", metavar="NAME", help="Articles that name or are by a person.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this year, month or day: 2023-04.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="To this year, month or day.")
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option("--kinds", help="Any of person,organization,place,tag,article.", show_default="all"),
    ] = None,
    community: Annotated[
        int | None,
        typer.Option("--community", metavar="N", min=1, help="A theme, by its number on the page."),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option("--top", metavar="N", min=1, help="Nodes to show at most.", show_default="1500"),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", help="The language of the page's own words: de or en.", show_default="the system's"
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Where to write it.", show_default="a name in DIR/views"),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the address of the page.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print path, nodes and edges as JSON; open nothing.")
    ] = False,
) -> None:
    """Open the page of a build in the browser, or print its address where there is none.

    Selections combine, and make a page of their own; so does a language that the built page does not speak. That
    one speaks German unless kg build --lang says otherwise: what a build writes may not depend on the system.

    \b
    kg view
    kg view --around "Hanna Kolb" --depth 2
    kg view --tag Deichbau --since 2023 --until 2024-06 --kinds person,place
    kg view --community 3 --top 500 --to theme.html --no-open
    """
    from kg.outputs import VIEWS, find_output

    asked = (around, depth, tag, person, since, until, kinds, community, top, to)
    wished = lang or system_language()
    if all(value is None for value in asked) and not as_json:
        page = find_output(out, PAGE).resolve()
        if not page.is_file():
            raise OutputError(f"{out / PAGE} is missing: run kg build first")
        if _language(page) in {wished, None}:
            _show(page, no_open=no_open)
            return
    from kg.cli.output import write_json
    from kg.network.selection import Selection, first_day, last_day
    from kg.page.view import draw_view, file_name

    defaults = Selection()
    selection = Selection(
        around=around,
        depth=depth or defaults.depth,
        tag=tag,
        person=person,
        since=first_day(since) if since else None,
        until=last_day(until) if until else None,
        kinds=tuple(kind.strip() for kind in kinds.split(",")) if kinds is not None else defaults.kinds,
        community=community,
        top=top or defaults.top,
    )
    drawn = draw_view(find_output(out, "tables"), selection, wished)
    page = (to or out / VIEWS / file_name(drawn, selection, wished)).absolute()
    drawn.save(page)
    if as_json:
        write_json({"path": str(page), "nodes": drawn.nodes, "edges": drawn.edges})
    else:
        _show(page, no_open=no_open)


def system_language() -> str:
    """German where the messages of the system are, else English; by the variables of POSIX, in their order."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "de" if next(filter(None, named), "").startswith("de") else "en"


def _language(page: Path) -> str | None:
    """The language of a page of ours, by its first lines."""
    with page.open("rb") as file:
        found = re.search(rb'<html lang="(\w+)"', file.read(1000))
    return found[1].decode() if found else None


def _show(page: Path, *, no_open: bool) -> None:
    import webbrowser

    if no_open or not webbrowser.open(page.as_uri()):
        typer.echo(page.as_uri())
