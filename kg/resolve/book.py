"""The book of names that articles are read with in the second map."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from kg.model import Entity, NameBook, NodeKind, Ref
from kg.resolve.entities import NO_NAMES, Draft
from kg.resolve.evidence import Evidence
from kg.resolve.folding import fold, is_initial, words_of
from kg.resolve.full_names import family_of, is_full

WINDOW: Final = 12
"""A family name alone is somebody's for this many months before and after full names say so."""

DOMINANT: Final = 0.9
"""The share of the articles with that family name, in the window, that the bearer must have."""

ENOUGH: Final = 2
"""And this many articles of all times: one alone is no habit."""

_Spans = tuple[tuple[str, str, Ref], ...]


def make_book(
    entities: Iterable[Entity],
    drafts: Iterable[Draft],
    evidence: Evidence,
    namesakes: Mapping[str, Mapping[str, Ref]],
) -> NameBook:
    """Every accepted spelling → its entity; `namesakes` has article → person by the slug that several persons share.

    A spelling that two kinds claim goes to the one that the texts are surest of.
    """
    names = {entity.ref: entity.name for entity in entities}
    claims: dict[str, list[tuple[float, Ref]]] = defaultdict(list)
    shared: dict[str, dict[str, Ref]] = {}
    singles: dict[str, Ref] = {}
    for draft in drafts:
        kind = draft.ref.kind
        for key in draft.keys:
            name = evidence.names[key]
            weight = name.share(kind) + (kind in name.given)
            rules = {draft.why[key].rule} if key in draft.why else set()
            for text in {text for seen in name.spellings.values() for text in seen}:
                if key in namesakes:
                    shared[text] = dict(sorted(namesakes[key].items()))
                elif kind is not NodeKind.PERSON or (is_full(text) and not rules & (NO_NAMES - {"genitive"})):
                    claims[text].append((weight, draft.ref))
                elif not is_full(text):
                    singles[text] = draft.ref
        canonical = names[draft.ref]
        if not draft.split and (kind is not NodeKind.PERSON or is_full(canonical)):
            claims[canonical].append((2.0, draft.ref))
    full = {
        text: max(refs, key=lambda one: (one[0], one[1].kind, one[1].key))[1] for text, refs in claims.items()
    }
    return NameBook(
        full=dict(sorted(full.items())),
        namesakes=dict(sorted(shared.items())),
        singles=dict(sorted(singles.items())),
        single_spans=_dominant_spans(
            [draft for draft in drafts if draft.ref.kind is NodeKind.PERSON], evidence
        ),
    )


def _dominant_spans(persons: Sequence[Draft], evidence: Evidence) -> dict[str, _Spans]:
    bearers: dict[str, dict[Ref, Counter[int]]] = defaultdict(dict)
    surfaces: dict[str, set[str]] = defaultdict(set)
    of_names = evidence.months({key for draft in persons for key in draft.keys})
    for draft in persons:
        for key in draft.keys:
            name = evidence.names[key]
            if (family := family_of(name.label)) is None or is_initial(words_of(name.label)[0]):
                continue
            months = bearers[fold(family)].setdefault(draft.ref, Counter())
            if not name.is_inferred:
                months.update(of_names.get(key, {}))
            if key not in draft.why or draft.why[key].rule not in NO_NAMES:
                texts = {text for seen in name.spellings.values() for text in seen}
                surfaces[fold(family)] |= {own for text in texts if (own := family_of(text)) is not None}
    spans = {family: _spans(by_person) for family, by_person in bearers.items()}
    return {
        surface: spans[family]
        for family in sorted(spans)
        if spans[family]
        for surface in sorted(surfaces[family])
    }


def _spans(by_person: Mapping[Ref, Counter[int]]) -> _Spans:
    """The times of the one bearer that outweighs all others around every month."""
    totals = {ref: months.total() for ref, months in by_person.items()}
    if max(totals.values()) < ENOUGH:
        return ()
    steps: dict[int, list[tuple[Ref, int]]] = defaultdict(list)
    for ref, months in by_person.items():
        for seen, count in months.items():
            steps[seen - WINDOW].append((ref, count))
            steps[seen + WINDOW + 1].append((ref, -count))
    near: Counter[Ref] = Counter()  # articles in the window of the month `first`
    found: list[tuple[int, int, Ref]] = []
    for first, after in pairwise(sorted(steps)):
        for ref, count in steps[first]:
            near[ref] += count
            if not near[ref]:
                del near[ref]
        if not near:
            continue
        best = max(near, key=near.__getitem__)
        if totals[best] < ENOUGH or near[best] < DOMINANT * near.total():
            continue
        if found and found[-1][2] == best and found[-1][1] == first - 1:
            found[-1] = (found[-1][0], after - 1, best)
        else:
            found.append((first, after - 1, best))
    return tuple(
        (_day(first, 1), _day(last, monthrange(*_parts(last))[1]), ref) for first, last, ref in found
    )


def _parts(month: int) -> tuple[int, int]:
    return month // 12, month % 12 + 1


def _day(month: int, day: int) -> str:
    year, number = _parts(month)
    return f"{year:04d}-{number:02d}-{day:02d}"
