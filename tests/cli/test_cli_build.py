"""`kg` and `kg build` as a person or a cron job runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pexpect
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import KgError

ROOT = Path(__file__).parents[2]
PAGE = """       # taz.de -- {headline}

       Ein Absatz über den Hafen.

       4 Dec 2024
"""


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE.format(headline="Hafen: Es brennt"), encoding="utf-8")
    return folder


def commands() -> list[str]:
    return [str(one.name) for one in app.registered_commands]


def test_there_are_commands() -> None:
    assert {"build", "query", "view", "export", "show", "why", "review", "push"} <= set(commands())
    assert run("--version").stdout.startswith("kg 0.")


@pytest.mark.parametrize("command", commands())
def test_help_of_every_command_has_an_example(command: str) -> None:
    assert command in run("--help").stdout
    _, _, text = run(command, "--help").stdout.partition(
        "\n"
    )  # without the usage, which names it in any case
    assert f"kg {command}" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["build", "--help"],
        ["query", "--list"],
        ["query", "ASK {}", "--out", "none"],
        ["view", "--help"],
    ],
)
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    heavy = {"pyvis", "IPython", "pandas", "duckdb", "rdflib", "networkx", "numpy", "pyoxigraph", "jinja2"}
    code = (
        "import sys\nfrom kg.cli import main\n"
        f"sys.argv = ['kg', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('heavy:', sorted({heavy!r} & set(sys.modules)))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert ended.stdout.splitlines()[-1] == "heavy: []"


def test_summary_of_a_build(dumps: Path, tmp_path: Path) -> None:
    ended = run("build", dumps, "-o", tmp_path / "out")
    assert ended.returncode == 0
    assert ended.stderr == ""
    for words in ("1 and 0 known only by name", "triples", "seconds", "kg view --out"):
        assert words in ended.stdout


def test_what_is_told_of_an_unchanged_folder(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "articles" in run("build", dumps, "-o", out).stdout
    again = run("build", dumps, "-o", out)
    assert again.stdout.startswith(
        f"Nothing has changed since the last build of {out} (files: 1, articles: 1; "
    )
    told = run("build", dumps, "-o", out, "--json")
    assert json.loads(told.stdout)["unchanged"] is True
    assert [json.loads(line)["stage"] for line in told.stderr.splitlines()] == ["scanning", "unchanged"]
    assert run("build", dumps, "-o", out, "-q").stdout == ""


def test_events_of_the_progress(dumps: Path, tmp_path: Path) -> None:
    told = run("build", dumps, "-o", tmp_path / "out", "--json")
    events = [json.loads(line) for line in told.stderr.splitlines()]
    assert [event["stage"] for event in events][-1] == "store, tables and page"
    assert events[-1]["done"] == events[-1]["total"] == 4
    assert {"stage": "reading", "done": 1, "total": 1}.items() <= events[2].items() or events[2]["done"] == 0
    assert json.loads(told.stdout)["unchanged"] is False


def test_wrong_jobs_and_schedulers_are_told(dumps: Path, tmp_path: Path) -> None:
    for options, message in (
        (["--jobs", "0"], "jobs must be 1 or more"),
        (["--decisions", "nope.csv"], "cannot read nope.csv"),
        (["--scheduler", "nowhere"], "neither an address such as tcp://host:8786 nor local:N"),
    ):
        found = run("build", dumps, "-o", tmp_path / "out", *options)
        assert (found.returncode, found.stdout) == (2, "")
        assert message in found.stderr
        assert not (tmp_path / "out").exists()


def test_quiet_and_json(dumps: Path, tmp_path: Path) -> None:
    quiet = run("build", dumps, "-o", tmp_path / "out", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    report = json.loads(run("build", dumps, "-o", tmp_path / "out", "--json").stdout)
    assert report["articles"] == 1
    assert report["seconds"] > 0


def test_exit_codes(dumps: Path, tmp_path: Path) -> None:
    (dumps / "b.txt").write_bytes(b"")
    refused = run("build", dumps, "-o", tmp_path / "out")
    assert refused.returncode == 3
    assert "(1 refused)" in refused.stdout
    (tmp_path / "empty").mkdir()
    nothing = run("build", tmp_path / "empty", "-o", tmp_path / "none")
    assert nothing.returncode == 4
    assert nothing.stderr.startswith("kg: no dump found in ")
    assert run("build", tmp_path / "missing").returncode == 2
    assert run("build", dumps, "--base-iri", "x", "-o", tmp_path / "out").returncode == 2
    none = run("build", dumps, "--format", "", "-o", tmp_path / "out")
    assert (none.returncode, "no format is given; known are nt, ttl" in none.stderr) == (2, True)
    (tmp_path / "file").write_text("")
    assert run("build", dumps, "-o", tmp_path / "file").returncode == 5


def test_an_error_is_one_line_without_a_traceback_or_escape_sequence(tmp_path: Path) -> None:
    ended = run("build", tmp_path / "a\x1b[31mred")
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "\x1b" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_an_output_that_takes_nothing_is_told_in_a_line(dumps: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", str(dumps), "-o", str(tmp_path / "out")]
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (found.returncode, found.stderr) == (1, "kg: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_so_it_is_before_any_command(option: str) -> None:
    command = [sys.executable, "-m", "kg", option]
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (found.returncode, found.stderr) == (1, "kg: No space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_without_a_standard_output_nothing_is_written() -> None:
    command = f'"{sys.executable}" -m kg query --list >&-'
    found = subprocess.run(command, shell=True, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (found.returncode, found.stderr) == (0, "")


def test_another_broken_pipe_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> NoReturn:
        raise BrokenPipeError(32, "Broken pipe", "worker")

    monkeypatch.setattr("kg.store.cards.open_tables", broken)
    found = CliRunner().invoke(app, ["show", "Merkel", "--out", str(tmp_path)])
    assert isinstance(found.exception, KgError)
    assert str(found.exception) == "worker: Broken pipe"


def test_a_reader_that_has_left_is_no_fault(dumps: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "kg", "build", str(dumps), "-o", str(tmp_path / "out")]
    found = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    os.close(writing)
    assert (found.returncode, found.stderr) == (0, "")


def test_an_output_behind_a_url_is_told_by_its_address(dumps: Path, tmp_path: Path) -> None:
    url = (tmp_path / "out").as_uri()
    assert run("build", dumps, "-o", url).stdout.endswith(f"\nThe page is {url}/graph.html\n")
    for command in (["view"], ["show", "Hafen"], ["query", "ASK {}"], ["push", "http://localhost:1"]):
        found = run(*command, "--out", url)
        assert (found.returncode, found.stdout) == (5, "")
        assert "is a URL, which only kg build takes" in found.stderr


def test_progress_on_a_terminal(dumps: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m kg build {dumps} -o {tmp_path / 'out'}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    output, status = pexpect.run(command, env=environment, withexitstatus=True, timeout=60)
    assert status == 0
    assert b"page" in output
    assert b"known only by name" in output
