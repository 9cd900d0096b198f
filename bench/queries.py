"""The named queries in Oxigraph and in rdflib: `python bench/queries.py OUT`, milliseconds as JSON.

What a query needs is filled with what the graph has most of. Both engines hold the graph before the clock starts,
Oxigraph on disk and rdflib in memory; a query that runs longer than `LIMIT` is stopped, and its figure is null.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any, Final

import kg
from kg.rdf.vocabulary import PREFIXES
from kg.store.named import NAMEABLE, NamedQuery, named_queries
from kg.store.parameters import bind
from kg.store.results import Iri, Value
from kg.store.syntax import check_query

LIMIT: Final = 10
REPEAT: Final = 5


class TooSlowError(Exception):
    """The time limit came."""


def busiest(graph: kg.Graph) -> dict[str, Value]:
    """For each kind of name that a query takes: the one that most articles lead to; of articles the most related."""
    names: dict[str, Value] = {}
    for parameter, kinds in NAMEABLE.items():
        frame = graph.to_pandas("nodes")
        if parameter == "author":
            frame = frame[frame["author"]]
        of_kind = frame[frame["kind"].isin(kinds)]
        if parameter == "article":
            related = graph.to_pandas("edges").query("relation == 'related'")["target"].value_counts()
            of_kind = of_kind.assign(count=of_kind["iri"].map(related).fillna(0))
        best = of_kind.sort_values(["count", "label"], ascending=[False, True]).iloc[0]
        names[parameter] = Iri(best["iri"])
    return names


def text_of(query: NamedQuery, names: dict[str, Value]) -> str:
    """The query with names of the graph, and the prefixes declared."""
    bindings = {p.name: names[p.names] for p in query.parameters if p.names and p.required}
    bound = bind(check_query(query.sparql, PREFIXES), bindings)
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + bound


def milliseconds(ask: Callable[[], object], repeat: int) -> float | None:
    """The median time of asking; None where the limit came."""
    signal.signal(signal.SIGALRM, _stop)
    times = []
    try:
        for _ in range(repeat):
            signal.alarm(LIMIT)
            start = time.perf_counter()
            ask()
            times.append(time.perf_counter() - start)
    except TooSlowError:
        return None
    finally:
        signal.alarm(0)
    return round(1000 * median(times), 2)


def _stop(*_: object) -> None:
    raise TooSlowError


def answer(engine: Any, text: str) -> list[object]:
    """All rows."""
    return list(engine.query(text))


def main(out: str) -> None:
    import rdflib

    from kg.store.graph_store import open_store

    graph = kg.open(out)
    names = busiest(graph)
    store = open_store(graph.folder / "store")
    other = rdflib.Dataset()  # and not a graph: a query may ask for the evidence's
    other.default_graph.parse(graph.folder / "graph.nt", format="nt")
    figures: dict[str, object] = {}
    for query in named_queries():
        text = text_of(query, names)
        figures[query.name] = {
            "rows": len(answer(store, text)),
            "oxigraph_ms": milliseconds(partial(answer, store, text), REPEAT),
            "rdflib_ms": milliseconds(partial(answer, other, text), 1),
        }
    print(json.dumps({"names": names, "queries": figures}))


if __name__ == "__main__":
    main(sys.argv[1])
