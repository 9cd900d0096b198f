"""All that writes triples, in one place: pure functions from records to N-Triples text.

Each function returns whole lines, one node's block after the other and no line twice; the files that hold them say
in which order the properties of a node stand.
"""

from kg.rdf.articles import article_triples, stub_triples
from kg.rdf.entities import (
    entity_triples,
    files_triples,
    scheme_triples,
    tag_triples,
)
from kg.rdf.evidence import evidence_triples, identity_evidence, stub_evidence

__all__ = [
    "article_triples",
    "entity_triples",
    "evidence_triples",
    "files_triples",
    "identity_evidence",
    "scheme_triples",
    "stub_evidence",
    "stub_triples",
    "tag_triples",
]
