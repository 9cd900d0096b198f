"""What people decided: a file of rows that beat every rule, replayed on every build."""

from __future__ import annotations

import csv
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from kg.errors import UsageError
from kg.model import Decision, Finding, NodeKind, Ref, TagKind
from kg.resolve.joins import Joins
from kg.resolve.keys import collapse, slug

COLUMNS = ("action", "a", "b", "comment")
FILE_NAME = "decisions.csv"
"""The name of the file that findings point to; where it stands is nothing that the graph may depend on."""

_THINGS = (NodeKind.PERSON, NodeKind.ORGANIZATION, NodeKind.PLACE)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a decisions file: CSV in UTF-8 with the header `action,a,b,comment`.

    `same` and `different` take two names, `kind` a name or tag and what it is (person, organization, place, topic,
    series), `name` a name and how it is to be spelled. Raises `UsageError` with file and line for anything else, and
    for rows that contradict each other.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path.name}: {error}") from error
    decisions = []
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for number, row in enumerate(rows):
            line, start = start, rows.line_num + 1
            if number == 0:
                if tuple(row) != COLUMNS:
                    raise _error(path, line, f"the first line must be {','.join(COLUMNS)}")
            elif any(cell.strip() for cell in row):
                decisions.append(_decision(path, line, row))
    except csv.Error as error:
        raise _error(path, rows.line_num, str(error)) from error
    _refuse_contradictions(path, decisions)
    return tuple(decisions)


def _decision(path: Path, line: int, row: list[str]) -> Decision:
    if not 3 <= len(row) <= 4:
        raise _error(path, line, f"needs {len(COLUMNS)} columns, has {len(row)}")
    action, a, b, comment = (collapse(cell) for cell in [*row, ""][:4])
    if action not in {"same", "different", "kind", "name"}:
        raise _error(path, line, f"unknown action `{action}`: same, different, kind or name")
    if not a or not b:
        raise _error(path, line, f"`{action}` needs both a and b")
    if action == "kind" and b not in set(TagKind):
        raise _error(path, line, f"unknown kind `{b}`: {', '.join(TagKind)}")
    if action in {"same", "different"} and a == b:
        raise _error(path, line, "a and b are one spelling")
    if action == "different" and slug(a) == slug(b):
        raise _error(path, line, "a and b have one address, and so cannot be told apart by their spelling")
    return Decision(action, a, b, comment, line)


def _refuse_contradictions(path: Path, decisions: Iterable[Decision]) -> None:
    rows = list(decisions)
    joins = Joins()
    for row in rows:
        if row.action == "same":
            joins.join(slug(row.a), slug(row.b), "decision")
    said: dict[tuple[str, str], Decision] = {}
    for row in rows:
        if row.action == "different" and joins.root(slug(row.a)) == joins.root(slug(row.b)):
            by = _told_same(slug(row.a), slug(row.b), rows)
            raise _error(path, row.line, f"`{row.a}` and `{row.b}` are the same by {by}")
        if row.action in {"kind", "name"}:
            before = said.setdefault((row.action, slug(row.a)), row)
            if before.b != row.b:
                raise _error(path, row.line, f"line {before.line} says `{before.b}` of `{row.a}`")


def _told_same(one: str, other: str, rows: Iterable[Decision]) -> str:
    """The fewest rows `same` that lead from one slug to the other, by their lines; a breadth-first search."""
    beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        if row.action == "same":
            beside[slug(row.a)].append((slug(row.b), row.line))
            beside[slug(row.b)].append((slug(row.a), row.line))
    ways: dict[str, tuple[int, ...]] = {one: ()}
    todo = deque([one])
    while other not in ways:
        key = todo.popleft()
        for near, line in beside[key]:
            if near not in ways:
                ways[near] = (*ways[key], line)
                todo.append(near)
    *lines, last = map(str, sorted(ways[other]))
    return f"lines {', '.join(lines)} and {last}" if lines else f"line {last}"


def _error(path: Path, line: int, message: str) -> UsageError:
    return UsageError(f"{path.name}:{line}: {message}")


@dataclass(slots=True)
class Decided:
    """The decisions by slug, ready to be asked."""

    rows: tuple[Decision, ...] = ()
    same: list[tuple[str, str]] = field(default_factory=list)
    apart: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, TagKind] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(rows: Iterable[Decision]) -> Decided:
        """Index the rows."""
        decided = Decided(tuple(rows))
        for row in decided.rows:
            a, b = slug(row.a), slug(row.b)
            match row.action:
                case "same":
                    decided.same.append((a, b))
                case "different":
                    decided.apart.append((a, b))
                case "kind":
                    decided.kinds[a] = TagKind(row.b)
                case _:
                    decided.names[a] = row.b
        return decided

    def is_kind(self, key: str, kind: TagKind, *, otherwise: bool) -> bool:
        """Whether the name is of that kind by decision, or, where nothing is decided, `otherwise`."""
        return self.kinds[key] is kind if key in self.kinds else otherwise

    def unused(
        self, names: Collection[str], refs: Mapping[Ref, Ref], tags: Collection[str]
    ) -> Iterator[Finding]:
        """Findings for rows that change nothing.

        `names` and `tags` are slugs of the archive; `refs` leads each kind and slug of what is there to its entity.
        """
        for row in self.rows:
            asked = [row.a, row.b] if row.action in {"same", "different"} else [row.a]
            missing = [name for name in asked if slug(name) not in names]
            why = (
                f"the archive does not name {' and '.join(f'`{name}`' for name in missing)}"
                if missing
                else _unmet(row, refs, tags)
            )
            if why:
                yield Finding(
                    "decision-unused", FILE_NAME, row.line, f"`{row.action}` decides nothing: {why}"
                )


class Settled:
    """What decisions answer, by themselves and by what follows from them: of same names one answer is that of all."""

    def __init__(self, rows: Iterable[Decision]) -> None:
        decided = Decided.of(rows)
        self._kinds = decided.kinds
        self._joins = Joins(decided.apart)
        for one, other in decided.same:
            self._joins.join(one, other, "decision")

    def has_kind(self, tag: str) -> bool:
        """Whether the kind of that tag or name is decided."""
        return slug(tag) in self._kinds

    def has_pair(self, a: str, b: str) -> bool:
        """Whether it is decided that two names are the same, or that they are not."""
        one, other = slug(a), slug(b)
        return self._joins.root(one) == self._joins.root(other) or not self._joins.may_join(one, other)


def _unmet(row: Decision, refs: Mapping[Ref, Ref], tags: Collection[str]) -> str | None:
    """Why a row about names of the archive changes nothing; None where it holds."""
    key = slug(row.a)
    borne = {kind: refs[Ref(kind, key)] for kind in _THINGS if Ref(kind, key) in refs}
    match row.action:
        case "same":
            other = slug(row.b)
            if not any(refs.get(Ref(kind, other)) == ref for kind, ref in borne.items()):
                return f"`{row.a}` and `{row.b}` are not both persons, organisations or places of one kind"
        case "kind" if key not in tags:
            if row.b in set(_THINGS):
                return (
                    None if NodeKind(row.b) in borne else f"nothing shows that `{row.a}` is more than a word"
                )
            if borne:
                return f"`{row.a}` stays of the kind {min(borne)}, as rows of dumps or other decisions say"
        case "name" if not borne:
            return f"`{row.a}` is no person, organisation or place"
    return None
