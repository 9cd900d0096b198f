"""What pages say that can be understood of each by itself, added up over all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.model import Article, IndexKind, IndexPage, NumberTold, Record, Ref
from kg.relations import Relations
from kg.resolve.claims import Claim
from kg.resolve.credits import credited
from kg.resolve.kickers import note_kickers
from kg.resolve.numbers import note_numbers
from kg.resolve.tags import Seen, TagDraft, note_tags


class FactRow(Record, frozen=True):
    """What many pages say alike: how often, and first where by path and line.

    what        key             text
    label       slug of a tag   as a row has it
    anchor      slug of a tag   words that link to it and are its slug, spelled out
    slug        slug of a tag   with blanks for dashes
    tag number  slug of a tag   number
    kicker      number          slug that selectors have
    announced   headline        number that a row with this whole headline has
    author number  number       kind and key of whom it stands for
    author page    name
    office         slug of what has officers
    """

    page: int  # of no meaning
    what: str
    key: str
    text: str
    count: int
    path: str
    line: int


class FactCounter:
    """Adds up what pages say alike."""

    def __init__(self) -> None:
        self._tags: dict[str, TagDraft] = {}
        self._numbers: dict[str, dict[str, NumberTold]] = {}
        self._kickers: Counter[tuple[str, str]] = Counter()
        self._author_numbers: dict[str, tuple[str, Ref]] = {}
        self._others: dict[tuple[str, str], Seen] = {}

    def add(self, claim: Claim) -> None:
        """Add what a claim says."""
        path = claim.page.source.path
        note_tags(claim, path, self._tags)
        note_numbers(claim, self._numbers)
        note_kickers(claim, self._kickers)
        _note_author_numbers(claim.page, path, self._author_numbers)
        for key in claim.offices:
            self._other("office", key)
        if isinstance(claim.page, IndexPage) and claim.page.kind is IndexKind.AUTHOR:
            self._other("author page", claim.page.name)

    def _other(self, what: str, key: str) -> None:
        self._others.setdefault((what, key), Seen(0, "", 0)).count += 1

    def rows(self) -> list[FactRow]:
        """All of it."""
        rows: list[FactRow] = []
        for key, draft in self._tags.items():
            for what, texts in (("label", draft.labels), ("anchor", draft.anchors), ("slug", draft.slugs)):
                rows += (
                    FactRow(0, what, key, text, one.count, one.path, one.line) for text, one in texts.items()
                )
            rows += (
                FactRow(0, "tag number", key, number, count, "", 0) for number, count in draft.numbers.items()
            )
        for headline, numbers in self._numbers.items():
            rows += (
                FactRow(0, "announced", headline, number, 1, one.path, one.line)
                for number, one in numbers.items()
            )
        rows += (
            FactRow(0, "kicker", number, slug, count, "", 0)
            for (number, slug), count in self._kickers.items()
        )
        for number, (path, ref) in self._author_numbers.items():
            rows.append(FactRow(0, "author number", number, f"{ref.kind} {ref.key}", 1, path, 0))
        rows += (FactRow(0, what, key, "", seen.count, "", 0) for (what, key), seen in self._others.items())
        return rows


@dataclass(slots=True)
class Facts:
    """What the pages of an archive say of tags, by slug, and the slugs of what has officers."""

    tags: dict[str, TagDraft] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)


def read_facts(relations: Relations) -> Facts:
    """Add up the rows `kg.resolve.rows.FactRow` of all shards."""
    facts = Facts()
    for what, key, text, count, first in relations.rows(
        """SELECT what, key, text, sum(count)::BIGINT, min({'path': path, 'line': line}) FROM fact
           WHERE what IN ('label', 'anchor', 'slug', 'tag number', 'office') GROUP BY what, key, text
           ORDER BY what, key, text"""
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


def _note_author_numbers(page: Article | IndexPage, path: str, known: dict[str, tuple[str, Ref]]) -> None:
    """Note whom an author's number stands for, from raw menus and author pages: the first by path."""
    rows: list[tuple[str | None, str]] = []
    if isinstance(page, Article):
        rows = [(byline.number, byline.name) for byline in page.authors]
    elif page.kind is IndexKind.AUTHOR:
        rows = [(page.number, page.name)]
    for number, name in rows:
        if number and (number not in known or path < known[number][0]):
            refs = credited(name)
            if len(refs) == 1:
                known[number] = path, refs[0][0]
