"""The dialogue of `kg review`: one question after the other, each answer kept before the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.cli.decision_file import Answer, append_answer, take_back
from kg.cli.output import indented, one_line, write_lines
from kg.errors import UsageError
from kg.model import TagKind

if TYPE_CHECKING:
    from kg.store.bearers import Bearer
    from kg.store.doubts import OpenDoubt
    from kg.store.lookup import Lookup

_STEPS: Final = ("next", "back", "quit")


def question(doubt: OpenDoubt) -> str:
    """What is asked, on one line."""
    if doubt.kind == "kind":
        now = f" (now {one_line(doubt.b)})" if doubt.b else ""
        return f"of what kind is the tag “{one_line(doubt.a)}”{now}?"
    return f"are “{one_line(doubt.a)}” and “{one_line(doubt.b)}” the same?"


def evidence(doubt: OpenDoubt) -> str:
    """Why it is in doubt, and where the name stands first; that of a tag has places of its own."""
    place = "" if doubt.kind == "kind" else f" ({one_line(doubt.path)}:{doubt.line})"
    return one_line(doubt.evidence) + place


def unanswered(doubts: Iterable[OpenDoubt], decisions: Path) -> list[OpenDoubt]:
    """The doubts that no row of the file answers, and nothing that follows from its rows."""
    from kg.resolve.decisions import Settled, read_decisions

    settled = Settled(read_decisions(decisions) if decisions.exists() else ())
    return [
        doubt
        for doubt in doubts
        if not (settled.has_kind(doubt.a) if doubt.kind == "kind" else settled.has_pair(doubt.a, doubt.b))
    ]


class Dialogue:
    """A walk through `doubts`, of which at most `limit` are asked; 0 asks all."""

    def __init__(self, lookup: Lookup, doubts: Sequence[OpenDoubt], decisions: Path, limit: int) -> None:
        self._lookup = lookup
        self._doubts = doubts
        self._decisions = decisions
        self._limit = limit
        self._asked: list[tuple[OpenDoubt, Answer | None]] = []  # those put off have no answer

    def run(self) -> None:
        """Ask until there is nothing left to ask, or somebody leaves; then say what has come of it."""
        try:
            while (waiting := self._waiting()) and not 0 < self._limit <= len(self._asked):
                write_lines(_presented(self._lookup, waiting[0], self._place(waiting)))
                if not self._ask(waiting[0]):
                    break
        except (EOFError, KeyboardInterrupt):
            write_lines([""])
        write_lines(self._summary())

    def _waiting(self) -> list[OpenDoubt]:
        asked = {doubt for doubt, _ in self._asked}
        return [doubt for doubt in unanswered(self._doubts, self._decisions) if doubt not in asked]

    def _place(self, waiting: Sequence[OpenDoubt]) -> str:
        every = len(self._asked) + len(waiting)
        planned = min(self._limit or every, every)
        more = f" ({len(waiting):,} open)" if planned < every else ""
        return f"{len(self._asked) + 1} of {planned:,}{more}"

    def _ask(self, doubt: OpenDoubt) -> bool:
        """Ask until there is an answer; False where it is to leave."""
        while True:
            match _typed(doubt):
                case "quit":
                    return False
                case "back":
                    if self._go_back():
                        return True
                case "next":
                    self._asked.append((doubt, None))
                    return True
                case answer:
                    action, b = ("kind", answer) if doubt.kind == "kind" else (answer, doubt.b)
                    row = Answer(action, doubt.a, b, f"kg review: {one_line(doubt.evidence)}")
                    if _done(append_answer, self._decisions, row, "kept"):
                        self._asked.append((doubt, row))
                        return True

    def _go_back(self) -> bool:
        """Put the last question back, and take its answer out of the file."""
        if not self._asked:
            write_lines(["this is the first question"])
            return False
        _, answer = self._asked[-1]
        if answer is not None and not _done(take_back, self._decisions, answer, "taken back"):
            return False
        self._asked.pop()
        return True

    def _summary(self) -> Iterator[str]:
        given = sum(answer is not None for _, answer in self._asked)
        left = len(unanswered(self._doubts, self._decisions))
        still = f"{_counted(left, 'question')} left"
        if given:
            file = one_line(str(self._decisions))
            yield f"{_counted(given, 'answer')} in {file}, {still}; the next build applies them: --decisions {file}"
        else:
            yield f"no answer, {still}"


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}" if number < 2 else f"{number:,} {what}s"


def _done(change: Callable[[Path, Answer], None], decisions: Path, answer: Answer, what: str) -> bool:
    """Change the file; where it refuses, say so and go on."""
    try:
        change(decisions, answer)
    except UsageError as error:
        write_lines([f"not {what}: {one_line(str(error))}"])
        return False
    return True


def _presented(lookup: Lookup, doubt: OpenDoubt, place: str) -> Iterator[str]:
    from kg.store.bearers import bearers, in_common

    yield ""
    yield from indented(f"{place}, weight {doubt.score:g}: {question(doubt)}", 0)
    yield from indented(evidence(doubt), 2)
    sides = [bearers(lookup, name) for name in ((doubt.a,) if doubt.kind == "kind" else (doubt.a, doubt.b))]
    for name, found in zip((doubt.a, doubt.b), sides, strict=False):
        if not found:
            yield from indented(f"{one_line(name)}: by itself not in the graph", 2)
        for bearer in found:
            yield from indented(f"{one_line(name)}: {_bearer(bearer)}", 2)
            for sight in bearer.sights:
                yield from indented(f"{sight.date or 'no date'}, “{one_line(sight.headline)}”", 4)
                yield from indented(f"{one_line(sight.words)} ({one_line(sight.path)}:{sight.line})", 6)
    if len(sides) == 2 and all(sides):
        common = in_common(lookup, sides[0][0].iri, sides[1][0].iri)
        told = f"{_counted(common.articles, 'article')} with both"
        names = f"; in common: {', '.join(map(one_line, common.names))}" if common.names else ""
        yield from indented(told + names, 2)


def _bearer(bearer: Bearer) -> str:
    parts = [bearer.kind, _counted(bearer.articles, "article")]
    if bearer.first:
        parts.append(bearer.first if bearer.first == bearer.last else f"{bearer.first} to {bearer.last}")
    return ", ".join([*parts, *map(one_line, bearer.roles)])


def _typed(doubt: OpenDoubt) -> str:
    """The answer, as a whole word: a step, same or different, or the kind of a tag. Raises `EOFError` at the end."""
    answers = tuple(TagKind) if doubt.kind == "kind" else ("same", "different")
    words = (*map(str, answers), *_STEPS)
    choices = ", ".join(_with_short(word, words) for word in words)
    while True:
        try:
            typed = input(f"{choices}: ").strip().lower()
        except UnicodeDecodeError:
            typed = ""
        fitting = [word for word in words if typed and word.startswith(typed)]
        if len(fitting) == 1:
            return fitting[0]
        write_lines(["that is none of them"])


def _with_short(word: str, words: Iterable[str]) -> str:
    """The word with all after its shortest clear beginning in brackets: `s(ame)`, `pe(rson)`."""
    others = [other for other in words if other != word]
    length = next(n for n in range(1, len(word) + 1) if not any(o.startswith(word[:n]) for o in others))
    return f"{word[:length]}({word[length:]})"
