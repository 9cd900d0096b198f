"""Who and what is named together: the ties of a picture that do not depend on the articles it shows."""

from __future__ import annotations

from kg.store.lookup import Lookup

COMPANIONS = 3
"""A node is tied to its so many closest companions; they may be tied to more."""
TOLD = 8
"""Of so many persons, and of so many others, that stand in most of its articles, a node tells besides."""


SCORED = """
    SELECT source, target, count, round(count * ln(
        count * (SELECT count(*) + 1 FROM node WHERE is_article) / (a.articles * b.articles)), 6) AS score
    FROM pair JOIN share AS a ON a.thing = source JOIN share AS b ON b.thing = target
"""
"""SQL over a table `pair` (source, target, count), after `note_touch`: how much each two belong together; 0 is chance.

By how often the articles name both, times how much oftener than chance has it (count × pointwise mutual information):
the first alone would tie everyone to the capital, the second alone would tie what was named but once. There is one more
article than there are: two that are in all of them belong together too. Logarithms may differ in their last digit
between machines.
"""


def note_touch(lookup: Lookup) -> None:
    """Note what articles have to do with the nodes in `thing`, as far as those articles are in `scope`.

    - `touch` (article, thing, date, named): the articles, of all, that have anything to do with one of these nodes,
      each once, and whether they do more than credit it; the paper itself is only credited
    - `named` (article, thing, date): those in scope that do more
    - `share` (thing, articles): how many these are
    """
    lookup.sql(
        """CREATE TEMP TABLE touch AS
           SELECT article, thing, min(date) AS date,
                  bool_or(relation <> 'sourceOrganization' AND thing IS DISTINCT FROM paper.id) AS named
           FROM tie SEMI JOIN thing ON thing.id = tie.thing CROSS JOIN paper GROUP BY article, thing"""
    )
    lookup.sql(
        """CREATE TEMP TABLE named AS
           SELECT article, thing, date FROM touch SEMI JOIN scope ON scope.id = article WHERE named"""
    )
    lookup.sql("CREATE TEMP VIEW share AS SELECT thing, count(*) AS articles FROM named GROUP BY thing")


def tie_companions(lookup: Lookup) -> None:
    """Make the table `together` (source, target, relation, count, first, last) of the nodes in `thing`.

    After `note_touch`. Each is tied to those that it belongs together with most; `count` is the number of articles.
    """
    lookup.sql(
        """CREATE TEMP TABLE pair AS
           SELECT a.thing AS source, b.thing AS target, count(*) AS count, min(a.date) AS first, max(a.date) AS last
           FROM named AS a JOIN named AS b ON a.article = b.article AND a.thing < b.thing GROUP BY ALL"""
    )
    lookup.sql(
        f"""CREATE TEMP TABLE together AS
           WITH scored AS ({SCORED}),
           ranked AS (
               SELECT source, target, row_number() OVER (PARTITION BY one ORDER BY score DESC, source, target) AS rank
               FROM (SELECT source AS one, * FROM scored UNION ALL SELECT target, * FROM scored) WHERE score > 0)
           SELECT source, target, 'together' AS relation, count, first, last FROM pair
           SEMI JOIN (FROM ranked WHERE rank <= $1) AS closest USING (source, target)""",  # noqa: S608 - our own SQL
        [COMPANIONS],
    )


def note_companions(lookup: Lookup) -> None:
    """Note who stands in most articles with the nodes in `thing`, after `tie_companions`.

    - `companion` (one, other, count, first, last): of each the `TOLD` persons and as many others, both in `thing`, that
      share most articles with it; those that it is tied to are left out
    - `company` (one, persons, others): how many share one at all, in `thing` or not
    """
    lookup.sql(
        """CREATE TEMP TABLE companion AS
           WITH both_ways AS (
               FROM pair UNION ALL SELECT target, source, count, first, last FROM pair),
           ranked AS (
               SELECT source AS one, target AS other, count, first, last,
                      row_number() OVER (PARTITION BY source, kind = 'person' ORDER BY count DESC, target) AS rank
               FROM both_ways JOIN node ON id = target)
           SELECT one, other, count, first, last FROM ranked
           ANTI JOIN together ON source = least(one, other) AND target = greatest(one, other) WHERE rank <= $1""",
        [TOLD],
    )
    lookup.sql(
        """CREATE TEMP TABLE company AS
           WITH every AS (
               SELECT DISTINCT article, thing FROM tie SEMI JOIN scope ON scope.id = article CROSS JOIN paper
               WHERE relation <> 'sourceOrganization' AND thing IS DISTINCT FROM paper.id),
           pair AS (SELECT DISTINCT a.thing AS one, b.thing AS other
                    FROM named AS a JOIN every AS b ON a.article = b.article AND a.thing <> b.thing)
           SELECT one, count(*) FILTER (kind = 'person') AS persons, count(*) FILTER (kind <> 'person') AS others
           FROM pair JOIN node ON id = other GROUP BY one"""
    )
