"""Mentions: where the texts of an article name what the archive knows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from kg.model import (
    Article,
    ArticleNode,
    Basis,
    Candidate,
    Finding,
    Mention,
    NodeKind,
    Part,
    Ref,
    Stub,
)
from kg.people.forms import name_words, with_genitive
from kg.resolve.known import Known, Names
from kg.resolve.parts_of_names import PartsOfNames
from kg.resolve.spots import Spot
from kg.texts import texts_of

_PERSON: Final = NodeKind.PERSON

TOPIC_LINK_CONFIDENCE: Final = 1.0
"""The paper itself links the words to the person's topic."""
ROLE_CONFIDENCE: Final = 0.98
"""A full name that the archive knows, behind a job title."""
KNOWN_NAME_CONFIDENCE: Final = 0.95
"""A full name that the archive knows, word for word; namesakes are the rest."""
INFLECTED_CONFIDENCE: Final = 0.9
"""What the recogniser found and the archive knows in another form."""
UNSEEN_THING_CONFIDENCE: Final = 0.85
"""A known place or organisation that the recogniser did not see there."""


def find_mentions(
    article: Article, node: ArticleNode, names: Names, focus: Mapping[str, Ref]
) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    """The mentions in headline, teaser, captions and body, in that order, each part's from left to right.

    A link to a topic whose tag has a focus (slug → node in `focus`) mentions that node: at its name inside the anchor
    where that stands there, else at the anchor. Family names that several persons of the article share, and names
    that nobody is known by, are left open and reported.
    """
    anchors: dict[tuple[Part | None, int | None], list[_Anchor]] = {}
    for anchor in _topic_anchors(article, node.link_targets, focus):
        anchors.setdefault((anchor.part, anchor.image), []).append(anchor)
    spots = _spots(article)
    for spot in spots:
        _note_known(spot, names, node.key, anchors.get((spot.text.part, spot.text.image), ()))
    findings = PartsOfNames(spots, names, node.date, article.source.path).note()
    return _all_mentions(spots), tuple(findings)


def find_stub_mentions(stub: Stub, names: Names) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    """The mentions in a stub's headline and teaser."""
    spots = _spots(stub)
    for spot in spots:
        _note_known(spot, names, stub.key, ())
    findings = PartsOfNames(spots, names, None, stub.path or "").note()
    return _all_mentions(spots), tuple(findings)


def _spots(node: Article | Stub) -> list[Spot]:
    by_text: dict[tuple[Part, int | None], list[Candidate]] = {}
    for one in node.candidates:
        by_text.setdefault((one.part, one.image), []).append(one)
    return [Spot(text, by_text.get((text.part, text.image), ())) for text in texts_of(node)]


def _all_mentions(spots: Iterable[Spot]) -> tuple[Mention, ...]:
    return tuple(
        one
        for spot in spots
        for one in sorted(spot.mentions, key=lambda mention: (mention.start, -mention.end))
    )


class _Anchor(NamedTuple):
    """Words that link to someone's topic or page."""

    part: Part | None
    image: int | None
    start: int
    end: int
    ref: Ref


def _topic_anchors(
    article: Article, link_targets: Iterable[Ref | None], focus: Mapping[str, Ref]
) -> list[_Anchor]:
    """The anchors that lead to an entity; two that touch and lead to the same one are one: `[1][Kanzler-][2][in X]`."""
    anchors: list[_Anchor] = []
    for link, target in zip(article.links, link_targets, strict=True):
        if target is None or link.start is None or link.end is None or link.start == link.end:
            continue
        ref = focus.get(target.key) if target.kind is NodeKind.TAG else target
        if ref is None or ref.kind is NodeKind.ARTICLE:
            continue
        start = link.start
        if anchors and anchors[-1][:2] == (link.part, link.image) and anchors[-1][3:] == (start, ref):
            start = anchors.pop().start
        anchors.append(_Anchor(link.part, link.image, start, link.end, ref))
    return anchors


