"""From dumps to graph, on one page: two maps with one reduce between them.

    dumps ─plan→ what changed ─read→ pages, and rows of what they claim, by shard  (map)
    rows ─resolve→ identities, a part for each shard                               (reduce)
    staged pages + parts ─write→ triples and rows by shard                         (map)
    triples → graph.nt, other formats, description, store;  rows → tables → page

What is staged stays in a cache inside the output folder, by shard, so the next build reads what changed, and one that
follows a killed build what was not finished. The outputs are made in a folder of their own and moved out of it when
they are complete, so a build that fails or is killed leaves the last good output as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from kg import last_reduce
from kg import stored as stored_shards
from kg.assembly import (
    PAGE_TABLES,
    FinalTask,
    PageTask,
    RenewTask,
    StoreTask,
    TablesTask,
    TriplesTask,
    do_final,
)
from kg.dumps import scan_all
from kg.errors import UNDECODABLE, NothingReadError, OutputError, UsageError
from kg.executors import Workers, usable_cores
from kg.files import remove
from kg.outputs import CACHE, COPYING, open_output, outputs_at, publish, writing_to
from kg.parts import part_place
from kg.places import copy_out, is_remote, read_bytes, remove_folder, within, write_bytes
from kg.processes import deferred_ctrl_c, rare_collection
from kg.rdf.iris import Iris
from kg.rdf.serialize import Format
from kg.rdf.void import add_counts, write_void
from kg.reading import read_shards, read_tasks, reading_key
from kg.reducing import Reduced, ReduceTask, reduce_shards
from kg.relations import interruptible
from kg.report import Report
from kg.resolve.decisions import read_decisions
from kg.shard_writing import (
    WriteOptions,
    WriteTask,
    digest,
    digest_of,
    is_written,
    write_shard,
    writing_key,
)
from kg.staging import Plan, Staged, code_digest, make_plan, remove_orphans, shard_place, survey
from kg.staging.work import WorkPlaces
from kg.store.tables import TABLES
from kg.summary import nothing_read, write_report
from kg.whole_writing import WholeTask, has_entities, write_whole
from kg.written_shards import COMMON, forget_others, read_summary

PUBLISHER: Final = "taz"

_MANY: Final = 800
"""Documents from which on several processes are worth the time that they take to start."""

_MUCH: Final = 20_000
"""Documents from which on the memory of the reduce is worth a process of its own, which gives it back."""

_HOW: Final = frozenset({"jobs", "full", "scheduler", "work_dir", "decisions"})
"""Options that do not shape the output; of the decisions their bytes count, not their place."""

UNCHANGED: Final = "unchanged"
"""The last stage that is told where there is nothing to make: the last build made the same from the same dumps."""

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how many of its items are done, and of how many; 0 where that is not known."""


@dataclass(frozen=True)
class Options:
    """What shapes the output beside the dumps, and how the work is done; `kg.api.build` says what each means."""

    base_iri: str
    formats: Sequence[Format]
    evidence: bool
    with_text: bool
    title: str | None
    lang: str
    decisions: Path | None
    recognizer: str
    pages: int
    shards: bool
    jobs: int | None
    full: bool
    scheduler: str | None
    work_dir: str | None


@interruptible()
def run_build(inputs: Sequence[str], out: str, options: Options, progress: Progress) -> Report:
    """Build the graph of `inputs` in the folder `out`; both may be URLs.

    Raises `UsageError` for an input that does not exist or a bad base IRI, `NothingReadError` where no article and no
    index page could be read, `OutputError` where `out` cannot be written, holds something that no build made, or
    is another build's at the moment.
    """
    if not is_remote(out):
        return _run_here(inputs, Path(out), options, progress)
    options = replace(options, work_dir=options.work_dir or within(out, CACHE))
    before = outputs_at(out)
    with TemporaryDirectory(prefix="kg-") as folder:
        report = _run_here(inputs, Path(folder, "out"), options, progress, far=out)
        # The report comes last: who finds a new one finds all that it tells of. Until then another tells what is ours.
        write_bytes(within(out, COPYING), Path(folder, "out", "report.json").read_bytes())
        for name in sorted(report.outputs, key=lambda name: name == "report.json"):
            copy_out(Path(folder, "out", name), within(out, name))
        for name in sorted(before - set(report.outputs)):
            remove_folder(within(out, name))
        remove_folder(within(out, COPYING))
    return report


def _run_here(
    inputs: Sequence[str], out: Path, options: Options, progress: Progress, far: str | None = None
) -> Report:
    iris = Iris(options.base_iri, PUBLISHER)
    with open_output(out) as new, writing_to(out), rare_collection():
        with Workers(options.jobs or usable_cores(), options.scheduler) as workers:
            build = _Build(out, new, options, iris, workers, progress, far)
            try:
                known = build.read(inputs)
                if known is not None:
                    return known
                report = build.make(inputs)
            except (NothingReadError, UsageError):
                build.places.clear()
                if not (out / "report.json").exists():  # where nothing was ever built, nothing is left behind
                    remove(out / CACHE)
                raise
        # Workers are gone: whoever stops the build from here on stops no more than this.
        with deferred_ctrl_c():
            build.forget()
            publish(out)
            build.remember()
    return report


