"""Queries with a name: the files `queries/*.rq`, each with its title, description and parameters in its head.

The head of a file is comments: the title, the description, then a line `# ?name: …` (or `# ?name required: …`) for each
parameter. The parameter's kind, and its default or example, is the value in the query's block `VALUES ?name { … }`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Final

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES
from kg.store.parameters import ParameterKind, slots
from kg.store.results import Value
from kg.store.syntax import check_query

_PARAMETER: Final = re.compile(r"\?(\w+)( required)?: (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be given. `example` is the value in its text: the default unless `required`."""

    name: str
    kind: ParameterKind
    description: str
    required: bool
    example: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of `queries/`; `sparql` runs as it is, with the examples for parameters."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def require(self, bindings: Mapping[str, Value]) -> None:
        """Raise `UsageError` for the first required parameter that `bindings` lacks."""
        for parameter in self.parameters:
            if parameter.required and parameter.name not in bindings:
                raise UsageError(
                    f"the query {self.name} needs {parameter.name}, {parameter.description}: "
                    f'--set {parameter.name}="{parameter.example}"'
                )


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
        parameters.append(Parameter(slot.name, slot.kind, match[3], match[2] is not None, slot.value))
    if found:
        raise ValueError(f"{name}: the head does not describe {', '.join(found)}")
    return NamedQuery(name, head[0], head[1], tuple(parameters), text)
