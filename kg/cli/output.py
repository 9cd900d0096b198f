"""Writing answers to standard output so that any terminal, pipe or program can take them."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import Any

from kg.cli.terminal import printable


def write_lines(lines: Iterable[str]) -> None:
    """Write lines; what the encoding of standard output has no character for is written as its code."""
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def write_json(answer: Any) -> None:
    """Write a value as JSON in ASCII: nothing in it can steer a terminal."""
    text = json.dumps(answer, indent=2).replace("\x7f", "\\u007f")
    sys.stdout.buffer.write(text.encode("ascii") + b"\n")
    sys.stdout.buffer.flush()


def one_line(text: str) -> str:
    """Text from a dump, on one line and without anything that a terminal would obey."""
    return printable(" ".join(text.split()))


def folded(heading: str, text: str) -> list[str]:
    """`text` beside a heading; on a terminal folded to its width, in a pipe on one line."""
    if not sys.stdout.isatty():
        return [f"{heading:<11}{text}"]
    width = max(40, shutil.get_terminal_size().columns)
    return textwrap.wrap(
        text, width, initial_indent=f"{heading:<11}", subsequent_indent=" " * 11, break_on_hyphens=False
    )


def indented(text: str, by: int) -> list[str]:
    """`text` behind `by` blanks; on a terminal folded to its width, in a pipe on one line."""
    if not sys.stdout.isatty():
        return [" " * by + text]
    width = max(20, shutil.get_terminal_size().columns)
    return textwrap.wrap(
        text, width, initial_indent=" " * by, subsequent_indent=" " * (by + 2), break_on_hyphens=False
    )


def can_print(characters: str) -> bool:
    """Whether standard output has these characters."""
    try:
        characters.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
