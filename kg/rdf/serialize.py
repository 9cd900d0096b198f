"""Other serialisations of a finished N-Triples file, and the strict reading of each.

Everything streams, and a target appears under its name only when it is whole. The bytes depend on the source alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.errors import OutputError
from kg.files import atomic_file
from kg.rdf.iris import Iris
from kg.rdf.jsonld import write_jsonld
from kg.rdf.vocabulary import PREFIXES


class Format(StrEnum):
    """A serialisation, by the name that the command line gives it."""

    NT = "nt"
    TTL = "ttl"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    NQ = "nq"
    TRIG = "trig"

    @property
    def extension(self) -> str:
        """The file name's ending, without the dot."""
        return "rdf" if self is Format.RDFXML else self.value

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final = {
    Format.NT: "application/n-triples",
    Format.TTL: "text/turtle",
    Format.JSONLD: "application/ld+json",
    Format.RDFXML: "application/rdf+xml",
    Format.NQ: "application/n-quads",
    Format.TRIG: "application/trig",
}

_ILLEGAL_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def convert(source: Path, target: Path, form: Format, iris: Iris) -> None:
    """Write the triples of the N-Triples file `source` to `target` in another form.

    Turtle and TriG group what stands together by subject, with the prefixes of the vocabulary and of `iris`. JSON-LD
    carries its context. RDF/XML cannot hold every character: what XML forbids becomes U+FFFD, and a carriage return
    a line feed, as every XML reader would make of it. Raises `OutputError` where `source` is no N-Triples or
    `target` cannot be written.
    """
    with atomic_file(target) as file:
        match form:
            case Format.NT:
                with source.open("rb") as triples:
                    shutil.copyfileobj(triples, file)
            case Format.JSONLD:
                write_jsonld(read_quads(source), file)
            case Format.RDFXML:
                _write(_legal_in_xml(read_quads(source)), file, form, PREFIXES)
            case _:
                _write(read_quads(source), file, form, {**PREFIXES, **iris.prefixes})


def turtle_head(iris: Iris) -> bytes:
    """What a Turtle file of `convert` begins with: the prefixes."""
    node = ox.NamedNode(iris.dataset)  # where there is no triple, nothing at all is written
    lines = _turtle(iter([ox.Quad(node, node, node)]), iris).splitlines(keepends=True)
    return b"".join(lines[:-1])


def turtle_body(triples: IO[bytes], name: Path, iris: Iris) -> bytes:
    """The N-Triples of whole nodes as Turtle, to stand somewhere behind `turtle_head`.

    Bodies one behind the other are what `convert` makes of their N-Triples one behind the other. Raises `OutputError`
    that names the file `name` where they are not valid.
    """
    try:
        whole = _turtle(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES), iris)
    except SyntaxError as error:
        raise OutputError(f"{name} is not valid N-Triples: {error.msg} (line {error.lineno})") from error
    return whole.removeprefix(turtle_head(iris))


def _turtle(quads: Iterator[ox.Quad], iris: Iris) -> bytes:
    target = BytesIO()
    _write(quads, target, Format.TTL, {**PREFIXES, **iris.prefixes})
    return target.getvalue()


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of a file of any `Format` by its extension, read strictly: invalid IRIs and literals are errors.

    Raises `OutputError` that names the file and the place.
    """
    form = next((form for form in Format if path.suffix == f".{form.extension}"), None)
    if form is None:
        raise OutputError(f"{path.name} has none of the endings of RDF files: {', '.join(Format)}")
    try:
        yield from ox.parse(path=path, format=_rdf_format(form))
    except SyntaxError as error:
        raise OutputError(
            f"{path} is not valid {form.media_type}: {error.msg} (line {error.lineno})"
        ) from error
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}") from error


def count_triples(path: Path) -> int:
    """The number of triples in a file, read by Oxigraph's strict parser; raises as `read_quads`."""
    return sum(1 for _ in read_quads(path))


def _write(quads: Iterator[ox.Quad], file: IO[bytes], form: Format, prefixes: dict[str, str]) -> None:
    ox.serialize(quads, file, format=_rdf_format(form), prefixes=prefixes)


def _rdf_format(form: Format) -> ox.RdfFormat:
    known = ox.RdfFormat.from_media_type(form.media_type)
    if known is None:
        raise OutputError(f"this version of pyoxigraph does not know {form.media_type}")
    return known


def _legal_in_xml(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        term = quad.object
        if isinstance(term, ox.Literal) and ("\r" in term.value or _ILLEGAL_IN_XML.search(term.value)):
            text = _ILLEGAL_IN_XML.sub("\ufffd", term.value.replace("\r\n", "\n").replace("\r", "\n"))
            # A literal with a language has a datatype too, and the constructor takes only one of the two.
            datatype = None if term.language else term.datatype
            legal = ox.Literal(text, language=term.language, datatype=datatype)
            yield ox.Quad(quad.subject, quad.predicate, legal, quad.graph_name)
        else:
            yield quad
