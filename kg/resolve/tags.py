"""The paper's scheme of tags: one concept for each label, with its number, what it is narrower than, whom it names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model import Article, Finding, IndexKind, Ref, SelectorKind, Tag, TagKind
from kg.resolve.claims import Claim, rows_of
from kg.resolve.keys import slug, transliterate

_SPELLING = re.compile(r"[\s/_\-‐‑‒–—]")
"""What two spellings of one label may differ in."""

FOCUS_PREFIX = "Schwerpunkt "
"""The paper's word for a topic in focus: `Schwerpunkt X` is narrower than `X`."""


@dataclass(slots=True)
class Seen:
    """One spelling of a name: how often, and where first (by path and line)."""

    count: int
    path: str
    line: int

    def add(self, path: str, line: int, count: int) -> None:
        """Count more places, the first of them there."""
        self.count += count
        if path < self.path or (line < self.line and path == self.path):
            self.path, self.line = path, line


@dataclass(slots=True)
class TagDraft:
    """What all pages say of one tag."""

    labels: dict[str, Seen] = field(default_factory=dict)
    anchors: dict[str, Seen] = field(
        default_factory=dict
    )  # words that link to it and are its slug, spelled out
    slugs: dict[str, Seen] = field(default_factory=dict)  # selectors' slugs with blanks for dashes
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows and topic pages have it; links do not count."""
        return sum(seen.count for seen in self.labels.values())

    @property
    def label(self) -> str:
        """The most frequent label; without any, what links to it say."""
        seen = self.labels or self.anchors or self.slugs
        return min(seen, key=lambda label: (-seen[label].count, label))


class Kind(NamedTuple):
    """A tag's kind, why, and the thing it names."""

    kind: TagKind
    basis: str
    focus: Ref | None = None
    doubtful: bool = False


def tags_told(claim: Claim) -> Iterator[tuple[str, str, str, int]]:
    """What a page says of tags, in rows of TAGS, as a topic page and in links to topics: each as `label`, `anchor`,
    `slug` or `tag number`, the tag's slug, the text and the line.
    """
    page = claim.page
    tags = [(row.tag.label, row.tag.number, row.tag.line) for row in rows_of(claim) if row.tag is not None]
    if isinstance(page, Article):
        tags += [(tag.label, tag.number, tag.line) for tag in page.tags]
        yield from _links_told(page)
    elif page.kind is IndexKind.TOPIC:
        tags.append((page.name, page.number, page.source.first_line))
    for label, number, line in tags:
        key = slug(label)
        yield "label", key, label, line
        if number:
            yield "tag number", key, number, line


def _links_told(page: Article) -> Iterator[tuple[str, str, str, int]]:
    for link in page.links:
        target = link.selector
        if target is not None and target.kind is SelectorKind.TOPIC and target.slug:
            key = slug(target.slug)
            yield "slug", key, target.slug.replace("-", " "), link.line
            if link.text is not None:
                yield "anchor", key, link.text, link.line
            if target.number:
                yield "tag number", key, target.number, link.line


def make_tags(drafts: Mapping[str, TagDraft], kinds: Mapping[str, Kind]) -> tuple[list[Tag], list[Finding]]:
    """Write down each tag, with the kind that was decided for it by slug.

    A number that two tags claim is given to neither, and of two numbers of one tag the more frequent is taken; both
    are findings, and so are different labels that share a slug (`C` and `C++`).
    """
    owners = Counter(number for draft in drafts.values() for number in draft.numbers)
    tags = []
    for key in sorted(drafts):
        draft = drafts[key]
        label = draft.label
        broader = slug(label.removeprefix(FOCUS_PREFIX)) if label.startswith(FOCUS_PREFIX) else None
        tags.append(
            Tag(
                slug=key,
                label=label,
                alternates=tuple(sorted(draft.labels.keys() - {label})),
                number=_number(draft, owners),
                broader=broader if broader in drafts and broader != key else None,
                focus=kinds[key].focus,
                kind=kinds[key].kind,
                kind_basis=kinds[key].basis,
            )
        )
    return tags, [*_number_conflicts(drafts), *_merged_labels(drafts)]


def _number(draft: TagDraft, owners: Mapping[str, int]) -> str | None:
    own = [number for number in draft.numbers if owners[number] == 1]
    return min(own, key=lambda number: (-draft.numbers[number], number), default=None)


def _merged_labels(drafts: Mapping[str, TagDraft]) -> list[Finding]:
    """Findings for labels that are one tag only because a slug drops what sets them apart."""
    findings = []
    for key in sorted(drafts):
        labels = sorted(drafts[key].labels)
        if len({_SPELLING.sub("", transliterate(label).lower()) for label in labels}) > 1:
            listed = ", ".join(f"“{label}”" for label in labels)
            findings.append(
                Finding("tag-labels-merged", *_first_place(drafts[key]), f"one tag by its slug: {listed}")
            )
    return findings


def _number_conflicts(drafts: Mapping[str, TagDraft]) -> list[Finding]:
    findings = []
    owners: dict[str, list[str]] = defaultdict(list)
    for key in sorted(drafts):
        for number in sorted(drafts[key].numbers):
            owners[number].append(key)
        if len(drafts[key].numbers) > 1:
            numbers = ", ".join(f"t{number}" for number in sorted(drafts[key].numbers))
            findings.append(
                _finding(drafts[key], f"the tag “{drafts[key].label}” has several numbers: {numbers}")
            )
    for number, keys in sorted(owners.items()):
        if len(keys) > 1:
            labels = ", ".join(f"“{drafts[key].label}”" for key in keys)
            findings.append(_finding(drafts[keys[0]], f"t{number} is the number of several tags: {labels}"))
    return findings


def _finding(draft: TagDraft, message: str) -> Finding:
    return Finding("tag-number-conflict", *_first_place(draft), message)


def _first_place(draft: TagDraft) -> tuple[str, int]:
    return min((one.path, one.line) for one in (draft.labels or draft.slugs).values())
