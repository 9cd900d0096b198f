"""`kg why` gives quotes, rules and places, and says when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.why import why
from kg.errors import NotFoundError, UsageError
from tests.commands import Command

ORYNSKYJ = "https://kg.example/id/person/wasyl-orynskyj"

COMMAND = Command(why)
printed, answer, failure = COMMAND.printed, COMMAND.answer, COMMAND.failure


def test_why_a_person(archive: Path) -> None:
    assert printed(archive, "Orynskyj") == (
        "Wasyl Orynskyj\n"
        f"person · {ORYNSKYJ}\n"
        "named by the tag Wasyl Orynskij\n"
        "\n"
        "Spellings, and the rule that gave or joined each\n"
        "  Wasyl Orynskij - fold, 2 times, a.txt:44: "
        "the tag `Wasyl Orynskij` and the text `Wasyl Orynskyj` fold to the same key\n"
        "  Wasyl Orynskyj - text, 2 times, a.txt:4\n"
        "\n"
        "Mentions by basis\n"
        "  KnownName 2, confidence 0.70 or more\n"
        "    …Als [Wasyl Orynskyj]Weg\\x1b[2J\\u202e damit und [x]…\n"
        "    a.txt:4, “Gipfel: Orynskyj reist” of 2022-03-01\n"
        "    [Wasyl Orynskyj] kommt…\n"
        "    b.txt:61, “Ein Vorbericht”\n"
        "  FamilyNameAfterFullName 1, confidence 0.80 or more\n"
        "    …sagte [Orynskyj].…\n"
        "    a.txt:6, “Gipfel: Orynskyj reist” of 2022-03-01\n"
        "  RoleAndName 1, confidence 0.90 or more\n"
        "    …Minister [Wasyl Orynskij] kam…\n"
        "    b.txt:7, “Rede im Rat” of 2024-05-02\n"
    )


def test_why_a_tag_with_its_doubt(archive: Path) -> None:
    lines = printed(archive, "Deichbau").splitlines()
    assert lines[1] == "tag: topic · https://kg.example/id/tag/taz/deichbau"
    assert "  about (OwnTag) 2, a.txt:45" in lines
    assert lines[-2:] == [
        "In doubt; kg review asks",
        "  kind: Deichbau / topic, a.txt:45: in lower case too",
    ]


def test_why_an_article_names_a_person(archive: Path) -> None:
    assert printed(archive, "1", "Orynskyj") == (
        "Wasyl Orynskyj in “Gipfel: Orynskyj reist” of 2022-03-01\n"
        f"person · {ORYNSKYJ} · https://kg.example/id/article/taz/1\n"
        "\n"
        "Mentions\n"
        "  KnownName, confidence 0.95, body\n"
        "    …Als [Wasyl Orynskyj]Weg\\x1b[2J\\u202e damit und [x]…\n"
        "    a.txt:4\n"
        "  FamilyNameAfterFullName, confidence 0.80, body\n"
        "    …sagte [Orynskyj].…\n"
        "    a.txt:6\n"
        "\n"
        "Other statements\n"
        "  about Wasyl Orynskij (OwnTag), a.txt:44\n"
    )


def test_why_an_article_has_an_author(archive: Path) -> None:
    reasons = answer(archive, "1", "Paul Kolb")
    assert reasons["quotes"] == []
    assert reasons["edges"] == [
        {"relation": "author", "name": "Paul Kolb", "basis": "Byline", "path": "a.txt", "line": 40}
    ]


def test_a_name_that_the_article_lacks(archive: Path) -> None:
    error = failure(archive, "2", "Paul Kolb")
    assert isinstance(error, NotFoundError)
    assert str(error) == (
        "“Rede im Rat” has nothing of person “Paul Kolb”; it has “Hanna Kolb”, “Wasyl Orynskyj”"
    )


def test_two_spellings_of_one_person(archive: Path) -> None:
    assert printed(archive, "--same", "Orynskyj", "Orynskij") == (
        "“Orynskyj” and “Orynskij” are one person: Wasyl Orynskyj\n"
        f"{ORYNSKYJ}\n"
        "\n"
        f"Orynskyj: person Wasyl Orynskyj · {ORYNSKYJ}\n"
        "  Wasyl Orynskyj - text, 2 times, a.txt:4\n"
        "    …Als [Wasyl Orynskyj]Weg\\x1b[2J\\u202e damit und [x]…\n"
        "    a.txt:4\n"
        "\n"
        f"Orynskij: person Wasyl Orynskyj · {ORYNSKYJ}\n"
        "  Wasyl Orynskij - fold, 2 times, a.txt:44: "
        "the tag `Wasyl Orynskij` and the text `Wasyl Orynskyj` fold to the same key\n"
        "    …Minister [Wasyl Orynskij] kam…\n"
        "    b.txt:7\n"
    )


def test_a_tag_counts_as_what_it_names(archive: Path) -> None:
    tag = "https://kg.example/id/tag/taz/wasyl-orynskij"
    compared = answer(archive, "--same", "Wasyl Orynskyj", tag)
    assert compared["same"] is True
    assert compared["b"]["iri"] == ORYNSKYJ


def test_two_persons_kept_apart(archive: Path) -> None:
    lines = printed(archive, "--same", "Paul Kolb", "Hanna Kolb").splitlines()
    assert lines[0] == "“Paul Kolb” and “Hanna Kolb” are kept apart"
    assert lines[-2:] == [
        "In doubt; kg review asks",
        "  same: Hanna Kolb / Paul Kolb, a.txt:40: Weg\\x1b[2J\\u202e damit und [x]",
    ]
    plain = printed(archive, "--same", "Orynskyj", "Hanna Kolb")
    assert plain.endswith("\n\nNo rule joins them, and nothing leaves it in doubt.\n")


@pytest.mark.parametrize("arguments", [["--same", "Kolb"], ["1", "Kolb", "Kolb"]])
def test_too_few_or_too_many_names(archive: Path, arguments: list[str]) -> None:
    assert isinstance(failure(archive, *arguments), UsageError)


def test_an_unknown_name_is_an_error(archive: Path) -> None:
    for arguments in (["Nobody"], ["99", "Orynskyj"], ["1", "Nobody"], ["--same", "Orynskyj", "Nobody"]):
        assert isinstance(failure(archive, *arguments), NotFoundError)


def test_each_basis_shows_a_quotation_and_all_are_there_when_asked(archive: Path) -> None:
    text = printed(archive, "Orynskyj", "--limit", "1")
    assert text.count("more; --limit 0 shows all") == 2  # of the spellings and of one basis
    assert "    and 1 more; --limit 0 shows all\n  FamilyNameAfterFullName" in text
    assert "b.txt:61" not in text
    assert "b.txt:61" in printed(archive, "Orynskyj", "--limit", "0")
    grounds = answer(archive, "Orynskyj", "--limit", "1")["mentions"]
    assert [len(ground["quotes"]) for ground in grounds] == [2, 1, 1]


def test_an_article_alone_is_no_question(archive: Path) -> None:
    error = failure(archive, "!1")
    assert isinstance(error, UsageError)
    assert str(error).startswith("“!1” is an article: add the name that you ask about")


def test_a_limit_says_what_it_leaves_out(archive: Path) -> None:
    text = printed(archive, "1", "Orynskyj", "--limit", "1")
    assert "  and 1 more; --limit 0 shows all\n" in text
    assert "a.txt:6" not in text
    assert "a.txt:6" in printed(archive, "1", "Orynskyj", "--limit", "0")
