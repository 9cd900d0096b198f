"""Looking things up in the tables: a node by its name, and what is said about an article or a person."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Sequence
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
"""Kinds that articles name, carry or are written by, in the order in which a name is looked for."""

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

_PAGE: Final = re.compile(r"(?:(?:https?://)?(?:www\.)?taz\.de/(?:.*/)?!|!)?(t?[0-9]+)/?(?:[?#].*)?")
"""The number of an article or tag, or the address of its page: `6021874`, `!6021874`, `taz.de/Gericht/!6021874/`."""

_HASH: Final = re.compile("h-[a-z2-7]{26}")
"""What the address of an article without number ends with."""

_SPELLINGS: Final = "FROM unnest(list_prepend(label, alternates)) AS spellings (one)"

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
        """The IRI of the node that `name` names, of the first of `kinds` that has one.

        A name is an IRI, also an older one, an article's number or hash, a page's address, a label or another spelling;
        of a headline the title will do, of a person the family name where no other person has it. A label as it is
        written goes before other spellings, those before other capitals, all names before headlines. Raises
        `NotFoundError`, with the nearest names where there is none, with the candidates where there are several;
        `UsageError` where the name is empty.
        """
        things = tuple(kind for kind in kinds if kind not in ARTICLES)
        for group in (things, ARTICLES if "article" in kinds else ()):
            found, how = self._named(name, group), "names"
            if not found and "person" in group:
                found, how = self._of_family(name), "ends the names of"
            if len(found) > 1:
                raise self._ambiguous(f"{how} {len(found)} {_PLURALS[self.kind(found[0])]}", name, found)
            if found:
                return found[0]
        raise self._missing(name, kinds)

    def kind(self, iri: str) -> str:
        """The kind of a node; see `kg.store.tables.NodeRow`."""
        return str(self.rows("SELECT kind FROM nodes WHERE iri = $1", iri)[0][0])

    def _named(self, name: str, kinds: Sequence[str]) -> list[str]:
        """The nodes that the first way which leads to any leads to, of the first of `kinds` among them."""
        name = _cleaned(name)
        page = _PAGE.fullmatch(name)
        key = name if _HASH.fullmatch(name) else None
        family, comma, given = name.partition(", ")
        ways = [
            ("iri = $2 OR url = $2", name),
            ("url = 'https://taz.de/!' || $2", page[1] if page else None),
            ("ends_with(iri, '/' || $2)", key),
            ("label = $2", name),
            ("list_contains(alternates, $2)", name),
            (f"EXISTS ({_SPELLINGS} WHERE lower(one) = lower($2))", name),
            (f"EXISTS ({_SPELLINGS} WHERE lower(one) = lower($2))", f"{given} {family}" if comma else None),
            ("kind IN ('article', 'stub') AND ends_with(label, ': ' || $2)", name),
            ("kind IN ('article', 'stub') AND ends_with(lower(label), ': ' || lower($2))", name),
            ("list_contains(replaces, $2)", name),
            ("EXISTS (FROM unnest(replaces) AS older (one) WHERE ends_with(one, '/' || $2))", key),
        ]
        for condition, wanted in ways:
            if not wanted:
                continue
            found = self.rows(
                f"""SELECT kind, iri FROM nodes WHERE list_contains($1, kind) AND ({condition})
                    ORDER BY list_position($1, kind), iri""",  # noqa: S608 - no more than stands above
                list(kinds),
                wanted,
            )
            if found:
                alike = ARTICLES if found[0][0] in ARTICLES else found[0][:1]
                return [iri for kind, iri in found if kind in alike]
        return []

    def _of_family(self, name: str) -> list[str]:
        """The persons whose name in any spelling ends with the word or words `name`."""
        found = self.rows(
            f"""SELECT iri FROM nodes WHERE kind = 'person'
                AND EXISTS ({_SPELLINGS} WHERE ends_with(lower(one), ' ' || lower($1))) ORDER BY iri""",  # noqa: S608 - a constant
            _cleaned(name),
        )
        return [iri for (iri,) in found]

    def _missing(self, name: str, kinds: Sequence[str]) -> NotFoundError:
        """The error that says that nothing of these kinds has that name, with the nearest names of theirs."""
        name, wanted = _cleaned(name), [kind for kind in kinds if kind != "stub"]
        if other := self._named(name, EVERYTHING):
            asked = " or ".join(map(_with_article, wanted))
            return NotFoundError(f"“{name}” is {_with_article(self.kind(other[0]))}, not {asked}")
        if (page := _PAGE.fullmatch(name)) and ("article" in kinds or not name.isdecimal()):
            return NotFoundError(f"nothing in the graph has the number {page[1]}")
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
        return NotFoundError(f"“{_cleaned(name)}” {how}; choose one by its address:{''.join(shown)}{more}")

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
