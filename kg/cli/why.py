"""`kg why`: the quotes, rules and places behind a node, an article's statements, or two names being one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import one_line, write_json, write_lines
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.doubts import OpenDoubt
    from kg.store.reasons import ArticleReasons, Comparison, NodeReasons, Quote, Spelling


def why(
    names: Annotated[
        list[str],
        typer.Argument(metavar="[ARTICLE] NAME", help="A name, or an article (number, headline) and a name."),
    ],
    same: Annotated[bool, typer.Option("--same", help="Compare two names: are they one, and why?")] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Entries of each list; 0 shows all.")
    ] = 20,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Write all reasons as JSON.")] = False,
) -> None:
    """Say why the graph says what it says: quotes with file and line, rules, confidence.

    \b
    kg why "Hanna Kolb"
    kg why 6021874 "Hanna Kolb"
    kg why --same "Andrij Bondarez" "Andriy Bondarets"
    """
    if len(names) > 2 or (same and len(names) != 2):
        raise UsageError("give a name, an article and a name, or --same and two names")
    from kg.outputs import find_output
    from kg.store import reasons
    from kg.store.cards import open_tables
    from kg.store.lookup import ARTICLES, THINGS

    lookup = open_tables(find_output(out, "tables"))
    answer: Comparison | ArticleReasons | NodeReasons
    if same:
        answer = reasons.compare(lookup, *names)
        lines = _comparison(answer, limit or None)
    elif len(names) == 2:
        article, thing = lookup.find(names[0], ARTICLES), lookup.find(names[1], THINGS)
        answer = reasons.article_reasons(lookup, article, thing)
        lines = _article(answer, limit or None)
    else:
        thing = lookup.find(names[0])
        if lookup.kind(thing) in ARTICLES:
            raise UsageError(
                f"“{names[0]}” is an article: add the name that you ask about, or use kg show for all that it names"
            )
        answer = reasons.node_reasons(lookup, thing, None if as_json else limit or None)
        lines = _node(answer, limit or None)
    if as_json:
        write_json(asdict(answer))
    else:
        write_lines(lines)


def _node(answer: NodeReasons, limit: int | None) -> Iterator[str]:
    yield one_line(answer.name)
    kind = f"tag: {one_line(answer.tag_kind)}" if answer.tag_kind else answer.kind
    if answer.kind_basis:
        kind += f", because {one_line(answer.kind_basis)}"
    yield f"{kind} · {answer.iri}" + (f" · names “{one_line(answer.focus)}”" if answer.focus else "")
    if answer.tags:
        yield f"named by the tag {', '.join(map(one_line, answer.tags))}"
    if answer.spellings:
        yield from ("", "Spellings, and the rule that gave or joined each")
        yield from _cut([_spelling(one) for one in answer.spellings], limit)
    if answer.mentions:
        yield from ("", "Mentions by basis")
        for ground in answer.mentions:
            yield f"  {ground.basis} {ground.count:,}, confidence {_confidence(ground.confidence)} or more"
            for quote in ground.quotes:
                date = f" of {quote.date}" if quote.date else ""
                yield _quoted(quote)
                yield f"{_source(quote)}, “{one_line(quote.headline)}”{date}"
            if len(ground.quotes) < ground.count:
                yield f"    and {ground.count - len(ground.quotes):,} more; --limit 0 shows all"
    if answer.edges:
        yield from ("", "Other statements of articles, each with the first place")
        for edge in answer.edges:
            reason = f" ({edge.basis})" if edge.basis else ""
            yield f"  {edge.relation}{reason} {edge.articles:,}{_place(edge.path, edge.line)}"
    yield from _doubts(answer.doubts, limit)


def _article(answer: ArticleReasons, limit: int | None) -> Iterator[str]:
    yield f"{one_line(answer.name)} in “{one_line(answer.headline)}”" + (
        f" of {answer.date}" if answer.date else ""
    )
    yield f"{answer.kind} · {answer.iri} · {answer.article}"
    if answer.quotes:
        yield from ("", "Mentions")
        quotes = [
            f"  {one.basis}, confidence {_confidence(one.confidence)}, {one.part}\n{_quoted(one)}\n{_source(one)}"
            for one in answer.quotes
        ]
        yield from _cut(quotes, limit)
    if answer.edges:
        yield from ("", "Other statements")
        for edge in answer.edges:
            reason = f" ({edge.basis})" if edge.basis else ""
            yield f"  {edge.relation} {one_line(edge.name)}{reason}{_place(edge.path, edge.line)}"


def _comparison(answer: Comparison, limit: int | None) -> Iterator[str]:
    a, b = answer.a, answer.b
    if answer.same:
        yield f"“{one_line(a.asked)}” and “{one_line(b.asked)}” are one {a.kind}: {one_line(a.name)}"
        yield a.iri
    else:
        yield f"“{one_line(a.asked)}” and “{one_line(b.asked)}” are kept apart"
    for side in (a, b):
        yield ""
        yield f"{one_line(side.asked)}: {side.kind} {one_line(side.name)} · {side.iri}"
        yield from _cut([_spelling(one) for one in side.spellings], limit)
        if side.quote is not None:
            yield _quoted(side.quote)
            yield _source(side.quote)
    if not answer.same:
        if not answer.doubts:
            yield from ("", "No rule joins them, and nothing leaves it in doubt.")
        yield from _doubts(answer.doubts, limit)


def _spelling(one: Spelling) -> str:
    evidence = f": {one_line(one.evidence)}" if one.evidence else ""
    times = "once" if one.count == 1 else f"{one.count:,} times"
    return f"  {one_line(one.spelling)} - {one_line(one.rule)}, {times}{_place(one.path, one.line)}{evidence}"


def _quoted(quote: Quote) -> str:
    before = f"…{quote.prefix}" if quote.prefix else ""
    after = f"{quote.suffix}…" if quote.suffix else ""
    return "    " + one_line(f"{before}[{quote.exact}]{after}")


def _source(quote: Quote) -> str:
    return f"    {one_line(quote.path)}:{quote.line}"


def _doubts(doubts: Iterable[OpenDoubt], limit: int | None) -> Iterator[str]:
    lines = [
        f"  {one_line(doubt.kind)}: {one_line(doubt.a)} / {one_line(doubt.b)}{_place(doubt.path, doubt.line)}: "
        f"{one_line(doubt.evidence)}"
        for doubt in doubts
    ]
    if lines:
        yield from ("", "In doubt; kg review asks")
        yield from _cut(lines, limit)


def _cut(lines: list[str], limit: int | None) -> Iterator[str]:
    yield from lines[:limit]
    if limit is not None and len(lines) > limit:
        yield f"  and {len(lines) - limit} more; --limit 0 shows all"


def _place(path: str | None, line: int | None) -> str:
    return f", {one_line(path)}:{line}" if path and line is not None else ""


def _confidence(value: float) -> str:
    return f"{value:.2f}"
