"""The command line: one file per command, each thin over the library."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import kg
from kg.cli.build import build
from kg.cli.export import export
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.review import review
from kg.cli.show import show
from kg.cli.terminal import printable
from kg.cli.view import view
from kg.cli.why import why
from kg.errors import KgError


class _Commands(TyperGroup):
    """All commands; Ctrl-C, and an output that takes nothing more, end each in the same way."""

    def invoke(self, ctx: Any) -> Any:  # click's context, which new versions of Typer bring along
        from kg.relations import interruptible

        try:
            with interruptible():
                return super().invoke(ctx)
        except OSError as error:
            if isinstance(error, BrokenPipeError) and _reader_has_left():
                # As `head` does: nothing is wrong.
                _drop_output()
                sys.exit(0)
            raise _as_told(error) from error


def _reader_has_left() -> bool:
    """Whether standard output is a pipe that nobody reads any more."""
    if not hasattr(select, "poll"):  # Windows
        return True
    try:
        output = select.poll()
        output.register(sys.stdout.fileno(), 0)
    except (OSError, ValueError):  # it is no file
        return False
    return any(events & select.POLLERR for _, events in output.poll(0))


def _drop_output() -> None:
    """Let go what standard output did not take: Python would try again at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _as_told(error: OSError) -> KgError:
    about = f"{error.filename}: " if error.filename else ""
    return KgError(f"{about}{error.strerror or error}")


app = typer.Typer(
    name="kg",
    cls=_Commands,
    help="A folder of newspaper dumps becomes a knowledge graph: RDF for SPARQL, and one interactive page.",
    epilog="Start with: kg build dumps/ && kg view",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("build")(build)
app.command("query")(query)
app.command("show")(show)
app.command("why")(why)
app.command("review")(review)
app.command("view")(view)
app.command("export")(export)
app.command("push")(push)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Options that come before the command."""


def main() -> None:
    """Run the command line; an error is one line on standard error and an exit code of `kg.errors`."""
    if sys.stdout is None:  # closed by whoever called
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the process ends
    try:
        try:
            app()
        except OSError as error:  # of help, which comes before any command
            raise _as_told(error) from error
    except KgError as error:
        _drop_output()
        typer.echo(f"kg: {printable(str(error))}", err=True)
        sys.exit(error.exit_code)
