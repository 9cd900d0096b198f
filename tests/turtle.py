"""Turtle as tests write it by hand: with the usual prefixes, addresses below the usual base."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.vocabulary import PREFIXES


def lines_of(turtle: str) -> list[str]:
    """The lines of N-Triples that hand-written Turtle stands for, in its order."""
    head = f"@base <{DEFAULT_BASE}> .\n"
    head += "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    return [f"{quad.triple} ." for quad in ox.parse(input=head + turtle, format=ox.RdfFormat.TURTLE)]
