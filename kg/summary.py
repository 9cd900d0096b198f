"""The end of a build: its report, its findings, or why there is nothing to report."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec

from kg.model import Finding
from kg.outputs import NAMES
from kg.rdf.vocabulary import SCHEMA_ORGANIZATION, SCHEMA_PERSON, SCHEMA_PLACE, SKOS_CONCEPT
from kg.rdf.void import add_counts
from kg.reducing import Reduced, read_findings
from kg.report import Report, count_findings, finding_order
from kg.staging import Plan, all_shards
from kg.written_shards import Summary

_REASONS: Final = 5
"""Reasons that are told where nothing could be read."""


def write_report(
    new: Path, staged: str, plan: Plan, reduced: Reduced, decided: str, written: Sequence[Summary]
) -> Report:
    """Write `findings.jsonl` and `report.json` beside the other outputs in the folder `new`; the report.

    `decided` is the place of what the reduce left.
    """
    files = refused = 0
    findings = [*plan.findings, *read_findings(decided)]
    for _, shard in all_shards(staged):
        files += len(shard.docs)
        refused += sum(doc.source is None for doc in shard.docs)
        findings += (finding for doc in shard.docs for finding in doc.findings)
    findings += (finding for done in written for finding in done.findings)
    findings.sort(key=finding_order)
    made = {name for name in NAMES if (new / name).exists()} | {"findings.jsonl", "report.json"}
    counts = add_counts(done.counts for done in written)
    report = Report(
        files=files + plan.refused,
        refused=refused + plan.refused,
        articles=reduced.articles,
        stubs=reduced.stubs,
        persons=counts.classes.get(SCHEMA_PERSON, 0),
        organizations=counts.classes.get(SCHEMA_ORGANIZATION, 0),
        places=counts.classes.get(SCHEMA_PLACE, 0),
        tags=counts.classes.get(SKOS_CONCEPT, 0),
        mentions=sum(done.mentions for done in written),
        edges=sum(done.edges for done in written),
        triples=counts.triples,
        findings=count_findings(findings),
        outputs=tuple(sorted(made)),
    )
    _write(new, report, findings)
    return report


def _write(new: Path, report: Report, findings: Sequence[Finding]) -> None:
    with (new / "findings.jsonl").open("wb") as file:
        file.writelines(msgspec.json.encode(finding) + b"\n" for finding in findings)
    text = msgspec.json.format(msgspec.json.encode(report), indent=2)
    (new / "report.json").write_bytes(text + b"\n")


def nothing_read(inputs: Sequence[str], staged: str, plan: Plan) -> str:
    """Why there is no article: the reasons that most files gave, each with one of them."""
    named = ", ".join(inputs)
    docs = sorted((doc for _, shard in all_shards(staged) for doc in shard.docs), key=attrgetter("path"))
    files = len(docs) + plan.refused
    if not files:
        passed = "".join(f"; {finding.path}: {finding.message}" for finding in plan.findings[:1])
        return f"no dump found in {named}{passed}"
    # Of several findings of one file, the one that says why comes last.
    reasons = [*plan.findings, *(doc.findings[-1] for doc in docs if doc.findings)]
    by_message: dict[str, list[str]] = {}
    for reason in sorted(reasons, key=attrgetter("path")):
        by_message.setdefault(reason.message, []).append(reason.path)
    most = sorted(by_message.items(), key=lambda said: -len(said[1]))
    told = [f"\n  {message}: {_with_number(paths)}" for message, paths in most[:_REASONS]]
    more = f"\n  and {len(most) - _REASONS} more reasons" if len(most) > _REASONS else ""
    which = (
        f"none of the {files:,} files in {named} could be read"
        if files > 1
        else f"the one file in {named} cannot be read"
    )
    return f"{which}:{''.join(told)}{more}"


def _with_number(paths: Sequence[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{len(paths):,} files, such as {paths[0]}"
