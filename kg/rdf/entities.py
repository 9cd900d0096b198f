"""The knowledge about everything that is no article: persons, organisations, places, tags, the scheme, dump files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from kg.model import Entity, NodeKind, Source, Tag
from kg.rdf import vocabulary as v
from kg.rdf.iris import Iris
from kg.rdf.ntriples import Block

_TYPES: Final = {
    NodeKind.PERSON: v.SCHEMA_PERSON,
    NodeKind.ORGANIZATION: v.SCHEMA_ORGANIZATION,
    NodeKind.PLACE: v.SCHEMA_PLACE,
}


def entity_triples(entity: Entity, iris: Iris, *, mention_count: int, article_count: int) -> str:
    """The N-Triples of a person, organisation or place.

    `mention_count` is the number of places where it is named, `article_count` the number of articles that have it
    as author, dateline, credit or mention. Order: types, name, alternateName, givenName, familyName, jobTitle,
    party, mentionCount, articleCount, replaces.
    """
    types = [_TYPES[entity.ref.kind]]
    if entity.news_media:
        types.append(v.SCHEMA_NEWS_MEDIA_ORGANIZATION)
    block = Block(iris.of(entity.ref), *types)
    block.plain(v.SCHEMA_NAME, entity.name)
    for alternate in sorted(set(entity.alternates)):
        block.plain(v.SCHEMA_ALTERNATE_NAME, alternate)
    if entity.given is not None:
        block.plain(v.SCHEMA_GIVEN_NAME, entity.given)
    if entity.family is not None:
        block.plain(v.SCHEMA_FAMILY_NAME, entity.family)
    for title in sorted(set(entity.job_titles)):
        block.localized(v.SCHEMA_JOB_TITLE, title)
    for party in sorted({role.party for role in entity.roles if role.party}):
        block.plain(v.KG_PARTY, party)
    block.integer(v.KG_MENTION_COUNT, mention_count)
    block.integer(v.KG_ARTICLE_COUNT, article_count)
    block.links(v.DCTERMS_REPLACES, iris.replaced(entity.ref, entity.replaces))
    return block.text()


def scheme_triples(iris: Iris, name: str) -> str:
    """The N-Triples of the paper's scheme of tags; `name` is the paper's."""
    block = Block(iris.scheme, v.SKOS_CONCEPT_SCHEME)
    block.localized(v.SKOS_PREF_LABEL, f"Schlagwörter: {name}")
    block.localized(v.SKOS_PREF_LABEL, f"Tags: {name}", "en")
    block.link(v.SCHEMA_PUBLISHER, iris.publisher)
    return block.text()


def tag_triples(tag: Tag, iris: Iris) -> str:
    """The N-Triples of a tag. Order: type, prefLabel, altLabel, inScheme, tagKind, identifier, url, broader, focus."""
    block = Block(iris.tag(tag.slug), v.SKOS_CONCEPT)
    block.plain(v.SKOS_PREF_LABEL, tag.label)
    for alternate in sorted(set(tag.alternates) - {tag.label}):
        block.plain(v.SKOS_ALT_LABEL, alternate)
    block.link(v.SKOS_IN_SCHEME, iris.scheme)
    block.plain(v.KG_TAG_KIND, tag.kind.value)
    if tag.number is not None:
        block.plain(v.SCHEMA_IDENTIFIER, f"t{tag.number}")
        block.link(v.SCHEMA_URL, iris.page(f"t{tag.number}"))
    if tag.broader is not None:
        block.link(v.SKOS_BROADER, iris.tag(tag.broader))
    if tag.focus is not None:
        block.link(v.FOAF_FOCUS, iris.of(tag.focus))
    return block.text()


def files_triples(sources: Iterable[Source], iris: Iris) -> Iterator[str]:
    """The N-Triples of each dump file, by hash; copies of the same bytes are one node with several paths."""
    by_hash = attrgetter("sha256")
    for sha256, copies in groupby(sorted(sources, key=attrgetter("sha256", "path")), key=by_hash):
        block = Block(iris.file(sha256), v.PROV_ENTITY, v.KG_DUMP_FILE)
        for copy in copies:
            block.plain(v.KG_PATH, copy.path)
            block.plain(v.KG_RENDERING, copy.rendering.value)
            block.plain(v.KG_SHA256, sha256)
        yield block.text()
