"""A description of the graph in VoID and DCAT: what is in it, in which words, in which files.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/. Like the graph, it holds no date, no blank node
and no path outside the output folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.files import atomic_file
from kg.model import Record
from kg.rdf import vocabulary as v
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block
from kg.rdf.serialize import Format

_MEDIA_TYPE: Final = "https://www.iana.org/assignments/media-types/"
_RDF_TYPE: Final = f"<{v.RDF_TYPE}>".encode()


class Counts(Record, frozen=True):
    """How many triples a file holds: in all, of each property, and of instances of each class; by IRI, sorted."""

    triples: int
    properties: Mapping[str, int]
    classes: Mapping[str, int]


def count(lines: Iterable[bytes]) -> Counts:
    """Count the lines of an N-Triples file as this package writes it: one triple a line, single blanks, no repeats.

    One pass, a handful of counters, no parsing of what is not counted.
    """
    properties: Counter[bytes] = Counter()
    classes: Counter[bytes] = Counter()
    for line in lines:
        _, predicate, rest = line.split(b" ", 2)
        properties[predicate] += 1
        if predicate == _RDF_TYPE:
            classes[rest] += 1
    by_class = {_iri(rest): number for rest, number in classes.items()}
    by_property = {_iri(predicate): number for predicate, number in properties.items()}
    return Counts(properties.total(), dict(sorted(by_property.items())), dict(sorted(by_class.items())))


def _iri(term: bytes) -> str:
    """The IRI of `<…>`, or of `<…> .` at the end of a line."""
    return term[1 : term.rindex(b">")].decode()


def dataset_triples(counts: Counts, files: Sequence[Path], name: str, iris: Iris) -> str:
    """The N-Triples of the description. `files` are the graph's serialisations; their names and sizes are told."""
    dataset = Block(iris.dataset, f"{v.VOID}Dataset", f"{v.DCAT}Dataset")
    dataset.localized(f"{v.DCTERMS}title", f"Wissensgraph: {name}")
    dataset.localized(f"{v.DCTERMS}title", f"Knowledge graph: {name}", "en")
    dataset.link(f"{v.DCTERMS}publisher", iris.publisher)
    dataset.plain(f"{v.DCTERMS}language", v.LANGUAGE)
    dataset.plain(f"{v.VOID}uriSpace", iris.base)
    used = [*counts.properties, *counts.classes]
    dataset.links(f"{v.VOID}vocabulary", [space for space in v.PREFIXES.values() if _uses(used, space)])
    dataset.integer(f"{v.VOID}triples", counts.triples)
    dataset.integer(f"{v.VOID}classes", len(counts.classes))
    dataset.integer(f"{v.VOID}properties", len(counts.properties))
    parts = [
        *_partitions(dataset, "class", "entities", counts.classes, iris),
        *_partitions(dataset, "property", "triples", counts.properties, iris),
        *_distributions(dataset, files, iris),
    ]
    return dataset.text() + "".join(parts)


def add_counts(parts: Iterable[Counts]) -> Counts:
    """The counts of several files that share no triple."""
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for part in parts:
        properties.update(part.properties)
        classes.update(part.classes)
    return Counts(properties.total(), dict(sorted(properties.items())), dict(sorted(classes.items())))


def write_void(counts: Counts, target: Path, files: Sequence[Path], name: str, iris: Iris) -> None:
    """Write the description of a graph of these counts as Turtle to `target`.

    `name` is the paper's; `files` are all serialisations of the graph. Raises `OutputError` where `target` cannot
    be written.
    """
    description = dataset_triples(counts, files, name, iris)
    with atomic_file(target) as file:
        quads = ox.parse(input=description, format=ox.RdfFormat.N_TRIPLES)
        ox.serialize(quads, file, format=ox.RdfFormat.TURTLE, prefixes=v.PREFIXES)


def _uses(iris: Iterable[str], namespace: str) -> bool:
    return any(iri.startswith(namespace) for iri in iris)


def _partitions(
    dataset: Block, kind: str, unit: str, numbers: Mapping[str, int], iris: Iris
) -> Iterable[str]:
    """The blocks of one partition for each class or property, hung on the dataset."""
    for term, number in numbers.items():
        partition = iris.within_dataset(f"{kind}-{_short(term)}")
        dataset.link(f"{v.VOID}{kind}Partition", partition)
        block = Block(partition, f"{v.VOID}Dataset")
        block.link(f"{v.VOID}{kind}", term)
        block.integer(f"{v.VOID}{unit}", number)
        yield block.text()


def _short(term: str) -> str:
    """`schema-about` for `https://schema.org/about`; a term of no known namespace stays whole."""
    for prefix, namespace in v.PREFIXES.items():
        if term.startswith(namespace):
            return f"{prefix}-{term.removeprefix(namespace)}"
    return term


def _distributions(dataset: Block, files: Sequence[Path], iris: Iris) -> Iterable[str]:
    media_types = {f".{form.extension}": form.media_type for form in Format}
    for path in sorted(files, key=lambda path: path.name):
        iri = iris.within_dataset(f"file-{path.suffix[1:]}")
        dataset.link(f"{v.DCAT}distribution", iri)
        block = Block(iri, f"{v.DCAT}Distribution")
        block.plain(f"{v.DCTERMS}title", path.name)
        block.link(f"{v.DCAT}mediaType", _MEDIA_TYPE + media_types[path.suffix])
        block.integer(f"{v.DCAT}byteSize", path.stat().st_size)
        yield block.text()
