"""The public functions: `kg.build` and `kg.open`, and what an open graph answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyoxigraph
    import rdflib

    from kg.page.view import View
    from kg.report import Report
    from kg.store.lookup import ArticleCard, Lookup, PersonCard
    from kg.store.results import Solutions, Value

StrPath: TypeAlias = str | os.PathLike[str]


def build(
    inputs: StrPath | Iterable[StrPath],
    out: StrPath = "out",
    *,
    base_iri: str = "https://kg.example/id/",
    formats: Sequence[str] = ("nt", "ttl"),
    evidence: bool = False,
    with_text: bool = False,
    title: str | None = None,
    lang: str = "de",
    decisions: StrPath | None = None,
    recognizer: str = "crf",
    jobs: int | None = None,
    full: bool = False,
    scheduler: str | None = None,
    work_dir: str | None = None,
    pages: int = 0,
    shards: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Report:
    """Build the graph of all dumps in `inputs` (folders, files, archives) in the folder `out`; each may be a URL.

    `base_iri` is what the addresses of all nodes begin with. `formats` are the serialisations to write: nt, ttl,
    jsonld, rdfxml, nq, trig. `evidence` adds `evidence.nt`, the reasons of all mentions and links as triples;
    `with_text` adds the full text of the articles to the graph. `title` and `lang` (de, en) are the page's.
    `decisions` is a file of answers that beat every rule about persons and tags (see `kg review`).
    `recognizer` is `crf`, our own, or `spacy:MODEL` for an installed model of spaCy.
    `jobs` is the number of processes, by default all cores. What did not change since the last build in `out` is taken
    from its cache, unless `full` is set. `scheduler` is the address of a Dask scheduler that both maps run on, or
    `local:N`; `work_dir` a folder or a URL (as `s3://…`) that all its workers reach, in place of the cache. `pages` is
    the number of names, the most important first, that get a static page of their own in `pages/`; `shards`
    leaves the triples in `shards/` too, in parts for bulk loaders. `progress` is called with the name of the stage, how
    many of its items are done, and of how many (0 where that is not known); the last stage is `unchanged` where there
    was nothing to do.

    The output is a function of the dumps and the options alone. What is in `out` stays as it was until the new is
    complete. Raises `kg.errors.UsageError`, `NothingReadError` or `OutputError`; a file that cannot be read or
    understood is no error but a finding in `out/findings.jsonl`.

    >>> report = build("examples/dumps", folder)
    >>> report.refused
    0
    """
    from kg.build import Options, run_build
    from kg.cluster import check_scheduler
    from kg.rdf.serialize import Format

    if scheduler is not None:
        check_scheduler(scheduler)
    try:
        (title or "").encode()
    except UnicodeEncodeError as error:
        raise UsageError("the title is no UTF-8") from error
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs must be 1 or more, not {jobs}")
    if not formats:
        raise UsageError(f"no format is given; known are {', '.join(Format)}")
    paths = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    unknown = sorted(set(formats) - set(Format))
    if unknown:
        raise UsageError(f"unknown format {', '.join(unknown)}; known are {', '.join(Format)}")
    options = Options(
        base_iri=base_iri,
        formats=tuple(form for form in Format if form in formats),
        evidence=evidence,
        with_text=with_text,
        title=title,
        lang=lang,
        decisions=Path(decisions) if decisions is not None else None,
        recognizer=recognizer,
        jobs=jobs,
        full=full,
        scheduler=scheduler,
        work_dir=work_dir,
        pages=pages,
        shards=shards,
    )
    return run_build([os.fspath(path) for path in paths], os.fspath(out), options, progress or _silent)


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def open(out: StrPath = "out") -> Graph:  # noqa: A001 - kg.open, as in gzip.open
    """Open the graph that a build left in the folder `out`.

    Raises `kg.errors.OutputError` where there is none.

    >>> open(folder)
    Graph(...)
    """
    from kg.outputs import check_built

    folder = Path(out)
    check_built(folder)
    return Graph(folder)


class Graph:
    """A built graph, read-only. `folder` is the output folder of the build."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Graph({str(self.folder)!r})"

    def query(self, sparql: str | None = None, *, name: str | None = None, **parameters: Value) -> Solutions:
        """Answer a SPARQL query (the usual prefixes are declared), or the named query `name` with its parameters.

        Runs in this process and without a time limit; `kg query` has one. Raises `kg.errors.QueryError` and its kinds,
        `UsageError` for an unknown query or parameter, `NotFoundError` for a name that is not there or of several,
        `OutputError` where a query asks the evidence and the build made none.

        >>> open(folder).query("SELECT (COUNT(?a) AS ?n) WHERE { ?a a kg:ArticleStub }").variables
        ('n',)
        """
        from kg.store.graph_store import require_evidence
        from kg.store.in_process import query_store
        from kg.store.named import find_query

        if (sparql is None) == (name is None):
            raise UsageError("give either a SPARQL query or the name of one")
        if name is None:
            return query_store(self._store, sparql or "", parameters)
        named = find_query(name)
        named.require(parameters)
        found = named.resolved(parameters, self._output("tables"))
        if named.asks_evidence:
            require_evidence(self._store)
        return query_store(self._store, named.sparql, found)

    def article(self, name: str) -> ArticleCard:
        """The article of that number, headline, title or IRI.

        Raises `kg.errors.NotFoundError` with the nearest ones where there is none or several.
        """
        return self._lookup.article(name)

    def person(self, name: str) -> PersonCard:
        """The person of that name, in any of its spellings, or IRI.

        Raises `kg.errors.NotFoundError` with the nearest names where there is none or several.
        """
        return self._lookup.person(name)

    def view(
        self,
        *,
        around: str | None = None,
        depth: int = 2,
        tag: str | None = None,
        person: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        kinds: Sequence[str] = ("person", "organization", "place", "tag", "article"),
        community: int | None = None,
        top: int = 1500,
        lang: str = "de",
    ) -> View:
        """A page of a part of the graph, which shows itself in a notebook and has `save(path)`.

        The same selections as `kg view`, and they combine: `around` a node with at most `depth` edges, articles on a
        `tag` or with a `person`, `since` and `until` a date (a year or month will do), only `kinds`, a `community` of
        the page by its number, and of all that the `top` weightiest nodes. Raises `kg.errors.NotFoundError` for a name
        that is not there and where nothing fits, `UsageError` for what is no date, kind or language.

        >>> open(folder).view(since="2023", top=50).nodes
        50
        """
        from kg.network.selection import Selection, first_day, last_day
        from kg.page.view import draw_view

        selection = Selection(
            around=around,
            depth=depth,
            tag=tag,
            person=person,
            since=first_day(since) if isinstance(since, str) else since,
            until=last_day(until) if isinstance(until, str) else until,
            kinds=tuple(kinds),
            community=community,
            top=top,
        )
        return draw_view(self._output("tables"), selection, lang)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The whole graph with typed attributes; nodes are IRIs, an edge's key is its relation."""
        from kg.network.graph import to_networkx

        return to_networkx(self._output("tables"))

    def to_rdflib(self) -> rdflib.Graph:
        """The knowledge as an rdflib graph with the usual prefixes bound; in memory, about 1 KB a triple."""
        import pyoxigraph
        import rdflib

        from kg.rdf.vocabulary import PREFIXES

        graph = rdflib.Graph()
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        triples = self._store.dump(
            format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph()
        )
        return graph.parse(data=triples, format="nt")

    def to_pandas(self, table: str = "nodes") -> pandas.DataFrame:
        """One of the tables as a data frame: nodes, edges, mentions, identities, roles, doubts.

        Raises `kg.errors.UsageError` for another name, or where pandas is missing (`presskg[pandas]`).
        """
        try:
            import pandas  # noqa: F401 - DuckDB makes the frame, but only where pandas is there
        except ImportError as error:
            raise UsageError("to_pandas() needs pandas: pip install 'presskg[pandas]'") from error
        from kg.store.tables import TABLES

        if table not in TABLES:
            raise UsageError(f"no table is named {table!r}; there are {', '.join(TABLES)}")
        return self._lookup.sql(f"FROM {table}").df()

    def _output(self, name: str) -> Path:
        from kg.outputs import find_output

        return find_output(self.folder, name)

    @cached_property
    def _lookup(self) -> Lookup:
        from kg.store.lookup import Lookup

        return Lookup(self._output("tables"))

    @cached_property
    def _store(self) -> pyoxigraph.Store:
        from kg.store.graph_store import open_store

        return open_store(self.folder / "store")
