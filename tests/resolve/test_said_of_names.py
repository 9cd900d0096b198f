"""What one page says of names, row by row, and what the rows of many pages add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import pytest

from kg.model import Candidate, IndexKind, NodeKind, Part, Related, Rendering
from kg.relations import Relations, open_relations, to_parquet
from kg.resolve import Claim, Texts
from kg.resolve.evidence import Evidence, RoleCount
from kg.resolve.facts import read_facts
from kg.resolve.gathering import collect_evidence
from kg.resolve.grouping import make_articles
from kg.resolve.said import Said, What, said_of
from kg.resolve.staged import STAGED_TABLES, rows_of_pages
from kg.resolve.stubs import make_stubs
from kg.resolve.tags import Seen
from kg.resolve.targets import find_targets
from tests.resolve.conftest import source
from tests.resolved import texts_of

Maker = Callable[..., Claim]
PERSON, ORGANIZATION, PLACE = NodeKind.PERSON, NodeKind.ORGANIZATION, NodeKind.PLACE


def named(
    text: str, line: int, confidence: float = 0.9, kind: NodeKind = PERSON, start: int = 0, **fields: Any
) -> Candidate:
    return Candidate(kind, text, Part.BODY, None, start, start + len(text), line, confidence, **fields)


def rows(claim: Claim, what: What) -> list[Said]:
    return [row for row in said_of(3, claim, texts_of(claim)) if row.what is what]


def test_a_spelling_has_its_count_its_first_line_and_what_is_surest_of_its_name(article: Maker) -> None:
    told = [
        named("Ida Lü", 9, 0.8),
        named("Ida  Lü", 7, 0.7),
        named("Ida Lue", 8, 0.801),
        named("Ida Lü", 5, 0.9, PLACE),
        named("Nord News", 4),
    ]
    found = rows(article("a.txt", "Hafen: Es brennt", candidates=tuple(told)), What.NAMED)
    text: dict[str, Any] = {"page": 3, "row": 0, "what": What.NAMED, "rule": "text"}
    assert found == [
        Said(**text, slug="ida-lue", text="Ida Lü", kind=PERSON, count=2, line=7, texts=1),
        Said(
            **text, slug="ida-lue", text="Ida Lue", kind=PERSON, count=1, line=8, confidence=801, surest=8
        ),
        Said(**text, slug="ida-lue", text="Ida Lü", kind=PLACE, count=1, line=5, confidence=900, surest=5),
        Said(
            **text, slug="nord-news", text="Nord News", kind=ORGANIZATION, count=1, line=4, texts=1,
            confidence=900, surest=4,
        ),
    ]  # fmt: skip


def test_of_equally_sure_places_the_first_in_the_text_counts(article: Maker) -> None:
    told = (named("Ida Lü", 9), named("Ida Lue", 3))
    found = rows(article("a.txt", "Hafen: Es brennt", candidates=told), What.NAMED)
    assert [(row.text, row.surest) for row in found] == [("Ida Lü", 9), ("Ida Lue", None)]


def test_announcements_are_texts_of_their_own_and_phoxy_has_no_umlauts(article: Maker) -> None:
    related = [Related("Deich: Er hält", 8, candidates=(named("Jo Ott", 8),)), Related("Wasser", 9)]
    page = article("a.txt", "Hafen: Es brennt", candidates=(named("Jo Ott", 2),), related=related)
    assert [(row.row, row.slug, row.texts) for row in rows(page, What.NAMED)] == [
        (0, "jo-ott", 1),
        (8, "jo-ott", 1),
    ]
    texts = Texts(source("b.txt", Rendering.PHOXY), (named("Ida Luehr", 2),), ())
    assert [row.rule for row in said_of(0, page, texts) if row.what is What.NAMED] == ["transliterated text"]


def test_a_role_beside_a_family_name_is_that_of_the_full_name(article: Maker) -> None:
    told = (
        named("Ida Lühr", 2),
        named("Lühr", 6, role="Ministerin", party="SM"),
        named("Lühr", 4, role="Ministerin", party="SM"),
        named("Thal", 5, role="Torwart"),
    )
    found = rows(article("a.txt", "Hafen: Es brennt", candidates=told), What.ROLE)
    assert [(row.slug, row.title, row.party, row.count, row.line) for row in found] == [
        ("ida-luehr", "Ministerin", "SM", 2, 4),
        ("thal", "Torwart", None, 1, 5),
    ]


def test_genitives_and_acronyms(article: Maker) -> None:
    told = (
        named("Ina Kovarićs", 2),
        named("Kovarić", 3),
        named("Soziale Mitte", 4, kind=ORGANIZATION, start=10),
        named("SM", 4, kind=ORGANIZATION, start=25),
    )
    page = article("a.txt", "Hafen: Es brennt", candidates=told)
    assert [row.slug for row in rows(page, What.GENITIVE)] == ["ina-kovarics"]
    assert [(row.slug, row.long, row.count) for row in rows(page, What.ACRONYM)] == [
        ("sm", "soziale-mitte", 1)
    ]


def test_what_a_page_states(article: Maker, index_page: Maker) -> None:
    page = article(
        "a.txt", "Hafen: Es brennt", authors=["Ida Lü", "Ida Lü"], credits=("dpa",), places=("KIEL",)
    )
    found = [(row.row, row.rule, row.text, row.kind, row.count, row.line) for row in rows(page, What.STATED)]
    assert found == [
        (-1, "byline", "Ida Lü", PERSON, 2, 20),
        (-1, "credit", "dpa", ORGANIZATION, 1, 6),
        (-1, "dateline in capitals", "Kiel", PLACE, 1, 6),
    ]
    author = index_page("b.txt", IndexKind.AUTHOR, "Ida Lü", [])
    assert [(row.rule, row.line) for row in rows(author, What.STATED)] == [("author page", 1)]
    assert not rows(index_page("b.txt", IndexKind.TOPIC, "Ida Lü", []), What.STATED)


class _InFiles:
    """Pages whose rows lie in Parquet files of so many pages each."""

    def __init__(self, relations: Relations, claims: Sequence[Claim], pages: int, folder: Path) -> None:
        self._claims = claims
        self.relations = relations
        files: dict[str, list[Path]] = {table: [] for table in STAGED_TABLES}
        for first in range(0, len(claims), pages):
            some = [
                (page, one, texts_of(one)) for page, one in enumerate(claims[first : first + pages], first)
            ]
            for table, rows in rows_of_pages(some, "taz").items():
                path = folder / f"{table}-{first}.parquet"
                path.write_bytes(to_parquet(STAGED_TABLES[table], rows))
                files[table].append(path)
        for table, record in STAGED_TABLES.items():
            relations.load(table, record, files[table])

    def texts(self, pages: Set[int]) -> Iterator[tuple[int, Texts]]:
        return ((page, texts_of(self._claims[page])) for page in sorted(pages))


@pytest.fixture(params=[(1, 1), (2, 2), (7, 4)])
def evidence(
    request: pytest.FixtureRequest, article: Maker, index_page: Maker, tmp_path: Path
) -> Iterator[Evidence]:
    """What seven pages say, however many lie in a file, by any number of threads."""
    thal: dict[str, Any] = {"role": "Torwart", "party": "SM"}
    whole = article(
        "m.txt", "Hafen: Es brennt", "2024-05-02", text="Viel mehr Text.", authors=["Ida Lü"],
        candidates=(named("Jo Ott", 5, 0.6), named("Jo Thal", 6, 0.7, **thal)),
    )  # fmt: skip
    heard = (named("Jo Ott", 8, 0.7), named("Jo Thal", 9, **thal))
    row = Related("Wasser: Es steigt", 8, number="6001", candidates=heard)
    known = Related("Hafen: Es brennt", 9, candidates=(named("Jo Ott", 9),))
    claims = [
        whole,
        article("a.txt", "Hafen: Es brennt", None, authors=["Ida Lü"], candidates=(named("Jo Ott", 1),)),
        article("z.txt", "Deich: Er hält", "2023-12-31", candidates=(named("Jo Ott", 4, 0.7),)),
        article("k.txt", "Deich: Er bricht", candidates=(named("Jo Ott", 7, 0.7, PLACE),)),
        index_page("d.txt", IndexKind.TOPIC, "Feuer", [row, known]),
        index_page("e.txt", IndexKind.AUTHOR, "Ida Lü", []),
        article("q.txt", "Deich: Er brach", "2023-12-01", candidates=(named("Jo Thal", 2, 0.5, **thal),)),
    ]  # fmt: skip
    pages, threads = request.param
    with open_relations(tmp_path, threads) as relations:
        files = _InFiles(relations, claims, pages, tmp_path)
        make_articles(relations, "taz")
        find_targets(relations)
        make_stubs(relations)
        yield collect_evidence(files, read_facts(relations).tags)


def test_of_an_article_the_fullest_dump_is_heard_and_of_a_stub_its_announcement(evidence: Evidence) -> None:
    name = evidence.names["jo-ott"]
    assert name.spellings == {"text": {"Jo Ott": Seen(4, "d.txt", 8)}}
    votes = name.votes[PERSON]
    assert (votes.articles, votes.confidence, votes.best) == (3, 2.0, 0.7)
    assert (votes.path, votes.line) == ("d.txt", 8)
    assert name.votes[PLACE].articles == 1


def test_roles_are_counted_with_their_dates_and_parties_are_organisations(evidence: Evidence) -> None:
    assert evidence.names["jo-thal"].roles == {("Torwart", "SM"): RoleCount(3, "2023-12-01", "2024-05-02")}
    assert evidence.names["sm"].spellings == {"party": {"SM": Seen(3, "d.txt", 9)}}
    assert evidence.names["sm"].given == frozenset({ORGANIZATION})
    assert evidence.bodies == {"sm"}


def test_what_any_dump_states_counts(evidence: Evidence) -> None:
    name = evidence.names["ida-lue"]
    assert name.spellings == {
        "byline": {"Ida Lü": Seen(2, "a.txt", 20)},
        "author page": {"Ida Lü": Seen(1, "e.txt", 1)},
    }
    assert (name.given, name.news_media) == (frozenset({PERSON}), False)


def test_months_are_those_of_the_names_asked_for(evidence: Evidence) -> None:
    january = 2024 * 12
    assert evidence.months({"jo-ott"}) == {"jo-ott": {january - 1: 1, january + 4: 2}}
    assert evidence.months(set()) == {}


def test_only_pages_that_have_the_names_are_read_again(evidence: Evidence) -> None:
    assert sorted(told.path for told in evidence.told({"jo-thal"})) == ["d.txt", "m.txt", "q.txt"]
    assert not list(evidence.told({"nobody"}))
