"""Finding articles by headline: in full, by prefix where a rendering cut it, or as the phoxy rendering spells it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from kg.resolve.keys import collapse, transliterate

Item = TypeVar("Item")

MIN_PREFIX = 12
"""A cut headline shorter than this (code points) says too little to find anything by."""


class HeadlineIndex(Generic[Item]):
    """Items by headline. Look-ups are lazy: whoever wants to know of none, one or several stops at the second."""

    def __init__(self, entries: Iterable[tuple[str, Item]]) -> None:
        self._items: dict[str, list[Item]] = defaultdict(list)
        for headline, item in entries:
            self._items[collapse(headline)].append(item)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._items)

    def exact(self, headline: str) -> Sequence[Item]:
        """Items of that headline, white space aside, in the order they were given."""
        return self._items.get(collapse(headline), ())

    def starting_with(self, prefix: str) -> Iterator[Item]:
        """Items whose headline begins with `prefix`, by headline; none where it is too short to mean anything."""
        start = collapse(prefix)
        position = bisect_left(self._sorted, start)
        while len(start) >= MIN_PREFIX and position < len(self._sorted):
            if not self._sorted[position].startswith(start):
                return
            yield from self._items[self._sorted[position]]
            position += 1


class TransliteratedHeadlines(Generic[Item]):
    """Items by headline with ä, ö, ü, ß in ASCII, to be found by either spelling."""

    def __init__(self, entries: Iterable[tuple[str, Item]]) -> None:
        self._index = HeadlineIndex((transliterate(headline), item) for headline, item in entries)

    def of(self, headline: str) -> Sequence[Item]:
        """Items whose headline is `headline` once both are transliterated."""
        return self._index.exact(transliterate(headline))
