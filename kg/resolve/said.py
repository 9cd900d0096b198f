"""What one page says of names, as rows of a table: all of its evidence that does not depend on other pages.

The rows of a page are a function of that page alone, so they are made where it is read. Which texts stand for their
articles, and from when those are, is only known in the reduce, which adds the rows up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from kg.model import Article, Candidate, IndexKind, NodeKind, Record, Ref, Rendering
from kg.resolve.claims import Claim, Texts
from kg.resolve.credits import agency, credited, place
from kg.resolve.folding import fold
from kg.resolve.full_names import family_of, is_full, only_bearers
from kg.resolve.keys import collapse, slug
from kg.resolve.labels import is_never_person

TABLE: Final = "said"
"""What the rows of all pages are called."""

STATED: Final = -1
"""As a `row`: no text, but bylines, author pages, credits and datelines, which count for any dump of an article."""

OWN_TEXT: Final = 0
"""As a `row`: the text of the page itself. All others are lines of announcements, which count from 1."""


class What(StrEnum):
    """What a row is about, and which of its fields it therefore has beside `slug`."""

    STATED = "stated"  # text, rule, kind, count, line
    NAMED = "named"  # text, rule, kind, count, line; one row of the name: texts; one of the kind: confidence, surest
    ROLE = "role"  # title or party or both, count, line
    GENITIVE = (
        "genitive"  # the text has the name's last word without its `s` as a family name, and never with it
    )
    ACRONYM = "acronym"  # long, count


class Said(Record, frozen=True, omit_defaults=True):
    """What one text says of the names that share a slug. `page` is the number of the page.

    `row` is which of its texts: `STATED`, `OWN_TEXT`, or the line of an announcement. `line` is the first of `count`
    places. Of the rows of one text and slug, one has `texts`, to be counted. Of those that are of one kind too, one has
    the line and the confidence of the surest place, in thousandths so that sums do not depend on their order.
    """

    page: int
    row: int
    what: What
    slug: str
    text: str | None = None
    rule: str | None = None
    kind: NodeKind | None = None
    count: int | None = None
    line: int | None = None
    texts: int | None = None  # 1
    confidence: int | None = None
    surest: int | None = None
    title: str | None = None
    party: str | None = None
    long: str | None = None  # slug of what an acronym stands for


def said_of(page: int, claim: Claim, texts: Texts) -> Iterator[Said]:
    """The rows of the page of that number; linear in its names."""
    yield from _stated(page, claim)
    rule = "transliterated text" if texts.source.rendering is Rendering.PHOXY else "text"
    yield from _Text(page, OWN_TEXT, rule).rows(texts.candidates)
    for row in texts.rows:
        yield from _Text(page, row.line, rule).rows(row.candidates)


def _stated(number: int, claim: Claim) -> Iterator[Said]:
    """The names of bylines, author pages, credits and datelines."""
    counts: Counter[tuple[Ref, str, str]] = Counter()
    lines: dict[tuple[Ref, str, str], int] = {}
    for ref, rule, text, line in _statements(claim):
        known = ref, rule, text
        counts[known] += 1
        lines[known] = min(line, lines.get(known, line))
    for (ref, rule, text), count in counts.items():
        line = lines[ref, rule, text]
        yield Said(number, STATED, What.STATED, ref.key, text, rule, ref.kind, count, line)


def _statements(claim: Claim) -> Iterator[tuple[Ref, str, str, int]]:
    """Whom the page states, by which rule, how spelled, and on which line."""
    page = claim.page
    if not isinstance(page, Article):
        if page.kind is IndexKind.AUTHOR:
            for ref, text in credited(page.name):
                yield ref, "author page", text, page.source.first_line
        return
    for byline in page.authors:
        for ref, text in credited(byline.name):
            yield ref, "byline", text, byline.line
    line = claim.body_line or page.headline_line
    for mark in page.credits:
        ref, text = agency(mark)
        yield ref, "credit", text, line
    for printed in page.places:
        ref, text = place(printed)
        rule = "dateline" if text == printed else "dateline in capitals"
        yield ref, "transliterated text" if page.transliterated else rule, text, line


class _Surface(NamedTuple):
    """What a candidate's words come to, whatever the text."""

    text: str
    key: str
    is_full: bool
    folded: str
    family: str | None  # of a full name, folded
    kind: NodeKind | None  # where its form alone says so


@lru_cache(maxsize=1 << 14)
def _surface(words: str) -> _Surface:
    text = collapse(words)
    family = family_of(text)
    return _Surface(
        text,
        slug(text),
        is_full(text),
        fold(text),
        fold(family) if family is not None else None,
        NodeKind.ORGANIZATION if is_never_person(text) else None,
    )


