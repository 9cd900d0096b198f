"""`kg review`: ask a person what the build could not decide, and keep the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.asking import Dialogue, evidence, question, unanswered
from kg.cli.output import write_json, write_lines

if TYPE_CHECKING:
    from kg.store.doubts import OpenDoubt


class Only(StrEnum):
    """What to ask about."""

    NAMES = "names"
    TAGS = "tags"


_ASKED: Final = {"same": Only.NAMES, "kind": Only.TAGS}


def review(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Ask only about this name, and all that end with it."),
    ] = None,
    only: Annotated[
        Only | None,
        typer.Option("--only", help="Ask only whether names are the same, or only of what kind tags are."),
    ] = None,
    decisions: Annotated[
        Path, typer.Option("--decisions", metavar="FILE", help="The file that answers are appended to.")
    ] = Path("decisions.csv"),
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Questions to ask; 0 asks all.")
    ] = 20,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    as_json: Annotated[
        bool, typer.Option("--json", help="Write the questions as JSON, ask nothing.")
    ] = False,
) -> None:
    """Go through the doubts of a build, those first whose answer changes most, and append the answers to a file.

    Answer with the first letters of a word. Each answer is in the file before the next question; `back` takes the
    last one out again, `next` puts a question off, `quit` or Ctrl-D leaves. What the file answers already is not asked
    again; the next build with that file applies it. Without a terminal the questions are listed.

    \b
    kg review
    kg review Kolb
    kg review --only tags --limit 50 --decisions mine.csv
    """
    from kg.outputs import find_output
    from kg.store.cards import open_tables
    from kg.store.doubts import open_doubts

    lookup = open_tables(find_output(out, "tables"))
    every = [
        doubt
        for doubt in open_doubts(lookup)
        if only in {None, _ASKED[doubt.kind]} and (name is None or _about(doubt, name))
    ]
    doubts = unanswered(every, decisions)
    shown = doubts[:limit] if limit else doubts
    if as_json:
        write_json([asdict(doubt) for doubt in shown])
    elif not doubts:
        write_lines(
            ["nothing is left in doubt" if name is only is None else "nothing of that is left in doubt"]
        )
    elif sys.stdin.isatty() and sys.stdout.isatty():
        Dialogue(lookup, doubts, decisions, limit).run()
    else:
        write_lines(_listing(shown))
        if len(shown) < len(doubts):
            write_lines([f"the first {len(shown)} of {len(doubts):,}; --limit 0 shows all"])


def _about(doubt: OpenDoubt, name: str) -> bool:
    """Whether a name that is asked about is `name`, or ends with it as with a family name; compared by slug."""
    from kg.resolve.keys import slug

    asked = (doubt.a,) if doubt.kind == "kind" else (doubt.a, doubt.b)
    return any(f"-{slug(one)}".endswith(f"-{slug(name)}") for one in asked)


def _listing(doubts: Iterable[OpenDoubt]) -> Iterator[str]:
    for doubt in doubts:
        yield f"{doubt.score:8.1f}  {question(doubt)}"
        yield f"          {evidence(doubt)}"
