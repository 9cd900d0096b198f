"""GraphML and GEXF, written for Gephi, yEd, Cytoscape and R."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.errors import OutputError, UsageError
from kg.files import atomic_file

SEPARATOR = " | "
"""Stands between the items of a list; an item's own bar gets a backslash before it, and so does a backslash."""

# What XML 1.0 (section 2.2) does not allow; a carriage return is allowed but does not survive reading.
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")


def write_graphml(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write `graph` as GraphML, gzipped where the name ends in `.gz`; beside and renamed.

    Dates become ISO strings, tuples one string (see `SEPARATOR`), what is None or an empty string or tuple is left out,
    characters that XML 1.0 cannot hold become U+FFFD and line ends `\\n`. The bytes depend
    on the graph alone. Raises `OutputError`.
    """
    with _file(path) as file:
        nx.write_graphml_xml(_portable(graph), file)


def write_gexf(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write `graph` as GEXF 1.2; all else as in `write_graphml`."""
    writer = GEXFWriter(_portable(graph))
    # The only clock in the file: the same graph must give the same bytes tomorrow.
    del writer.xml.find("meta").attrib["lastmodifieddate"]
    with _file(path) as file:
        writer.write(file)


WRITERS: dict[str, Callable[[nx.MultiDiGraph, Path], None]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".graphml.gz": write_graphml,
    ".gexf.gz": write_gexf,
}
"""How a file is written, by the end of its name."""


def writer_for(path: Path) -> Callable[[nx.MultiDiGraph, Path], None]:
    """The writer for a file of that name; raises `UsageError` where there is none."""
    for suffix in sorted(WRITERS, key=len, reverse=True):
        if path.name.lower().endswith(suffix):
            return WRITERS[suffix]
    raise UsageError(f"{path.name}: the name must end in one of {', '.join(sorted(WRITERS))}")


def _is_packed(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


@contextmanager
def _file(path: Path) -> Iterator[IO[bytes] | gzip.GzipFile]:
    with atomic_file(path) as file:
        if _is_packed(path):
            # Neither name nor time in the header: same graph, same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                yield packed
        else:
            yield file


def _portable(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy with attributes that both formats can hold.

    Edges are numbered: readers take the id for unique in the file, and would drop the second `about`.
    """
    copy = nx.MultiDiGraph()
    copy.add_nodes_from((_legal(node), _attributes(data)) for node, data in graph.nodes(data=True))
    if len(copy) != len(graph):
        raise OutputError("two nodes differ only in characters that XML cannot hold")
    for number, (source, target, relation, data) in enumerate(graph.edges(keys=True, data=True)):
        attributes = _attributes({"relation": relation, **data})
        copy.add_edge(_legal(source), _legal(target), key=f"e{number}", **attributes)
    return copy


def _attributes(data: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in data.items() if value not in (None, "", ())}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _legal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return SEPARATOR.join(_legal(re.sub(r"[\\|]", r"\\\g<0>", item)) for item in value)
    return value


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", _LINE_END.sub("\n", text))
