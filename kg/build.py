"""From dumps to graph, on one page: two maps with one reduce between them.

    dumps ─discover→ documents ─read→ pages, staged by shard            (map)
                                  └ claims ─resolve→ identities         (reduce)
    staged pages + identities ─write→ triples and rows                  (map)
    triples → graph.nt, other formats, description, store;  rows → tables → page

Everything is made in a folder of its own inside the output folder and moved out of it when it is complete, so a
build that fails or is killed leaves the last good output as it was.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from kg.dumps import Document, PassedOver, Refused, discover
from kg.errors import NothingReadError
from kg.model import Article, Finding, Identities, NodeKind, Source
from kg.outputs import NAMES, open_output, publish, writing_to
from kg.rdf.iris import DEFAULT_BASE, Iris
from kg.rdf.serialize import Format, convert
from kg.rdf.triples import files_triples
from kg.rdf.void import write_void
from kg.reading import SHARDS, Reading, ShardFiles, read_documents
from kg.report import Report, count_findings, finding_order
from kg.resolve import Claim, resolve
from kg.resolve.decisions import read_decisions
from kg.store.tables import EdgeRow, MentionRow, RowCollector
from kg.writing import Decided, Tally, Written, write_articles, write_entities, write_stubs

PUBLISHER: Final = "taz"

_BATCH: Final = 200
"""Documents that are read together: more tag hardly faster, and each holds up to 16 MiB."""

Progress = Callable[[str, int], None]
"""Called with the name of the stage and how many of its items are done so far."""


@dataclass(frozen=True)
class Options:
    """What shapes the output beside the dumps; `kg.api.build` says what each means."""

    base_iri: str = DEFAULT_BASE
    formats: Sequence[Format] = (Format.NT, Format.TTL)
    evidence: bool = False
    with_text: bool = False
    title: str | None = None
    lang: str = "de"
    decisions: Path | None = None
    recognizer: str = "crf"


@dataclass
class _Read:
    """The outcome of the first map."""

    staged: ShardFiles
    files: int = 0
    refused: int = 0
    claims: list[Claim] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: Finding | None = None  # why the first file that gave nothing gave nothing

    def take(self, readings: Iterable[Reading]) -> None:
        """Stage what documents gave, and keep what the reduce needs of it."""
        for reading in readings:
            self.findings += reading.findings
            if reading.claim is None:
                # Of several findings, the one that says why comes last.
                self.unread = self.unread or next(reversed(reading.findings), None)
            else:
                self.claims.append(reading.claim)
            if reading.page is None:
                self.refused += 1
                continue
            self.sources.append(reading.page.source)
            if isinstance(reading.page, Article):
                self.staged.add(reading.page)


def run_build(inputs: Sequence[Path], out: Path, options: Options, progress: Progress) -> Report:
    """Build the graph of `inputs` in the folder `out`.

    Raises `UsageError` for an input that does not exist or a bad base IRI, `NothingReadError` where no article and no
    index page could be read, `OutputError` where `out` cannot be written, holds something that no build made, or
    is another build's at the moment.
    """
    iris = Iris(options.base_iri, PUBLISHER)
    decisions = read_decisions(options.decisions) if options.decisions else ()
    with open_output(out) as new, writing_to(out), _rare_collection():
        read = _read(inputs, out, new / "pages", options.recognizer, progress)
        if not read.claims:
            raise NothingReadError(_nothing_read(inputs, read))
        progress("resolving", 0)
        identities = resolve(read.claims, PUBLISHER, decisions)
        decided = Decided(identities, iris, options.with_text, options.evidence)
        counts = _write(decided, read, new, progress)
        shutil.rmtree(new / "pages")
        triples = _write_triples_files(new, options, iris, progress)
        _load_store(new, options, iris, progress)
        _draw_page(new, options, identities, progress)
        findings = sorted([*read.findings, *identities.findings, *counts.findings], key=finding_order)
        report = _report(read, identities, counts, triples, findings, _made(new))
        _write_report(new, report, findings)
        publish(out)
    return report


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let Python look for cycles rarely: a build holds many objects that live long and makes hardly a cycle."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read(inputs: Sequence[Path], out: Path, pages: Path, recognizer: str, progress: Progress) -> _Read:
    read = _Read(ShardFiles(pages))
    batch: list[Document] = []
    for found in _discover(inputs, out):
        if isinstance(found, PassedOver):
            read.findings.append(Finding(found.code, found.path, None, found.message))
            continue
        read.files += 1
        progress("reading", read.files)
        if isinstance(found, Refused):
            finding = Finding(found.code, found.path, None, found.message)
            read.refused += 1
            read.findings.append(finding)
            read.unread = read.unread or finding
            continue
        batch.append(found)
        if len(batch) == _BATCH:
            read.take(read_documents(batch, recognizer))
            batch.clear()
    read.take(read_documents(batch, recognizer))
    read.staged.flush()
    return read


def _discover(inputs: Sequence[Path], out: Path) -> Iterator[Document | Refused | PassedOver]:
    """All documents; an input that fails as a whole must not be taken for an output that fails."""
    try:
        yield from discover(inputs, exclude=out)
    except OSError as error:
        where = error.filename or ", ".join(map(str, inputs))
        raise NothingReadError(f"cannot read {where}: {error.strerror or error}") from error


@dataclass
class _Counts:
    edges: int = 0
    mentions: int = 0
    findings: list[Finding] = field(default_factory=list)


def _write(decided: Decided, read: _Read, new: Path, progress: Progress) -> _Counts:
    """The second map, its outputs appended in the order of the shards, then what needs the sums."""
    counts, tally = _Counts(), Tally()
    with ExitStack() as files:
        rows = files.enter_context(RowCollector(new / "rows"))
        knowledge = files.enter_context((new / "graph.nt").open("w", encoding="utf-8", newline="\n"))
        evidence = None
        if decided.evidence:
            evidence = files.enter_context((new / "evidence.nt").open("w", encoding="utf-8", newline="\n"))

        def append(written: Written) -> None:
            knowledge.write(written.knowledge)
            if evidence is not None:
                evidence.write(written.evidence)
            rows.add(written.rows)
            tally.add(written.tally)
            counts.findings += written.findings
            counts.edges += sum(isinstance(row, EdgeRow) for row in written.rows)
            counts.mentions += sum(isinstance(row, MentionRow) for row in written.rows)

        for shard in range(SHARDS):
            append(write_articles(read.staged.read(shard), decided))
            progress("writing", shard + 1)
        append(write_stubs(decided))
        append(write_entities(decided, tally))
        knowledge.write(files_triples(read.sources, decided.iris))
    rows.write_tables(new / "tables")
    return counts


def _write_triples_files(new: Path, options: Options, iris: Iris, progress: Progress) -> int:
    """Convert the N-Triples to the other formats asked for and describe them; the number of triples."""
    triples = new / "graph.nt"
    for form in options.formats:
        if form is not Format.NT:
            progress(f"graph.{form.extension}", 0)
            convert(triples, new / f"graph.{form.extension}", form, iris)
    files = [new / f"graph.{form.extension}" for form in options.formats]
    counts = write_void(triples, new / "void.ttl", files, PUBLISHER, iris)
    return counts.triples


def _load_store(new: Path, options: Options, iris: Iris, progress: Progress) -> None:
    from kg.store.graph_store import load_store

    progress("store", 0)
    evidence = [new / "evidence.nt"] if options.evidence else []
    load_store(new / "store", [new / "graph.nt"], evidence_files=evidence, evidence_graph=iris.evidence_graph)
    if Format.NT not in options.formats:
        (new / "graph.nt").unlink()


def _draw_page(new: Path, options: Options, identities: Identities, progress: Progress) -> None:
    from kg.network.graph import to_networkx
    from kg.network.selection import overview
    from kg.page import write_page

    progress("page", 0)
    graph = overview(to_networkx(new / "tables"))
    title = options.title or _paper_and_years(identities)
    write_page(graph, new / "graph.html", title=title, lang=options.lang)


def _paper_and_years(identities: Identities) -> str:
    years = sorted({node.date[:4] for node in identities.articles if node.date})
    return " ".join([identities.publisher, "–".join(dict.fromkeys(years[:1] + years[-1:]))]).strip()


def _report(
    read: _Read,
    identities: Identities,
    counts: _Counts,
    triples: int,
    findings: Sequence[Finding],
    made: Sequence[str],
) -> Report:
    kinds = [entity.ref.kind for entity in identities.entities]
    return Report(
        files=read.files,
        refused=read.refused,
        articles=len(identities.articles),
        stubs=len(identities.stubs),
        persons=kinds.count(NodeKind.PERSON),
        organizations=kinds.count(NodeKind.ORGANIZATION),
        places=kinds.count(NodeKind.PLACE),
        tags=len(identities.tags),
        mentions=counts.mentions,
        edges=counts.edges,
        triples=triples,
        findings=count_findings(findings),
        outputs=tuple(sorted({*made, "findings.jsonl", "report.json"})),
    )


def _write_report(new: Path, report: Report, findings: Sequence[Finding]) -> None:
    lines = b"".join(msgspec.json.encode(finding) + b"\n" for finding in findings)
    (new / "findings.jsonl").write_bytes(lines)
    text = msgspec.json.format(msgspec.json.encode(report), indent=2)
    (new / "report.json").write_bytes(text + b"\n")


def _nothing_read(inputs: Sequence[Path], read: _Read) -> str:
    named = ", ".join(map(str, inputs))
    if not read.files:
        passed = "".join(f"; {finding.path}: {finding.message}" for finding in read.findings[:1])
        return f"no dump found in {named}{passed}"
    why = f"; the first, {read.unread.path}: {read.unread.message}" if read.unread else ""
    return f"none of the {read.files} files in {named} could be read{why}"


def _made(new: Path) -> list[str]:
    return [name for name in NAMES if (new / name).exists()]
