"""What is told of a node, in one place: the map and the pages of single names must not say different things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

_ROLES: Final = 3

NAME: Final = "coalesce(nullif(label, ''), split_part(nodes.iri, '/', -1))"
"""SQL: what a row of `nodes` is called; what has no name goes by the end of its address."""

FACTS: Final = f"""(
    WITH whole AS (SELECT entity, title, party FROM roles WHERE title <> '' AND party IS NOT NULL),
    told AS (SELECT roles.entity, coalesce(whole.title, roles.title) AS title,
                    coalesce(whole.party, roles.party) AS party, sum(count) AS count
             FROM roles LEFT JOIN whole ON whole.entity = roles.entity AND (
                 roles.party IS NULL AND roles.title = whole.title OR roles.title = '' AND roles.party = whole.party)
             GROUP BY ALL),
    called AS (SELECT entity, count,
                      concat_ws(' ', nullif(title, ''), if(title = '', party, '(' || party || ')')) AS role FROM told),
    ranked AS (SELECT *, row_number() OVER (PARTITION BY entity ORDER BY count DESC, role) AS rank FROM called),
    role AS (SELECT entity, list(role ORDER BY rank) AS roles FROM ranked WHERE rank <= {_ROLES} GROUP BY entity),
    tagged AS (SELECT thing, min(tag) AS tag, list(label ORDER BY label) AS labels
               FROM same JOIN nodes ON iri = tag GROUP BY thing)
    SELECT id, nodes.iri, nodes.kind, {NAME} AS name, nodes.date, nullif(url, '') AS url,
           nullif(abstract, '') AS abstract, author, dump,
           if(first_line IS NULL, NULL, [first_line, last_line]) AS lines,
           list_sort(list_distinct([one for one in list_concat(alternates, labels) if one <> label])) AS alternates,
           roles, tag
    FROM node JOIN nodes USING (iri)
    LEFT JOIN role ON role.entity = nodes.iri LEFT JOIN tagged ON tagged.thing = nodes.iri)
"""  # noqa: S608 - numbers and expressions of this file
"""SQL over `open_archive`: id, iri, kind, name, date, url, abstract, author, dump, lines, alternates, roles and tag of
every node.

Alternates are also the spellings of its tag, `tag` is that one's IRI; roles are the three strongest, each with its
party in brackets; a title or a party alone counts for what is told with both."""


def given(facts: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Facts by name, without None and what is empty of many; lists become tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in facts
        if value not in (None, [], ())
    }