def _read_bytes(decisions: Path) -> bytes:
    try:
        return decisions.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {decisions}: {error.strerror or error}") from error


class _Build:
    """One build: where everything lies, and its steps in their order."""

    def __init__(
        self,
        out: Path,
        new: Path,
        options: Options,
        iris: Iris,
        workers: Workers,
        progress: Progress,
        far: str | None,
    ) -> None:
        self.out = out
        self.far = far  # the URL that the outputs are for
        self.new = new
        self.options = options
        self.iris = iris
        self.workers = workers
        self.progress = progress
        self.cache = out / CACHE
        self.decisions = _read_bytes(options.decisions) if options.decisions else b""
        self.places = WorkPlaces(self.cache, new, options.work_dir)
        self.state = self.cache / "state"
        self.plan = Plan()
        self.staged = Staged({}, "", {}, 0, 0)  # until all is read
        self.names: tuple[str, ...] = ()  # of the written shards
        if options.full:
            self.places.forget()
            remove(self.cache / "tables")
            remove(self.cache / "page")
            self.forget()

    @property
    def _key(self) -> str:
        """All that the outputs depend on."""
        told = {name: value for name, value in vars(self.options).items() if name not in _HOW}
        return digest(code_digest(""), told, self.decisions, self.plan.findings, self.staged.digests)

    @property
    def _write_options(self) -> WriteOptions:
        return WriteOptions(self.iris.base, PUBLISHER, self.options.with_text, self.options.evidence)

    @property
    def _how_written(self) -> str:
        """What written shards depend on beside what is staged and decided."""
        return digest(writing_key(), self._write_options)

    @property
    def _how_stored(self) -> str:
        """What a store depends on beside its triples."""
        return self.iris.evidence_graph if self.options.evidence else ""

    def read(self, inputs: Sequence[str]) -> Report | None:
        """Bring the staged shards up to date; the last report where they come out as they were when it was made."""
        key = reading_key(self.options.recognizer, PUBLISHER)
        self.progress("scanning", 0, 0)
        here = self.new / "spool"
        self.plan = plan = make_plan(
            scan_all(inputs, exclude=self.out, exclude_url=self.far),
            self.places.staged,
            here,
            key,
            lambda files: self.progress("scanning", files, 0),
        )
        if plan.dirty:
            self._read(key, here)
        self.staged = survey(self.places.staged)
        report = self._last_report()
        if report is not None:
            self.places.clear()
            self.progress(UNCHANGED, plan.files, plan.files)
        return report

    def _read(self, key: str, here: Path) -> None:
        """The first map."""
        plan = self.plan
        spool = self.places.shared(here)
        tasks = read_tasks(
            plan, self.places.staged, spool, key, self.options.recognizer, PUBLISHER, self.workers.jobs
        )
        done = 0
        self.progress("reading", 0, plan.documents)
        for _, number in self.workers.map(
            read_shards, tasks, parallel=plan.documents >= _MANY, anywhere=True
        ):
            done += number
            self.progress("reading", done, plan.documents)
        if done != plan.documents:
            raise OutputError(
                f"{done:,} of {plan.documents:,} documents were read: do all workers reach {self.places.scratch}?"
            )
        remove(here)
        remove_folder(spool)
        remove_orphans(self.places.staged)

    def _last_report(self) -> Report | None:
        """The report of the last build, if it made all of this from the same dumps with the same options."""
        try:
            if self.state.read_text() != self._key:
                return None
            report = msgspec.json.decode((self.out / "report.json").read_bytes(), type=Report)
        except (FileNotFoundError, *UNDECODABLE):
            return None
        return report if all((self.out / name).exists() for name in report.outputs) else None

    def forget(self) -> None:
        """Forget what the outputs in place were made of: they go now."""
        self.state.unlink(missing_ok=True)
        stored_shards.forget(self.cache / "stored")

    def remember(self) -> None:
        """Note what the outputs in place were made of."""
        if not is_remote(self.places.written):
            stored_shards.keep(
                self.cache / "stored",
                Path(self.places.written),
                self.names,
                self.out / "report.json",
                self._how_stored,
            )
        write_bytes(str(self.state), self._key.encode())

    def make(self, inputs: Sequence[str]) -> Report:
        """Make all outputs in the new folder from the staged shards."""
        self.progress("resolving", 0, 0)
        if not self.staged.claimed:
            raise NothingReadError(nothing_read(inputs, self.places.staged, self.plan))
        reduced = self._reduce()
        self._write(reduced)
        self._finish(reduced)
        written = [read_summary(self.places.written, name) for name in self.names]
        counts = add_counts(one.counts for one in written)
        files = [self.new / f"graph.{form.extension}" for form in self.options.formats]
        write_void(counts, self.new / "void.ttl", files, PUBLISHER, self.iris)
        report = write_report(self.new, self.places.staged, self.plan, reduced, self.places.decided, written)
        self.places.clear()
        return report

    def _reduce(self) -> Reduced:
        """What is decided; by the last build, where no page tells anything else than it told that one."""
        if not self.places.keeps_decided:
            return self._resolve()
        kept, reworded = Path(self.places.decided), self.staged.reworded
        key = last_reduce.reducing_key(self.staged.told, self.decisions)
        reduced = last_reduce.take_over(kept, key, reworded)
        if reduced is None:
            last_reduce.forget(kept)
            reduced = self._resolve()
            last_reduce.keep(kept, key, reworded, reduced)
        return reduced

    def _resolve(self) -> Reduced:
        """The reduce."""
        decisions = self.options.decisions
        task = ReduceTask(
            staged=self.places.staged,
            target=self.places.decided,
            publisher=PUBLISHER,
            decisions=read_decisions(decisions) if decisions else (),
            scratch=str(self.places.new),
            threads=self.workers.jobs,
            pages=self.staged.claimed,
        )
        return self.workers.alone(reduce_shards, task, parallel=self.staged.documents >= _MUCH)

    def _write(self, reduced: Reduced) -> None:
        """The second map, then what needs the sums; shards that would come out the same are left as they are."""
        written = self.places.written
        tasks = self._write_tasks(reduced)
        todo = [task for task in tasks if not is_written(task)]
        self.progress("writing", len(tasks) - len(todo), len(tasks))
        for done, _ in enumerate(
            self.workers.map(write_shard, todo, parallel=reduced.articles >= _MANY, anywhere=True), 1
        ):
            self.progress("writing", len(tasks) - len(todo) + done, len(tasks))
        self._refuse_meddling(tasks)
        write_bytes(within(written, COMMON), read_bytes(within(self.places.decided, "common")))
        names = tuple(task.name for task in tasks)
        whole = WholeTask(
            staged=self.places.staged,
            decided=self.places.decided,
            written=written,
            names=names,
            base_iri=self.iris.base,
            publisher=PUBLISHER,
            evidence=self.options.evidence,
            how=self._how_written,
        )
        is_much = self.staged.documents >= _MUCH and not has_entities(whole)
        self.names = (*names, *self.workers.alone(write_whole, whole, parallel=is_much))
        forget_others(written, {COMMON, *self.names})

    def _write_tasks(self, reduced: Reduced) -> list[WriteTask]:
        """A task for each shard, whether or not it was done before."""
        written = self.places.written
        how = self._how_written
        last_common = digest_of(within(written, COMMON))
        return [
            WriteTask(
                shard=shard,
                staged=shard_place(self.places.staged, shard),
                part=part_place(within(self.places.decided, "parts"), shard),
                common=within(self.places.decided, "common"),
                common_digest=reduced.common,
                last_common=last_common,
                target=written,
                options=self._write_options,
                how=how,
                key=digest(how, self.staged.digests.get(shard), part),
            )
            for shard, part in reduced.parts.items()
        ]

    def _refuse_meddling(self, tasks: Sequence[WriteTask]) -> None:
        """Raise `OutputError` if another build wrote to the cache or the work folder since this one read from it."""
        for folder, is_ours in (
            (self.places.staged, survey(self.places.staged) == self.staged),
            (self.places.written, all(map(is_written, tasks))),
        ):
            if not is_ours:
                raise OutputError(
                    f"another build wrote to {folder} meanwhile: give each a --work-dir of its own"
                )

    def _finish(self, reduced: Reduced) -> None:
        """Make of the written shards what people open."""
        options, new, written = self.options, str(self.new), self.places.written_here()
        heading = f"{PUBLISHER} {'–'.join(reduced.years)}".strip()

        def tables(*names: str) -> TablesTask:
            return TablesTask(new, written, self.names, names, str(self.cache / "tables"), reduced.articles)

        tasks: list[
            FinalTask
        ] = [  # the page takes longest of few articles, the store of many: they begin first
            PageTask(
                tables(*PAGE_TABLES),
                str(self.cache / "page"),
                options.title or heading,
                options.lang,
                options.pages,
            ),
            self._store_task(written),
            TriplesTask(
                new,
                written,
                self.names,
                forms=tuple(options.formats),
                evidence=options.evidence,
                shards=options.shards,
                base_iri=options.base_iri,
                publisher=PUBLISHER,
            ),
            tables(*(table for table in TABLES if table not in PAGE_TABLES)),
        ]
        self.progress("store, tables and page", 0, len(tasks))
        for done, _ in enumerate(self.workers.map(do_final, tasks, parallel=reduced.articles >= _MANY), 1):
            self.progress("store, tables and page", done, len(tasks))

    def _store_task(self, written: str) -> FinalTask:
        """Load a new store, or renew the last one where little has changed since."""
        load = StoreTask(str(self.new), written, self.names, self.options.evidence, self.iris.evidence_graph)
        stored = self.cache / "stored"
        if not (self.out / "store").is_dir() or not stored_shards.is_known(
            stored, self.out / "report.json", self._how_stored
        ):
            return load
        return RenewTask(str(self.out / "store"), str(stored), load)
