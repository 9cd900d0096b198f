"""Where the steps of a build leave what the next ones need: the cache, or a place that all of a cluster reach."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kg.places import is_remote, make_folder, names_in, read_bytes, remove_folder, within, write_bytes


class WorkPlaces:
    """The places of one build. `staged` and `written` stay for the next one, `scratch` is emptied.

    `decided` is where the reduce leaves what it decides; it stays too where no other build can reach it.
    """

    def __init__(self, cache: Path, new: Path, work_dir: str | None) -> None:
        """`cache` and `new` are folders here; without a `work_dir` they are all there is."""
        # Workers may have another current folder.
        self.new, cache = new.absolute(), cache.absolute()
        work = (
            str(cache)
            if work_dir is None
            else work_dir
            if is_remote(work_dir)
            else str(Path(work_dir).absolute())
        )
        self.staged = within(work, "read")
        self.written = within(work, "written")
        own = hashlib.sha256(os.fsencode(cache)).hexdigest()[:8]
        self.scratch = within(work, f"scratch-{own}") if work_dir else str(self.new)
        self.keeps_decided = work_dir is None
        self.decided = within(work, "decided") if self.keeps_decided else self.scratch
        for folder in (str(cache), self.staged, self.written, self.scratch, self.decided):
            make_folder(folder)

    def forget(self) -> None:
        """Take over nothing from earlier builds."""
        for folder in (self.staged, self.written, self.decided):
            remove_folder(folder)
            make_folder(folder)

    def shared(self, spool: Path) -> str:
        """The place of the spooled documents where the workers reach it."""
        if self.scratch == str(self.new):
            return str(spool)
        shared = within(self.scratch, "spool")
        remove_folder(shared)  # a killed build's
        make_folder(shared)
        for path in sorted(spool.iterdir()):
            write_bytes(within(shared, path.name), path.read_bytes())
        return shared

    def written_here(self) -> str:
        """The folder of the written shards, fetched if that is far away."""
        if not is_remote(self.written):
            return self.written
        here = self.new / "written"
        here.mkdir()
        for name in names_in(self.written):
            (here / name).write_bytes(read_bytes(within(self.written, name)))
        return str(here)

    def clear(self) -> None:
        """Remove what only this build needed."""
        remove_folder(str(self.new / "written"))
        if self.scratch != str(self.new):
            remove_folder(self.scratch)
        remove_folder(str(self.new / "spool"))
