"""Looking things up in the tables: a node by its name, and what is said about an article or a person."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from msgspec.structs import fields

from kg.errors import NotFoundError, OutputError, UsageError
from kg.relations import interruptible, silence
from kg.store.tables import TABLES, reading

if TYPE_CHECKING:
    import duckdb


THINGS: Final = ("person", "organization", "place", "tag")
"""Kinds that articles name, carry or are written by; where several have a name, the first one's is meant."""

ARTICLES: Final = ("article", "stub")
EVERYTHING: Final = (*THINGS, *ARTICLES)

_PLURALS: Final = {
    "person": "persons",
    "organization": "organizations",
    "place": "places",
    "tag": "tags",
    "article": "articles",
    "stub": "articles",
}

_PAGE: Final = re.compile(
    r"(?:(?:https?://)?(?:www\.)?taz\.de/(?:[^?#]*/)?!(t?[0-9]+)/?(?:[?#].*)?|!?(t?[0-9]+)/?)"
)
"""The number of an article or tag, or the address of its page: `6021874`, `!6021874`, `taz.de/Gericht/!6021874/`."""

_HASH: Final = re.compile("h-[a-z2-7]{26}")
"""What the address of an article without number ends with."""

_IN_LOWER_CASE: Final = "list_transform(list_prepend(label, alternates), lambda one: lower(one))"

_ALIKE: Final = 0.7
"""The likeness of Jaro and Winkler, from 0 to 1, that a name which is suggested has at least, or one of its words."""

_CANDIDATES: Final = 10
"""Nodes that an ambiguous name is answered with."""


@dataclass(frozen=True)
class ArticleCard:
    """What the graph says of one article. Dates are ISO 8601, names canonical and in alphabetical order."""

    iri: str
    headline: str
    date: str | None
    url: str | None
    abstract: str | None
    is_stub: bool
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    people: tuple[str, ...]  # named in headline, teaser, captions or body
    related: tuple[str, ...]  # headlines
    evidence: tuple[tuple[str, int], ...]  # dump file and line of each statement about it


@dataclass(frozen=True)
class PersonCard:
    """What the graph says of one person. Articles are (date, headline, IRI), newest first."""

    iri: str
    name: str
    alternates: tuple[str, ...]
    mentions: int
    articles: tuple[tuple[str | None, str, str], ...]  # that name the person
    written: tuple[tuple[str | None, str, str], ...]  # by the person
    together_with: tuple[tuple[str, int], ...]  # persons named in the same articles, and in how many


