"""Who and what is named together: the ties of a picture that do not depend on the articles it shows."""

from __future__ import annotations

from kg.store.lookup import Lookup

COMPANIONS = 3
"""A node is tied to its so many closest companions; they may be tied to more."""


def tie_companions(lookup: Lookup) -> None:
    """Make the table `together` (source, target, relation, count, first, last) of the nodes in `thing`.

    It also makes `touch` (article, thing, date, named): the articles that have anything to do with one of these nodes,
    each once, and whether they do more than credit it; the paper itself is only credited.

    Two belong together by how often the articles in `scope` name both, times how much oftener than chance has it
    (count × pointwise mutual information): the first alone would tie everyone to the capital, the second alone
    would tie what was named but once. `count` is the number of articles.
    """
    lookup.sql(
        """CREATE TEMP TABLE touch AS
           SELECT article, thing, min(date) AS date,
                  bool_or(relation <> 'sourceOrganization' AND thing IS DISTINCT FROM paper.id) AS named
           FROM tie SEMI JOIN thing ON thing.id = tie.thing CROSS JOIN paper GROUP BY article, thing"""
    )
    lookup.sql(
        """CREATE TEMP VIEW named AS
           SELECT article, thing, date FROM touch SEMI JOIN scope ON scope.id = article WHERE named"""
    )
    lookup.sql(
        """CREATE TEMP TABLE pair AS
           SELECT a.thing AS source, b.thing AS target, count(*) AS count, min(a.date) AS first, max(a.date) AS last
           FROM named AS a JOIN named AS b ON a.article = b.article AND a.thing < b.thing GROUP BY ALL"""
    )
    # One more article than there are: two that are in all of them belong together too.
    # Logarithms may differ in their last digit between machines.
    lookup.sql(
        """CREATE TEMP TABLE together AS
           WITH share AS (SELECT thing, count(*) AS articles FROM named GROUP BY thing),
           scored AS (
               SELECT source, target, round(count * ln(
                   count * (SELECT count(*) + 1 FROM node WHERE is_article) / (a.articles * b.articles)), 6) AS score
               FROM pair JOIN share AS a ON a.thing = source JOIN share AS b ON b.thing = target),
           ranked AS (
               SELECT source, target, row_number() OVER (PARTITION BY one ORDER BY score DESC, source, target) AS rank
               FROM (SELECT source AS one, * FROM scored UNION ALL SELECT target, * FROM scored) WHERE score > 0)
           SELECT source, target, 'together' AS relation, count, first, last FROM pair
           SEMI JOIN (FROM ranked WHERE rank <= $1) AS closest USING (source, target)""",
        [COMPANIONS],
    )
