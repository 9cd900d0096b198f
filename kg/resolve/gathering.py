"""Gathering the evidence: what rows and texts say of each name, added up over all pages by DuckDB."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any, Final

from kg.model import NodeKind, Record
from kg.relations import Relations
from kg.resolve.evidence import Evidence, Name, RoleCount, Spellings, Told, Votes
from kg.resolve.keys import slug
from kg.resolve.pages import Pages
from kg.resolve.said import OWN_TEXT, STATED, What
from kg.resolve.tags import Seen, TagDraft
from kg.resolve.verdicts import Namesake

_LINES: Final = 1 << 32
"""A place is a number that sorts by path and line: the rank of the path times this, and the line."""

_RANKS: Final = """
    CREATE OR REPLACE TEMP TABLE rank AS SELECT page, dense_rank() OVER (ORDER BY path) AS rank FROM page;
    CREATE OR REPLACE TEMP TABLE ranked AS SELECT DISTINCT rank, path FROM rank JOIN page USING (page);
"""
"""The place of each page's path among all paths in their order, and back."""
_TELLINGS: Final = f"""
    CREATE OR REPLACE TEMP TABLE telling AS
    SELECT page, {STATED} AS row, rank, NULL AS key, NULL AS date, NULL AS month FROM rank
    UNION ALL
    SELECT article, {OWN_TEXT}, rank, key, date,
           split_part(date, '-', 1)::INTEGER * 12 + split_part(date, '-', 2)::INTEGER - 1
    FROM article JOIN rank ON page = article
    UNION ALL
    SELECT page, line, rank, min(key), NULL, NULL FROM stub JOIN rank USING (page) GROUP BY page, line, rank
"""
"""The texts that count: of an article or a stub, or what any page states. `month` is that of the date (`month_of`)."""
_NAMES: Final = f"""
    WITH name AS (
        SELECT what, slug, rule, text, kind, sum(count)::BIGINT AS count, min(rank * {_LINES} + line) AS place,
               count(confidence) AS articles, sum(confidence)::BIGINT AS confidence, max(confidence) AS best,
               struct_extract(min({{'doubt': -confidence, 'place': rank * {_LINES} + surest}})
                              FILTER (confidence IS NOT NULL), 'place') AS surest
        FROM said JOIN telling USING (page, row) WHERE what IN ('{What.STATED}', '{What.NAMED}')
        GROUP BY what, slug, rule, text, kind
    )
    SELECT what, slug, rule, text, kind, count, seen.path, place % {_LINES}, articles, confidence, best, sure.path,
           surest % {_LINES}
    FROM name JOIN ranked AS seen ON seen.rank = place // {_LINES}
    LEFT JOIN ranked AS sure ON sure.rank = surest // {_LINES} ORDER BY slug, what, rule, text, kind
"""
_ROLES: Final = f"""
    WITH role AS (
        SELECT slug, title, party, sum(count)::BIGINT AS count, min(date) AS first, max(date) AS last,
               min(rank * {_LINES} + line) AS place
        FROM said JOIN telling USING (page, row) WHERE what = '{What.ROLE}' GROUP BY slug, title, party
    )
    SELECT slug, title, party, count, first, last, path, place % {_LINES}
    FROM role JOIN ranked ON rank = place // {_LINES} ORDER BY slug, title, party
"""
_RARE: Final = f"""
    SELECT slug, long, count(*), sum(count)::BIGINT
    FROM said JOIN telling USING (page, row) WHERE what IN ('{What.GENITIVE}', '{What.ACRONYM}')
    GROUP BY slug, long ORDER BY slug, long
"""
_MONTHS: Final = """
    SELECT slug, month, sum(texts)::BIGINT FROM said JOIN telling USING (page, row) JOIN wanted USING (slug)
    WHERE texts IS NOT NULL AND month IS NOT NULL GROUP BY slug, month ORDER BY slug, month
"""
_NAMING: Final = """
    SELECT page, row, telling.key, telling.date, path FROM telling JOIN page USING (page)
    SEMI JOIN (
        SELECT page FROM said SEMI JOIN telling USING (page, row) SEMI JOIN wanted USING (slug) WHERE texts IS NOT NULL
    ) AS naming USING (page)
    WHERE telling.key IS NOT NULL
"""

_OF_NAMESAKES: Final = f"""
    WITH shared AS (SELECT DISTINCT key AS slug FROM namesake),
         of_page AS (SELECT page, article.key AS of FROM member JOIN article USING (article)),
         told AS (SELECT page, what, key AS slug, text, count, line FROM fact SEMI JOIN shared ON slug = key),
         tagged AS (
             SELECT page, slug, line, of FROM stated JOIN shared ON slug = stated.key JOIN of_page USING (page)
             WHERE what = 'tag'
             UNION ALL
             SELECT page, slug, tag_line, target.key
             FROM announcement JOIN shared ON slug = tag JOIN target USING (page, row)
         ),
         place AS (
             SELECT slug, rule, text, count, page, line, coalesce(telling.key, of) AS of
             FROM said SEMI JOIN shared USING (slug) JOIN telling USING (page, row) LEFT JOIN of_page USING (page)
             WHERE what IN ('{What.STATED}', '{What.NAMED}')
             UNION ALL
             SELECT slug, if(what = 'slug', 'topic link', 'anchor of a topic link'), text, count, page, line, of
             FROM told JOIN of_page USING (page) WHERE what IN ('slug', 'anchor')
             UNION ALL
             SELECT slug, 'tag', text, 1, page, tagged.line, of
             FROM tagged ASOF JOIN (SELECT page, slug, text, line FROM told WHERE what = 'label') AS label
             USING (page, slug, line)
         )
    SELECT place.slug, new_key, rule, text, sum(count)::BIGINT, min({{'path': path, 'line': place.line}})
    FROM place JOIN namesake ON namesake.key = place.slug AND namesake.article = of JOIN page USING (page)
    GROUP BY ALL ORDER BY ALL
"""
"""What the articles of each of several persons of one name say; a row's tag is that of the article it announces."""