class _Spelled:
    """Where a text has a name in one spelling and as one kind. `number` is that of the surest candidate."""

    __slots__ = ("count", "kind", "line", "number", "surest", "surface")

    def __init__(self, surface: _Surface, kind: NodeKind, first: Candidate, number: int) -> None:
        self.surface = surface
        self.kind = kind
        self.count = 0
        self.line = first.line
        self.surest = first
        self.number = number

    @property
    def doubt(self) -> tuple[float, int]:
        """Sorts the surest first, of equals the first in the text."""
        return -self.surest.confidence, self.number


class _Text:
    """One text of a page: what it says of each name."""

    def __init__(self, page: int, row: int, rule: str) -> None:
        self._page = page
        self._row = row
        self._rule = rule  # what its spellings are worth: the phoxy rendering has no umlauts in prose

    def rows(self, candidates: Sequence[Candidate]) -> Iterator[Said]:
        """The rows for the candidates of the text, in their order."""
        if not candidates:
            return
        spelled: dict[tuple[str, NodeKind], _Spelled] = {}
        persons: list[tuple[Candidate, _Surface]] = []
        acronyms: Counter[tuple[str, str]] = Counter()
        before = candidates[0]
        for number, candidate in enumerate(candidates):
            surface = _surface(candidate.text)
            spelling = surface.text, surface.kind or candidate.kind
            known = spelled.get(spelling)
            if known is None:
                known = spelled[spelling] = _Spelled(surface, spelling[1], candidate, number)
            known.count += 1
            known.line = min(known.line, candidate.line)
            if candidate.confidence > known.surest.confidence:
                known.surest, known.number = candidate, number
            if candidate.kind is NodeKind.PERSON:
                persons.append((candidate, surface))
            elif _explains(before, candidate):
                acronyms[slug(candidate.text), slug(before.text)] += 1
            before = candidate
        yield from self._named(spelled.values())
        for (short, long), count in acronyms.items():
            yield Said(self._page, self._row, What.ACRONYM, short, count=count, long=long)
        if persons:
            yield from self._persons(persons)

    def _named(self, spelled: Collection[_Spelled]) -> Iterator[Said]:
        surest: dict[tuple[str, NodeKind], _Spelled] = {}
        for one in spelled:
            best = surest.setdefault((one.surface.key, one.kind), one)
            if best is not one and one.doubt < best.doubt:
                surest[one.surface.key, one.kind] = one
        counted: set[str] = set()
        for one in spelled:
            text, key, *_ = one.surface
            is_surest = surest[key, one.kind] is one
            yield Said(
                self._page,
                self._row,
                What.NAMED,
                key,
                text,
                self._rule,
                one.kind,
                one.count,
                one.line,
                None if key in counted else 1,
                round(1000 * one.surest.confidence) if is_surest else None,
                one.surest.line if is_surest else None,
            )
            counted.add(key)

    def _persons(self, persons: Sequence[tuple[Candidate, _Surface]]) -> Iterator[Said]:
        """Roles and parties, and full names that the text has only with an `s` that its family names lack."""
        full_names = only_bearers(
            (surface.family, surface.key) for _, surface in persons if surface.family is not None
        )
        yield from self._roles(persons, full_names)
        genitives = [family for family in full_names if family.endswith("s")]
        if genitives:
            alone = {surface.folded for _, surface in persons if not surface.is_full}
            for family in genitives:
                if fold(family[:-1]) in alone and family not in alone:
                    yield Said(self._page, self._row, What.GENITIVE, full_names[family])

    def _roles(
        self, persons: Sequence[tuple[Candidate, _Surface]], full_names: Mapping[str, str]
    ) -> Iterator[Said]:
        """Roles and parties; a family name's go to the one full name of the text that has it."""
        counts: Counter[tuple[str, str | None, str | None]] = Counter()
        lines: dict[tuple[str, str | None, str | None], int] = {}
        for candidate, surface in persons:
            if candidate.role or candidate.party:
                key = surface.key if surface.is_full else full_names.get(surface.folded, surface.key)
                role = key, candidate.role, candidate.party
                counts[role] += 1
                lines[role] = min(candidate.line, lines.get(role, candidate.line))
        for (key, title, party), count in counts.items():
            line = lines[key, title, party]
            yield Said(
                self._page, self._row, What.ROLE, key, count=count, line=line, title=title, party=party
            )


def _explains(long: Candidate, short: Candidate) -> bool:
    """Whether it is `Soziale Mitte (SM)`: an acronym in brackets, its letters in order in the name before it."""
    if not long.kind is short.kind is NodeKind.ORGANIZATION:
        return False
    beside = (long.part, long.image, long.end + 2) == (short.part, short.image, short.start)
    if not (beside and 2 <= len(short.text) <= 6):
        return False
    letters = iter(long.text.lower())
    first = short.text[0].lower() == long.text[0].lower()
    return first and short.text.isupper() and all(letter in letters for letter in short.text.lower())
