"""What belongs to no article, written as the last of the shards once all others are: entities, tags, dump files.

It holds the counts and the dump files of a whole archive, which is why a large build gives it a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Identities, Record, Source
from kg.rdf.iris import Iris
from kg.reducing import read_identities
from kg.staging import all_shards
from kg.store.tables import encode_rows
from kg.writing import entity_knowledge, entity_reasons, entity_rows
from kg.written_shards import add_up, put_whole, read_tally


class WholeTask(Record, frozen=True):
    """Write what the reduce left in `decided` beside the parts of the shards, into `written`. Places are text.

    `names` are the written shards, `staged` is where the documents are.
    """

    staged: str
    decided: str
    written: str
    names: tuple[str, ...]
    base_iri: str
    publisher: str
    evidence: bool


def write_whole(task: WholeTask) -> None:
    """Do the task."""
    identities = read_identities(task.decided, Identities)
    iris = Iris(task.base_iri, task.publisher)
    tally = add_up(read_tally(task.written, name) for name in task.names)
    put_whole(
        task.written,
        entity_knowledge(identities, _sources(task.staged), tally, iris),
        entity_reasons(identities, iris) if task.evidence else (),
        encode_rows(entity_rows(identities, tally, iris)),
    )


def _sources(staged: str) -> Iterator[Source]:
    return (doc.source for _, shard in all_shards(staged) for doc in shard.docs if doc.source)
