"""What pages state about articles that naming must know before it is decided who is whom.

topic, author_number    what the numbers of topics and authors stand for
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import attrgetter
from typing import Final

from kg.model import Authorship, Basis, NodeKind, Record, Ref
from kg.relations import Relations
from kg.resolve.folding import fold
from kg.resolve.full_names import family_of, is_full

_NUMBERS: Final = """
    CREATE OR REPLACE TEMP TABLE topic AS
    SELECT text AS number, min(key) AS slug FROM fact WHERE what = 'tag number' GROUP BY text;

    CREATE OR REPLACE TEMP TABLE author_number AS
    SELECT number, split_part(told, ' ', 1) AS kind, split_part(told, ' ', 2) AS author
    FROM (
        SELECT fact.key AS number, arg_min(text, {'path': path, 'line': fact.line, 'text': text}) AS told
        FROM fact JOIN page USING (page) WHERE what = 'author number' GROUP BY fact.key
    );
"""
"""What the numbers of topics and authors stand for."""

_STATED_REFS: Final = """
    SELECT DISTINCT kind, key FROM (
        SELECT kind, author AS key FROM said_author
        UNION ALL SELECT stated.kind, stated.key FROM stated JOIN article ON page = authors_from WHERE what = 'author'
        UNION ALL SELECT stated.kind, stated.key FROM stated JOIN article ON page = article WHERE what = 'named'
        UNION ALL SELECT author_number.kind, author FROM stated JOIN article ON page = article
                  JOIN author_number ON author_number.number = stated.number WHERE what = 'linked'
    )
"""


def read_numbers(relations: Relations) -> None:
    """Make the tables of what numbers stand for."""
    relations.run(_NUMBERS)


def stated_refs(relations: Relations) -> set[Ref]:
    """Every ref of a person, organisation or place in the nodes, as pages call them."""
    return {Ref(NodeKind(kind), key) for kind, key in relations.rows(_STATED_REFS)}


def pen_names(relations: Relations) -> Iterator[list[Authorship]]:
    """Of the articles that an author's page lists, that statement and the bylines of one word that are the family name
    of an author with a page; by article.
    """
    pages = relations.rows("SELECT DISTINCT name FROM page WHERE kind = 'author'")
    families = {fold(family_of(name) or "") for (name,) in pages if is_full(name)}
    found: dict[str, set[Authorship]] = {}
    if not families:
        return
    for of, kind, author, credit, basis, path, line, single in relations.rows(
        f"""SELECT key, kind, author, credit, basis, path, line, NULL FROM said_author SEMI JOIN article USING (key)
            UNION ALL
            SELECT article.key, stated.kind, stated.key, text, '{Basis.BYLINE}', page.path, stated.line, single
            FROM stated JOIN article ON page = authors_from JOIN page USING (page)
            SEMI JOIN said_author ON said_author.key = article.key
            WHERE what = 'author' AND single IS NOT NULL"""
    ):
        if single is None or single in families:
            stated = Authorship(Ref(NodeKind(kind), author), credit, Basis(basis), path, line)
            found.setdefault(of, set()).add(stated)
    for _, stated_of in sorted(found.items()):
        if any(one.basis is Basis.BYLINE for one in stated_of):
            yield sorted(stated_of, key=attrgetter("author", "basis", "path", "line", "credit"))


class Surroundings(Record, frozen=True):
    """The tags of an article, and all that stands around the names in it."""

    tags: list[str]
    context: set[str]


class _Wanted(Record, frozen=True):
    key: str


def surroundings(relations: Relations, keys: Collection[str]) -> dict[str, Surroundings]:
    """The tags, authors and related articles of the articles and stubs of these keys, as pages call whom they name."""
    relations.insert("wanted", _Wanted, (_Wanted(key) for key in sorted(keys)))
    found = {key: Surroundings([], set()) for key in sorted(keys)}
    for key, tag, basis, *_ in relations.rows(
        f"""SELECT key, tag, basis, path, line FROM said_tag SEMI JOIN wanted USING (key)
            UNION
            SELECT article.key, stated.key, '{Basis.OWN_TAG}', page.path, stated.line
            FROM stated JOIN article ON page = tags_from SEMI JOIN wanted ON wanted.key = article.key
            JOIN page USING (page) WHERE what = 'tag'
            ORDER BY key, tag, basis, path, line"""
    ):
        found[key].tags.append(tag)
        if basis != Basis.INDEX_PAGE:
            found[key].context.add(f"tag {tag}")
    for key, told in relations.rows(
        f"""SELECT key, 'author ' || author FROM said_author SEMI JOIN wanted USING (key)
            WHERE kind = '{NodeKind.PERSON}'
            UNION
            SELECT article.key, 'author ' || stated.key FROM stated JOIN article ON page = authors_from
            SEMI JOIN wanted ON wanted.key = article.key
            WHERE what = 'author' AND stated.kind = '{NodeKind.PERSON}'
            UNION
            SELECT article.key, 'article ' || target.key FROM target JOIN article ON page = related_from
            SEMI JOIN wanted ON wanted.key = article.key WHERE target.key IS NOT NULL"""
    ):
        found[key].context.add(told)
    return found