def _note_known(spot: Spot, names: Names, key: str, anchors: Sequence[_Anchor]) -> None:
    """Note anchors, full names and what the recogniser found and the archive knows, the most certain first."""
    found = [
        one
        for one in names.find(spot.plain, key)
        if not _belongs_to_other(one, spot) and not _is_credit(one, spot.plain)
    ]
    starts: set[int] = set()
    for anchor in anchors:
        inside = [one for one in _overlapping(found, anchor) if one.ref is not None]
        start, end = _place_in_anchor(anchor, inside, spot.plain, names)
        if start < end and start not in starts:
            starts.add(start)
            spot.add(
                anchor.ref, start, with_genitive(spot.plain, end), Basis.TOPIC_LINK, TOPIC_LINK_CONFIDENCE
            )
    by_start = {one.start: one for one in spot.candidates}
    for one in found:
        if one.start in starts:
            continue
        end = with_genitive(spot.plain, one.end)
        if one.ref is None:
            spot.leave_open(one.start, end)
        else:
            spot.add(one.ref, one.start, end, *_basis(one.ref, by_start.get(one.start)))
    for candidate in spot.candidates:
        _note_candidate(candidate, spot, names, key)


def _basis(ref: Ref, candidate: Candidate | None) -> tuple[Basis, float]:
    if ref.kind is not _PERSON:
        same = candidate is not None and candidate.kind is ref.kind
        return Basis.KNOWN_NAME, KNOWN_NAME_CONFIDENCE if same else UNSEEN_THING_CONFIDENCE
    if candidate is not None and candidate.role is not None:
        return Basis.ROLE_AND_NAME, ROLE_CONFIDENCE
    return Basis.KNOWN_NAME, KNOWN_NAME_CONFIDENCE


def _belongs_to_other(known: Known, spot: Spot) -> bool:
    """Whether a known place or organisation is only a part of somebody's name, or is somebody's name there.

    `Anna Halle` is not in Halle, and nor is `Bürgermeister Halle`; `Präsident Tarviens` is.
    """
    if known.ref is None or known.ref.kind is _PERSON:
        return False
    holder = spot.covering(known.start, known.end)
    if holder is None or holder.kind is not _PERSON:
        return False
    if holder.start < known.start or holder.end > known.end + 1:
        return holder.confidence >= 0.5
    return holder.role is not None and holder.end == known.end


def _is_credit(known: Known, plain: str) -> bool:
    """Whether the mark of an agency or the paper stands as a credit or names who asks: `(dpa)`, `taz: Frau Kolb, …`."""
    if not plain[known.start : known.end].islower():
        return False
    before, after = plain[known.start - 1 : known.start], plain[known.end : known.end + 1]
    return (before in {"(", "/"} and after in {")", "/"}) or (after == ":" and before in {"", "\n"})


def _overlapping(found: Sequence[Known], anchor: _Anchor) -> Sequence[Known]:
    first = bisect_right(found, anchor.start, key=lambda one: one.end)
    return found[first : bisect_left(found, anchor.end, key=lambda one: one.start)]


def _place_in_anchor(anchor: _Anchor, inside: Iterable[Known], plain: str, names: Names) -> tuple[int, int]:
    """Where the thing that an anchor leads to is named: at its name, at its family name, else the whole anchor.

    Nowhere where the anchor names another thing of its kind.
    """
    for one in inside:
        if one.ref == anchor.ref:
            return one.start, one.end
    if any(one.ref.kind is anchor.ref.kind for one in inside if one.ref is not None):
        return 0, 0
    if anchor.ref.kind is _PERSON:
        families = {last for _, last in names.forms(anchor.ref).families}
        for start, end in name_words(plain[anchor.start : anchor.end]):
            word = plain[anchor.start + start : anchor.start + end]
            if word in families or word.removesuffix("s") in families:
                return anchor.start + start, anchor.start + end
    return anchor.start, anchor.end


def _note_candidate(candidate: Candidate, spot: Spot, names: Names, key: str) -> None:
    """Note a candidate that no exact search finds: `Nordkoreas`, `Grünen Liste`."""
    in_compound = spot.plain[candidate.end : candidate.end + 1] == "-"
    if in_compound or not spot.is_free(candidate.start, candidate.end):
        return
    if candidate.kind is _PERSON and " " in candidate.text:
        ref = names.person(candidate.text, key)
    else:
        ref = names.thing(candidate.text)
    if ref is None or (ref.kind is not candidate.kind and candidate.role is not None):
        return
    end = with_genitive(spot.plain, candidate.end)
    basis = Basis.ROLE_AND_NAME if candidate.role else Basis.RECOGNIZED_NAME
    spot.add(
        ref, candidate.start, end, basis, round(INFLECTED_CONFIDENCE * max(candidate.confidence, 0.6), 3)
    )