class Lookup:
    """The tables of one build of these names, opened for questions; `OutputError` where one is missing or damaged."""

    def __init__(self, tables: Path, names: Iterable[str] = tuple(TABLES)) -> None:
        import duckdb

        self._connection = duckdb.connect()
        silence(self._connection)
        for name in names:
            path = tables / f"{name}.parquet"
            if not path.is_file():
                raise OutputError(f"{path} is missing: run kg build first")
            with reading(path):
                # A path is a pattern to DuckDB: a folder called out[1] must stay one folder.
                table = self._connection.read_parquet(glob.escape(str(path)))
            if not {field.name for field in fields(TABLES[name])} <= set(table.columns):
                raise OutputError(f"{path} is of another version of kg: run kg build again")
            table.create_view(name)

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> duckdb.DuckDBPyRelation:
        """A question in SQL to the views of `kg.store.tables.TABLES`."""
        return self._connection.sql(query, params=list(parameters))

    def article(self, name: str) -> ArticleCard:
        """The article of that number, headline, title or IRI; `NotFoundError` as `find` raises it."""
        iri = self.find(name, ARTICLES)
        headline, date, url, abstract, kind = self.rows(
            "SELECT label, date::VARCHAR, url, abstract, kind FROM nodes WHERE iri = ?", iri
        )[0]
        return ArticleCard(
            iri,
            headline,
            date,
            url,
            abstract,
            is_stub=kind == "stub",
            authors=self._neighbours(iri, "author"),
            tags=self._neighbours(iri, "about"),
            people=self._neighbours(iri, "mentions"),
            related=self._neighbours(iri, "related"),
            evidence=tuple(
                self.rows(
                    "SELECT DISTINCT path, line FROM edges WHERE source = ? AND line IS NOT NULL ORDER BY ALL",
                    iri,
                )
            ),
        )

    def person(self, name: str) -> PersonCard:
        """The person of that name, in any spelling, or IRI; `NotFoundError` as `find` raises it."""
        iri = self.find(name, ("person",))
        label, alternates = self.rows("SELECT label, alternates FROM nodes WHERE iri = ?", iri)[0]
        return PersonCard(
            iri,
            label,
            tuple(alternates),
            mentions=self.rows("SELECT count(*) FROM mentions WHERE entity = ?", iri)[0][0],
            articles=self._articles(iri, "mentions"),
            written=self._articles(iri, "author"),
            together_with=tuple(
                self.rows(
                    """SELECT label, count(*) FROM edges AS mine JOIN edges AS other USING (source, relation)
                       JOIN nodes ON iri = other.target
                       WHERE relation = 'mentions' AND mine.target = ? AND other.target <> mine.target
                         AND kind = 'person'
                       GROUP BY label, iri ORDER BY count(*) DESC, label, iri""",
                    iri,
                )
            ),
        )

    def find(self, name: str, kinds: Sequence[str] = EVERYTHING) -> str:
        """The IRI of the node of one of `kinds` that `name` names; of several kinds the first one's.

        A name is an IRI, also an older one, an article's number or hash, a page's address, a label or another spelling;
        of a headline the title will do, of a person the family name where no other person has it. Addresses and numbers
        go before names, a label as it is written before other spellings, those before other capitals, a family name
        after these, and headlines come last. Raises `NotFoundError`, with the names that are nearest where there is
        none, with the candidates where there are several; `UsageError` where the name is empty.
        """
        name = _cleaned(name)
        things = [kind for kind in kinds if kind in THINGS]
        articles = list(ARTICLES if "article" in kinds else ())
        family = [kind for kind in kinds if kind == "person"]
        for how, ways, among in (
            ("names", _addresses(name), [*things, *articles]),
            ("names", _names(name), things),
            ("ends the names of", _families(name), family),
            ("names", _names(name), articles),
            ("names", _titles(name), articles),
        ):
            found = self._first(ways, among)
            if len(found) > 1:
                raise self._ambiguous(f"{how} {len(found)} {_PLURALS[self.kind(found[0])]}", name, found)
            if found:
                return found[0]
        raise self._missing(name, kinds)

    def kind(self, iri: str) -> str:
        """The kind of a node; see `kg.store.tables.NodeRow`."""
        return str(self.rows("SELECT kind FROM nodes WHERE iri = $1", iri)[0][0])

    def _first(self, ways: Iterable[tuple[str, str]], kinds: Sequence[str]) -> list[str]:
        """What the first way that leads to anything leads to, of the first of `kinds` among it; articles and stubs are
        one. A way is a condition in SQL and what stands for its `$2`.
        """
        for condition, wanted in ways if kinds else ():
            found = self.rows(
                f"""SELECT kind, iri FROM nodes WHERE list_contains($1, kind) AND ({condition})
                    ORDER BY list_position($1, kind), iri""",  # noqa: S608 - no more than stands in this file
                list(kinds),
                wanted,
            )
            if found:
                alike = ARTICLES if found[0][0] in ARTICLES else found[0][:1]
                return [iri for kind, iri in found if kind in alike]
        return []

    def _missing(self, name: str, kinds: Sequence[str]) -> NotFoundError:
        """The error that says that nothing of these kinds has that name, with the nearest names of theirs."""
        wanted = [kind for kind in kinds if kind != "stub"]
        if other := self._first([*_addresses(name), *_names(name), *_titles(name)], EVERYTHING):
            asked = " or ".join(map(_with_article, wanted))
            return NotFoundError(f"“{name}” is {_with_article(self.kind(other[0]))}, not {asked}")
        if (number := _number(name)) and ("article" in kinds or not name.isdecimal()):
            return NotFoundError(f"nothing in the graph has the number {number}")
        if "://" in name:
            return NotFoundError(f"nothing in the graph has the address {name}")
        near = self.rows(
            """WITH named AS (SELECT label, count, lower(unnest(list_prepend(label, alternates))) AS spelling
                              FROM nodes WHERE list_contains($1, kind)),
                    alike AS (SELECT label, count, greatest(jaro_winkler_similarity(spelling, lower($2)), list_max(
                                  list_transform(string_split(spelling, ' '),
                                      lambda word: jaro_winkler_similarity(word, lower($2))))) AS likeness FROM named)
               SELECT label FROM alike GROUP BY label HAVING max(likeness) >= $3
               ORDER BY max(likeness) DESC, max(count) DESC, label LIMIT 3""",
            list(kinds),
            name,
            _ALIKE,
        )
        hint = "; did you mean " + ", ".join(f"“{label}”" for (label,) in near) + "?" if near else ""
        what = f"no {wanted[0]}" if len(wanted) == 1 else "nothing"
        return NotFoundError(f"{what} named “{name}” is in the graph{hint}")

    def _ambiguous(self, how: str, name: str, iris: Sequence[str]) -> NotFoundError:
        """The error that says how `name` is shared, with the candidates and what tells them apart, one a line."""
        shown = [f"\n  {iri}  {self._told_by(iri)}" for iri in iris[:_CANDIDATES]]
        more = f"\n  and {len(iris) - _CANDIDATES} more" if len(iris) > _CANDIDATES else ""
        return NotFoundError(f"“{name}” {how}; choose one by its address:{''.join(shown)}{more}")

    def _told_by(self, iri: str) -> str:
        """What tells a node from others of its name: of an article the date, of others roles, articles and years."""
        kind, date = self.rows("SELECT kind, date::VARCHAR FROM nodes WHERE iri = $1", iri)[0]
        if kind == "stub":
            return "known only from other pages"
        if kind == "article":
            return date or "no date"
        titles = self.rows(
            "SELECT trim(title || ' ' || coalesce(party, '')) FROM roles WHERE entity = $1 "
            "GROUP BY ALL ORDER BY sum(count) DESC, 1 LIMIT 2",
            iri,
        )
        articles, first, last = self.rows(
            """SELECT count(DISTINCT source), year(min(edges.date)), year(max(edges.date)) FROM edges
               JOIN nodes ON iri = source WHERE kind IN ('article', 'stub') AND (target = $1 OR target IN (
                   SELECT source FROM edges AS tag WHERE tag.relation = 'focus' AND tag.target = $1))""",
            iri,
        )[0]
        years = f", {first}" + (f" to {last}" if last != first else "") if first else ""
        counted = "1 article" if articles == 1 else f"{articles:,} articles"
        return " ".join(f"{', '.join([*(title for (title,) in titles), counted])}{years}".split())

    def _neighbours(self, iri: str, relation: str) -> tuple[str, ...]:
        query = """SELECT DISTINCT label FROM edges JOIN nodes ON iri = target
                   WHERE source = ? AND relation = ? ORDER BY label"""
        return tuple(label for (label,) in self.rows(query, iri, relation))

    def _articles(self, iri: str, relation: str) -> tuple[tuple[str | None, str, str], ...]:
        query = """SELECT DISTINCT nodes.date::VARCHAR, label, iri FROM edges JOIN nodes ON iri = source
                   WHERE target = ? AND relation = ? ORDER BY 1 DESC NULLS LAST, 2, 3"""
        return tuple(self.rows(query, iri, relation))

    @interruptible()
    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """All rows that answer a question in SQL.

        Raises `KeyboardInterrupt` at Ctrl-C, `NotFoundError` for text that is no UTF-8, as nothing in the graph is.
        """
        for text in parameters:
            if isinstance(text, str) and not _is_utf8(text):
                raise NotFoundError(f"nothing named {text!r} is in the graph: that is no UTF-8")
        return self._connection.execute(query, list(parameters)).fetchall()


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(name: str) -> str | None:
    """The number of an article or tag that `name` tells, be it in its page's address."""
    page = _PAGE.fullmatch(name)
    return page and (page[1] or page[2])


