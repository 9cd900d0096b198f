"""Folders are read recursively and in order; what is no file is never opened."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from kg.dumps import MAX_DOCUMENT_BYTES, Document, PassedOver, Refused
from kg.errors import UsageError
from tests.discovered import discover


def write(path: Path, data: bytes = b"x") -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def paths(*inputs: Path, exclude: Path | None = None) -> list[str]:
    """The paths of the documents; fails where anything is refused."""
    found = list(discover(inputs, exclude=exclude))
    assert not [item for item in found if not isinstance(item, Document)]
    return [item.path for item in found]


def refusals(*inputs: Path) -> list[tuple[str, str]]:
    """Path and code of everything that is refused."""
    return [(item.path, item.code) for item in discover(inputs) if isinstance(item, Refused)]


def test_files_come_sorted_by_the_parts_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a.txt", "a/b/c.txt", "ä.txt", "B.txt"):
        write(tmp_path / name)
    assert paths(tmp_path) == ["B.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "ä.txt"]


def test_a_document_has_the_bytes_of_its_file(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b.txt", b"\xef\xbb\xbfURI: \r\n\0")
    write(tmp_path / "empty.txt", b"")
    assert list(discover([tmp_path])) == [
        Document("a/b.txt", b"\xef\xbb\xbfURI: \r\n\0"),
        Document("empty.txt", b""),
    ]


def test_a_single_file_has_its_name_as_path(tmp_path: Path) -> None:
    assert paths(write(tmp_path / "far" / "away" / "!6054758.txt")) == ["!6054758.txt"]


def test_no_inputs_and_empty_folders_give_nothing(tmp_path: Path) -> None:
    assert paths() == []
    assert paths(tmp_path) == []


def test_hidden_files_are_skipped(tmp_path: Path) -> None:
    for name in (".DS_Store", ".git/config", "__MACOSX/x.txt", "a/.b/c.txt", "a/d.txt"):
        write(tmp_path / name)
    assert paths(tmp_path) == ["a/d.txt"]


def test_a_hidden_file_or_folder_can_be_named(tmp_path: Path) -> None:
    write(tmp_path / ".cache" / "x.txt")
    assert paths(tmp_path / ".cache") == ["x.txt"]
    assert paths(write(tmp_path / ".y.txt")) == [".y.txt"]


def test_the_output_folder_is_never_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "out" / "graph.nt")
    write(tmp_path / "sub" / "out" / "b.txt")
    assert paths(tmp_path, exclude=tmp_path / "out") == ["a.txt", "sub/out/b.txt"]
    assert paths(tmp_path, exclude=tmp_path / "missing") == ["a.txt", "out/graph.nt", "sub/out/b.txt"]


def test_the_output_folder_is_found_behind_a_link(tmp_path: Path) -> None:
    write(tmp_path / "dumps" / "a.txt")
    write(tmp_path / "dumps" / "out" / "graph.nt")
    (tmp_path / "link").symlink_to(tmp_path / "dumps" / "out")
    assert paths(tmp_path / "dumps", exclude=tmp_path / "link") == ["a.txt"]


def leave_outputs(folder: Path) -> None:
    """What every build leaves, and files that could be taken for dumps."""
    write(folder / "report.json", b"{}")
    write(folder / "store" / "000008.sst")
    write(folder / "tables" / "nodes.parquet")
    write(folder / "graph.nt")


def test_the_output_of_an_older_build_is_passed_over_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "z.txt")
    leave_outputs(tmp_path / "deep" / "older")
    passed = PassedOver("deep/older", "output-folder", "the output of a build, which is no input")
    alone = PassedOver("older", passed.code, passed.message)
    assert list(discover([tmp_path])) == [Document("a.txt", b"x"), passed, Document("z.txt", b"x")]
    assert list(discover([tmp_path / "deep" / "older"])) == [alone]
    assert list(discover([tmp_path], exclude=tmp_path / "deep" / "older")) == [
        Document("a.txt", b"x"),
        Document("z.txt", b"x"),
    ]


def test_the_output_of_a_build_that_was_killed_while_it_published_is_passed_over(tmp_path: Path) -> None:
    leave_outputs(tmp_path / "older")
    (tmp_path / "older" / ".kg-old").mkdir()
    (tmp_path / "older" / "store").rename(tmp_path / "older" / ".kg-old" / "store")
    assert [type(item) for item in discover([tmp_path])] == [PassedOver]


@pytest.mark.parametrize("missing", ["report.json", "store/000008.sst", "tables/nodes.parquet"])
def test_a_folder_that_only_resembles_an_output_is_read(tmp_path: Path, missing: str) -> None:
    leave_outputs(tmp_path / "dumps")
    path = tmp_path / "dumps" / missing
    path.unlink()
    if path.parent.name != "dumps":
        path.parent.rmdir()
    assert len(paths(tmp_path)) == 3


def test_dumps_in_the_output_folder_are_an_error(tmp_path: Path) -> None:
    dumps = write(tmp_path / "out" / "dumps" / "a.txt").parent
    with pytest.raises(UsageError, match="lies in the output folder"):
        discover([dumps], exclude=tmp_path / "out")
    with pytest.raises(UsageError, match="lies in the output folder"):
        discover([dumps], exclude=dumps)


def test_a_missing_argument_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\\x1b does not exist: name a folder"):
        discover([tmp_path / "nowhere\x1b"])


def test_an_argument_that_is_a_broken_link_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "dead").symlink_to(tmp_path / "missing")
    for name in ("loop", "dead"):
        with pytest.raises(UsageError, match=f"{name} does not exist"):
            discover([tmp_path / name])


def test_links_within_the_folder_give_no_file_twice(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt")
    (tmp_path / "again.txt").symlink_to("a/x.txt")
    (tmp_path / "folder").symlink_to("a")
    (tmp_path / "a" / "loop").symlink_to("..")
    assert paths(tmp_path) == ["a/x.txt"]


def test_links_out_of_the_folder_and_broken_links_are_refused(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    dumps = write(tmp_path / "dumps" / "a.txt").parent
    (dumps / "file").symlink_to(outside)
    (dumps / "folder").symlink_to(outside.parent)
    (dumps / "dead").symlink_to("missing")
    (dumps / "self").symlink_to("self")
    assert Document("a.txt", b"x") in discover([dumps])
    assert refusals(dumps) == [
        ("dead", "broken-link"),
        ("file", "link-outside"),
        ("folder", "link-outside"),
        ("self", "broken-link"),
    ]


def test_an_argument_that_is_a_link_is_followed(tmp_path: Path) -> None:
    real = write(tmp_path / "real" / "a.txt")
    (tmp_path / "folder").symlink_to(real.parent)
    (tmp_path / "!123456.txt").symlink_to(real)
    assert paths(tmp_path / "folder") == ["a.txt"]
    assert paths(tmp_path / "!123456.txt") == ["!123456.txt"]


def test_pipes_and_sockets_are_refused_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        # The path of a socket may have 108 bytes only.
        folder = os.open(tmp_path, os.O_RDONLY)
        try:
            server.bind(
                f"/proc/self/fd/{folder}/socket" if sys.platform == "linux" else str(tmp_path / "socket")
            )
        finally:
            os.close(folder)
        assert refusals(tmp_path) == [("pipe", "not-a-file"), ("socket", "not-a-file")]
    assert refusals(tmp_path / "pipe") == [("pipe", "not-a-file")]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no devices here")
def test_a_device_is_refused() -> None:
    assert refusals(Path("/dev/null")) == [("null", "not-a-file")]


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "locked.txt")
    opened = Path.open

    def refuse(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]  # passed on as they are

    monkeypatch.setattr(Path, "open", refuse)
    assert list(discover([tmp_path])) == [
        Document("a.txt", b"x"),
        Refused("locked.txt", "unreadable", "cannot be read: Permission denied"),
    ]


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "locked" / "x.txt")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name in {"locked", "alone"}:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert refusals(tmp_path) == [("locked", "unreadable")]
    write(tmp_path / "alone" / "x.txt")
    assert [(path.rpartition("/")[2], code) for path, code in refusals(tmp_path / "alone")] == [
        ("alone", "unreadable")
    ]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with write(tmp_path / "large.txt").open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    with write(tmp_path / "just.txt").open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES)
    just, large = discover([tmp_path])
    assert isinstance(just, Document)
    assert len(just.data) == MAX_DOCUMENT_BYTES
    assert large == Refused("large.txt", "too-large", "larger than 16 MiB, which no dump of a page is")


def test_hostile_names_become_printable_and_stay_apart(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"\xff.txt", b"\xfe.txt", b"a\x1b]0;x\x07.txt", b"b\n.txt"):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(name)
    assert {item.path: item.data for item in discover([tmp_path]) if isinstance(item, Document)} == {
        "a\\x1b]0;x\\x07.txt": b"a\x1b]0;x\x07.txt",
        "b\\x0a.txt": b"b\n.txt",
        "\\xfe.txt": b"\xfe.txt",
        "\\xff.txt": b"\xff.txt",
    }


def test_folders_deeper_than_python_recurses(tmp_path: Path) -> None:
    names = ["d"] * (sys.getrecursionlimit() + 200)
    folders = [tmp_path.joinpath(*names[:depth]) for depth in range(1, len(names) + 1)]
    try:
        for folder in folders:
            folder.mkdir()
        write(folders[-1] / "x.txt", b"deep")
        assert list(discover([tmp_path])) == [Document("/".join([*names, "x.txt"]), b"deep")]
    finally:
        # pytest itself removes old folders recursively.
        (folders[-1] / "x.txt").unlink()
        for folder in reversed(folders):
            folder.rmdir()


def test_the_stream_is_lazy(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    stream = discover([tmp_path])
    assert next(stream) == Document("a.txt", b"x")
    (tmp_path / "b.txt").unlink()
    gone = next(stream)
    assert isinstance(gone, Refused)
    assert (gone.path, gone.code) == ("b.txt", "unreadable")
