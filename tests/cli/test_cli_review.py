"""`kg review` asks on a terminal, lists elsewhere, and never harms the file it appends to."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pytest
import typer
from typer.testing import CliRunner, Result

from kg.cli.decision_file import Answer, append_answer, take_back
from kg.cli.review import review
from kg.errors import OutputError, UsageError
from kg.model import Doubt
from kg.resolve.decisions import read_decisions
from kg.store.bearers import Common, bearers, in_common
from kg.store.cards import card, open_tables
from tests.rows import write_rows

HEADER = "action,a,b,comment\n"
SHOWN = "Weg\\x1b[2J\\u202e damit und [x]"

app = typer.Typer(rich_markup_mode=None)
app.command()(review)


def run(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--out", str(out)])


@contextmanager
def terminal(out: Path, decisions: Path, *arguments: str, width: int = 200) -> Iterator[Any]:
    code = "from kg.cli.review import review; import typer; typer.run(review)"
    child = pexpect.spawn(
        sys.executable,
        ["-c", code, "--out", str(out), "--decisions", str(decisions), *arguments],
        encoding="utf-8",
        timeout=20,
        dimensions=(40, width),
        # COLUMNS, which pytest sets for its workers, would beat the terminal.
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": str(width)},
    )
    try:
        yield child
    finally:
        child.close(force=True)


def prompt(child: Any, place: str) -> None:
    """Wait for the question at that place, and for the prompt that ends it."""
    child.expect_exact(place)
    child.expect_exact("q(uit): ")


def ended(child: Any) -> str:
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_answers_are_appended_the_most_valuable_question_first(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "new" / "decisions.csv"
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        asked = child.before
        assert "1 of 3, weight 4: are “Hanna Kolb” and “Paul Kolb” the same?" in asked
        assert f"{SHOWN} (a.txt:40)" in asked
        assert "Hanna Kolb: person, 2 articles, 2022-03-01 to 2024-05-02" in asked
        assert "2024-05-02, “Rede im Rat”\r\n      [Hanna Kolb] auch… (b.txt:8)" in asked
        assert "2022-03-01, “Gipfel: Orynskyj reist”\r\n      …neben [Hanna Kolb].… (a.txt:9)" in asked
        assert "Paul Kolb: person, 1 article, 2022-03-01" in asked
        assert "2022-03-01, “Gipfel: Orynskyj reist”\r\n      Kurz. (a.txt:40)" in asked
        assert "1 article with both; in common: Wasyl Orynskij, Deichbau, Wasyl Orynskyj" in asked
        assert not set(asked) & {"\x1b", "\u202e"}
        child.sendline("d")
        child.expect_exact("2 of 3, weight 1.5: of what kind is the tag “Deichbau” (now topic)?")
        child.expect_exact("q(uit): ")
        child.sendline("pl")
        child.expect_exact("3 of 3, weight 0.5: are “=1+1” and “@Kolb” the same?")
        child.expect_exact("=1+1: by itself not in the graph")
        child.expect_exact("q(uit): ")
        child.sendline("same")
        assert f"3 answers in {decisions}, no question left; the next build applies them" in ended(child)
    assert decisions.read_text(encoding="utf-8") == (
        HEADER
        + f"different,Hanna Kolb,Paul Kolb,kg review: {SHOWN}\n"
        + "kind,Deichbau,place,kg review: in lower case too\n"
        + "same,'=1+1,'@Kolb,kg review: both in b.txt\n"
    )
    assert run(archive, "--decisions", str(decisions)).stdout == "nothing is left in doubt\n"


def test_next_and_quit_write_nothing(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        child.sendline("n")
        prompt(child, "2 of 3")
        child.sendline("q")
        assert "no answer, 3 questions left" in ended(child)
    assert not decisions.exists()


def test_back_takes_the_answer_out_and_asks_again(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    before = HEADER + "name,Wasyl Orynskyj,Wassyl Orynskyj,\n"
    decisions.write_text(before, encoding="utf-8")
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        child.sendline("b")
        prompt(child, "this is the first question")
        child.sendline("s")
        for place, answer in (("2 of 3", "n"), ("3 of 3", "b"), ("2 of 3", "b")):
            prompt(child, place)
            child.sendline(answer)
        prompt(child, "1 of 3")
        assert decisions.read_text(encoding="utf-8") == before
        child.sendline("d")
        prompt(child, "2 of 3")
        child.sendline("q")
        assert "1 answer in" in ended(child)
    assert [row.action for row in read_decisions(decisions)] == ["name", "different"]


def test_an_answer_is_not_taken_out_of_a_file_that_somebody_changed(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        child.sendline("s")
        prompt(child, "2 of 3")
        append_answer(decisions, Answer("name", "Paul Kolb", "Paula Kolb"))
        child.sendline("b")
        child.expect_exact("not taken back: decisions.csv does not end with that answer any more")
        child.expect_exact("q(uit): ")
        child.sendline("q")
        ended(child)
    assert [row.action for row in read_decisions(decisions)] == ["same", "name"]


def test_what_follows_from_answers_is_not_asked(tmp_path: Path) -> None:
    pairs = [("Paul Sass", "Paul Saez"), ("Paul Sass", "Paul Schatz"), ("Paul Saez", "Paul Schatz")]
    rows = [Doubt("same", a, b, 9.0 - n, "alike", "a.txt", 1) for n, (a, b) in enumerate(pairs)]
    write_rows(tmp_path / "out" / "tables", rows)
    decisions = tmp_path / "decisions.csv"
    with terminal(tmp_path / "out", decisions) as child:
        for place, answer in (("1 of 3", "s"), ("2 of 3", "d")):
            child.expect_exact(place)
            child.expect_exact("q(uit): ")
            child.sendline(answer)
        assert "2 answers" in ended(child)
    assert len(read_decisions(decisions)) == 2
    assert run(tmp_path / "out", "--decisions", str(decisions)).stdout == "nothing is left in doubt\n"


def test_a_limit_tells_how_many_are_open(archive: Path, tmp_path: Path) -> None:
    with terminal(archive, tmp_path / "decisions.csv", "--limit", "2") as child:
        for place in ("1 of 2 (3 open)", "2 of 2 (2 open)"):
            child.expect_exact(place)
            child.expect_exact("q(uit): ")
            child.sendline("s" if place[0] == "1" else "t")
        assert "2 answers in" in (told := ended(child))
        assert "1 question left" in told


def test_a_narrow_terminal_gets_short_lines(archive: Path, tmp_path: Path) -> None:
    with terminal(archive, tmp_path / "decisions.csv", width=40) as child:
        child.expect_exact("q(uit): ")
        lines = child.before.splitlines()
        assert len(lines) > 15
        assert max(map(len, lines)) <= 40
        child.sendline("q")
        ended(child)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("--only", "tags"), ["Deichbau"]),
        (("--only", "names"), ["Hanna Kolb", "=1+1"]),
        (("kolb",), ["Hanna Kolb", "=1+1"]),
        (("Hanna Kolb",), ["Hanna Kolb"]),
        (("Deichbau", "--only", "names"), []),
    ],
)
def test_some_doubts_alone_can_be_asked_for(
    archive: Path, tmp_path: Path, arguments: tuple[str, ...], asked: list[str]
) -> None:
    decisions = ("--decisions", str(tmp_path / "decisions.csv"))
    assert [one["a"] for one in json.loads(run(archive, *arguments, *decisions, "--json").stdout)] == asked
    if not asked:
        assert run(archive, *arguments, *decisions).stdout == "nothing of that is left in doubt\n"


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_ctrl_d_and_ctrl_c_keep_what_was_answered(archive: Path, tmp_path: Path, key: str) -> None:
    decisions = tmp_path / "decisions.csv"
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        child.sendline("s")
        prompt(child, "2 of 3")
        child.send(key)
        assert "Traceback" not in ended(child)
    assert [(row.action, row.a, row.b) for row in read_decisions(decisions)] == [
        ("same", "Hanna Kolb", "Paul Kolb")
    ]


def test_what_is_no_answer_is_asked_again(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(HEADER + "different,Paul Kolb,Hanna Kolb,\n", encoding="utf-8")
    with terminal(archive, decisions, "--limit", "1") as child:
        # "p" begins person and place; "d" is no answer to what kind a tag is of; an arrow key sends escapes.
        child.expect_exact("1 of 1 (2 open), weight 1.5: of what kind")
        for typed in ("", "x", "d", "p", "place nothing", "\x1b[A"):
            child.expect_exact("q(uit): ")
            child.sendline(typed)
            child.expect_exact("that is none of them")
        child.expect_exact("q(uit): ")
        child.sendline("series")
        ended(child)
    added = read_decisions(decisions)[1]
    assert (added.action, added.a, added.b) == ("kind", "Deichbau", "series")


def test_an_answer_that_contradicts_the_file_is_not_kept(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    content = HEADER + "same,Hanna Kolb,H. Kolb,\nsame,H. Kolb,Paul Kolb,\n"
    with terminal(archive, decisions, "--limit", "1") as child:
        child.expect_exact("q(uit): ")
        # Somebody answers it elsewhere meanwhile.
        decisions.write_text(content, encoding="utf-8")
        child.sendline("d")
        child.expect_exact(
            "not kept: decisions.csv:4: `Hanna Kolb` and `Paul Kolb` are the same by lines 2 and 3"
        )
        child.expect_exact("q(uit): ")
        child.sendline("q")
        ended(child)
    assert decisions.read_text(encoding="utf-8") == content


def test_without_a_terminal_the_questions_are_listed(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    result = run(archive, "--decisions", str(decisions), "--limit", "2")
    assert result.exit_code == 0
    assert result.stdout == (
        "     4.0  are “Hanna Kolb” and “Paul Kolb” the same?\n"
        f"          {SHOWN} (a.txt:40)\n"
        "     1.5  of what kind is the tag “Deichbau” (now topic)?\n"
        "          in lower case too\n"
        "the first 2 of 3; --limit 0 shows all\n"
    )
    assert not decisions.exists()


def test_json_is_ascii_and_whole(archive: Path, tmp_path: Path) -> None:
    result = run(archive, "--decisions", str(tmp_path / "decisions.csv"), "--json")
    assert result.stdout.isascii()
    doubts = json.loads(result.stdout)
    assert [doubt["a"] for doubt in doubts] == ["Hanna Kolb", "Deichbau", "=1+1"]
    assert doubts[0]["evidence"] == "Weg\x1b[2J\u202e damit\nund [x]"


def test_a_file_keeps_its_bytes_line_ends_and_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    before = b'\xef\xbb\xbfaction,a,b,comment\r\nname,"Kolb, Hanna",Hanna Kolb,"two\r\nlines"'
    real.write_bytes(before)
    link.symlink_to(real)
    append_answer(link, Answer("same", "A", 'B "b"', "x\ny"))
    assert real.read_bytes() == before + b'\r\nsame,A,"B ""b""",x y\r\n'
    assert link.is_symlink()
    assert [(row.action, row.a, row.b) for row in read_decisions(link)] == [
        ("name", "Kolb, Hanna", "Hanna Kolb"),
        ("same", "A", 'B "b"'),
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"a;b\n", "decisions.csv:1: "),
        (b"action,a,b,comment\nsame,x\n", "decisions.csv:2: "),
        (b'action,a,b,comment\nsame,"x\n', "decisions.csv:"),
        (b"\xff\xfe", "cannot read decisions.csv"),
    ],
)
def test_another_file_is_refused_and_stays(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        append_answer(path, Answer("same", "A", "B"))
    assert complaint in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t=", "\r+", "\n@"])
def test_no_cell_is_calculated(tmp_path: Path, first: str) -> None:
    path = tmp_path / "decisions.csv"
    append_answer(path, Answer("same", f"{first}A\r", "B", f"{first}cmd()"))
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["action", "a", "b", "comment"],
            ["same", f"'{first.strip()}A", "B", f"'{first.strip()}cmd()"],
        ]


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path, "--decisions", str(tmp_path / "decisions.csv"))
    assert isinstance(result.exception, OutputError)


