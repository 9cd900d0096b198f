"""Is this text a SPARQL 1.1 query that may run here? Told before the engine sees it.

Oxigraph has no syntax tree in Python, asks the servers that SERVICE names without being told to, and says of an
error only the farthest place it tried. A query therefore runs only when this parser, which knows neither SERVICE nor
updates, has read all of it; it stops at the first token that no query could go on with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from kg.errors import QueryRefusedError, QuerySyntaxError
from kg.store.grammar import START, table
from kg.store.tokens import Token, sign_at, token_at

MAX_DEPTH: Final = 60
"""Brackets within brackets. Oxigraph's parser needs time and stack that grow steeply with them."""

_REFUSED: Final = {
    "SERVICE": "SERVICE would ask another server; kg query reads only this store",
    "LOAD": "LOAD would read from outside and change the store; kg query only reads",
} | {
    word: f"{word} would change the store; kg query only reads"
    for word in ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
}
_OPENING: Final = frozenset("({[")
_CLOSING: Final = frozenset(")}]")
_ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_BROKEN: Final = re.compile("[\ud800-\udfff]")  # how Python hands over such bytes of an argument
_KIND_NAMES: Final = {
    "iri": "<IRI>",
    "variable": "?variable",
    "string": '"string"',
    "prefixed_name": "prefix:name",
    "prefix_name": "prefix:",
    "integer": "number",
    "decimal": "number",
    "double": "number",
    "signed_integer": "number",
    "signed_decimal": "number",
    "signed_double": "number",
    "language": "@language",
    "blank_node": "_:node",
    "anon": "[]",
    "nil": "()",
    "end": "the end of the query",
}


class QueryForm(StrEnum):
    """The four kinds of queries; the first two give solutions, the others a graph."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the answer is triples."""
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that may run: its text, its form and its tokens."""

    text: str
    form: QueryForm
    tokens: tuple[Token, ...]


def check_query(text: str, prefixes: Mapping[str, str]) -> CheckedQuery:
    """Read a query whole; `prefixes` are those it may use without declaring them.

    Raises `QuerySyntaxError` with line and column of the first token that is wrong, `QueryRefusedError` for SERVICE,
    LOAD and updates. What only an engine sees (a variable outside its GROUP BY) passes.
    """
    if broken := _BROKEN.search(text):
        raise syntax_error(text, broken.start(), "there are bytes here that are no UTF-8")
    reader = _Reader(text, set(prefixes))
    reader.read()
    form = next(token.kind for token in reader.tokens if token.kind in QueryForm.__members__)
    return CheckedQuery(text, QueryForm(form), tuple(reader.tokens))


def syntax_error(text: str, offset: int, message: str) -> QuerySyntaxError:
    """An error that names line and column of `offset` and shows the line with a caret below the place."""
    line = text.count("\n", 0, offset) + 1
    begin = text.rfind("\n", 0, offset) + 1
    column = offset - begin + 1
    shown = text[begin:].split("\n", 1)[0]
    # A window of a long line; what a terminal would obey is shown as a blank of the same width.
    left = max(0, column - 60)
    window = "".join(character if character.isprintable() else " " for character in shown[left : left + 100])
    caret = " " * (column - 1 - left) + "^"
    return QuerySyntaxError(
        f"line {line}, column {column}: {message}\n  {window}\n  {caret}", line=line, column=column
    )


@dataclass
class _Reader:
    """The parser's state: a stack of grammar symbols still to be read, the next one on top."""

    text: str
    prefixes: set[str]
    tokens: list[Token] = field(default_factory=list)
    stack: list[str] = field(default_factory=lambda: ["end", START])
    depth: int = 0
    has_base: bool = False

    def read(self) -> None:
        token = token_at(self.text, 0)
        expected: set[str] = set()  # what could have stood in the token's place
        grammar = table()
        while self.stack:
            symbol = self.stack.pop()
            row = grammar.choices.get(symbol)
            if row is None:
                if symbol != token.kind:
                    raise self._unexpected(token, expected | {symbol})
                self._accept(token)
                token = token_at(self.text, token.end)
                expected.clear()
                continue
            if token.kind == "iri" and "<" in row:
                token = sign_at(self.text, token.start)
            if token.kind in row:
                self.stack.extend(reversed(row[token.kind]))
            elif symbol in grammar.optional:
                expected.update(row)
            else:
                raise self._unexpected(token, expected.union(row))

    def _accept(self, token: Token) -> None:
        if token.kind in _OPENING:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise syntax_error(self.text, token.start, f"more than {MAX_DEPTH} brackets are open here")
        elif token.kind in _CLOSING:
            self.depth -= 1
        elif token.kind == "iri":
            self._check_iri(token)
        elif token.kind in {"prefixed_name", "prefix_name"}:
            self._check_prefix(token)
        self.tokens.append(token)

    def _check_iri(self, token: Token) -> None:
        if not self.has_base and not _ABSOLUTE.match(token.text):
            raise syntax_error(self.text, token.start, f"{token.text} is relative, and there is no BASE")
        if self.tokens and self.tokens[-1].kind == "BASE":
            self.has_base = True

    def _check_prefix(self, token: Token) -> None:
        prefix = token.text.partition(":")[0]
        if self.tokens and self.tokens[-1].kind == "PREFIX":
            self.prefixes.add(prefix)
        elif prefix not in self.prefixes:
            near = get_close_matches(prefix, sorted(self.prefixes), 1)
            hint = f'did you mean "{near[0]}:"?' if near else f"known are {_listed(self.prefixes, ':')}"
            raise syntax_error(
                self.text,
                token.start,
                f'unknown prefix "{prefix}:"; {hint} (or declare it: PREFIX {prefix}: <…>)',
            )

    def _unexpected(self, token: Token, expected: Collection[str]) -> QuerySyntaxError | QueryRefusedError:
        if token.kind in _REFUSED:
            return QueryRefusedError(_REFUSED[token.kind])
        if token.kind == "unknown" and token.text in {'"', "'"}:
            return syntax_error(
                self.text, token.start, "this string is not closed, or holds an unknown escape"
            )
        near = get_close_matches(token.kind, [kind for kind in sorted(expected) if kind.isupper()], 1)
        hint = f'did you mean "{near[0]}"?' if near else f"expected {_listed(_shown(expected))}"
        found = (
            "the query ends too early" if token.kind == "end" else f'"{_short(token.text)}" cannot stand here'
        )
        return syntax_error(self.text, token.start, f"{found}; {hint}")


def _shown(kinds: Collection[str]) -> set[str]:
    return {_KIND_NAMES.get(kind, kind) for kind in kinds}


def _listed(names: Collection[str], suffix: str = "", limit: int = 12) -> str:
    """Signs and kinds of tokens before keywords, as the usual slip is a missing bracket or dot."""
    ordered = sorted(names, key=lambda name: (name.isalpha(), name))
    more = f" … ({len(ordered) - limit} more)" if len(ordered) > limit else ""
    return " ".join(name + suffix for name in ordered[:limit]) + more


def _short(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text[:40])
