"""Parameters of a query: its blocks `VALUES ?name { … }`, whose data are replaced by a value.

The text stays a whole query with its example value in it, so any SPARQL tool runs it as it is; a value is written
as a term with exact escaping, in the place of a term, and can be nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from kg.errors import UsageError
from kg.rdf.vocabulary import XSD, XSD_BOOLEAN, XSD_DATE, XSD_INTEGER
from kg.store.results import Iri, Value
from kg.store.syntax import CheckedQuery
from kg.store.tokens import Token

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]*")
_ESCAPED: Final = re.compile(r'\\[uU]|["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class ParameterKind(StrEnum):
    """What a parameter takes; told by the value that stands in the query."""

    TEXT = "text"
    INTEGER = "number"
    DATE = "date"
    IRI = "IRI"


@dataclass(frozen=True, slots=True)
class Slot:
    """One block `VALUES ?name { … }`: the offsets of its data in the query's text."""

    name: str
    kind: ParameterKind
    value: str
    start: int
    end: int


def slots(query: CheckedQuery) -> tuple[Slot, ...]:
    """The blocks `VALUES ?name { … }` of a query in their order; a name can have several."""
    tokens = query.tokens
    found = []
    for index, token in enumerate(tokens[:-3]):
        name, opening = tokens[index + 1], tokens[index + 2]
        if token.kind == "VALUES" and name.kind == "variable" and opening.kind == "{":
            closing = next(i for i in range(index + 3, len(tokens)) if tokens[i].kind == "}")
            data = tokens[index + 3 : closing]
            start, end = opening.end, tokens[closing].start
            value = _shown(data, query.text[start:end].strip())
            found.append(Slot(name.text[1:], _kind(data), value, start, end))
    return tuple(found)


def bind(query: CheckedQuery, values: Mapping[str, Value]) -> str:
    """The text of `query` with the data of each block that `values` names replaced by that one value.

    A string becomes what the block's own data are: a text, a number, a date or an IRI. `None` leaves the variable
    open (UNDEF).
    Raises `UsageError` for a name that is no parameter and for a value that cannot be of its kind.
    """
    found = slots(query)
    names = sorted({slot.name for slot in found})
    for name in values:
        if name not in names:
            raise UsageError(_unknown(name, names))
    text = query.text
    for slot in reversed(found):
        if slot.name in values:
            text = f"{text[: slot.start]} {_term(slot, values[slot.name])} {text[slot.end :]}"
    return text


def _unknown(name: str, names: list[str]) -> str:
    if not names:
        return (
            f"the query has no parameter {name!r}: a parameter is a block VALUES ?{name} {{ … }} in its text"
        )
    near = get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}"
    return f"the query has no parameter {name!r}; {hint}"


def _kind(data: tuple[Token, ...]) -> ParameterKind:
    if len(data) == 1 and data[0].kind in {"integer", "signed_integer"}:
        return ParameterKind.INTEGER
    if len(data) == 1 and data[0].kind in {"iri", "prefixed_name"}:
        return ParameterKind.IRI
    if len(data) == 3 and data[1].kind == "^^" and data[2].text in {"xsd:date", f"<{XSD_DATE}>"}:
        return ParameterKind.DATE
    return ParameterKind.TEXT


def _shown(data: tuple[Token, ...], text: str) -> str:
    """The value as a person would type it after `--set name=`."""
    return data[0].text.strip("\"'") if data and data[0].kind == "string" else text


def _term(slot: Slot, value: Value) -> str:
    """The value as a SPARQL term."""
    match value:
        case None:
            return "UNDEF"
        case Iri():
            return _iri(slot, value)
        case str():
            return _from_text(slot, value)
        case bool():
            text, datatype = str(value).lower(), XSD_BOOLEAN
        case int():
            text, datatype = str(value), XSD_INTEGER
        case float():
            text, datatype = repr(value), XSD + "double"
        case date():
            text, datatype = value.isoformat(), XSD_DATE
    return f'"{text}"^^<{datatype}>'


def _from_text(slot: Slot, value: str) -> str:
    match slot.kind:
        case ParameterKind.IRI:
            return _iri(slot, value)
        case ParameterKind.INTEGER:
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
                raise UsageError(f"{slot.name} takes a whole number such as {slot.value}, not {value!r}")
            return f'"{int(value)}"^^<{XSD_INTEGER}>'
        case ParameterKind.DATE:
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise UsageError(f"{slot.name} takes a date such as {slot.value}, not {value!r}") from None
            return f'"{day.isoformat()}"^^<{XSD_DATE}>'
        case ParameterKind.TEXT:
            return _string(slot, value)


def _iri(slot: Slot, value: str) -> str:
    if not _IRI.fullmatch(value):
        raise UsageError(f"{slot.name} takes an absolute IRI such as {slot.value}, not {value!r}")
    return f"<{value}>"


def _string(slot: Slot, value: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"{slot.name} holds bytes that are no text: {value!r}")
    # The graph's texts are NFC; a terminal may hand over decomposed letters.
    return '"' + _ESCAPED.sub(_escape, normalize("NFC", value)) + '"'


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ESCAPES:
        return _ESCAPES[found]
    # `\\u` could be read as the beginning of `\uXXXX` by an engine that expands those before it looks for strings, and
    # such an engine may take eight digits for four: hence the letter itself is written as eight.
    return ("\\\\" if found[0] == "\\" else "") + f"\\U{ord(found[-1]):08X}"
