"""Which written shards a change of the names can touch: all others stay as they are.

A shard is written with the names of the whole archive, and most of what changes among them in a night stands in none of
its texts. A name is found in a text by its words, each of which begins a word of the text (endings are all that German
adds), or through a person found there, whose other spellings count as well. So a shard is touched where its texts hold
the longest word of a changed name, where it asked about a person, or names an entity, that a changed name belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ahocorasick_rs import BytesAhoCorasick

from kg.model import NodeKind, Ref
from kg.places import read_bytes
from kg.shard_writing import Common, Done, WriteTask
from kg.staging import Shard

_MOST: Final = 2000
"""Changed names beyond which nearly every shard is touched, and looking for them is in vain."""


class ChangedNames:
    """The names that differ between two builds."""

    def __init__(self, before: Common, after: Common) -> None:
        old, new = before.book, after.book
        tables = (
            (old.full, new.full),
            (old.namesakes, new.namesakes),
            (old.singles, new.singles),
            (old.single_spans, new.single_spans),
        )
        changed = [entry for pair in tables for entry in _changed(*pair)]
        tags = list(_changed(before.focus, after.focus))
        self.refs = {ref for _, *values in [*changed, *tags] for value in values for ref in _refs(value)}
        self.refs |= {Ref(NodeKind.TAG, slug) for slug, *_ in tags}
        words = {max(name.split(), key=len, default="") for name, *_ in changed} - {""}
        self._everything = len(words) > _MOST or any(not name.split() for name, *_ in changed)
        self._search = BytesAhoCorasick([word.encode() for word in sorted(words)]) if words else None

    def touch(self, done: Done, task: WriteTask) -> bool:
        """Whether a shard, written with the names before, would come out otherwise with those after."""
        if self._everything:
            return True
        if not self.refs.isdisjoint(done.asked) or any(ref in self.refs for ref, *_ in done.tally):
            return True
        return self._search is not None and any(map(self._search.find_matches_as_indexes, _texts(task)))


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each key whose value differs, with both values; None where there is none."""
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old != new:
            yield key, old, new


def _refs(value: Any) -> Iterable[Ref]:
    """The nodes in a value of one of the tables of names."""
    if isinstance(value, Ref):
        return (value,)
    if isinstance(value, dict):
        return value.values()
    return (ref for *_, ref in value or ())


def _texts(task: WriteTask) -> Iterator[bytes]:
    """The texts of a shard's articles and stubs, with much else."""
    yield read_bytes(task.part)
    shard = Shard.open(task.staged)
    if shard is not None:
        yield from map(bytes, shard.pages())
