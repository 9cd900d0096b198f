"""`kg show` prints a card, or says which name was meant."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.show import show
from kg.errors import NotFoundError, OutputError
from tests.commands import Command

ORYNSKYJ = "https://kg.example/id/person/wasyl-orynskyj"

COMMAND = Command(show)
printed, answer, failure = COMMAND.printed, COMMAND.answer, COMMAND.failure


def test_the_card_of_a_person(archive: Path) -> None:
    assert printed(archive, "Wasyl Orynskyj") == (
        "Wasyl Orynskyj\n"
        f"person · {ORYNSKYJ}\n"
        "\n"
        "also       Wasyl Orynskij\n"
        "roles      Minister 3 (2022-03-01 to 2024-05-02); Abgeordneter (Neue Liste) 1 (2022-03-01)\n"
        "articles   3 from 2022-03-01 to 2024-05-02 (tag 1, named 3; mentions 4)\n"
        "people     Hanna Kolb 2\n"
        "tags       Deichbau 1\n"
        "authors    Paul Kolb 1\n"
        "\n"
        f"2022        {'█' * 40} 1\n"
        "2023        0\n"
        f"2024        {'█' * 40} 1\n"
        "\n"
        "2024-05-02  Rede im Rat  (named) 2\n"
        "2022-03-01  Gipfel: Orynskyj reist  (tag, named) 1\n"
        "no date     Ein Vorbericht  (named) 4\n"
    )


@pytest.mark.parametrize("name", ["wasyl orynskij", "Orynskyj", "ORYNSKIJ", ORYNSKYJ])
def test_any_spelling_leads_to_the_person(archive: Path, name: str) -> None:
    assert answer(archive, name)["iri"] == ORYNSKYJ


def test_a_name_that_is_no_text_is_nobodys(archive: Path) -> None:
    error = failure(archive, "Ory\udcffskyj")
    assert isinstance(error, NotFoundError)
    assert str(error) == r"nothing named 'Ory\udcffskyj' is in the graph: that is no UTF-8"


def test_a_kind_can_be_asked_for(archive: Path) -> None:
    card = answer(archive, "Wasyl Orynskij", "--kind", "tag")
    assert (card["kind"], card["tag_kind"], card["relations"]) == ("tag", "person", {"about": 1})
    assert [near["name"] for near in card["people"]] == ["Hanna Kolb", "Wasyl Orynskyj"]


def test_a_tag_and_an_author(archive: Path) -> None:
    tag = printed(archive, "Deichbau")
    assert tag.splitlines()[1] == "tag: topic · https://kg.example/id/tag/taz/deichbau · https://taz.de/!t9"
    assert "authors    Paul Kolb 1\n" in tag
    author = answer(archive, "Paul Kolb")
    assert author["relations"] == {"author": 1}
    assert [near["name"] for near in author["people"]] == ["Hanna Kolb", "Wasyl Orynskyj"]
    assert author["authors"] == []


@pytest.mark.parametrize("name", ["1", "!1", "Gipfel: Orynskyj reist", "Orynskyj reist"])
def test_the_page_of_an_article(archive: Path, name: str) -> None:
    assert printed(archive, name) == (
        "Gipfel: Orynskyj reist\n"
        "article · 2022-03-01 · https://kg.example/id/article/taz/1 · https://taz.de/!1\n"
        "\n"
        "teaser     Kurz.\n"
        "authors    Paul Kolb\n"
        "tags       Deichbau, Wasyl Orynskij\n"
        "people     Wasyl Orynskyj 2, Hanna Kolb 1\n"
        "read in    a.txt:2-60\n"
    )


def test_a_stub_is_called_one(archive: Path) -> None:
    lines = printed(archive, "4").splitlines()
    assert lines[1].startswith("known only from other pages · ")
    assert "related to Rede im Rat (2)" in lines
    assert answer(archive, "4")["kind"] == "stub"


def test_the_limit_holds_for_each_list(archive: Path) -> None:
    card = answer(archive, "Orynskyj", "--limit", "1")
    assert [article["headline"] for article in card["articles"]] == ["Rede im Rat"]
    assert card["article_count"] == 3
    assert "the newest 1 of 3; --limit 0 shows all" in printed(archive, "Orynskyj", "--limit", "1")
    assert len(answer(archive, "Orynskyj", "--limit", "0")["articles"]) == 3


def test_nothing_on_a_card_steers_the_terminal(archive: Path) -> None:
    card = printed(archive, "Deichbau")
    assert "2024-06-03  Weg\\x1b[2J\\u202e damit und [x]  (tag) 3\n" in card
    assert not re.search("[\x1b\u202e]", card)
    raw = printed(archive, "Deichbau", "--json")
    assert raw.isascii()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", raw)


def test_bars_are_plain_where_the_terminal_has_no_blocks(archive: Path) -> None:
    code = "from kg.cli.show import show; import typer; typer.run(show)"
    run = subprocess.run(
        [sys.executable, "-c", code, "Orynskyj", "--out", str(archive)],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert run.stdout.isascii()
    assert f"2024        {'#' * 40} 1\n".encode() in run.stdout


def test_a_family_name_of_two_is_left_open(archive: Path) -> None:
    error = failure(archive, "Kolb")
    assert isinstance(error, NotFoundError)
    assert str(error) == (
        "“Kolb” ends the names of 2 persons; choose one by its address:\n"
        "  https://kg.example/id/person/hanna-kolb  2 articles, 2022 to 2024\n"
        "  https://kg.example/id/person/paul-kolb  1 article, 2022"
    )


def test_a_near_miss_is_suggested(archive: Path) -> None:
    error = failure(archive, "Hana Kolb")
    assert isinstance(error, NotFoundError)
    assert str(error).startswith("nothing named “Hana Kolb” is in the graph; did you mean “Hanna Kolb”, ")
    only = failure(archive, "Deichbauu", "--kind", "tag")
    assert str(only).startswith("no tag named “Deichbauu” is in the graph; did you mean “Deichbau”")


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    error = failure(tmp_path, "Kolb")
    assert isinstance(error, OutputError)
    assert "run kg build first" in str(error)
