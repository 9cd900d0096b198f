"""From written shards to what people open: tasks of which none needs another, so they run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Final

import zstandard

from kg.errors import UNDECODABLE, OutputError
from kg.files import link, remove
from kg.model import Record
from kg.pieces import short_digest
from kg.places import write_bytes
from kg.rdf.iris import Iris
from kg.rdf.serialize import Format, convert, turtle_body, turtle_head
from kg.staging import SHARDS, code_digest, telling_damage
from kg.table_parts import Part, write_tables
from kg.written_shards import compressor, read_rows_digests


class StoreTask(Record, frozen=True):
    """Load the store of the folder `new` from the shards `names` in the folder `written`."""

    new: str
    written: str
    names: tuple[str, ...]
    evidence: bool
    evidence_graph: str


class RenewTask(Record, frozen=True):
    """Copy the store `last` to the folder `new` with what changed from the shards in `before` to those in `written`."""

    last: str
    before: str
    load: StoreTask  # what to do instead where the last store cannot be read, or too much has changed


class TablesTask(Record, frozen=True):
    """Make `tables` of the folder `new` from the rows of the shards, and what of them is in the folder `kept`."""

    new: str
    written: str
    names: tuple[str, ...]
    tables: tuple[str, ...]
    kept: str
    articles: int  # that the graph is of


class PageTask(Record, frozen=True):
    """Make the tables that the page is made from, and the page, or take it from the folder `kept`."""

    tables: TablesTask
    kept: str
    title: str
    lang: str
    pages: int  # names that get a page of their own


class TriplesTask(Record, frozen=True):
    """Write the triples of all shards into the files of the folder `new`, one for each form."""

    new: str
    written: str
    names: tuple[str, ...]
    forms: tuple[str, ...]
    evidence: bool
    shards: bool  # leave them compressed, one by one, as well
    base_iri: str
    publisher: str


PAGE_TABLES: Final = ("nodes", "edges", "roles")
"""What a `PageTask` needs."""

_TABLES_CODE: Final = ("table_parts.py", "store/tables.py", "store/parquet.py")
"""The code that decides how rows become tables."""

_PAGE_LIBRARIES: Final = ("pyvis", "networkx", "numpy")
"""Beside our own code, what decides how a page comes out."""

_FEW: Final = 5_000
"""Articles up to which a table is of one part: to put it together of many would take longer than to make it anew."""

_TOGETHER: Final = 16
"""Shards of a part beyond: a changed file makes one of sixteen anew, and each has rows enough to be packed well."""

FinalTask = StoreTask | RenewTask | TablesTask | PageTask | TriplesTask


@telling_damage()
def do_final(task: FinalTask) -> None:
    """Do one task. Raises `OutputError` where what earlier builds left is damaged."""
    match task:
        case StoreTask():
            _load_store(task)
        case RenewTask():
            _renew_store(task)
        case TablesTask():
            _make_tables(task)
        case PageTask():
            _make_page(task)
        case TriplesTask():
            _write_triples(task)


def _load_store(task: StoreTask) -> None:
    from kg.store.graph_store import load_store

    load_store(
        Path(task.new, "store"),
        _files(task, "nt.zst"),
        evidence_files=_files(task, "evidence.nt.zst") if task.evidence else (),
        evidence_graph=task.evidence_graph,
    )


def _renew_store(task: RenewTask) -> None:
    from kg.pieces import DamagedError
    from kg.store.renewal import Lines, renew_store
    from kg.stored import Differences

    load = task.load
    try:
        differences = Differences(Path(task.before), Path(load.written), load.names)
        if not differences.are_many:
            renew_store(
                Path(task.last),
                Path(load.new, "store"),
                differences.lines(0),
                differences.lines(1) if load.evidence else Lines(),
                load.evidence_graph,
            )
            return
    except (OutputError, DamagedError, *UNDECODABLE, zstandard.ZstdError):
        remove(Path(load.new, "store"))
    _load_store(load)


def _make_tables(task: TablesTask) -> dict[str, list[Part]]:
    """Make them; of what parts each is."""
    how = f"{code_digest(*_TABLES_CODE)} {version('duckdb')}".encode()
    digests = {name: read_rows_digests(task.written, name) for name in task.names}

    def part(table: str, names: Sequence[str]) -> Part:
        there = [name for name in names if table in digests[name]]
        told = (told for name in there for told in (name.encode(), digests[name][table]))
        files = [Path(task.written, f"{name}.{table}.zst") for name in there]
        return Part(short_digest(how, *told).hex(), files)

    together = SHARDS if task.articles <= _FEW else _TOGETHER
    groups = [tuple(names) for _, names in groupby(task.names, lambda name: _group(name, together))]
    parts = {table: [part(table, names) for names in groups] for table in task.tables}
    write_tables(parts, Path(task.new, "tables"), Path(task.kept))
    return parts


def _group(name: str, together: int) -> str:
    """Which shards have a part of the tables together: so many of articles, and all that belongs to none."""
    return f"{int(name) // together}" if name.isdigit() else ""


def _make_page(task: PageTask) -> None:
    from kg.kept_page import keep, take
    from kg.network.choosing import select
    from kg.network.selection import Selection
    from kg.page import write_page
    from kg.page.ego import write_ego_pages

    parts = _make_tables(task.tables)
    new, kept = Path(task.tables.new), Path(task.kept)
    rows = (part.key for table in sorted(parts.keys() - {"nodes"}) for part in parts[table])
    told = (*rows, task.title, task.lang, str(task.pages), code_digest(""), *map(version, _PAGE_LIBRARIES))
    key = short_digest(*map(str.encode, told)).hex()
    if take(kept, key, new):
        return
    graph = select(new / "tables", Selection())
    if task.pages:
        write_ego_pages(new / "tables", graph, new / "pages", task.pages, task.lang)
    write_page(graph, new / "graph.html", title=task.title, lang=task.lang)
    keep(kept, key, list(graph), new)


def _write_triples(task: TriplesTask) -> None:
    new, iris = Path(task.new), Iris(task.base_iri, task.publisher)
    forms = set(map(Format, task.forms))
    if forms - {Format.TTL}:
        _join(_files(task, "nt.zst"), new / "graph.nt")
    if task.evidence:
        _join(_files(task, "evidence.nt.zst"), new / "evidence.nt")
    if task.shards:
        (new / "shards").mkdir()
        for path in _files(task, "nt.zst"):
            link(path, new / "shards" / path.name)
    if Format.TTL in forms:
        _write_turtle(_files(task, "nt.zst"), new / "graph.ttl", iris)
    for form in sorted(forms - {Format.NT, Format.TTL}):
        convert(new / "graph.nt", new / f"graph.{form.extension}", form, iris)
    if Format.NT not in forms:
        remove(new / "graph.nt")


def _write_turtle(parts: Sequence[Path], target: Path, iris: Iris) -> None:
    """Join the Turtle of the shards, which is kept for the next build: of most it is the same then."""
    with target.open("wb") as file:
        file.write(turtle_head(iris))
        for path in parts:
            kept = path.with_name(path.name.replace(".nt.", ".ttl."))
            if kept.exists():
                file.write(zstandard.decompress(kept.read_bytes()))
                continue
            with path.open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as triples:
                body = turtle_body(triples, path, iris)
            file.write(body)
            write_bytes(str(kept), compressor().compress(body))


def _files(task: StoreTask | TriplesTask, suffix: str) -> list[Path]:
    """The files of the shards that are there, in their order."""
    paths = (Path(task.written, f"{name}.{suffix}") for name in task.names)
    return [path for path in paths if path.exists()]


def _join(parts: Sequence[Path], target: Path) -> None:
    with target.open("wb") as file:
        for path in parts:
            with path.open("rb") as packed:
                zstandard.ZstdDecompressor().copy_stream(packed, file)
