"""Build a graph and tell how long each stage took: `python bench/stages.py DUMPS OUT [OPTIONS]`, figures as JSON.

The options are those of `kg.build`, as JSON: `{"jobs": 1}`.

A stage lasts from the first time that the build names it until the build names the next one; `starting` is
the imports, and the last stage lasts to the end.
"""

from __future__ import annotations

import json
import sys
import time

STARTED = time.perf_counter()  # before the imports, which are part of every build

import kg  # noqa: E402 - the clock starts before it


def main(dumps: str, out: str, options: str = "{}") -> None:
    """Build, with all defaults where nothing else is said."""
    seconds: dict[str, float] = {}
    stage, since = "starting", STARTED

    def progress(name: str, *_: object) -> None:
        nonlocal stage, since
        if name != stage:
            now = time.perf_counter()
            seconds[stage] = seconds.get(stage, 0.0) + now - since
            stage, since = name, now

    report = kg.build(dumps, out, progress=progress, **json.loads(options))
    progress("end")
    print(
        json.dumps(
            {
                "stages": {name: round(value, 3) for name, value in seconds.items()},
                "files": report.files,
                "articles": report.articles,
                "triples": report.triples,
                "mentions": report.mentions,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