def test_a_bearer_has_the_articles_of_its_card(archive: Path) -> None:
    lookup = open_tables(archive / "tables")
    (one,) = [one for one in bearers(lookup, "Wasyl Orynskyj") if one.kind == "person"]
    assert one.articles == card(lookup, one.iri, None).article_count == 3


def test_a_tag_is_not_told_beside_whom_it_names(archive: Path) -> None:
    lookup = open_tables(archive / "tables")
    assert [one.kind for one in bearers(lookup, "Wasyl Orynskij")] == ["person"]
    assert [one.kind for one in bearers(lookup, "Deichbau")] == ["tag"]


def test_a_bearer_is_seen_under_the_very_name_first(archive: Path) -> None:
    lookup = open_tables(archive / "tables")
    for name, places in (
        ("Wasyl Orynskij", [("b.txt", 7), ("a.txt", 4)]),
        ("Wasyl Orynskyj", [("a.txt", 4), ("b.txt", 61)]),
    ):
        (one,) = bearers(lookup, name)
        assert [(sight.path, sight.line) for sight in one.sights] == places


def test_two_nodes_have_in_common_what_stands_beside_each(archive: Path) -> None:
    lookup = open_tables(archive / "tables")
    (kolb,), (deichbau,) = bearers(lookup, "Hanna Kolb"), bearers(lookup, "Deichbau")
    assert in_common(lookup, kolb.iri, deichbau.iri) == Common(
        1, ("Paul Kolb", "Wasyl Orynskij", "Wasyl Orynskyj")
    )


def test_an_answer_is_taken_out_with_its_own_bytes_alone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    before = b'\xef\xbb\xbfaction,a,b,comment\r\nname,"Kolb, Hanna",Hanna Kolb,"two\r\nlines"\r\n'
    path.write_bytes(before)
    answer = Answer("same", '=A "a", b', "x\ny", "c")
    append_answer(path, answer)
    take_back(path, answer)
    assert path.read_bytes() == before
    with pytest.raises(UsageError, match=r"decisions\.csv does not end with that answer any more"):
        take_back(path, answer)
