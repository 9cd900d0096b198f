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

from kg.cli.decision_file import Answer, append_answer
from kg.cli.review import review
from kg.errors import OutputError, UsageError
from kg.resolve.decisions import read_decisions
from kg.store.cards import card, open_tables
from kg.store.doubts import bearers

HEADER = "action,a,b,comment\n"
SHOWN = "Weg\\x1b[2J\\u202e damit und [x]"

app = typer.Typer(rich_markup_mode=None)
app.command()(review)


def run(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--out", str(out)])


@contextmanager
def terminal(out: Path, decisions: Path, *arguments: str) -> Iterator[Any]:
    code = "from kg.cli.review import review; import typer; typer.run(review)"
    child = pexpect.spawn(
        sys.executable,
        ["-c", code, "--out", str(out), "--decisions", str(decisions), *arguments],
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 200),
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        yield child
    finally:
        child.close(force=True)


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
        assert "1 of 3, weight 4.0: are “Hanna Kolb” and “Paul Kolb” the same?" in asked
        assert f"{SHOWN} (a.txt:40)" in asked
        assert "Hanna Kolb: person, 2 articles, 2022-03-01 to 2024-05-02" in asked
        assert not set(asked) & {"\x1b", "\u202e"}
        child.sendline("d")
        child.expect_exact("2 of 3, weight 1.5: of what kind is the tag “Deichbau”? topic?")
        child.expect_exact("q(uit): ")
        child.sendline("k pl")
        child.expect_exact("3 of 3, weight 0.5: are “=1+1” and “@Kolb” the same?")
        child.expect_exact("=1+1: no node of that name")
        child.expect_exact("q(uit): ")
        child.sendline("same")
        assert f"3 answers in {decisions}" in ended(child)
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
        child.expect_exact("2 of 3")
        child.expect_exact("q(uit): ")
        child.sendline("q")
        ended(child)
    assert not decisions.exists()


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_ctrl_d_and_ctrl_c_keep_what_was_answered(archive: Path, tmp_path: Path, key: str) -> None:
    decisions = tmp_path / "decisions.csv"
    with terminal(archive, decisions) as child:
        child.expect_exact("q(uit): ")
        child.sendline("s")
        child.expect_exact("2 of 3")
        child.expect_exact("q(uit): ")
        child.send(key)
        assert "Traceback" not in ended(child)
    assert [(row.action, row.a, row.b) for row in read_decisions(decisions)] == [
        ("same", "Hanna Kolb", "Paul Kolb")
    ]


def test_what_is_no_answer_is_asked_again(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text(HEADER + "different,Paul Kolb,Hanna Kolb,\n", encoding="utf-8")
    with terminal(archive, decisions, "--limit", "1") as child:
        # "p" begins person and place; "s" is no answer to what kind a tag is of.
        child.expect_exact("1 of 1, weight 1.5: of what kind")
        for typed in ("", "x", "s", "k", "k p", "k nothing"):
            child.expect_exact("q(uit): ")
            child.sendline(typed)
            child.expect_exact("that is none of them")
        child.expect_exact("q(uit): ")
        child.sendline("kind series")
        ended(child)
    added = read_decisions(decisions)[1]
    assert (added.action, added.a, added.b) == ("kind", "Deichbau", "series")


def test_an_answer_that_contradicts_the_file_is_not_kept(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    content = HEADER + "same,Hanna Kolb,H. Kolb,\nsame,H. Kolb,Paul Kolb,\n"
    decisions.write_text(content, encoding="utf-8")
    with terminal(archive, decisions, "--limit", "1") as child:
        child.expect_exact("q(uit): ")
        child.sendline("d")
        assert (
            "not kept: decisions.csv:4: `Hanna Kolb` and `Paul Kolb` are the same by lines 2 and 3"
            in ended(child)
        )
    assert decisions.read_text(encoding="utf-8") == content


def test_without_a_terminal_the_questions_are_listed(archive: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.csv"
    result = run(archive, "--decisions", str(decisions), "--limit", "2")
    assert result.exit_code == 0
    assert result.stdout == (
        "     4.0  are “Hanna Kolb” and “Paul Kolb” the same?\n"
        f"          {SHOWN} (a.txt:40)\n"
        "     1.5  of what kind is the tag “Deichbau”? topic?\n"
        "          in lower case too (a.txt:45)\n"
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
