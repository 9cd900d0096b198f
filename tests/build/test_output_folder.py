"""The output folder: what is not a build's own stays, one build at a time writes, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import kg
from kg.errors import NothingReadError, OutputError
from kg.outputs import CACHE, NAMES, find_output, is_output_folder, open_output
from kg.rdf.serialize import Format

ERROR_PAGE = "3Not found\t\terror.host\t1\r\n.\r\n"


def test_every_format_is_an_output() -> None:
    assert {f"graph.{form.extension}" for form in Format} <= set(NAMES)


@pytest.mark.parametrize("name", ["tables", "store", "graph.nt", "report.json"])
def test_what_no_build_made_is_not_touched(dumps: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "mine"
    path = out / name / "precious.txt" if name in {"tables", "store"} else out / name
    path.parent.mkdir(parents=True)
    path.write_text('{"mine": true}')
    with pytest.raises(OutputError, match=f"mine holds {name}, and .* choose another --out") as raised:
        kg.build(dumps, out)
    assert "\n" not in str(raised.value)
    assert path.read_text() == '{"mine": true}'
    assert [entry.name for entry in out.iterdir()] == [name]


def test_an_output_that_the_last_build_did_not_make_is_not_touched(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg.build(dumps, out)
    (out / "graph.rdf").write_text("converted by hand")
    with pytest.raises(OutputError, match=r"holds graph\.rdf"):
        kg.build(dumps, out)
    assert (out / "graph.rdf").read_text() == "converted by hand"
    assert kg.open(out).article("Es brennt").date == "2024-12-04"


def test_what_appears_during_a_build_is_not_touched(dumps: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def interfere(stage: str, done: int, total: int) -> None:
        if stage == "store, tables and page":
            (out / "graph.nt").write_text("mine")

    with pytest.raises(OutputError, match=r"holds graph\.nt"):
        kg.build(dumps, out, progress=interfere)
    left = [entry for entry in out.iterdir() if entry.name != CACHE]
    assert [(entry.name, entry.read_text()) for entry in left] == [("graph.nt", "mine")]


HOLD = """
import sys
from importlib import import_module
from pathlib import Path
from kg.outputs import open_output
with open_output(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that is building into `out`; it ends when its standard input does."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "out")]
    with subprocess.Popen(command, stdin=-1, stdout=-1, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_build_into_one_folder_is_refused(
    dumps: Path, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(OutputError, match=r"another build is writing to .*out; wait"):
        kg.build(dumps, tmp_path / "out")
    assert (tmp_path / "out" / ".kg-build").is_dir(), "the other's work is untouched"
    holder.communicate(timeout=20)
    assert kg.build(dumps, tmp_path / "out").articles == 1
    assert not [
        entry for entry in (tmp_path / "out").iterdir() if entry.name.startswith(".") and entry.name != CACHE
    ]


def test_the_lock_of_a_killed_build_is_none(
    dumps: Path, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait(20)
    assert (tmp_path / "out" / ".kg-lock").exists()
    assert kg.build(dumps, tmp_path / "out").articles == 1


def test_two_builds_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    with open_output(tmp_path / "out"), pytest.raises(OutputError, match="another build"):
        kg.build(tmp_path, tmp_path / "out")


def test_without_locks_a_build_still_works(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert kg.build(dumps, tmp_path / "out").articles == 1


def test_a_build_that_reads_nothing_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingReadError):
        kg.build(tmp_path / "empty", tmp_path / "new" / "out")
    assert [entry.name for entry in tmp_path.iterdir()] == ["empty"]
    (tmp_path / "there").mkdir()
    with pytest.raises(NothingReadError):
        kg.build(tmp_path / "empty", tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []


def test_an_input_that_fails_is_no_output_that_fails(
    dumps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Iterator[object]:
        yield from ()
        raise OSError(5, "Input/output error", str(dumps / "a.txt"))

    monkeypatch.setattr(import_module("kg.dumps.inputs"), "scan", fail)
    with pytest.raises(NothingReadError, match=r"cannot read .*a\.txt: Input/output error"):
        kg.build(dumps, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_error_pages_alone_are_nothing(tmp_path: Path) -> None:
    (tmp_path / "dumps").mkdir()
    (tmp_path / "dumps" / "b\n.txt").write_text(ERROR_PAGE)
    with pytest.raises(NothingReadError) as raised:
        kg.build(tmp_path / "dumps", tmp_path / "out")
    assert str(raised.value) == (
        f"the one file in {tmp_path / 'dumps'} cannot be read:\n  an error in place of a page: 'Not found': b\\x0a.txt"
    )
    assert not (tmp_path / "out").exists()


def test_every_reason_is_told_where_nothing_could_be_read(tmp_path: Path) -> None:
    for name, text in (("a.txt", ""), ("b.txt", ERROR_PAGE), ("c.txt", ERROR_PAGE)):
        (tmp_path / name).write_text(text)
    with pytest.raises(NothingReadError) as raised:
        kg.build(tmp_path, tmp_path / "out")
    assert str(raised.value) == (
        f"none of the 3 files in {tmp_path} could be read:\n"
        "  an error in place of a page: 'Not found': 2 files, such as b.txt\n"
        "  the file holds no text: a.txt"
    )


def test_an_error_page_beside_an_article_is_a_finding(dumps: Path, tmp_path: Path) -> None:
    (dumps / "b.txt").write_text(ERROR_PAGE)
    report = kg.build(dumps, tmp_path / "out")
    assert (report.articles, report.findings["error-page"]) == (1, 1)


def test_the_outputs_of_another_build_are_no_dumps(dumps: Path, tmp_path: Path) -> None:
    kg.build(dumps, dumps / "older", evidence=True)
    assert is_output_folder(dumps / "older")
    report = kg.build(dumps, tmp_path / "out")
    assert (report.files, report.refused, report.articles) == (1, 0, 1)
    assert report.findings["output-folder"] == 1
    with pytest.raises(NothingReadError, match="older: the output of a build"):
        kg.build(dumps / "older", tmp_path / "none")


def test_an_output_is_found_where_it_is(tmp_path: Path) -> None:
    assert find_output(tmp_path, "graph.nt") == tmp_path / "graph.nt"
    (tmp_path / ".kg-old").mkdir()
    (tmp_path / ".kg-old" / "graph.nt").touch()
    assert find_output(tmp_path, "graph.nt") == tmp_path / ".kg-old" / "graph.nt"
    (tmp_path / ".kg-new").mkdir()
    assert find_output(tmp_path, "graph.nt") == tmp_path / "graph.nt"
