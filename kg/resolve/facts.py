"""What pages say of tags, numbers and kickers, each by itself, and what all of them say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model import Article, IndexKind, IndexPage, Record
from kg.relations import Relations
from kg.resolve.claims import Claim
from kg.resolve.credits import credited
from kg.resolve.kickers import kickers_told
from kg.resolve.numbers import numbers_told
from kg.resolve.tags import Seen, TagDraft, tags_told


class FactRow(Record, frozen=True):
    """What a page says, how often, and on which line first.

    what           key             text
    label          slug of a tag   as a row has it
    anchor         slug of a tag   words that link to it and are its slug, spelled out
    slug           slug of a tag   with blanks for dashes
    tag number     slug of a tag   number
    kicker         number          slug that selectors have
    announced      headline        number that a row with this whole headline has
    author number  number          kind and key of whom it stands for
    office         slug of what has officers
    """

    page: int
    what: str
    key: str
    text: str
    count: int
    line: int


def facts_of(page: int, claim: Claim) -> Iterator[FactRow]:
    """The rows of the page of that number; linear in its rows and links."""
    counts: dict[tuple[str, str, str], int] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for what, key, text, line in _told(claim):
        known = what, key, text
        counts[known] = counts.get(known, 0) + 1
        lines[known] = min(line, lines.get(known, line))
    for known, count in counts.items():
        yield FactRow(page, *known, count, lines[known])


def _told(claim: Claim) -> Iterator[tuple[str, str, str, int]]:
    """Each place as what, key, text and line."""
    yield from tags_told(claim)
    for headline, number, line in numbers_told(claim):
        yield "announced", headline, number, line
    for number, kicker in kickers_told(claim):
        yield "kicker", number, kicker, 0
    yield from _author_numbers(claim.page)
    for key in claim.offices:
        yield "office", key, "", 0


@dataclass(slots=True)
class Facts:
    """What the pages of an archive say of tags, by slug, and the slugs of what has officers."""

    tags: dict[str, TagDraft] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)


def read_facts(relations: Relations) -> Facts:
    """Add up the rows of all pages."""
    facts = Facts()
    for what, key, text, count, first in relations.rows(
        """SELECT what, fact.key, text, sum(count)::BIGINT, min({'path': path, 'line': fact.line})
           FROM fact JOIN page USING (page)
           WHERE what IN ('label', 'anchor', 'slug', 'tag number', 'office') GROUP BY ALL ORDER BY ALL"""
    ):
        if what == "office":
            facts.offices.add(key)
            continue
        draft = facts.tags.setdefault(key, TagDraft())
        if what == "tag number":
            draft.numbers[text] = count
        else:
            texts = {"label": draft.labels, "anchor": draft.anchors, "slug": draft.slugs}[what]
            texts[text] = Seen(count, first["path"], first["line"])
    return facts


def _author_numbers(page: Article | IndexPage) -> Iterator[tuple[str, str, str, int]]:
    """Whom an author's number stands for, from raw menus and author pages."""
    if isinstance(page, Article):
        rows = [(byline.number, byline.name, byline.line) for byline in page.authors]
    elif page.kind is IndexKind.AUTHOR:
        rows = [(page.number, page.name, page.source.first_line)]
    else:
        return
    for number, name, line in rows:
        refs = credited(name) if number else ()
        if number and len(refs) == 1:
            ref = refs[0][0]
            yield "author number", number, f"{ref.kind} {ref.key}", line
