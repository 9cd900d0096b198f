"""The selection keeps what matters, joins a tag to what it names, and ties what is named together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kg.errors import NotFoundError, OutputError, UsageError
from kg.network.archive import open_archive
from kg.network.choosing import digest_of_nodes, select
from kg.network.chosen import LINKED, MONTHS, PAPER, PERIOD, WHOLE_SIZE
from kg.network.importance import page_rank
from kg.network.links import links_of
from kg.network.selection import Selection, first_day, last_day
from kg.network.together import TOLD
from kg.store.tables import EdgeRow, NodeRow, RoleRow, Row
from tests.rows import write_rows

BASE = "https://kg.example/id/"


def write_tables(folder: Path, rows: Iterator[Row]) -> Path:
    return write_rows(folder / "tables", rows)


def iri(name: str) -> str:
    return BASE + name


def star(theme: str, articles: int) -> Iterator[Row]:
    """Articles of one theme, one a month: each has its tag and mentions its mayor, twice; all are the paper's own."""
    yield NodeRow(iri(f"tag/taz/{theme}"), "tag", theme.title(), count=articles)
    yield NodeRow(iri(f"person/{theme}"), "person", f"Mayor of {theme}", count=articles)
    for number in range(articles):
        article = iri(f"article/taz/{theme}-{number:03d}")
        day = f"{2020 + number // 12}-{number % 12 + 1:02d}-15"
        yield NodeRow(article, "article", f"{theme} {number}", date=day)
        yield EdgeRow(article, iri(f"tag/taz/{theme}"), "about", date=day)
        yield EdgeRow(article, iri(f"person/{theme}"), "mentions", count=2, date=day)
        yield EdgeRow(article, iri("organization/taz"), "sourceOrganization", date=day)


def themes() -> Iterator[Row]:
    for theme, articles in (("water", 30), ("wind", 20), ("wolf", 10)):
        yield from star(theme, articles)
    yield NodeRow(iri("organization/taz"), "organization", "taz")
    yield EdgeRow(iri("article/taz/water-000"), iri("tag/taz/wind"), "about", date="2020-01-15")
    # The tag of a person: the two are one.
    yield NodeRow(iri("tag/taz/mayor"), "tag", "Mayor Water", count=1)
    yield EdgeRow(iri("tag/taz/mayor"), iri("person/water"), "focus")
    yield EdgeRow(iri("article/taz/wolf-000"), iri("tag/taz/mayor"), "about", date="2020-01-15")
    yield RoleRow(iri("person/water"), "Mayor", "Blue", 5, "2020-01-15", "2021-01-15")
    yield RoleRow(iri("person/water"), "Member", None, 9, None, None)
    yield RoleRow(iri("person/water"), "", "Green", 1, None, None)
    yield RoleRow(iri("person/water"), "Guest", None, 1, None, None)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("it's[1]"), themes())


def test_the_paper_is_known(tables: Path) -> None:
    assert select(tables, Selection()).graph[PAPER] == iri("organization/taz")


def test_the_paper_that_names_itself_often_ties_nothing_and_stays_small(tmp_path: Path) -> None:
    paper, mayor = iri("organization/taz"), iri("person/wolf")
    own = [EdgeRow(iri(f"article/taz/wolf-{number:03d}"), paper, "mentions", count=9) for number in range(10)]
    graph = select(write_tables(tmp_path, iter([*themes(), *own])), Selection())
    assert {relation for *_, relation in graph.in_edges(paper, keys=True)} == {"mentions"}
    assert graph.out_degree(paper) == 0
    links = links_of(graph)
    ranks = dict(zip(graph, page_rank(links).tolist(), strict=True))
    assert ranks[paper] < 0.6 * ranks[mayor]


def test_what_does_not_fit_into_memory_is_spilled_and_nothing_of_it_stays(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.network.archive.gettempdir", lambda: str(tmp_path / "it's"))
    (tmp_path / "it's").mkdir()
    monkeypatch.chdir(tmp_path)
    lookup = open_archive(tables)
    settings = "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
    ((limit, folder),) = lookup.sql(settings).fetchall()
    assert limit == "476.8 MiB"  # 500 MB
    assert Path(folder).parent == tmp_path / "it's"
    lookup.sql("SET memory_limit = '24MB'")
    lookup.sql("CREATE TEMP TABLE much AS SELECT range AS a, hash(range) AS b FROM range(3000000)")
    assert list(Path(folder).iterdir())
    del lookup
    assert list((tmp_path / "it's").iterdir()) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "it's"]