class _Wanted(Record, frozen=True):
    slug: str


def collect_evidence(pages: Pages, tags: Mapping[str, TagDraft]) -> Evidence:
    """Gather the names of all pages: those stated in any dump, those of tags, and those in the text of the dump (or the
    announcement) that tells each article. Linear in the rows of `said`, of which DuckDB spills what does not fit in
    memory.
    """
    relations = pages.relations
    relations.run(_RANKS)
    relations.run(_TELLINGS)
    names = _Names(relations)
    names.add_tags(tags)
    return Evidence(
        dict(names.found),
        names.acronyms,
        names.bodies,
        lambda keys: _told(pages, keys),
        lambda keys: _months(relations, keys),
    )


class _Names:
    """All names by slug, each with what the tables say of it."""

    def __init__(self, relations: Relations) -> None:
        self.found: dict[str, Name] = defaultdict(Name)
        self.bodies: set[str] = set()
        self.acronyms: dict[str, Counter[str]] = defaultdict(Counter)
        for what, key, rule, text, kind, *told in relations.rows(_NAMES):
            self._add(self.found[key], rule, text, NodeKind(kind), told, is_stated=what == What.STATED)
        for key, title, party, count, first, last, path, line in relations.rows(_ROLES):
            self.found[key].roles[title, party] = RoleCount(count, first, last)
            if party:
                self._add_party(party, Seen(count, path, line))
        for key, long, texts, count in relations.rows(_RARE):
            if long is None:
                self.found[key].genitive = texts
            else:
                self.acronyms[key][long] = count

    def _add(
        self, name: Name, rule: str, text: str, kind: NodeKind, told: Sequence[Any], *, is_stated: bool
    ) -> None:
        count, path, line, articles, confidence, best, surest_path, surest_line = told
        _see(name, rule, text, Seen(count, path, line))
        if is_stated:
            name.given |= {kind}
            name.news_media |= kind is NodeKind.ORGANIZATION
        elif articles:
            votes = name.votes.setdefault(kind, Votes())
            votes.add(articles, confidence, best / 1000, intern(surest_path), surest_line)

    def _add_party(self, party: str, seen: Seen) -> None:
        """What stands beside names as their party is an organisation."""
        name = self.found[slug(party)]
        name.given |= {NodeKind.ORGANIZATION}
        _see(name, "party", party, seen)
        self.bodies.add(slug(party))

    def add_tags(self, tags: Mapping[str, TagDraft]) -> None:
        """Add the names that tags give."""
        for key, draft in tags.items():
            for text, seen in draft.labels.items():
                self.found[key].spellings["tag"][text] = seen
            for text, seen in draft.anchors.items():
                self.found[key].spellings["anchor of a topic link"][text] = seen
            for text, seen in draft.slugs.items():
                self.found[key].spellings["topic link"][text] = seen


def _see(name: Name, rule: str, text: str, seen: Seen) -> None:
    path = intern(seen.path)
    name.spellings[rule].setdefault(text, Seen(0, path, seen.line)).add(path, seen.line, seen.count)


def spellings_of_namesakes(
    relations: Relations, namesakes: Iterable[Namesake]
) -> Mapping[tuple[str, str], Spellings]:
    """Slug and key of the person → the spellings in articles of that person; what is nobody's is left out."""
    found: dict[tuple[str, str], dict[str, dict[str, Seen]]] = defaultdict(lambda: defaultdict(dict))
    told = list(namesakes)
    if told:
        relations.insert("namesake", Namesake, told)
        for key, person, rule, text, count, first in relations.rows(_OF_NAMESAKES):
            found[key, person][rule][text] = Seen(count, first["path"], first["line"])
    return found


def _months(relations: Relations, keys: Iterable[str]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    relations.insert("wanted", _Wanted, map(_Wanted, keys))
    for key, month, articles in relations.rows(_MONTHS):
        found[key][month] = articles
    return found


def _told(pages: Pages, keys: Iterable[str]) -> Iterator[Told]:
    """The articles and announced stubs of the pages in whose texts names of these slugs stand."""
    pages.relations.insert("wanted", _Wanted, map(_Wanted, keys))
    telling = {(page, row): (key, date, path) for page, row, key, date, path in pages.relations.rows(_NAMING)}
    for page, texts in pages.texts({page for page, _ in telling}):
        for row, candidates in (
            (OWN_TEXT, texts.candidates),
            *((one.line, one.candidates) for one in texts.rows),
        ):
            if (told := telling.get((page, row))) is not None:
                key, date, path = told
                yield Told(key, date, path, candidates)
