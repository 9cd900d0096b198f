"""Queries on a store that is open in this process: no child, no limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError, QuerySyntaxError
from kg.rdf.vocabulary import PREFIXES
from kg.store.parameters import bind
from kg.store.results import Solutions, Value, term_value
from kg.store.syntax import check_query

if TYPE_CHECKING:
    from pyoxigraph import Store

_MEANINGLESS: Final = (
    "the query is well-formed but means nothing: look for a variable outside its GROUP BY, an AS or BIND that names a "
    "variable in use, VALUES rows of the wrong length, or one _:node in two groups"
)


def query_store(store: Store, sparql: str, bindings: Mapping[str, Value] | None = None) -> Solutions:
    """Ask an open store; the prefixes of `kg.rdf.vocabulary` need no declaration.

    `bindings` replace the data of the query's blocks `VALUES ?name { … }` (see `kg.store.parameters`). A SELECT gives
    its rows, an ASK one row `answer`, a CONSTRUCT or DESCRIBE rows `subject`, `predicate`, `object`, sorted.
    Nothing stops a query that takes too long or too much memory: `kg.store.query.run_query` does. Raises
    `QuerySyntaxError`, `QueryRefusedError`, `UsageError` for a wrong binding, `QueryError` where the engine fails.
    """
    from pyoxigraph import QueryBoolean, QuerySolutions

    text = bind(check_query(sparql, PREFIXES), bindings or {})
    try:
        results = store.query(text, prefixes=PREFIXES)
        if isinstance(results, QueryBoolean):
            return Solutions(("answer",), ((bool(results),),))
        if isinstance(results, QuerySolutions):
            variables = tuple(variable.value for variable in results.variables)
            return Solutions(variables, tuple(tuple(map(term_value, solution)) for solution in results))
        triples = sorted({(str(t.subject), str(t.predicate), str(t.object)): t for t in results}.items())
        return Solutions(
            ("subject", "predicate", "object"),
            tuple((term_value(t.subject), term_value(t.predicate), term_value(t.object)) for _, t in triples),
        )
    except SyntaxError as error:
        raise QuerySyntaxError(engine_message(str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error


def engine_message(message: str) -> str:
    """What Oxigraph says of a query that is SPARQL but means nothing; the place it names is not the error's.

    Its words stand somewhere in a list of tokens that it tried last, or are missing.
    """
    _, _, tried = message.partition(": expected ")
    sentences = [part for part in tried.removeprefix("one of ").split(", ") if len(part.split()) > 3]
    return sentences[0] if sentences else _MEANINGLESS
