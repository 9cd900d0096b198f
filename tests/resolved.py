"""The reduce over claims that carry their texts, all in memory, and what it decides as values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec

from kg.model import (
    Article,
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
from kg.relations import Relations
from kg.resolve import Claim, Texts, resolve_pages
from kg.resolve.nodes import article_node
from kg.resolve.staged import STAGED_TABLES, rows_of_pages


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


class ClaimedPages:
    """Pages in memory, in the order given, and the tables that the first map leaves of them."""

    def __init__(self, claims: Iterable[Claim], relations: Relations, publisher: str = "taz") -> None:
        self.told = [(claim, texts_of(claim)) for claim in claims]
        self.relations = relations
        numbered = [(page, *told) for page, told in enumerate(self.told)]
        for table, rows in rows_of_pages(numbered, publisher).items():
            relations.insert(table, STAGED_TABLES[table], rows)

    def texts(self, pages: Set[int]) -> Iterator[tuple[int, Texts]]:
        return ((page, self.told[page][1]) for page in sorted(pages))


def texts_of(claim: Claim) -> Texts:
    """The texts of a page, which may have none."""
    return claim.texts or Texts(claim.page.source, (), ())


@contextmanager
def memory_relations() -> Iterator[Relations]:
    """Tables of their own in the one database of this process: another one for every test takes too long to open."""
    database, folder = _database()
    with database.cursor() as cursor:
        yield Relations(cursor, Path(folder.name))


@cache
def _database() -> tuple[duckdb.DuckDBPyConnection, TemporaryDirectory[str]]:
    return duckdb.connect(config={"threads": 1}), TemporaryDirectory(prefix="kg-")


def resolve(
    claims: Iterable[Claim], publisher: str = "taz", decisions: Iterable[Decision] = ()
) -> Resolution:
    """Decide all that these claims tell."""
    ordered = sorted(claims, key=lambda one: (one.page.source.path, one.page.source.sha256))
    return resolve_in_order(ordered, publisher, decisions)


def resolve_in_order(
    claims: Iterable[Claim], publisher: str = "taz", decisions: Iterable[Decision] = ()
) -> Resolution:
    """The same of pages that lie in this order."""
    with memory_relations() as relations:
        pages = ClaimedPages(claims, relations, publisher)
        resolved = resolve_pages(pages, publisher, decisions)
        batches = list(resolved.batches())
        verdicts = {
            path: msgspec.json.decode(told, type=Verdict)
            for batch in batches
            for path, told in batch.verdicts
        }
        found = ((claim.page, verdicts.get(claim.page.source.path)) for claim, _ in pages.told)
        nodes = (
            article_node(page, verdict)
            for page, verdict in found
            if isinstance(page, Article) and verdict is not None
        )
        return Resolution(
            tuple(sorted(nodes, key=lambda node: node.key)),
            tuple(sorted((stub for batch in batches for stub in batch.stubs), key=lambda stub: stub.key)),
            resolved.tags,
            resolved.entities,
            resolved.identities,
            tuple(resolved.findings()),
            resolved.book,
            resolved.doubts,
        )
