"""Appending to the decisions file, which `kg.resolve.decisions` reads: CSV with action, a, b and comment."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from kg.errors import UsageError
from kg.files import atomic_file

_CALCULATED: Final = ("=", "+", "-", "@")


class Answer(NamedTuple):
    """A row: `action` is same, different or kind; of a kind, `a` is the tag's label and `b` its kind."""

    action: str
    a: str
    b: str
    comment: str = ""


def take_back(path: Path, answer: Answer) -> None:
    """Take the row of `answer`, the last that `append_answer` wrote, out of the file again.

    Raises `UsageError` where the file does not end with that row, and `OutputError` where it cannot be written.
    """
    before = _content(path)
    row = _rows([answer], _line_end(before))
    if not before.endswith(b"\n" + row):
        raise UsageError(f"{path.name} does not end with that answer any more")
    _replace(path, before.removesuffix(row))


def append_answer(path: Path, answer: Answer) -> None:
    """Append a row, after a header where the file is new; all that is in the file stays as it is.

    A cell gets one blank for every run of white space, and an apostrophe before it where a spreadsheet would
    calculate it (it begins with = + - @): names are compared without either, so it names the same. The file is
    written whole beside and renamed, so a reader never finds half a row.

    Raises `UsageError` where the file cannot be read, is no decisions file, or says the contrary, and `OutputError`
    where it cannot be written; it then stays as it was.
    """
    from kg.resolve.decisions import COLUMNS, read_decisions

    before = _content(path)
    line_end = _line_end(before)
    if not before.strip():
        before = _rows([COLUMNS], line_end)
    elif not before.endswith(b"\n"):
        before += line_end.encode()
    content = before + _rows([answer], line_end)
    with tempfile.TemporaryDirectory() as folder:
        # Read back as the next build will, under the same name, which stands in the error.
        trial = Path(folder, path.name)
        trial.write_bytes(content)
        read_decisions(trial)
    _replace(path, content)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror or error}") from error


def _line_end(content: bytes) -> str:
    return "\r\n" if b"\r\n" in content else "\n"


def _rows(rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end).writerows(map(_as_data, row) for row in rows)
    return text.getvalue().encode()


def _replace(path: Path, content: bytes) -> None:
    with atomic_file(path) as file:
        file.write(content)


def _as_data(cell: str) -> str:
    words = " ".join(cell.split())
    return f"'{words}" if words.startswith(_CALCULATED) else words
