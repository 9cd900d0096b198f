"""`kg build`: dumps to graph."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.progress import progress_shown
from kg.errors import SOME_FILES_REFUSED

if TYPE_CHECKING:
    from kg.report import Report


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="DUMPS...",
            help="Folders (read recursively), files, and archives: zip, tar, tar.gz, tar.zst, gz, zst; or URLs.",
            show_default=False,
        ),
    ],
    out: Annotated[str, typer.Option("--out", "-o", help="The folder to write to, or its URL.")] = "out",
    formats: Annotated[
        str, typer.Option("--format", "-f", help="Serialisations: any of nt,ttl,jsonld,rdfxml,nq,trig.")
    ] = "nt,ttl",
    base_iri: Annotated[
        str, typer.Option(help="What the address of every node begins with; ends in / or #.")
    ] = "https://kg.example/id/",
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="Add evidence.nt: the reason of each mention and link as triples."),
    ] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the full text of the articles to the graph.")
    ] = False,
    title: Annotated[
        str | None, typer.Option(help="The page's heading.", show_default="the paper and its years")
    ] = None,
    lang: Annotated[str, typer.Option(help="The language of the page's own words: de or en.")] = "de",
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="A file of decisions about persons and tags, as kg review writes it.",
            show_default="decisions.csv where there is one",
        ),
    ] = None,
    recognizer: Annotated[
        str, typer.Option(help="Who finds names: crf, or spacy:MODEL for an installed model of spaCy.")
    ] = "crf",
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", help="Processes to work with.", show_default="all cores")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Read everything anew, whatever the last build has left.")
    ] = False,
    scheduler: Annotated[
        str | None,
        typer.Option(help="A Dask scheduler to work on: tcp://host:8786, or local:N for N processes."),
    ] = None,
    work_dir: Annotated[
        str | None,
        typer.Option(
            help="A folder or URL (s3://…) that all workers of the scheduler reach.", show_default="in --out"
        ),
    ] = None,
    pages: Annotated[
        int,
        typer.Option(
            "--pages", metavar="N", min=0, help="Write a page for each of the N most important names."
        ),
    ] = 0,
    shards: Annotated[
        bool, typer.Option("--shards", help="Leave the triples in shards/*.nt.zst too, for bulk loaders.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON, and events of the progress on stderr.")
    ] = False,
) -> None:
    """Build the graph of all dumps in a folder: triples, a store for SPARQL, tables, and one interactive page.

    \b
    kg build dumps/
    kg build dumps/2023 more.tar.zst --out graph --format ttl,jsonld
    kg build dumps/ --base-iri https://data.example.org/press/ --evidence
    kg build archive.tar.zst --jobs 4 --quiet

    A second build into the same folder reads only what changed since the first.

    Exit codes: 0 all was read, 3 some files were refused (see findings.jsonl), 4 nothing could be read,
    5 the output cannot be written, 2 wrong arguments, 1 the cluster does not answer, 130 Ctrl-C.
    """
    import kg
    from kg.build import UNCHANGED

    started = time.monotonic()
    last = ""
    with progress_shown(quiet=quiet, as_json=as_json) as show:

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal last
            last = stage
            if show is not None:
                show(stage, done, total)

        try:
            report = kg.build(
                inputs,
                out,
                base_iri=base_iri,
                formats=[name.strip() for name in formats.split(",") if name.strip()],
                evidence=evidence,
                with_text=with_text,
                title=title,
                lang=lang,
                decisions=decisions or _decisions_here(),
                recognizer=recognizer,
                jobs=jobs,
                full=full,
                scheduler=scheduler,
                work_dir=work_dir,
                pages=pages,
                shards=shards,
                progress=progress,
            )
        except KeyboardInterrupt:
            typer.echo("kg: stopped; what is done is kept, and the next build goes on from there", err=True)
            raise
    seconds = time.monotonic() - started
    unchanged = last == UNCHANGED
    if as_json:
        _print_json(report, seconds, unchanged=unchanged)
    elif not quiet and unchanged:
        typer.echo(
            f"Nothing has changed since the last build of {out} "
            f"(files: {report.files:,}, articles: {report.articles:,}; looked through in {seconds:.1f} s). "
            "--full builds anew."
        )
    elif not quiet:
        typer.echo(summary(report, out, seconds))
    if report.refused:
        raise typer.Exit(SOME_FILES_REFUSED)


def _decisions_here() -> Path | None:
    usual = Path("decisions.csv")
    return usual if usual.is_file() else None


def summary(report: Report, out: str, seconds: float) -> str:
    """The report in a few lines for a person: figures, findings by kind with their meaning, and what to do next.

    `out` is a folder or a URL.
    """
    from kg.places import is_remote, within
    from kg.report import FINDINGS

    figures = {
        "files": f"{report.files:,}" + (f" ({report.refused:,} refused)" if report.refused else ""),
        "articles": f"{report.articles:,} and {report.stubs:,} known only by name",
        "persons": f"{report.persons:,}, named {report.mentions:,} times",
        "organisations": f"{report.organizations:,}",
        "places": f"{report.places:,}",
        "tags": f"{report.tags:,}",
        "edges": f"{report.edges:,}",
        "triples": f"{report.triples:,}",
        "seconds": f"{seconds:.1f}",
    }
    width = max(map(len, figures))
    lines = [f"{name:>{width}}  {figure}" for name, figure in figures.items()]
    if report.findings:
        lines += [
            "",
            f"{sum(report.findings.values()):,} findings, each with file and line in {within(out, 'findings.jsonl')}:",
        ]
        width = max(len(f"{count:,}") for count in report.findings.values())
        lines += [
            f"  {count:>{width},}  {FINDINGS.get(code, code)}" for code, count in report.findings.items()
        ]
    page = f"The page is {within(out, 'graph.html')}"
    if not is_remote(out):
        page += "; open it with: kg view" + (f" --out {out}" if out != "out" else "")
    lines += ["", page]
    return "\n".join(lines)


def _print_json(report: Report, seconds: float, *, unchanged: bool) -> None:
    import msgspec

    told = {**msgspec.to_builtins(report), "seconds": round(seconds, 3), "unchanged": unchanged}
    typer.echo(msgspec.json.encode(told).decode())
