"""Which articles a selection is about, and how far it reaches from a node."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.network.selection import Selection
from kg.store.lookup import Lookup


@dataclass(frozen=True)
class Theme:
    """A theme of the overview: its title, the IRIs of its members, and of all that the overview shows."""

    title: str
    members: Sequence[str]
    shown: Sequence[str]


def narrow(lookup: Lookup, selection: Selection, theme: Theme | None) -> None:
    """Make the tables `scope` (articles) and `reach` (id, distance) of what the selection asks for.

    `scope` has all articles where nothing narrows it, `reach` all nodes (distance 0) where there is no node to start
    from. Raises `NotFoundError` as `Lookup.find` does, and where nothing of what lies around a node is asked for.
    """
    lookup.sql("CREATE TEMP TABLE scope AS SELECT id FROM node WHERE is_article")
    if selection.since or selection.until:
        lookup.sql(
            """DELETE FROM scope WHERE id NOT IN (
                   SELECT id FROM node WHERE date >= coalesce($1, date) AND date <= coalesce($2, date))""",
            [selection.since, selection.until],
        )
    if selection.tag is not None:
        _keep_touching(lookup, lookup.find(selection.tag, ("tag",)), ["about", "linksToTag"])
    if selection.person is not None:
        person = lookup.find(selection.person, ("person",))
        _keep_touching(lookup, person, ["mentions", "author", "about", "linksToTag"])
    if theme is not None:
        _keep_theme(lookup, theme)
    if selection.around is None:
        lookup.sql("CREATE TEMP TABLE reach AS SELECT id, 0 AS distance FROM node")
    else:
        _walk(lookup, lookup.find(selection.around), selection.depth)
        _refuse_lone(lookup, selection.around)
    lookup.sql("DELETE FROM scope WHERE id NOT IN (SELECT id FROM reach)")


def _keep_touching(lookup: Lookup, iri: str, relations: list[str]) -> None:
    lookup.sql(
        """DELETE FROM scope WHERE id NOT IN (
               SELECT article FROM tie JOIN number ON id = thing WHERE iri = $1 AND list_contains($2, relation))""",
        [iri, relations],
    )


def _keep_theme(lookup: Lookup, theme: Theme) -> None:
    """Keep articles that name the members of the theme at least as often as all else that the overview shows."""
    lookup.sql(
        """CREATE TEMP TABLE themed AS
           SELECT id, list_contains($1, iri) AS inside FROM node SEMI JOIN (SELECT unnest($2) AS iri) USING (iri)""",
        [list(theme.members), list(theme.shown)],
    )
    lookup.sql(
        """DELETE FROM scope WHERE id NOT IN (
               SELECT article FROM tie JOIN themed ON id = thing GROUP BY article
               HAVING 2 * sum(if(inside, count, 0)) >= sum(count))"""
    )


def _walk(lookup: Lookup, iri: str, depth: int) -> None:
    """Make `reach`: all nodes that at most `depth` edges lead to, either way; articles out of scope lead nowhere."""
    lookup.sql("CREATE TEMP TABLE reach AS SELECT id, 0 AS distance FROM number WHERE iri = $1", [iri])
    for distance in range(1, depth + 1):
        lookup.sql(
            """INSERT INTO reach
               WITH last AS (SELECT id FROM reach WHERE distance = $1 - 1),
               step AS (SELECT target AS id FROM link SEMI JOIN last ON last.id = source
                        UNION SELECT source FROM link SEMI JOIN last ON last.id = target)
               SELECT id, $1 FROM step JOIN node USING (id) ANTI JOIN reach USING (id)
               WHERE NOT is_article OR id IN (SELECT id FROM scope)""",
            [distance],
        )


def _refuse_lone(lookup: Lookup, name: str) -> None:
    """Refuse a node that nothing was reached from, unless it never had an edge."""
    found = lookup.sql(
        """SELECT (SELECT count(*) FROM reach), reach.id IS NOT DISTINCT FROM paper.id,
                  EXISTS (FROM link WHERE source = reach.id OR target = reach.id)
           FROM reach CROSS JOIN paper WHERE distance = 0"""
    )
    size, is_paper, has_links = found.fetchall()[0]
    if size == 1 and has_links:
        raise NotFoundError(f"nothing around “{name}” fits this selection; ask for less at once")
    if size == 1 and is_paper:
        raise NotFoundError(
            f"“{name}” is the newspaper itself: all articles are its own, and nothing else leads to it; "
            "kg view without --around shows them"
        )
