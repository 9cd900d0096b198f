"""Candidates: the words of one page that name someone or something, before anything is known of other pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from kg.model import Article, Candidate, IndexPage, NodeKind, Page, Part, Passage, Related
from kg.people.forms import bases
from kg.people.lines import Lines
from kg.people.recognizer import Span
from kg.people.recognizers import OWN, SpanFinder, load_recognizer
from kg.people.roles import Role, role_after, roles_before
from kg.people.spans import (
    Found,
    is_person_shape,
    name_after_role,
    organizations_in_compounds,
    repaired,
)
from kg.texts import Text, texts_of

_PERSON: Final = NodeKind.PERSON
_KINDS: Final = {
    "person": _PERSON,
    "organization": NodeKind.ORGANIZATION,
    "place": NodeKind.PLACE,
}
_ROLE_CONFIDENCE: Final = 0.97
"""A name with a job title beside it, found by the model as well."""
_ROLE_ALONE_CONFIDENCE: Final = 0.8
"""Words of the form of a name after a job title, which the model does not take for one."""
_SUPPORTED_CONFIDENCE: Final = 0.9
"""A full name that the article goes on to use a part of."""
_RELABELLED_CONFIDENCE: Final = 0.6
"""The form of a full name where the model takes it for a place or an organisation."""


def recognise(page: Page) -> Page:
    """The page with candidates in its own texts and in those of the rows that announce other articles."""
    return recognise_all([page])[0]


def recognise_all(pages: Sequence[Page], recognizer: str = OWN) -> list[Page]:
    """The same for many pages, whose texts are tagged together, which is faster; see `kg.people.recognizers`."""
    finder = load_recognizer(recognizer)
    own = [list(texts_of(page)) if isinstance(page, Article) else [] for page in pages]
    found = iter(_tagged([text for of_page in own for text in of_page], finder))
    announced = _announced(pages, finder)
    return [
        _with_candidates(page, [next(found) for _ in texts], announced)
        for page, texts in zip(pages, own, strict=True)
    ]


def _tagged(texts: Sequence[Text], finder: SpanFinder) -> list[list[Candidate]]:
    plain = [text.plain for text in texts]
    spans = finder.spans_of(plain)
    return [list(_candidates(*one)) for one in zip(texts, plain, spans, strict=True)]


_Announced = dict[tuple[Part, str], list[Candidate]]
"""The text of a row's headline or teaser, with its line breaks → its candidates, their lines counted from 0."""

_known: WeakKeyDictionary[SpanFinder, _Announced] = WeakKeyDictionary()
_MOST_KNOWN: Final = 50_000
"""How many such texts are kept: pages announce the same articles again and again."""


def _announced(pages: Sequence[Page], finder: SpanFinder) -> _Announced:
    """The candidates of all rows of `pages`; a row's depend on its own text alone, so it is tagged only once."""
    keys = list(dict.fromkeys(key for page in pages for row in _rows(page) for key, _ in _row_texts(row)))
    known = _known.setdefault(finder, {})
    new = [key for key in keys if key not in known]
    found = _tagged([Text(part, None, (Passage(text, 0),)) for part, text in new], finder)
    here = {key: known[key] for key in keys if key in known} | dict(zip(new, found, strict=True))
    if len(known) + len(new) > _MOST_KNOWN:
        known.clear()
    known.update(zip(new, found, strict=True))
    return here


def _row_texts(row: Related) -> Iterator[tuple[tuple[Part, str], int]]:
    """The texts of a row as keys, each with the line it begins on."""
    yield (Part.HEADLINE, row.headline), row.line
    if row.teaser is not None:
        yield (Part.ABSTRACT, row.teaser.text), row.teaser.first_line


def _rows(page: Page) -> tuple[Related, ...]:
    if isinstance(page, Article):
        return page.related
    return page.entries if isinstance(page, IndexPage) else ()


def _with_candidates(page: Page, own: list[list[Candidate]], announced: _Announced) -> Page:
    rows = tuple(
        replace(
            row,
            candidates=tuple(
                replace(one, line=line + one.line) for key, line in _row_texts(row) for one in announced[key]
            ),
        )
        for row in _rows(page)
    )
    if isinstance(page, Article):
        return replace(page, candidates=_supported([one for found in own for one in found]), related=rows)
    return replace(page, entries=rows) if isinstance(page, IndexPage) else page


def _supported(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates of an article, surer of full names a part of which stands alone in it as somebody's name."""
    alone = {form for one in found if one.kind is _PERSON and " " not in one.text for form in bases(one.text)}
    return tuple(
        replace(one, confidence=max(one.confidence, _SUPPORTED_CONFIDENCE))
        if one.kind is _PERSON and _parts(one.text) & alone
        else one
        for one in found
    )


def _parts(name: str) -> set[str]:
    """The first and the last word of a full name."""
    words = name.split()
    return {words[0], *bases(words[-1])} if len(words) > 1 else set()


def _candidates(text: Text, plain: str, spans: Sequence[Span]) -> Iterator[Candidate]:
    """The candidates of one text from left to right, none overlapping another."""
    before = _roles_by_place(plain)
    lines: Lines | None = None
    taken = 0
    found = [
        *_spans(plain, spans, before),
        *_after_roles(plain, spans, before),
        *organizations_in_compounds(plain),
    ]
    for one in sorted(found):
        if one.start < taken:
            continue
        taken = one.end
        lines = lines or Lines(text)
        role = before.get(one.start, one.role) if one.kind == "person" else None
        after = role_after(plain, one.end) if one.kind == "person" else None
        confidence = one.confidence
        if role is not None and not one.after_role:  # the model takes it for a name as well
            confidence = max(confidence, _ROLE_CONFIDENCE)
        title = (role and role.title) or (after and after.title)
        party = (role and role.party) or (after and after.party)
        yield Candidate(
            kind=_KINDS[one.kind],
            text=plain[one.start : one.end],
            part=text.part,
            image=text.image,
            start=one.start,
            end=one.end,
            line=lines.at(one.start),
            confidence=round(confidence, 3),
            role=title or None,
            party=party or None,
        )


def _roles_by_place(plain: str) -> dict[int, Role]:
    """Where a name begins → the role before it; of several (`Frau Professor X`) the one that is a job title."""
    found: dict[int, Role] = {}
    for start, role in roles_before(plain):
        if start not in found or found[start].title is None:
            found[start] = role
    return found


def _spans(plain: str, spans: Sequence[Span], roles: dict[int, Role]) -> Iterator[Found]:
    """What the model found, with its borders and kinds put right."""
    for span in spans:
        label, confidence = span.label, span.confidence
        if label != "person" and is_person_shape(plain, span, span.start in roles):
            label, confidence = "person", max(_RELABELLED_CONFIDENCE, 1 - confidence)
        if label != "person":
            yield Found(span.start, span.end, label, confidence)
        else:
            yield from repaired(plain, span.start, span.end, confidence)


def _after_roles(plain: str, spans: Sequence[Span], roles: dict[int, Role]) -> Iterator[Found]:
    """Names after a role that the model did not take for names of anything."""
    ends = [span.end for span in spans]
    for start, role in roles.items():
        index = bisect_right(ends, start)
        border = spans[index].start if index < len(spans) else len(plain)
        if start < border:
            end = name_after_role(plain, start, honorific=role.title is None)
            if end is not None and end <= border:
                yield Found(start, end, "person", _ROLE_ALONE_CONFIDENCE, role, after_role=True)
