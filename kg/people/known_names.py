"""Where names that the archive knows stand in a text: one pass for all names, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.model import Record, Ref


class Found(Record, frozen=True):
    """A known name at `text[start:end]`, in code points."""

    ref: Ref
    start: int
    end: int


class KnownNames:
    """An index of names, searched as whole words; a genitive `s` after the name does not hide it.

    Of overlapping names the leftmost wins, of those at one place the longest (`Anna Kolb-Reuter` before `Anna Kolb`).
    Time is linear in the text and does not depend on the number of names (Aho and Corasick 1975).

    >>> from kg.model import NodeKind
    >>> names = KnownNames({"Anna Kolb": Ref(NodeKind.PERSON, "anna-kolb")})
    >>> [(found.start, found.end) for found in names.find("Mit Anna Kolbs Rede. Anna Kolbe schwieg.")]
    [(4, 13)]
    """

    def __init__(self, names: Mapping[str, Ref]) -> None:
        self._names = sorted(names)
        self._refs = [names[name] for name in self._names]
        self._search = AhoCorasick(self._names, matchkind=MatchKind.LeftmostLongest) if self._names else None

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in `text` from left to right, none overlapping another."""
        if self._search is None:
            return
        for index, start, end in self._search.find_matches_as_indexes(text):
            if _is_whole(text, start, end):
                yield Found(self._refs[index], start, end)


def _is_whole(text: str, start: int, end: int) -> bool:
    if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        return False
    rest = text[end : end + 2]
    if not rest or not rest[0].isalnum():
        return rest[:1] != "-" or not rest[1:].isalnum()
    return rest[0] == "s" and not rest[1:].isalnum()
