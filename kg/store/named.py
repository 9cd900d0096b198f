"""Queries with a name: the files `queries/*.rq`, each with its title, description and parameters in its head.

The head of a file is comments: the title, the description, then a line `# ?name: …` (or `# ?name required: …`) for each
parameter. The parameter's kind, and its default or example, is the value in the query's block `VALUES ?name { … }`.
A parameter that takes the name of something says of what, one of `NAMEABLE`, and gives an example, whose address is in
the block: `# ?person required person "Hanna Kolb": …`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES
from kg.store.lookup import ARTICLES, Lookup
from kg.store.parameters import ParameterKind, slots
from kg.store.results import Iri, Value
from kg.store.syntax import check_query

NAMEABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("person",),
    "author": ("person", "organization"),
    "tag": ("tag",),
    "article": ARTICLES,
}
"""What a parameter can take the name of, and the kinds of nodes that are it (see `kg.store.tables`)."""

_PARAMETER: Final = re.compile(rf"\?(\w+)( required)?(?: ({'|'.join(NAMEABLE)}) \"(.+?)\")?: (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be given. `example` is the value in its text: the default unless `required`.

    `names` is the key of `NAMEABLE` for what it takes the name of; `example` is such a name then.
    """

    name: str
    kind: ParameterKind
    description: str
    required: bool
    example: str
    names: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `queries/`; `sparql` runs as it is, with the examples for parameters."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def require(self, bindings: Mapping[str, Value]) -> None:
        """Raise `UsageError` for a binding of no parameter, and for the first required parameter that has none."""
        names = [parameter.name for parameter in self.parameters]
        for unknown in [name for name in bindings if name not in names]:
            takes = f"it takes {', '.join(names)}" if names else "it takes none"
            raise UsageError(f"the query {self.name} has no parameter {unknown!r}; {takes}")
        for parameter in self.parameters:
            if parameter.required and parameter.name not in bindings:
                raise UsageError(
                    f"the query {self.name} needs {parameter.name}, {parameter.description}: "
                    f'--set {parameter.name}="{parameter.example}"'
                )

    @property
    def asks_evidence(self) -> bool:
        """Whether it looks into the evidence, which only builds with `--evidence` have as triples."""
        return any(token.kind == "GRAPH" for token in check_query(self.sparql, PREFIXES).tokens)

    def resolved(self, bindings: Mapping[str, Value], tables: Path) -> dict[str, Value]:
        """`bindings` with the address of what each name means, in the graph whose tables are in the folder `tables`.

        Raises `NotFoundError` as `kg.store.lookup.Lookup.find` does.
        """
        found = dict(bindings)
        given = [p for p in self.parameters if p.names is not None and _is_name(found.get(p.name))]
        if given:
            lookup = Lookup(tables)
            for p in given:
                found[p.name] = Iri(lookup.find(str(found[p.name]), NAMEABLE[p.names or ""]))
        return found


def _is_name(value: Value | None) -> bool:
    """Whether a value may name something: text, an address, or a number, as articles have."""
    return isinstance(value, str | int) and not isinstance(value, bool)


@cache
def named_queries() -> tuple[NamedQuery, ...]:
    """All of them, by name."""
    folder = files("kg.store") / "queries"
    paths = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".rq")), key=lambda path: path.name
    )
    return tuple(
        parse_named_query(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8")) for path in paths
    )


def find_query(name: str) -> NamedQuery:
    """The query of that name. Raises `UsageError`, which says what is near it."""
    queries = {query.name: query for query in named_queries()}
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries, 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "kg query --list shows all"
    raise UsageError(f"there is no query named {name!r}; {hint}")


def parse_named_query(name: str, text: str) -> NamedQuery:
    """Read a query with its head. Raises `ValueError` where head and query disagree on the parameters."""
    head = [line[1:].strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    if len(head) < 2:
        raise ValueError(f"{name}: the head lacks its title or description")
    found = {slot.name: slot for slot in slots(check_query(text, PREFIXES))}
    parameters = []
    for line in head[2:]:
        match = _PARAMETER.fullmatch(line)
        if match is None or match[1] not in found:
            raise ValueError(f"{name}: no parameter of the query: {line}")
        slot = found.pop(match[1])
        required, example = match[2] is not None, match[4] or slot.value
        parameters.append(Parameter(slot.name, slot.kind, match[5], required, example, match[3]))
    if found:
        raise ValueError(f"{name}: the head does not describe {', '.join(found)}")
    return NamedQuery(name, head[0], head[1], tuple(parameters), text)
