"""People of a finished build of the examples, held against their truth: `python tests/quality/people.py OUT`.

Pairs of article and person count each once. A family name that the truth leaves open, and characters of plays, are
neither right nor wrong. Mentions are compared where the dump has its whole text. Articles are found by the files that
their mentions stand in, stubs by number or headline.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

EXPECTED = Path(__file__).parent.parent.parent / "examples" / "expected"
PERSON = "person"


@dataclass
class Score:
    """What was found, what is true, and both; the rest by name, to be read."""

    right: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the found that is true."""
        return self.right / max(1, self.right + len(self.false))

    @property
    def recall(self) -> float:
        """The share of the true that was found."""
        return self.right / max(1, self.right + len(self.missed))

    def note(self, found: set[Any], true: set[Any], ignored: set[Any], where: str) -> None:
        """Count one article's."""
        self.right += len(found & true)
        self.false += [f"{where}: {one}" for one in sorted(found - true - ignored, key=str)]
        self.missed += [f"{where}: {one}" for one in sorted(true - found, key=str)]

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.4f}, recall {self.recall:.4f} "
            f"({self.right} right, {len(self.false)} false, {len(self.missed)} missed)"
        )


class Quality(NamedTuple):
    """The figures of a build. `joined` and `split` name persons that are one node, or several, against the truth."""

    pairs: Score
    mentions: Score
    joined: list[str]
    split: list[str]


class _Place(NamedTuple):
    part: str
    image: int | None
    start: int
    end: int
    person: str


def measure(out: Path) -> Quality:
    """Compare the tables of a build of `examples/dumps` with `examples/expected`."""
    articles: dict[str, Any] = _load("articles")
    nodes = _rows(out, "SELECT iri, kind, label, CAST(date AS VARCHAR), alternates FROM '{nodes}'")
    by_headline = {(label, date): iri for iri, kind, label, date, _ in nodes if kind in {"article", "stub"}}
    by_number = {iri.rsplit("/", 1)[1]: iri for iri, kind, *_ in nodes if kind in {"article", "stub"}}
    persons = _persons([(iri, {label, *others}) for iri, kind, label, _, others in nodes if kind == PERSON])
    found = _found(out, {iri for iri, kind, *_ in nodes if kind == PERSON})
    by_path = dict(
        _rows(
            out,
            "SELECT DISTINCT path, article FROM '{mentions}' WHERE article NOT IN "
            "(SELECT iri FROM '{nodes}' WHERE kind = 'stub') ORDER BY ALL",
        )
    )
    pairs, mentions = Score(), Score()
    for key, article in sorted(articles.items()):
        # A file may have a number in its name only, or a headline cut short.
        iri = next((by_path[path] for path in article.get("files", ()) if path in by_path), None)
        iri = (
            iri
            or by_number.get(str(article.get("number")))
            or by_headline.get((article["headline"], article.get("date")))
        )
        here = found.get(iri or "", [])
        true = [one for one in article["mentions"] if one["kind"] == PERSON]
        named = {one[PERSON] for one in true if not one["open"]}
        maybe = {one[PERSON] for one in true if one["open"]} - named
        told = {_told(persons.get(entity, {entity}), named | maybe) for entity, *_ in here}
        if article["stub"]:
            # Which of a stub's texts are in the dumps, no file says; so nothing is missed there.
            pairs.note(told, named & told, maybe, key)
            continue
        pairs.note(told, named, maybe, key)
        if here and _is_whole(here[0][1]):
            places = {
                _Place(part, image, start, end, _told(persons.get(entity, {entity}), named | maybe))
                for entity, _, part, image, start, end in here
            }
            sure = {_place(one) for one in true if not one["open"]}
            unsure = {
                _place(one)[:3] for one in article["mentions"] if one["open"] or one["kind"] == "character"
            }
            mentions.note(places, sure, {one for one in places if one[:3] in unsure}, key)
    return Quality(pairs, mentions, *_torn(persons))


def _persons(entities: list[tuple[str, set[str]]]) -> dict[str, set[str]]:
    """IRI of a person in the build → the persons of the truth that share a name with it."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for person in _load("people"):
        for name in (person["name"], *person["spellings"]):
            spelled[name].add(person["id"])
    known = {iri: {one for name in names for one in spelled.get(name, ())} for iri, names in entities}
    return {iri: ids for iri, ids in known.items() if ids}


def _torn(persons: dict[str, set[str]]) -> tuple[list[str], list[str]]:
    namesakes = {one["id"]: set(one["namesakes"]) for one in _load("people")}
    joined = [
        f"{iri}: {', '.join(sorted(ids))}"
        for iri, ids in sorted(persons.items())
        if any(other not in namesakes[one] for one in ids for other in ids - {one})
    ]
    nodes: dict[str, list[str]] = defaultdict(list)
    for iri, ids in sorted(persons.items()):
        for one in ids:
            nodes[one].append(iri)
    split = [
        f"{one}: {', '.join(iris)}"
        for one, iris in sorted(nodes.items())
        if len(iris) > 1 + len(namesakes[one])
    ]
    return joined, split


def _told(candidates: set[str], named: set[str]) -> str:
    """The person of the truth that a node stands for in an article: of namesakes the one that is named there."""
    return min(candidates & named or candidates)


def _found(out: Path, persons: set[str]) -> dict[str, list[tuple[str, str, str, int | None, int, int]]]:
    found: dict[str, list[tuple[str, str, str, int | None, int, int]]] = defaultdict(list)
    query = "SELECT article, entity, path, part, image, start, \"end\" FROM '{mentions}' ORDER BY ALL"
    for article, *rest in _rows(out, query):
        if rest[0] in persons:
            found[article].append((rest[0], rest[1], rest[2], rest[3], rest[4], rest[5]))
    return found


def _is_whole(path: str) -> bool:
    facts = EXPECTED / f"{path}.json"
    if not facts.exists():
        facts = EXPECTED / Path(path).with_suffix(".json")
    told = json.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {"truncated": True}
    return not (told["truncated"] or told.get("transliterated") or told.get("lost"))


def _place(mention: dict[str, Any]) -> _Place:
    who = str(mention.get(PERSON, ""))
    return _Place(mention["part"], mention["image"], mention["start"], mention["end"], who)


def _rows(out: Path, query: str) -> list[tuple[Any, ...]]:
    tables = {name: str(out / "tables" / f"{name}.parquet") for name in ("nodes", "mentions")}
    return duckdb.execute(query.format(**tables)).fetchall()


def _load(name: str) -> Any:
    return json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    quality = measure(Path(sys.argv[1]))
    for title, score in (("pairs", quality.pairs), ("mentions", quality.mentions)):
        print(f"{title}: {score}")
        print(
            "\n".join(
                [*(f"  false  {one}" for one in score.false), *(f"  missed {one}" for one in score.missed)]
            )
        )
    print(f"joined: {quality.joined}\nsplit: {quality.split}")