def test_a_small_archive_is_shown_whole_but_for_the_papers_own_credits(tables: Path) -> None:
    graph = select(tables, Selection())
    assert Counter(kind for _, kind in graph.nodes(data="kind")) == {
        "article": 60,
        "person": 3,
        "tag": 3,
        # organization/taz keeps no edge
    }
    assert graph.graph[WHOLE_SIZE] == 66
    relations = Counter(relation for *_, relation in graph.edges(keys=True))
    assert relations == {"mentions": 60, "about": 62, "together": 3}
    assert list(graph) == sorted(graph)


def test_a_tag_and_whom_it_names_are_one_node(tables: Path) -> None:
    graph = select(tables, Selection())
    assert iri("tag/taz/mayor") not in graph
    mayor = graph.nodes[iri("person/water")]
    assert mayor["tag"] == iri("tag/taz/mayor")
    assert mayor["alternates"] == ("Mayor Water",)
    assert mayor["count"] == 31
    assert graph.has_edge(iri("article/taz/wolf-000"), iri("person/water"), key="about")


def test_persons_come_with_their_three_strongest_roles(tables: Path) -> None:
    roles = select(tables, Selection()).nodes[iri("person/water")]["roles"]
    assert roles == ("Member", "Mayor (Blue)", "Green")


def test_a_name_that_others_bear_is_shared_though_they_are_not_shown(tmp_path: Path) -> None:
    more: list[Row] = [
        NodeRow(iri("person/wolf-2"), "person", "W. Wolf", alternates=("Mayor of wolf",)),
        NodeRow(iri("tag/taz/water-2"), "tag", "Mayor of water"),
        EdgeRow(iri("tag/taz/water-2"), iri("person/water"), "focus"),
        EdgeRow(iri("article/taz/wolf-000"), iri("person/wolf-2"), "mentions"),
    ]
    graph = select(write_tables(tmp_path, iter([*themes(), *more])), Selection(top=9))
    assert iri("person/wolf-2") not in graph
    assert [node for node, shared in graph.nodes(data="shared") if shared] == [iri("person/wolf")]


def test_months_count_the_articles_of_the_whole_archive(tables: Path) -> None:
    graph = select(tables, Selection(top=4))
    first, counts = graph.graph[MONTHS]
    assert first == "2020-01"
    assert sum(counts) == 60
    assert counts[0] == 3
    assert len(counts) == 30
    months = graph.nodes[iri("person/water")]["months"]
    assert months[:4] == (0, 2, 1, 1)
    assert months[-2:] == (29, 1)


def test_months_are_those_of_the_days_that_were_asked_for(tables: Path) -> None:
    graph = select(tables, Selection(since=date(2021, 3, 1), until=date(2021, 5, 31)))
    assert graph.graph[MONTHS] == ("2021-03", [2, 2, 2])
    assert graph.graph[PERIOD]
    mayor = graph.nodes[iri("person/water")]
    assert mayor["months"] == (0, 1, 1, 1, 2, 1)
    assert mayor["count"] == 31
    assert PERIOD not in select(tables, Selection()).graph


def test_what_is_named_together_is_tied_by_the_number_of_articles(tables: Path) -> None:
    edge = select(tables, Selection(top=10)).edges[iri("person/wind"), iri("tag/taz/wind"), "together"]
    assert edge == {
        "relation": "together",
        "count": 20,
        "first": date(2020, 1, 15),
        "last": date(2021, 8, 15),
    }


def test_a_node_tells_who_stands_in_most_of_its_articles_and_of_how_many(tmp_path: Path) -> None:
    """A person of many articles is tied to few of the others: each of them has someone closer."""

    def rows() -> Iterator[Row]:
        yield NodeRow(iri("person/chief"), "person", "Chief")
        number = 0
        for name in range(12):
            yield NodeRow(iri(f"person/minister-{name:02d}"), "person", f"Minister {name}")
            offices = [iri(f"tag/taz/{part}-{name:02d}") for part in ("office", "task", "party")]
            yield from (NodeRow(office, "tag", office) for office in offices)
            for _ in range(name + 1):
                article = iri(f"article/taz/{number:04d}")
                number += 1
                yield NodeRow(article, "article", "x", date="2022-01-05")
                for thing in (iri("person/chief"), iri(f"person/minister-{name:02d}"), *offices):
                    yield EdgeRow(article, thing, "mentions", date="2022-01-05")

    tables = write_tables(tmp_path, rows())
    graph = select(tables, Selection())
    chief = graph.nodes[iri("person/chief")]
    assert chief["company"] == (12, 36)
    told = {other: count for other, count, *_ in chief["near"]}
    tied = {
        end: data["count"]
        for *ends, relation, data in graph.edges(keys=True, data=True)
        for end in ends
        if relation == "together" and iri("person/chief") in ends
    }
    assert not set(told) & set(tied)
    strongest = {iri(f"person/minister-{name:02d}"): name + 1 for name in range(12 - TOLD, 12)}
    assert strongest.items() <= {**told, **tied}.items()
    few = select(tables, Selection(top=20, kinds=("person",)))
    assert few.nodes[iri("person/minister-03")]["company"] == (1, 3)


