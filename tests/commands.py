"""A command of `kg` by itself, as tests run it: in this process, on the graph in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner, Result

from kg.errors import KgError


class Command:
    """Runs a command and looks at what it prints."""

    def __init__(self, function: Callable[..., None]) -> None:
        self._app = typer.Typer(rich_markup_mode=None)
        self._app.command()(function)

    def run(self, out: Path, *arguments: str, stdin: bytes | None = None) -> Result:
        """Run it, whatever comes of it."""
        return CliRunner().invoke(self._app, [*arguments, "--out", str(out)], input=stdin)

    def printed(self, out: Path, *arguments: str, stdin: bytes | None = None) -> str:
        """What it prints where it succeeds."""
        result = self.run(out, *arguments, stdin=stdin)
        assert result.exception is None, result.exception
        return result.stdout_bytes.decode()

    def answer(self, out: Path, *arguments: str) -> Any:
        """What it answers with `--json`."""
        return json.loads(self.printed(out, *arguments, "--json"))

    def failure(self, out: Path, *arguments: str, stdin: bytes | None = None) -> KgError:
        """The error it ends with, having printed nothing."""
        result = self.run(out, *arguments, stdin=stdin)
        assert isinstance(result.exception, KgError), result.output
        assert result.stdout == ""
        return result.exception
