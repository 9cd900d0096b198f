"""Answers of a query as Python values, from a store opened in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.rdf.vocabulary import XSD

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple


class Iri(str):
    """An IRI in a row: a string that remembers that it is a node's address and not a text."""

    __slots__ = ()


Value: TypeAlias = str | int | float | bool | date | None
"""A cell: `Iri` for a node, `None` for unbound, otherwise what the datatype says; unknown datatypes stay text."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a query: `rows` in the query's order, each as long as `variables` (names without `?`)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def dicts(self) -> list[dict[str, Value]]:
        """The rows by variable name."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


_READERS: Final[Mapping[str, Callable[[str], Value]]] = {
    XSD + "boolean": _boolean,
    XSD + "date": date.fromisoformat,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "integer": int,
    XSD + "nonNegativeInteger": int,
    XSD + "positiveInteger": int,
}


def literal_value(text: str, datatype: str) -> Value:
    """A literal as a Python value; what is not well-formed for its datatype stays text.

    >>> literal_value("2024-12-04", "http://www.w3.org/2001/XMLSchema#date")
    datetime.date(2024, 12, 4)
    """
    reader = _READERS.get(datatype)
    if reader is None:
        return text
    try:
        return reader(text)
    except (ValueError, KeyError):
        return text


def term_value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """A term of a solution as a Python value; a blank node as `_:label`."""
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if isinstance(term, Literal):
        return literal_value(term.value, term.datatype.value)
    return str(term)