def test_the_weightiest_nodes_are_kept_and_articles_take_two_fifths(tables: Path) -> None:
    graph = select(tables, Selection(top=10))
    assert sorted(node.removeprefix(BASE) for node in graph) == [
        # Six things leave four places for articles: first those with most ties to them, then by name.
        "article/taz/water-000",
        "article/taz/water-001",
        "article/taz/water-002",
        "article/taz/wolf-000",
        "person/water",
        "person/wind",
        "person/wolf",
        "tag/taz/water",
        "tag/taz/wind",
        "tag/taz/wolf",
    ]


def test_articles_take_the_places_that_no_name_wants(tables: Path, tmp_path: Path) -> None:
    few_names = select(tables, Selection(kinds=("person", "article"), top=20))
    # The mayor of wolf has none of the articles that are left room for, and no place without one.
    assert Counter(kind for _, kind in few_names.nodes(data="kind")) == {"person": 2, "article": 17}
    links = [
        EdgeRow(iri(f"article/taz/water-{number:03d}"), iri(f"article/taz/water-{number + 1:03d}"), "related")
        for number in range(29)
    ]
    no_names = select(
        write_tables(tmp_path, iter([*themes(), *links])), Selection(kinds=("article",), top=25)
    )
    assert sorted(no_names) == [iri(f"article/taz/water-{number:03d}") for number in range(25)]


@pytest.mark.parametrize("kinds", [Selection.kinds, ("article",), ("person",)])
def test_one_node_alone_is_shown_though_it_keeps_no_edge(tables: Path, kinds: tuple[str, ...]) -> None:
    assert len(select(tables, Selection(kinds=kinds, top=1))) == 1


def test_an_archive_of_one_article_is_told_to_be_whole(tmp_path: Path) -> None:
    rows = [
        NodeRow(iri("article/taz/1"), "article", "Alone"),
        NodeRow(iri("organization/taz"), "organization", "taz"),
    ]
    edge = EdgeRow(iri("article/taz/1"), iri("organization/taz"), "sourceOrganization")
    graph = select(write_tables(tmp_path, iter([*rows, edge])), Selection())
    assert graph.graph[WHOLE_SIZE] == len(graph) > 0


def test_there_are_at_most_three_edges_a_node_and_every_node_keeps_one(tables: Path) -> None:
    graph = select(tables, Selection(top=60))
    assert graph.number_of_edges() <= 180
    few = select(tables, Selection(top=20))
    assert few.number_of_edges() <= 60
    assert min(degree for _, degree in few.degree()) >= 1


def test_a_node_that_never_had_an_edge_stays(tmp_path: Path) -> None:
    tables = write_tables(tmp_path, iter([NodeRow(iri("article/taz/1"), "article", "Alone")]))
    graph = select(tables, Selection())
    assert dict(graph.nodes(data=True)) == {
        iri("article/taz/1"): {"kind": "article", "label": "Alone", "author": False}
    }
    assert MONTHS not in graph.graph


def test_nodes_and_edges_are_not_compared_each_with_each(tables: Path) -> None:
    asked = [iri("person/water"), iri("organization/taz"), iri("person/nobody")]
    lookup = open_archive(tables)
    assert {found for (found,) in lookup.sql(LINKED, [asked]).fetchall()} == set(asked[:2])
    plan = lookup.sql(f"EXPLAIN {LINKED}", [asked]).fetchall()[0][1].lower().replace("_", " ")
    assert "hash join" in plan
    assert "nl join" not in plan  # of nested loops


def test_an_archive_of_nothing_is_an_empty_graph(tmp_path: Path) -> None:
    assert len(select(write_tables(tmp_path, iter(())), Selection())) == 0