def _addresses(name: str) -> Iterator[tuple[str, str]]:
    yield "iri = $2 OR url = $2 OR list_contains(replaces, $2)", name
    if number := _number(name):
        yield "url = 'https://taz.de/!' || $2", number
    if _HASH.fullmatch(name):
        yield "ends_with(iri, '/' || $2)", name
        yield "len(list_filter(replaces, lambda one: ends_with(one, '/' || $2))) > 0", name


def _names(name: str) -> Iterator[tuple[str, str]]:
    yield "label = $2", name
    yield "list_contains(alternates, $2)", name
    yield f"list_contains({_IN_LOWER_CASE}, lower($2))", name
    family, comma, given = name.partition(", ")
    if comma:
        yield f"list_contains({_IN_LOWER_CASE}, lower($2))", f"{given} {family}"


def _families(name: str) -> Iterator[tuple[str, str]]:
    yield f"len(list_filter({_IN_LOWER_CASE}, lambda one: ends_with(one, ' ' || lower($2)))) > 0", name


def _titles(name: str) -> Iterator[tuple[str, str]]:
    yield "ends_with(label, ': ' || $2)", name
    yield "ends_with(lower(label), ': ' || lower($2))", name


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind in {"article", "organization"} else f"a {kind}"


def _cleaned(name: str) -> str:
    """A name as labels are written: composed, blanks collapsed. Raises `UsageError` where nothing is left."""
    if cleaned := " ".join(normalize("NFC", name).split()):
        return cleaned
    raise UsageError("give a name: it is empty")


def folded_name(name: str) -> str:
    """A name as names are compared where capitals do not matter."""
    return normalize("NFC", name).lower()
