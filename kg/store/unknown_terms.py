"""Why a query has no rows: what it asks for by name and the graph does not have."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

from kg.rdf import vocabulary
from kg.rdf.vocabulary import PREFIXES, XSD
from kg.store.query import ResultFormat, run_query
from kg.store.syntax import check_query
from kg.store.tokens import Token

_ESCAPE: Final = re.compile(r"\\(.)")
_PLAIN: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\\]*>")
_NO_TERM_AFTER: Final = frozenset({"BASE", "GRAPH", "FROM", "NAMED"})
_PATTERNS: Final = tuple(
    graph % pattern
    for pattern in ("?x <{0}> ?y", "?x ?y <{0}>", "<{0}> ?x ?y")
    for graph in ("%s", "GRAPH ?g {{ %s }}")
)
_LIKE: Final = 0.7
"""How much alike two names must be, from 0 to 1 as `difflib` counts it: `Article` is 0.78 like `NewsArticle`."""
_NEAREST: Final = 3
"""How many names are looked at for one that the graph has."""


@dataclass(frozen=True)
class UnknownTerm:
    """An IRI that no triple has, and the class or property of the graph that is called most like it, if any is."""

    iri: str
    near: str | None


def unknown_terms(store_dir: Path, sparql: str) -> list[UnknownTerm]:
    """The IRIs in a query that the graph does not have, in their order; names of graphs and datatypes are left out.

    Raises as `kg.store.query.run_query` does.
    """
    asked = dict.fromkeys(_iris(check_query(sparql, PREFIXES).tokens))
    near = {iri: _alike(iri) for iri in asked}
    used = _used(store_dir, {*asked, *chain.from_iterable(near.values())})
    return [
        UnknownTerm(iri, next((one for one in near[iri] if one in used), None))
        for iri in asked
        if iri not in used
    ]


def _iris(tokens: Sequence[Token]) -> Iterator[str]:
    prefixes = dict(PREFIXES)
    for before, token in pairwise((tokens[0], *tokens)):
        if before.kind == "prefix_name" and token.kind == "iri":  # side by side in declarations alone
            prefixes[before.text[:-1]] = token.text[1:-1]
        elif before.kind not in _NO_TERM_AFTER:
            iri = _iri(token, prefixes)
            if iri is not None and not iri.startswith(XSD):
                yield iri


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    """The IRI that a token is; None where it is none, or would have to be worked out from a base or escapes."""
    if token.kind == "iri":
        return token.text[1:-1] if _PLAIN.fullmatch(token.text) else None
    if token.kind == "prefixed_name":
        prefix, _, local = token.text.partition(":")
        return prefixes[prefix] + _ESCAPE.sub(r"\1", local)
    return None


def _used(store_dir: Path, iris: Collection[str]) -> set[str]:
    """Those of the IRIs that stand in any triple. Each is looked up by itself, and no further than its first triple."""
    if not iris:
        return set()
    parts = (
        f'{{ SELECT ("{iri}" AS ?term) {{ {pattern.format(iri)} }} LIMIT 1 }}'
        for iri in sorted(iris)
        for pattern in _PATTERNS
    )
    sparql = f"SELECT DISTINCT ?term {{ {' UNION '.join(parts)} }}"
    answer = b"".join(run_query(store_dir, sparql, result_format=ResultFormat.JSON))
    return {row["term"]["value"] for row in json.loads(answer)["results"]["bindings"]}


def _alike(iri: str) -> list[str]:
    """The terms of our vocabularies whose names are most like that of `iri`."""
    by_name = {_name(term): term for term in _terms()}
    return [by_name[name] for name in get_close_matches(_name(iri), by_name, _NEAREST, _LIKE)]


@cache
def _terms() -> tuple[str, ...]:
    values = (value for value in vars(vocabulary).values() if isinstance(value, str))
    return tuple(sorted({value for value in values if _name(value)}))


def _name(iri: str) -> str:
    """The part of an IRI that names a class or property; empty where it names none."""
    return re.split(r"[/#]", iri)[-1] if re.match(r"https?:", iri) else ""
