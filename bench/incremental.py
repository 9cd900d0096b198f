"""What a second build costs: of the same dumps, with one file changed, and after a kill.

    python -m bench.incremental [--articles 10000] [--kg PYTHON] [--work DIR] [--json]

All through the command line, each build a process of its own. First a full build, of all but the last three articles
of a thousand; then one of the same dumps, one with those articles added, as after a night, one with a file of which
a word is another, one where it names somebody else besides, one with that file withdrawn and one with it put back, each
beside the seconds of the full one. Then a build of
everything is killed when a third of its time is over, and run again: that second run's time is given. Both must end
in the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

from bench.build import KG, WORK, Figures, dumps
from bench.processes import ENVIRONMENT, ROOT, Run, clear, run_python


def build(source: Path, out: Path, kg: Path) -> Run:
    """`kg build`, with what is in `out` of an earlier one."""
    return run_python("-m", "kg", "build", source, "--out", out, "--json", "--quiet", python=kg)


def killed(source: Path, out: Path, kg: Path, seconds: float) -> None:
    """Begin a build and kill it and all its workers after so many seconds."""
    command = [str(kg), "-m", "kg", "build", str(source), "--out", str(out), "--quiet"]
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, start_new_session=True) as process:
        time.sleep(seconds)
        if process.poll() is not None:
            raise RuntimeError(f"the build ended within {seconds:.1f} s, before it was to be killed")
        os.killpg(process.pid, signal.SIGKILL)


def fingerprint(out: Path) -> str:
    """One hash of all triples, tables and the page: the store's own files differ from load to load."""
    digest = hashlib.sha256()
    for path in sorted([out / "graph.nt", out / "graph.html", *(out / "tables").iterdir()]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def measure(articles: int, work: Path, kg: Path) -> Figures:
    """All of it."""
    source, out = dumps(articles, work), work / f"again-{articles}"
    clear(out)
    pages = sorted(source.rglob("*.txt"))
    night = {path: path.read_bytes() for path in pages[-max(1, articles * 3 // 1000) :]}
    for path in night:
        path.unlink()
    runs = {"full": build(source, out, kg), "unchanged": build(source, out, kg)}
    for path, data in night.items():
        path.write_bytes(data)
    runs["a night"] = build(source, out, kg)
    full = fingerprint(out)
    page = pages[articles // 2]
    before = page.read_bytes()
    for name, text in (("one reworded", b"Ein "), ("one names more", b"Kanzler Emil Nirgendwo und der ")):
        page.write_bytes(before.replace(b"Der ", text, 1))
        runs[name] = build(source, out, kg)
        if fingerprint(out) == full:
            raise RuntimeError(f"the graph is as it was, although {page} is another")
    page.unlink()
    runs["one withdrawn"] = build(source, out, kg)
    page.write_bytes(before)
    runs["put back"] = build(source, out, kg)
    same = fingerprint(out) == full
    clear(out)
    killed(source, out, kg, runs["full"].wall_seconds / 3)
    runs["after a kill"] = build(source, out, kg)
    return {
        "articles": articles,
        "builds": {
            name: {**run.cost, "of_full": round(run.wall_seconds / runs["full"].wall_seconds, 4)}
            for name, run in runs.items()
        },
        "same_bytes_when_put_back": same,
        "same_bytes_after_a_kill": fingerprint(out) == full,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--kg", type=Path, default=KG, help="the Python that runs kg")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for dumps and graphs")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    figures = measure(options.articles, options.work.absolute(), options.kg)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    print(f"{options.articles:,} articles")
    for name, one in figures["builds"].items():
        print(f"    {name:16}{one['wall_seconds']:8.2f} s{one['of_full']:8.2%} of the full build")
    for name in ("same_bytes_when_put_back", "same_bytes_after_a_kill"):
        print(f"    {name.replace('_', ' ')}: {'yes' if figures[name] else 'NO'}")


if __name__ == "__main__":
    main()
