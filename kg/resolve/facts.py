"""The first reading of all claims: what pages say that can be understood of each by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kg.model import Article, IndexKind, IndexPage, NumberTold, Ref, Source
from kg.resolve.claims import Claim, rows_of
from kg.resolve.credits import credited
from kg.resolve.evidence import Name
from kg.resolve.gathering import note_stated
from kg.resolve.groups import Dump
from kg.resolve.kickers import Kickers, article_links
from kg.resolve.numbers import note_numbers
from kg.resolve.pages import Pages
from kg.resolve.tags import TagDraft, note_tags


@dataclass(slots=True)
class Facts:
    """What the pages of an archive say. `sources` are by page, so that each is in memory once."""

    sources: list[Source] = field(default_factory=list)
    dumps: list[Dump] = field(default_factory=list)
    numbers: dict[str, dict[str, NumberTold]] = field(default_factory=dict)  # as `note_numbers` has them
    tags: dict[str, TagDraft] = field(default_factory=dict)  # by slug
    author_numbers: dict[str, tuple[str, Ref]] = field(
        default_factory=dict
    )  # with the first path that tells it
    author_pages: set[str] = field(default_factory=set)  # their names
    names: dict[str, Name] = field(default_factory=lambda: defaultdict(Name))  # bylines, credits, datelines
    offices: set[str] = field(default_factory=set)
    kickers: Kickers = field(default_factory=lambda: Kickers({}))


def read_facts(pages: Pages) -> Facts:
    """Read all claims; linear in them."""
    facts = Facts()
    kickers: Counter[tuple[str, str]] = Counter()  # by an article's number and the slug
    for number, claim in enumerate(pages.claims()):
        page = claim.page
        path = page.source.path
        facts.sources.append(page.source)
        if isinstance(page, Article):
            facts.dumps.append(Dump.of(number, claim, page))
        elif page.kind is IndexKind.AUTHOR:
            facts.author_pages.add(page.name)
        note_numbers(claim, facts.numbers)
        note_tags(claim, path, facts.tags)
        note_stated(claim, path, facts.names)
        _note_kickers(claim, kickers)
        _note_author_numbers(page, path, facts.author_numbers)
        facts.offices.update(claim.offices)
    facts.kickers = Kickers(kickers)
    return facts


def _note_kickers(claim: Claim, seen: Counter[tuple[str, str]]) -> None:
    """Count the slugs that selectors have for an article's kicker."""
    page = claim.page
    for row in rows_of(claim):
        if row.number and row.slug:
            seen[row.number, row.slug] += 1
    if isinstance(page, Article):
        for _, link in article_links(page):
            if link.slug:
                seen[link.number, link.slug] += 1
        if page.number and page.slug:
            seen[page.number, page.slug] += 1


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
