"""The reduce: from what single pages claim to what the archive knows. It never looks at prose.

It reads all claims three to five times and all texts once or twice, and holds of a page what the next reading needs:

    claims ─read_facts→ dumps, numbers, tags, kickers, bylines ─group_dumps→ articles
    claims + articles ─find_targets→ where every row and link leads, what they state
    texts + articles ─resolve_names→ entities, tags, the book of names
    claims + all of this → the nodes, one after the other
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from kg.model import (
    ArticleNode,
    Decision,
    Doubt,
    Entity,
    Finding,
    Identity,
    NameBook,
    Stub,
    Tag,
    Verdict,
)
from kg.resolve.articles import group_dumps
from kg.resolve.claims import Claim, Texts, claim
from kg.resolve.facts import read_facts
from kg.resolve.groups import Group
from kg.resolve.kickers import survey_kickers
from kg.resolve.naming import Naming, resolve_names
from kg.resolve.numbers import AnnouncedNumbers, learn_numbers, learnt_from
from kg.resolve.pages import Pages
from kg.resolve.tags import numbered_topics
from kg.resolve.targets import find_targets
from kg.resolve.verdicts import Archive

__all__ = [
    "Claim",
    "Texts",
    "claim",
    "resolve_pages",
]


class Resolved:
    """What is decided about an archive; articles and stubs are made when they are asked for."""

    def __init__(self, archive: Archive, naming: Naming, findings: Iterable[Finding]) -> None:
        self._archive = archive
        self._refs = naming.refs
        self._announced = naming.announced
        self.tags: tuple[Tag, ...] = tuple(naming.tags)
        self.entities: tuple[Entity, ...] = tuple(naming.entities)
        self.identities: tuple[Identity, ...] = tuple(naming.identities)
        self.findings = chain(naming.findings, findings)  # to be read once
        self.book: NameBook = naming.book
        self.doubts: tuple[Doubt, ...] = tuple(naming.doubts)

    @property
    def number_of_articles(self) -> int:
        """How many articles some dump tells."""
        return len(self._archive.groups)

    @property
    def years(self) -> list[str]:
        """The years of the articles, sorted."""
        return sorted({group.date[:4] for group in self._archive.groups if group.date})

    def verdicts(self) -> Iterator[tuple[str, Verdict]]:
        """What is decided about each article, behind the path of the page that tells it best; in the order of those."""
        return ((group.path, self._verdict(group)) for group in self._archive.fullest.values())

    def articles(self) -> Iterator[ArticleNode]:
        """The articles, in the order of the pages that tell them best."""
        return self._archive.article_nodes(self._verdict)

    def _verdict(self, group: Group) -> Verdict:
        return self._refs.settled(self._archive.verdict(group), self._archive.stated_by(group))

    def stubs(self) -> Iterator[Stub]:
        """The stubs, by key."""
        for stub in map(self._refs.renamed, self._archive.stubs()):
            row = self._announced.get(stub.key)
            yield (
                msgspec.structs.replace(stub, teaser=row.teaser, candidates=row.candidates)
                if row is not None
                else stub
            )


def resolve_pages(pages: Pages, publisher: str = "taz", decisions: Iterable[Decision] = ()) -> Resolved:
    """Decide which dumps are one article, where every edge leads, and who and what is named.

    `decisions` beat every rule. A function of the set of pages: their order does not matter.
    """
    facts = read_facts(pages)
    groups, findings = group_dumps(facts.dumps)
    announced = AnnouncedNumbers(facts.numbers)
    findings += learn_numbers(groups, announced)
    for group in groups:
        group.name(publisher)
    targets = find_targets(publisher, pages, facts, groups, announced)
    archive = Archive(
        publisher,
        pages,
        groups,
        targets,
        facts.kickers,
        learnt_from(groups, announced),
        numbered_topics(facts.tags),
        {number: ref for number, (_, ref) in facts.author_numbers.items()},
    )
    found = survey_kickers(facts.kickers, groups, targets.stubs)
    naming = resolve_names(archive, facts, found.frequency, decisions)
    return Resolved(archive, naming, chain(findings, targets.findings, found.findings, found.candidates))
