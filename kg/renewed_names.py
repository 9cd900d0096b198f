"""Which articles a change of the names can touch: all others stay as they were written.

An article is written with the names of the whole archive, and most of what changes among them in a night does not stand
in it. A name is found in a text by its words, each of which begins a word of the text (endings are all that German
adds); a family name alone counts only in the months that have another bearer than before. Beside that, the other
spellings of a person matter where the article asked for them, and what a tag names where it links to that tag. Linear
in the texts, however many names there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any, Final, NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from kg.model import NodeKind, Ref
from kg.parts import Common
from kg.resolve.evidence import month_of

_MOST: Final = 5000
"""Changed names beyond which nearly every article is touched, and looking for them is in vain."""

_GENITIVE: Final = re.compile("s(?:-|$)")

_Spans = tuple[tuple[str, str, Ref], ...]


class _Name(NamedTuple):
    """A changed name: its other words beside the longest, and the months in which it matters; None for always."""

    words: tuple[bytes, ...]
    months: Set[str] | None

    def stands_in(self, text: bytes, date: str | None) -> bool:
        """Whether a text of that date that holds the longest word holds the name."""
        if self.months is not None and (date is None or date[:7] not in self.months):
            return False
        return all(word in text for word in self.words)


class ChangedNames:
    """The names that differ between two builds."""

    def __init__(self, before: Common, after: Common) -> None:
        old, new = before.book, after.book
        changed = [
            *_changed(old.full, new.full),
            *_changed(old.namesakes, new.namesakes),
            *_changed(old.singles, new.singles),
        ]
        self._refs = {ref for _, *values in changed for value in values for ref in _refs(value)}
        self._refs |= {Ref(NodeKind.TAG, slug) for slug, *_ in _changed(before.focus, after.focus)}
        names: list[tuple[str, Set[str] | None]] = [(name, None) for name, *_ in changed]
        names += [
            (name, _months_that_differ(was or (), is_now or ()) if _is_plain(name) else None)
            for name, was, is_now in _changed(old.single_spans, new.single_spans)
        ]
        self._everything = len(names) > _MOST or any(not name.split() for name, _ in names)
        by_word: dict[bytes, list[_Name]] = {}
        for name, months in names:
            word, *others = sorted(name.encode().split(), key=len, reverse=True) or [b""]
            by_word.setdefault(word, []).append(_Name(tuple(others), months))
        self._names = list(by_word.values())
        self._search = BytesAhoCorasick(list(by_word)) if by_word and not self._everything else None

    def touch(
        self, refs: Iterable[Ref], texts: Callable[[], Iterable[bytes]], date: Callable[[], str | None]
    ) -> bool:
        """Whether an article, written with the names before, would come out otherwise with those after.

        `refs` are the persons whose spellings it asked for and the tags it leads to. `texts`, all that names may
        stand in, and the date in ISO 8601 are read only where they matter.
        """
        if self._everything or not self._refs.isdisjoint(refs):
            return True
        if self._search is None:
            return False
        for text in texts():
            found = {index for index, *_ in self._search.find_matches_as_indexes(text, overlapping=True)}
            if found and self._any_stands_in(text, found, date()):
                return True
        return False

    def _any_stands_in(self, text: bytes, found: Iterable[int], date: str | None) -> bool:
        return any(name.stands_in(text, date) for index in found for name in self._names[index])


def _is_plain(name: str) -> bool:
    """Whether no other name can be seen or not with this one, whatever the date, since it stands inside it.

    A name stands whole in `Ys`, `Ys-…` and `Ys’`, so longer ones of this form may hide it.
    """
    return name.replace("-", "").isalnum() and not _GENITIVE.search(name)


def _months_that_differ(before: _Spans, after: _Spans) -> Set[str]:
    """The months (`2026-11`) with another bearer than before: spans begin and end with months."""
    differ = {*_bearers(before).items()} ^ {*_bearers(after).items()}
    return {month for month, _ in differ}


def _bearers(spans: _Spans) -> dict[str, Ref]:
    """The bearer in each month of the spans."""
    return {
        f"{month // 12:04d}-{month % 12 + 1:02d}": bearer
        for first, last, bearer in spans
        for month in range(month_of(first), month_of(last) + 1)
    }


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each key whose value differs, with both values; None where there is none."""
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old != new:
            yield key, old, new


def _refs(value: Any) -> Iterable[Ref]:
    """The nodes in a value of one of the tables of names."""
    if isinstance(value, dict):
        return value.values()
    return () if value is None else (value,)
