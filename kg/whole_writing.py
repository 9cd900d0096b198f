"""What belongs to no article, written behind the shards once all of them are: entities, tags, dump files.

It holds the counts and the dump files of a whole archive, which is why a large build gives it a process of its own.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from kg.model import Identities, Record, Source
from kg.places import within
from kg.rdf.iris import Iris
from kg.rdf.triples import files_triples
from kg.reducing import read_identities
from kg.shard_writing import digest, digest_of
from kg.staging import all_shards
from kg.store.tables import encode_rows
from kg.writing import entity_knowledge, entity_reasons, entity_rows, with_edges
from kg.written_shards import DUMP_FILES, ENTITIES, add_up, put_whole, read_made_of, read_tally


class WholeTask(Record, frozen=True):
    """Write what the reduce left in `decided` beside the parts of the shards, into `written`. Places are text.

    `names` are the written shards, `staged` is where the documents are, `how` stands for code and options.
    """

    staged: str
    decided: str
    written: str
    names: tuple[str, ...]
    base_iri: str
    publisher: str
    evidence: bool
    how: str


def write_whole(task: WholeTask) -> tuple[str, ...]:
    """Do the task; the names of what is there now, in the order of the graph."""
    iris, key = Iris(task.base_iri, task.publisher), _entities_key(task)
    if not _is_there(task, ENTITIES, key):
        tally = add_up(read_tally(task.written, name) for name in task.names)
        identities = with_edges(read_identities(task.decided, Identities), tally, iris)
        put_whole(
            task.written,
            ENTITIES,
            entity_knowledge(identities, tally, iris),
            entity_reasons(identities, iris) if task.evidence else (),
            encode_rows(entity_rows(identities, tally, iris)),
            key=key,
        )
    return (ENTITIES, *_write_files(task, iris))


def has_entities(task: WholeTask) -> bool:
    """Whether entities and tags were written before as they would be now, so that little is left to do."""
    return _is_there(task, ENTITIES, _entities_key(task))


def _is_there(task: WholeTask, name: str, key: str) -> bool:
    done = read_made_of(task.written, name)
    return done is not None and done.key == key


def _entities_key(task: WholeTask) -> str:
    """What entities and tags are made of: what was decided, and what the shards add up to."""
    shards = (read_made_of(task.written, name) for name in task.names)
    decided = digest_of(within(task.decided, "identities"))
    return digest(task.how, decided, [shard and shard.tallied for shard in shards])


def _write_files(task: WholeTask, iris: Iris) -> list[str]:
    """The dump files by the first digit of their hash, which leaves their order as it is; a changed file is in two."""
    digests: defaultdict[str, hashlib._Hash] = defaultdict(lambda: hashlib.sha256(task.how.encode()))
    for name, source in _sources(task):
        digests[name].update(msgspec.msgpack.encode(source))
    keys = {name: made_of.hexdigest() for name, made_of in sorted(digests.items())}
    todo: dict[str, list[Source]] = {name: [] for name, key in keys.items() if not _is_there(task, name, key)}
    for name, source in _sources(task) if todo else ():
        if name in todo:
            todo[name].append(source)
    for name, sources in todo.items():
        put_whole(task.written, name, files_triples(sources, iris), key=keys[name])
    return list(keys)


def _sources(task: WholeTask) -> Iterator[tuple[str, Source]]:
    """Every dump file after the name of the shard that it belongs to."""
    for _, shard in all_shards(task.staged):
        for doc in shard.docs:
            if doc.source:
                yield DUMP_FILES + doc.source.sha256[0], doc.source