def test_damaged_tables_are_named(tmp_path: Path) -> None:
    tables = write_tables(tmp_path, themes())
    (tables / "edges.parquet").write_bytes((tables / "edges.parquet").read_bytes()[:100])
    with pytest.raises(OutputError, match="cannot be read"):
        select(tables, Selection())


def test_a_walk_counts_edges_and_nearer_comes_first(tables: Path) -> None:
    one = select(tables, Selection(around="Mayor of wolf", depth=1))
    assert {node.removeprefix(BASE) for node in one} == {
        "person/wolf",
        *(f"article/taz/wolf-{number:03d}" for number in range(10)),
    }
    two = select(tables, Selection(around="Mayor of wolf", depth=2, top=5))
    assert {node.removeprefix(BASE) for node in two} == {
        "person/wolf",
        "person/water",  # by its tag on the first article
        "tag/taz/wolf",
        "article/taz/wolf-000",
        "article/taz/wolf-001",
    }


def test_articles_are_chosen_by_tag_person_and_date(tables: Path) -> None:
    def articles(**asked: Any) -> list[str]:
        graph = select(tables, Selection(**asked))
        return [node.rsplit("/", 1)[1] for node, kind in graph.nodes(data="kind") if kind == "article"]

    assert articles(tag="Wind") == ["water-000", *(f"wind-{number:03d}" for number in range(20))]
    assert articles(tag="Wind", since=date(2021, 6, 1)) == ["wind-017", "wind-018", "wind-019"]
    assert articles(tag="Wind", person="Mayor of water") == ["water-000"]
    assert articles(person="Mayor of wolf", until=date(2020, 2, 29)) == ["wolf-000", "wolf-001"]


def test_a_part_of_the_archive_shows_no_name_that_it_does_not_name(tables: Path) -> None:
    graph = select(tables, Selection(tag="Wolf", kinds=("person", "tag")))
    assert {node.removeprefix(BASE) for node in graph} == {"person/water", "person/wolf", "tag/taz/wolf"}


def test_what_has_nothing_around_it_is_refused_unless_it_never_had(tables: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="“taz” is the newspaper itself"):
        select(tables, Selection(around="taz"))
    with pytest.raises(NotFoundError, match="nothing around “Mayor of wolf” fits this selection"):
        select(tables, Selection(around="Mayor of wolf", since=date(2030, 1, 1)))
    alone = write_tables(tmp_path, iter([*themes(), NodeRow(iri("tag/taz/alone"), "tag", "Alone")]))
    assert list(select(alone, Selection(around="Alone"))) == [iri("tag/taz/alone")]
    assert select(alone, Selection()).graph[WHOLE_SIZE] == 67


def test_a_tag_of_what_is_no_node_is_a_node_itself(tmp_path: Path) -> None:
    tag = iri("tag/taz/gone")
    rows: list[Row] = [NodeRow(tag, "tag", "Gone"), EdgeRow(tag, iri("person/gone"), "focus")]
    gone = write_tables(tmp_path, iter([*themes(), *rows]))
    assert list(select(gone, Selection(around="Gone"))) == [tag]


def test_dates_may_be_years_and_months() -> None:
    assert first_day("2023") == date(2023, 1, 1)
    assert last_day("2023") == date(2023, 12, 31)
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert first_day("2024-02-03") == last_day("2024-02-03") == date(2024, 2, 3)
    for wrong in ("", "24", "2024-2", "2024-02-30", "0000", "2024-00", "yesterday"):
        for read in (first_day, last_day):
            with pytest.raises(UsageError, match=r"no date|no day"):
                read(wrong)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"label": "Another"}, False),
        ({"date": "2020-01-16"}, False),
        ({"alternates": ("Another",)}, False),
        ({"abstract": "Another"}, True),
    ],
    ids=str,
)
def test_what_the_page_does_not_show_may_have_another_abstract(
    tmp_path: Path, change: dict[str, Any], same: bool
) -> None:
    shown = [iri("article/taz/wind-001")]

    def digest(name: str, told: Sequence[str], **changes: Any) -> str:
        rows = (
            replace(row, **changes)
            if isinstance(row, NodeRow) and row.iri == iri("article/taz/wind-000")
            else row
            for row in themes()
        )
        return digest_of_nodes(write_rows(tmp_path / name, rows), told)

    assert (digest("a", shown) == digest("b", shown, **change)) is same
    shown.append(iri("article/taz/wind-000"))
    assert (digest("c", shown) == digest("d", shown, **change)) is not bool(change)
