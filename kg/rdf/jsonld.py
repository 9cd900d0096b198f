"""JSON-LD with our own context: one line per node, short names instead of IRIs.

Oxigraph's serialiser writes JSON-LD without a context, every property a full IRI; here the same triples are put in
the words of `ontologies/context.jsonld`, which the file carries so that it can be read without a network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.rdf import ontology
from kg.rdf import vocabulary as v

_NODE: Final = "@id"

# What a reader that keeps numbers as doubles still holds exactly.
_PLAIN_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")


def write_jsonld(quads: Iterable[ox.Quad], file: IO[bytes]) -> None:
    """Write triples as JSON-LD; triples of one subject that stand together become one object.

    A value stands bare where the context gives its kind (IRI, datatype, language), else as a value object.
    """
    context = json.loads(ontology.path("context.jsonld").read_bytes())["@context"]
    terms = _Terms(context)
    file.write(b'{"@context": ' + _json(context) + b',\n"@graph": [')
    separator = b"\n"
    for node in _nodes(quads, terms):
        file.write(separator + _json(node))
        separator = b",\n"
    file.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class _Terms:
    """The context the other way round: from an IRI to its short name and the kind of its bare values."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._prefixes = {
            name: iri for name, iri in context.items() if isinstance(iri, str) and iri[-1] in "/#"
        }
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for name, definition in context.items():
            whole = definition if isinstance(definition, dict) else {"@id": definition}
            iri = self._expand(whole["@id"])
            self._names[iri] = name
            language = whole.get("@language")
            self._kinds[name] = f"@{language}" if language else self._expand(whole.get("@type", v.XSD_STRING))

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name

    def name(self, iri: str) -> str:
        """The short name of a property or class, or the IRI itself."""
        return self._names.get(iri, iri)

    def kind(self, name: str) -> str:
        """`@id`, `@` and a language, or the IRI of a datatype: what a bare string under `name` is."""
        return self._kinds.get(name, v.XSD_STRING)


def _nodes(quads: Iterable[ox.Quad], terms: _Terms) -> Iterator[dict[str, Any]]:
    for subject, triples in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {_NODE: _iri(subject)}
        for triple in triples:
            predicate = triple.predicate.value
            if predicate == v.RDF_TYPE:
                node.setdefault("@type", []).append(terms.name(_iri(triple.object)))
            else:
                name = terms.name(predicate)
                node.setdefault(name, []).append(_value(triple.object, terms.kind(name)))
        yield {name: values[0] if len(values) == 1 else values for name, values in node.items()} | {
            _NODE: node[_NODE]
        }


def _iri(term: object) -> str:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"a graph of ours has no {type(term).__name__} here: {term}")
    return term.value


def _value(term: object, kind: str) -> Any:
    """A property's value in JSON; `kind` is what a bare string would be."""
    if not isinstance(term, ox.Literal):
        iri = _iri(term)
        return iri if kind == _NODE else {_NODE: iri}
    text, datatype = term.value, term.datatype.value
    if term.language:
        return text if kind == f"@{term.language}" else {"@value": text, "@language": term.language}
    if datatype == kind:
        return _native(text, datatype)
    return {"@value": text} if datatype == v.XSD_STRING else {"@value": text, "@type": datatype}


def _native(text: str, datatype: str) -> str | int | bool:
    """A number or truth value of JSON where it is the very same lexical form after the way back, else the text."""
    if datatype == v.XSD_INTEGER and _PLAIN_INTEGER.fullmatch(text):
        return int(text)
    if datatype == v.XSD_BOOLEAN and text in {"true", "false"}:
        return text == "true"
    return text
