"""Looking things up in the tables: a node by its name, and what is said about an article or a person."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from kg.errors import NotFoundError, OutputError
from kg.relations import interruptible, silence
from kg.store.tables import TABLES, reading

if TYPE_CHECKING:
    import duckdb


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
                self._connection.read_parquet(glob.escape(str(path))).create_view(name)

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> duckdb.DuckDBPyRelation:
        """A question in SQL to the views of `kg.store.tables.TABLES`."""
        return self._connection.sql(query, params=list(parameters))

    def article(self, name: str) -> ArticleCard:
        """The article of that number, headline, title or IRI; `NotFoundError` as `find` raises it."""
        iri = self.find(name, ("article", "stub"))
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

    def find(self, name: str, kinds: Sequence[str]) -> str:
        """The IRI of the one node of these kinds that `name` names: by IRI, number, label or other spelling.

        Capitals do not matter where no name has the same ones. Raises `NotFoundError`, with the nearest names where
        there is none, with the candidates where there are several.
        """
        found = self.named(name, kinds)
        if not found:
            raise self.missing(name, kinds, kinds[0])
        if len(found) > 1:
            raise self.ambiguous(f"names {len(found)} of them", name, [iri for iri, *_ in found])
        return str(found[0][0])

    def spelling(self, name: str, kinds: Sequence[str]) -> str:
        """`name` as the graph spells it for nodes of these kinds, or the IRI where it is that, a number or a title.

        Raises `NotFoundError` as `find` does, but not where there are several.
        """
        found = self.named(name, kinds)
        if not found:
            raise self.missing(name, kinds, kinds[0])
        iri, label, alternates = found[0]
        wanted = folded_name(name)
        return str(next((one for one in (label, *alternates) if folded_name(one) == wanted), iri))

    def named(self, name: str, kinds: Sequence[str]) -> list[tuple[Any, ...]]:
        """IRI, label and other spellings of all nodes of these kinds that `name` names; none where there is none."""
        among, name = list(kinds), normalize("NFC", name)
        for spelled, wanted in (("{}", name), ("lower({})", name.lower())):
            label, other = spelled.format("label"), spelled.format("other")
            found = self.rows(
                f"""SELECT iri, label, alternates FROM nodes WHERE list_contains($1, kind) AND (
                       iri = $2 OR url = 'https://taz.de/!' || ltrim($2, '!')
                       OR {label} = $3 OR ends_with({label}, ': ' || $3)
                       OR EXISTS (FROM unnest(alternates) AS others (other) WHERE {other} = $3))
                   ORDER BY iri""",  # noqa: S608 - no more is put in than the lower() above
                among,
                name,
                wanted,
            )
            if found:
                return found
        return []

    def missing(self, name: str, kinds: Sequence[str], what: str) -> NotFoundError:
        """The error that says that there is no `what` of that name, with the nearest names of these kinds."""
        near = self.rows(
            """SELECT DISTINCT label FROM nodes WHERE list_contains($1, kind)
               ORDER BY jaro_winkler_similarity(lower(label), lower($2)) DESC, label LIMIT 3""",
            list(kinds),
            normalize("NFC", name),
        )
        hint = "; did you mean " + ", ".join(f"“{label}”" for (label,) in near) + "?" if near else ""
        return NotFoundError(f"no {what} named “{normalize('NFC', name)}” is in the graph{hint}")

    def ambiguous(self, how: str, name: str, iris: Sequence[str]) -> NotFoundError:
        """The error that says how `name` is shared, with the candidates."""
        return NotFoundError(f"“{name}” {how}; choose one of {', '.join(iris[:5])}")

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


def folded_name(name: str) -> str:
    """A name as names are compared where capitals do not matter."""
    return normalize("NFC", name).lower()
