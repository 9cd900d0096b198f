"""Arguments that overlap give no file twice, and equal paths of different arguments stay apart."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from kg.dumps import Document
from kg.dumps.arguments import find_roots
from tests.discovered import discover


def write(path: Path, text: str = "x") -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def documents(*inputs: Path) -> dict[str, str]:
    """Path and text of every document; the order of the arguments must not matter."""
    streams = [list(discover(order)) for order in permutations(inputs)]
    assert all(stream == streams[0] for stream in streams)
    found = [item for item in streams[0] if isinstance(item, Document)]
    assert len(found) == len(streams[0]) == len({item.path for item in found})
    return {item.path: item.data.decode() for item in found}


def test_overlapping_arguments_give_a_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = write(tmp_path / "dumps" / "sub" / "b.txt")
    outer = write(tmp_path / "dumps" / "a.txt").parent
    expected = {"a.txt": "x", "sub/b.txt": "x"}
    assert documents(outer, outer / "a.txt") == expected
    assert documents(outer, inner.parent, inner) == expected
    assert documents(outer, outer, outer / "sub" / "..") == expected
    monkeypatch.chdir(outer)
    assert documents(outer, Path(), Path("sub")) == expected
    assert documents(Path("../dumps"), Path("a.txt")) == expected


def test_arguments_behind_links_overlap_as_well(tmp_path: Path) -> None:
    real = write(tmp_path / "dumps" / "a.txt")
    (tmp_path / "folder").symlink_to(real.parent)
    (tmp_path / "b.txt").symlink_to(real)
    (tmp_path / "c.txt").symlink_to(real)
    assert documents(tmp_path / "folder", real.parent, tmp_path / "b.txt") == {"a.txt": "x"}
    assert documents(tmp_path / "c.txt", tmp_path / "b.txt") == {"b.txt": "x"}


def test_a_hidden_argument_within_another_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    hidden = write(tmp_path / ".cache" / "b.txt").parent
    assert documents(tmp_path, hidden) == {"a.txt": "x", "b.txt": "x"}


def test_a_folder_whose_name_begins_like_another_is_not_in_it(tmp_path: Path) -> None:
    write(tmp_path / "dumps" / "a.txt")
    write(tmp_path / "dumps-2" / "b.txt")
    assert documents(tmp_path / "dumps", tmp_path / "dumps-2") == {"a.txt": "x", "b.txt": "x"}


def test_equal_paths_are_told_apart_by_the_folders_that_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write(tmp_path / "2023" / "dumps" / "a.txt", "one").parent
    two = write(tmp_path / "2024" / "dumps" / "a.txt", "two").parent
    write(two / "b.txt", "only")
    expected = {"2023/dumps/a.txt": "one", "2024/dumps/a.txt": "two", "b.txt": "only"}
    assert documents(one, two) == expected
    monkeypatch.chdir(one)
    assert documents(Path(), two) == expected
    assert documents(Path("a.txt"), Path("../../2024/dumps/a.txt"), two / "b.txt") == expected


def test_the_stream_depends_on_nothing_but_the_files(tmp_path: Path) -> None:
    one, two = tmp_path / "ä" / "dumps", tmp_path / "b" / "dumps"
    for folder in (one, two):
        write(folder / "same.txt", folder.parent.name)
        write(folder / "ö.txt", folder.parent.name)
    write(one / "Z.txt")
    (one / os.fsdecode(b"\xff.txt")).write_bytes(b"x")
    script = "import sys; from pathlib import Path; from tests.discovered import discover\n"
    script += "print(ascii(list(discover(list(map(Path, sys.argv[1:]))))))"
    outputs = set()
    for order, settings in (
        ((one, two), {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}),
        ((two, one), {"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ):
        environment = os.environ | settings | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", script, *map(str, order)]
        outputs.add(
            subprocess.run(command, env=environment, cwd=order[0], capture_output=True, check=True).stdout
        )
    assert len(outputs) == 1
    assert outputs.pop().count(b"Document(") == 6


def test_archives_of_one_name_are_told_apart(tmp_path: Path) -> None:
    one = write(tmp_path / "x" / "a.txt.gz", "")
    two = write(tmp_path / "y" / "a.txt.gz", "")
    assert documents(one, two) == {"x/a.txt.gz/a.txt": "", "y/a.txt.gz/a.txt": ""}


def test_a_label_never_meets_a_path(tmp_path: Path) -> None:
    one = write(tmp_path / "A" / "x.txt", "one").parent
    two = write(tmp_path / "B" / "x.txt", "two").parent
    write(two / "A" / "x.txt", "deep")
    assert documents(one, two) == {"A/x.txt": "deep", "A~/x.txt": "one", "B/x.txt": "two"}


def test_two_folders_give_what_one_folder_with_both_gives(tmp_path: Path) -> None:
    for name in ("1.txt", "sub/2.txt", "z.txt"):
        write(tmp_path / "both" / name)
        write(tmp_path / ("one" if name == "z.txt" else "two") / name)
    assert list(discover([tmp_path / "two", tmp_path / "one"])) == list(discover([tmp_path / "both"]))


def test_roots_are_free_of_links_and_sorted(tmp_path: Path) -> None:
    write(tmp_path / "b" / "x.txt")
    write(tmp_path / "a" / "x.txt")
    roots = find_roots([tmp_path / "b", tmp_path / "a" / "x.txt"], None)
    real = Path(os.path.realpath(tmp_path))
    assert [(root.location, root.home, root.name) for root in roots] == [
        (real / "a" / "x.txt", tmp_path / "a", "x.txt"),
        (real / "b", real / "b", None),
    ]
