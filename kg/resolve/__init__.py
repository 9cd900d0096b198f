"""The reduce: from what single pages claim to what the archive knows. It never looks at prose."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Decision, Identities
from kg.resolve.articles import group_dumps
from kg.resolve.claims import Claim, Texts, claim
from kg.resolve.decisions import read_decisions
from kg.resolve.mentions import find_mentions, find_stub_mentions
from kg.resolve.naming import resolve_names
from kg.resolve.nodes import Archive, slug_candidates, uncertain_kickers
from kg.resolve.numbers import announced_numbers, learn_numbers
from kg.resolve.tags import collect_tags, numbered_topics
from kg.resolve.targets import find_targets

__all__ = ["Claim", "Texts", "claim", "find_mentions", "find_stub_mentions", "read_decisions", "resolve"]


def resolve(
    claims: Iterable[Claim],
    publisher: str = "taz",
    decisions: Iterable[Decision] = (),
    texts: Iterable[Texts] | None = None,
) -> Identities:
    """Decide which dumps are one article, where every edge leads, and who and what is named.

    `decisions` beat every rule. `texts` are those of the claims, where these do not carry them; they are iterated more
    than once. A function of the set of claims: their order does not matter. Everything returned is sorted by its key.
    """
    pages = sorted(claims, key=lambda one: (one.page.source.path, one.page.source.sha256))
    if texts is None:
        texts = [one.texts for one in pages if one.texts is not None]
    groups, findings = group_dumps(publisher, pages)
    announced = announced_numbers(pages)
    findings += learn_numbers(groups, announced)
    targets = find_targets(publisher, pages, groups, announced)
    tag_drafts = collect_tags(pages)
    archive = Archive(publisher, pages, groups, targets, numbered_topics(tag_drafts), frozenset(tag_drafts))
    nodes, stubs = archive.article_nodes(), archive.stubs()
    naming = resolve_names(publisher, pages, texts, nodes, stubs, tag_drafts, decisions)
    findings += [*targets.findings, *naming.findings, *uncertain_kickers(archive)]
    findings += slug_candidates(archive, nodes, stubs)
    return Identities(
        publisher=publisher,
        articles=tuple(naming.nodes),
        stubs=tuple(naming.stubs),
        tags=tuple(naming.tags),
        entities=tuple(naming.entities),
        identities=tuple(naming.identities),
        findings=tuple(findings),
        book=naming.book,
        doubts=tuple(naming.doubts),
    )
