"""From dumps to doubts, answers and a build that keeps them: the whole round of `kg review`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

import kg
from kg.resolve.decisions import read_decisions
from kg.store.bearers import bearers
from kg.store.cards import open_tables
from kg.store.doubts import open_doubts

ARTICLE = """\
URI:
       # taz.de -- Streit im Rat: Der Fall {number}

       > Es geht um Geld.

       Das verteidigt hier niemand, sagte {name} am Abend im Rat. Mehr war nicht
       zu hören.

       {day} May 2024

       ## AUTOREN

   DIR {name}

       ## TAGS

   DIR {name}
"""
NAMES = {
    "Thomas Meyer": 4,
    "Thomas Meier": 3,
    "Eva A. Kolbe": 2,
    "Eva B. Kolbe": 2,
    'Hans A. \u202e=Brandt, "H."': 1,
    'Hans B. \u202e=Brandt, "H."': 1,
}


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    every = [name for name, times in NAMES.items() for _ in range(times)]
    for number, name in enumerate(every, 1):
        (folder / f"{number:02d}.txt").write_text(ARTICLE.format(name=name, number=number, day=number))
    return folder


def asked(out: Path, decisions: Path, answers: Iterator[str]) -> list[str]:
    """The questions that `kg review` asks, one line each; it is left where the answers end."""
    code = "from kg.cli.review import review; import typer; typer.run(review)"
    child = pexpect.spawn(
        sys.executable,
        ["-c", code, "--out", str(out), "--decisions", str(decisions)],
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 200),
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    questions = []
    while child.expect_exact(["q(uit): ", pexpect.EOF]) == 0:
        (question,) = [line for line in child.before.splitlines() if " weight " in line]
        questions.append(question.split(": ", 1)[1])
        assert not set(child.before) & {"\x1b", "\u202e"}
        child.sendline(next(answers, "quit"))
    child.close()
    assert child.exitstatus == 0
    return questions


def test_answers_are_kept_by_the_next_build_and_asked_no_more(dumps: Path, tmp_path: Path) -> None:
    out, decisions = tmp_path / "out", tmp_path / "decisions.csv"
    kg.build(dumps, out)
    meyer, kolbe, brandt = asked(out, decisions, iter(["same", "next", "different"]))
    assert "Thomas Meyer" in meyer
    assert "Kolbe" in kolbe
    assert "\\u202e=Brandt" in brandt
    assert [row.action for row in read_decisions(decisions)] == ["same", "different"]

    report = kg.build(dumps, out, decisions=decisions)
    assert "decision-unused" not in report.findings
    lookup = open_tables(out / "tables")
    iris = {name: {one.iri for one in bearers(lookup, name)} for name in NAMES}
    assert iris["Thomas Meyer"] == iris["Thomas Meier"]
    first, second = (iris[name] for name in NAMES if "Brandt" in name)
    assert first
    assert second
    assert not first & second
    assert [doubt.a[-5:] for doubt in open_doubts(lookup)] == ["Kolbe"]
    assert asked(out, decisions, iter(["quit"])) == [kolbe]
