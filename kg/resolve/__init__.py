"""The reduce: from what single pages claim to what the archive knows. It never looks at prose."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Article, Identities, IndexKind, NodeKind
from kg.resolve.articles import group_dumps
from kg.resolve.claims import Claim, claim
from kg.resolve.entities import collect_entities, credited, make_entities
from kg.resolve.mentions import find_mentions, find_stub_mentions, names_of
from kg.resolve.nodes import Archive, slug_candidates, uncertain_kickers
from kg.resolve.numbers import announced_numbers, learn_numbers
from kg.resolve.tags import collect_tags, make_tags, numbered_topics
from kg.resolve.targets import find_targets

__all__ = ["Claim", "claim", "find_mentions", "find_stub_mentions", "names_of", "resolve"]


def resolve(claims: Iterable[Claim], publisher: str = "taz") -> Identities:
    """Decide which dumps are one article, where every edge leads, and who and what is named.

    A function of the set of claims: their order does not matter. Everything returned is sorted by its key.
    """
    pages = sorted(claims, key=lambda one: (one.page.source.path, one.page.source.sha256))
    groups, findings = group_dumps(publisher, pages)
    announced = announced_numbers(pages)
    findings += learn_numbers(groups, announced)
    targets = find_targets(publisher, pages, groups, announced)
    tag_drafts = collect_tags(pages)
    tags, tag_findings = make_tags(tag_drafts, _person_slugs(pages))
    entity_drafts = collect_entities(publisher, pages, tag_drafts, tags)
    entities, identities = make_entities(publisher, entity_drafts)
    archive = Archive(publisher, pages, groups, targets, numbered_topics(tag_drafts), frozenset(tag_drafts))
    nodes, stubs = archive.article_nodes(), archive.stubs()
    findings += [*targets.findings, *tag_findings, *uncertain_kickers(archive)]
    findings += slug_candidates(archive, nodes, stubs)
    return Identities(
        publisher=publisher,
        articles=tuple(nodes),
        stubs=tuple(stubs),
        tags=tuple(tags),
        entities=tuple(entities),
        identities=tuple(identities),
        findings=tuple(findings),
    )


def _person_slugs(claims: Iterable[Claim]) -> set[str]:
    """Slugs of the persons that bylines and author pages name."""
    names: set[str] = set()
    for one in claims:
        page = one.page
        if isinstance(page, Article):
            names.update(row.name for row in page.authors)
        elif page.kind is IndexKind.AUTHOR:
            names.add(page.name)
    return {ref.key for name in names for ref, _ in credited(name) if ref.kind is NodeKind.PERSON}
