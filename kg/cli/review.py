"""`kg review`: ask a person what the build could not decide, and keep the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.decision_file import Answer, append_answer
from kg.cli.output import one_line, write_json, write_lines
from kg.errors import UsageError
from kg.model import TagKind

if TYPE_CHECKING:
    from kg.store.doubts import Bearer, OpenDoubt
    from kg.store.lookup import Lookup


def review(
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

    What the file answers already is not asked again; the next build with that file applies it. Without a terminal
    the questions are listed.

    \b
    kg review
    kg review --limit 50 --decisions mine.csv
    """
    from kg.outputs import find_output
    from kg.resolve.decisions import read_decisions
    from kg.store.cards import open_tables
    from kg.store.doubts import open_doubts

    given = read_decisions(decisions) if decisions.exists() else ()
    answered = {_question(row.action, row.a, row.b) for row in given if row.action != "name"}
    lookup = open_tables(find_output(out, "tables"))
    doubts = [
        doubt for doubt in open_doubts(lookup) if _question(doubt.kind, doubt.a, doubt.b) not in answered
    ]
    shown = doubts[:limit] if limit else doubts
    if as_json:
        write_json([asdict(doubt) for doubt in shown])
    elif not doubts:
        write_lines(["nothing is left in doubt"])
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _ask_all(lookup, shown, decisions)
    else:
        write_lines(_listing(shown))
        if len(shown) < len(doubts):
            write_lines([f"the first {len(shown)} of {len(doubts):,}; --limit 0 shows all"])


def _question(action: str, a: str, b: str) -> tuple[str, ...]:
    """What a doubt asks and a decision answers: the pair in either order, or the tag; names by slug, as in a build."""
    from kg.resolve.keys import slug

    return ("kind", slug(a)) if action == "kind" else ("same", *sorted((slug(a), slug(b))))


def _listing(doubts: Iterable[OpenDoubt]) -> Iterator[str]:
    for doubt in doubts:
        yield f"{doubt.score:8.1f}  {_asked(doubt)}"
        yield f"          {_evidence(doubt)}"


def _asked(doubt: OpenDoubt) -> str:
    if doubt.kind == "kind":
        return f"of what kind is the tag “{one_line(doubt.a)}”?" + (
            f" {one_line(doubt.b)}?" if doubt.b else ""
        )
    return f"are “{one_line(doubt.a)}” and “{one_line(doubt.b)}” the same?"


def _evidence(doubt: OpenDoubt) -> str:
    return f"{one_line(doubt.evidence)} ({one_line(doubt.path)}:{doubt.line})"


def _ask_all(lookup: Lookup, doubts: list[OpenDoubt], decisions: Path) -> None:
    given = 0
    for number, doubt in enumerate(doubts, 1):
        write_lines(_presented(lookup, doubt, f"{number} of {len(doubts)}"))
        try:
            answer = _ask(doubt)
        except (EOFError, KeyboardInterrupt):
            write_lines([""])
            break
        if answer == "quit":
            break
        if answer != "next":
            action, b = ("kind", answer) if doubt.kind == "kind" else (answer, doubt.b)
            row = Answer(action, doubt.a, b, f"kg review: {one_line(doubt.evidence)}")
            given += _kept(decisions, row)
    if given:
        write_lines([f"{given} answers in {decisions}; the next build applies them: --decisions {decisions}"])


def _kept(decisions: Path, answer: Answer) -> bool:
    """Append the answer; where the file refuses it, say so and go on."""
    try:
        append_answer(decisions, answer)
    except UsageError as error:
        write_lines([f"not kept: {one_line(str(error))}"])
        return False
    return True


def _presented(lookup: Lookup, doubt: OpenDoubt, place: str) -> Iterator[str]:
    from kg.store.doubts import bearers

    yield ""
    yield f"{place}, weight {doubt.score:.1f}: {_asked(doubt)}"
    yield f"  {_evidence(doubt)}"
    for name in (doubt.a,) if doubt.kind == "kind" else (doubt.a, doubt.b):
        found = bearers(lookup, name)
        if not found:
            yield f"  {one_line(name)}: no node of that name"
        for bearer in found:
            yield f"  {one_line(name)}: {_bearer(bearer)}"
            yield from (f"      {one_line(headline)}" for headline in bearer.headlines)


def _bearer(bearer: Bearer) -> str:
    parts = [bearer.kind, f"{bearer.articles:,} articles"]
    if bearer.first:
        parts.append(f"{bearer.first} to {bearer.last}")
    return ", ".join([*parts, *map(one_line, bearer.roles)])


def _ask(doubt: OpenDoubt) -> str:
    """The answer: same, different, next or quit, or the kind of a tag. Raises `EOFError` at the end of input."""
    kinds = ", ".join(TagKind)
    asks_kind = doubt.kind == "kind"
    choices = (
        f"k and a kind ({kinds}), n(ext), q(uit)" if asks_kind else "s(ame), d(ifferent), n(ext), q(uit)"
    )
    allowed = ("next", "quit") if asks_kind else ("same", "different", "next", "quit")
    while True:
        typed = input(f"{choices}: ").strip().lower()
        word, _, rest = typed.partition(" ")
        if asks_kind and word in {"k", "kind"}:
            if kind := _only(rest.strip(), TagKind):
                return kind
        elif answer := _only(typed, allowed):
            return answer
        write_lines(["that is none of them"])


def _only(typed: str, words: Iterable[str]) -> str | None:
    """The one of `words` that begins with what was typed; none where it is empty or fits several."""
    fitting = [str(word) for word in words if typed and word.startswith(typed)]
    return fitting[0] if len(fitting) == 1 else None
