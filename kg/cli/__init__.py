"""The command line: one file per command, each thin over the library."""

from __future__ import annotations

import os
import sys
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
        except BrokenPipeError:
            # The reader of our output has left, as `head` does: nothing is wrong, and nothing more can be said to it.
            _say_no_more()
            sys.exit(0)
        except OSError as error:
            _say_no_more()
            about = f"{error.filename}: " if error.filename else ""
            raise KgError(f"{about}{error.strerror or error}") from error


def _say_no_more() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    try:
        app()
    except KgError as error:
        typer.echo(f"kg: {printable(str(error))}", err=True)
        sys.exit(error.exit_code)
