"""A built graph, sent to a server in pieces of whole lines."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from kg.errors import OutputError, PushError, UsageError
from kg.outputs import check_built, find_output
from kg.store.batches import batches, blocks

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode

    from kg.store.graph_endpoint import GraphEndpoint

BATCH: Final = 8_000_000
"""Bytes of a request, as near as whole lines come to it."""

_QUADS: Final = 10_000  # of the store at a time
_BLANK_NODE: Final = re.compile(rb"^(?:_:|<[^>\n]*> <[^>\n]*> _:)", re.MULTILINE)

Progress = Callable[[int], None]
"""Called with the bytes that have arrived since the last call."""


@dataclass(frozen=True)
class Part:
    """Triples for one graph of the server: `graph` is its IRI, None its default graph.

    `read` gives the N-Triples in blocks that may end anywhere, anew each time.
    """

    source: str
    graph: str | None
    read: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Size:
    """How much a part holds."""

    triples: int
    bytes: int
    batches: int


def parts(out: Path, graph: str | None, *, evidence: bool) -> list[Part]:
    """What the build in `out` has to send: its knowledge, to the graph `graph`, and with `evidence` that, to its own.

    The knowledge is read from `graph.nt`, the shards `shards/*.nt.zst` in their order, or the store: all are the same.
    Raises `OutputError` where there is no build, or no evidence in it; `UsageError` for a graph that is no IRI.
    """
    check_built(out)
    if graph is not None and not _is_iri(graph):
        raise UsageError(f"no IRI of a graph: {graph!r}")
    chosen = [_knowledge(out, graph)]
    if evidence:
        chosen.append(_evidence(out))
    return chosen


def measure(part: Part, size: int = BATCH) -> Size:
    """How much there is to send, in batches of about `size` bytes.

    Raises `OutputError` where there is a blank node: in two batches it would become two nodes, and sent again another.
    """
    triples = total = count = 0
    for batch in batches(part.read(), size):
        if found := _BLANK_NODE.search(batch):
            line = batch[found.start() : batch.find(b"\n", found.start())][:200].decode("utf-8", "replace")
            raise OutputError(f"{part.source} has a blank node, which cannot be sent in batches: {line}")
        triples += batch.count(b"\n")
        total += len(batch)
        count += 1
    return Size(triples, total, count)


def push(
    part: Part,
    endpoint: GraphEndpoint,
    *,
    replace: bool,
    size: int = BATCH,
    progress: Progress = lambda _: None,
) -> None:
    """Send a part that `measure` has looked through; with `replace` it takes the place of what the graph holds.

    Raises `PushError`, which says how much has arrived: to send all of it again is safe.
    """
    method: Literal["POST", "PUT"] = "PUT" if replace else "POST"
    arrived = 0
    pieces: Iterable[bytes] = batches(part.read(), size)
    if replace:
        pieces = _or_nothing(pieces)
    for batch in pieces:
        try:
            endpoint.send(method, part.graph, batch)
        except PushError as error:
            raise PushError(f"{error} ({arrived:,} triples have arrived; all may be sent again)") from error
        method = "POST"
        arrived += batch.count(b"\n")
        progress(len(batch))


def _or_nothing(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, or one empty one: even nothing can take the place of something."""
    none = True
    for piece in pieces:
        none = False
        yield piece
    if none:
        yield b""


def _knowledge(out: Path, graph: str | None) -> Part:
    file, shards = find_output(out, "graph.nt"), sorted(find_output(out, "shards").glob("*.nt.zst"))
    if file.is_file():
        return Part(str(file), graph, lambda: _of_files([file]))
    if shards:
        return Part(str(shards[0].parent), graph, lambda: _of_files(shards))
    from pyoxigraph import DefaultGraph

    return Part(str(out / "store"), graph, lambda: _of_store(out, DefaultGraph()))


def _evidence(out: Path) -> Part:
    """The evidence, which has one named graph of the store for itself."""
    from kg.store.graph_store import open_store

    name = next(iter(open_store(out / "store").named_graphs()), None)
    if name is None:
        raise OutputError(f"the graph in {out} has no evidence: build it with --evidence")
    file = find_output(out, "evidence.nt")
    if file.is_file():
        return Part(str(file), name.value, lambda: _of_files([file]))
    return Part(str(out / "store"), name.value, lambda: _of_store(out, name))


def _of_files(paths: Iterable[Path]) -> Iterator[bytes]:
    import zstandard

    for path in paths:
        try:
            yield from blocks(path)
        except (OSError, zstandard.ZstdError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise OutputError(f"cannot read {path}: {reason or error}") from error


def _of_store(out: Path, graph: BlankNode | DefaultGraph | NamedNode) -> Iterator[bytes]:
    from pyoxigraph import RdfFormat, serialize

    from kg.store.graph_store import open_store

    quads = open_store(out / "store").quads_for_pattern(None, None, None, graph)
    while some := [quad.triple for quad in islice(quads, _QUADS)]:
        block = io.BytesIO()
        serialize(some, block, format=RdfFormat.N_TRIPLES)
        yield block.getvalue()


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
