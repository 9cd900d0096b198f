"""The reduce: from what single pages claim to what the archive knows. It never looks at prose.

All pages lie in tables (`kg.resolve.rows`, `kg.resolve.said`), of which DuckDB spills what does not fit in memory; what
comes to Python is what needs a second look, and names:

    page ─make_articles→ article, member          dumps that may be one article with others, in Python
    announcement ─find_targets→ target            where every row and link leads
    target ─make_stubs→ stub                      articles that no dump tells
    said ─resolve_names→ entities, tags, the book of names
    all of this ─make_verdicts→ verdicts and stubs, one after the other
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final, NamedTuple

from kg.model import Decision, Doubt, Entity, Finding, Identity, NameBook, Stub, Tag
from kg.relations import Relations
from kg.resolve.claims import Claim, Texts, claim
from kg.resolve.facts import read_facts
from kg.resolve.grouping import make_articles
from kg.resolve.kickers import find_kickers, kicker_findings
from kg.resolve.naming import Naming, resolve_names
from kg.resolve.pages import Pages
from kg.resolve.stubs import SOME as OF_STUBS
from kg.resolve.stubs import make_stubs, part_stubs, stubs
from kg.resolve.targets import find_targets, target_findings
from kg.resolve.verdicts import LISTS, make_verdicts, verdicts
from kg.resolve.verdicts import SOME as OF_VERDICTS

__all__ = [
    "Batch",
    "Claim",
    "Texts",
    "claim",
    "resolve_pages",
]


_BUCKETS: Final = 256
_TOGETHER: Final = 50_000
"""Articles and stubs that are put together at a time."""


class Batch(NamedTuple):
    """Of some articles the path of the page that tells each best and its `Verdict` in JSON, by path; and some stubs, by
    key.
    """

    verdicts: list[tuple[str, str]]
    stubs: list[Stub]


class Resolved:
    """What is decided about an archive; articles, stubs and findings are read from the tables when they are asked for,
    each to its end before the next.
    """

    def __init__(self, relations: Relations, naming: Naming, findings: Iterable[Finding]) -> None:
        self._relations = relations
        self._findings = [*naming.findings, *findings]
        self.tags: tuple[Tag, ...] = tuple(naming.tags)
        self.entities: tuple[Entity, ...] = tuple(naming.entities)
        self.identities: tuple[Identity, ...] = tuple(naming.identities)
        self.book: NameBook = naming.book
        self.doubts: tuple[Doubt, ...] = tuple(naming.doubts)

    @property
    def number_of_articles(self) -> int:
        """How many articles some dump tells."""
        return self._count("article")

    @property
    def number_of_stubs(self) -> int:
        """How many articles no dump tells."""
        return self._count("stub")

    @property
    def years(self) -> list[str]:
        """The years of the articles, sorted."""
        found = self._relations.rows(
            "SELECT DISTINCT substr(date, 1, 4) AS year FROM article WHERE date <> '' ORDER BY year"
        )
        return [year for (year,) in found]

    @property
    def compared(self) -> list[str]:
        """The paths of dumps that may be one article with others, so that their texts mattered; sorted."""
        return [
            path
            for (path,) in self._relations.rows(
                "SELECT path FROM page SEMI JOIN suspect USING (page) ORDER BY path"
            )
        ]

    def findings(self) -> Iterator[Finding]:
        """What is doubtful."""
        return chain(self._findings, target_findings(self._relations), kicker_findings(self._relations))

    def batches(self) -> Iterator[Batch]:
        """What is decided about every article and stub: about some at a time, as lists are not spilled.

        Together come those whose paths and keys have SHA-256 of the same first byte.
        """
        relations = self._relations
        number = sum(self._count(table) for table in ("article", "stub"))
        step = max(1, _BUCKETS * _TOGETHER // max(number, 1))
        for first in range(0, _BUCKETS, step):
            some = f"WHERE bucket BETWEEN {first} AND {first + step - 1}"
            relations.run(f"CREATE OR REPLACE TEMP TABLE these AS FROM article {some}")
            relations.run(f"CREATE OR REPLACE TEMP TABLE these_stubs AS FROM stub {some}")
            for table in (*OF_VERDICTS, *OF_STUBS):
                relations.run(f"CREATE OR REPLACE TEMP VIEW some_{table} AS FROM {table} {some}")
            relations.run(LISTS)
            yield Batch(list(verdicts(relations)), list(stubs(relations)))

    def _count(self, table: str) -> int:
        return sum(count for (count,) in self._relations.rows(f"SELECT count(*) FROM {table}"))


def resolve_pages(pages: Pages, publisher: str = "taz", decisions: Iterable[Decision] = ()) -> Resolved:
    """Decide which dumps are one article, where every edge leads, and who and what is named.

    `decisions` beat every rule. A function of the set of pages: their order does not matter.
    """
    relations = pages.relations
    findings = make_articles(relations, publisher)
    find_targets(relations)
    make_stubs(relations)
    naming = resolve_names(pages, read_facts(relations), publisher, find_kickers(relations), decisions)
    make_verdicts(relations, naming.refs.renamed(), naming.refs.of_articles())
    part_stubs(relations)
    return Resolved(relations, naming, findings)
