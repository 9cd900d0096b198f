"""The reduce over claims that carry their texts, all in memory, and what it decides as values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import ArticleNode, Decision, Doubt, Entity, Finding, Identity, NameBook, Stub, Tag
from kg.resolve import Claim, Texts, resolve_pages


@dataclass(frozen=True)
class Resolution:
    """Everything that is decided, articles and stubs sorted by key."""

    articles: tuple[ArticleNode, ...]
    stubs: tuple[Stub, ...]
    tags: tuple[Tag, ...]
    entities: tuple[Entity, ...]
    identities: tuple[Identity, ...]
    findings: tuple[Finding, ...]
    book: NameBook
    doubts: tuple[Doubt, ...]


class _ClaimedPages:
    """Pages in memory, by path."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = sorted(claims, key=lambda one: (one.page.source.path, one.page.source.sha256))

    def claims(self) -> Iterator[Claim]:
        return iter(self._claims)

    def texts(self) -> Iterator[Texts]:
        return (one.texts or Texts(one.page.source, (), ()) for one in self._claims)


def resolve(
    claims: Iterable[Claim], publisher: str = "taz", decisions: Iterable[Decision] = ()
) -> Resolution:
    """Decide all that these claims tell."""
    resolved = resolve_pages(_ClaimedPages(claims), publisher, decisions)
    return Resolution(
        tuple(sorted(resolved.articles(), key=lambda node: node.key)),
        tuple(resolved.stubs()),
        resolved.tags,
        resolved.entities,
        resolved.identities,
        tuple(resolved.findings),
        resolved.book,
        resolved.doubts,
    )
