"""How fast one core parses, beside the floor of reading and hashing the same files.

    python bench/parse.py [--files 2000] [--repeat 7] [--json]

The dumps are those of `generate.py`, about 5 KB each in the real page's rendering. Each repetition takes both
measurements in turn, so that a busy machine slows both; CPU time is measured, medians are printed. The parser's
figure holds everything that it returns: records, findings, the role of each line. Last, each pathological input is
parsed at one and at four times its size: a parser that is linear takes four times as long, a quadratic one sixteen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.generate import generate
from kg.parse import parse_page

PAGE = "URI: \n       # taz.de -- A: B\n       \n"
PATHOLOGICAL: dict[str, Callable[[int], str]] = {
    "open anchors": lambda n: PAGE + "       " + "[1][" * n,
    "nested anchors": lambda n: PAGE + "       " + "[1][[a]" * n,
    "tags": lambda n: PAGE + "       4 Dec 2024\n       \n       ## TAGS\n       \n" + "   DIR Nato\n" * n,
    "blank lines": lambda n: PAGE + "       \n" * n + "       x",
    "blanks": lambda n: PAGE + "       x" + " " * n + "y",
    "quotes": lambda n: "URI: \n       # taz.de -- " + "„: " * n,
    "unparsed": lambda n: PAGE + "   DIR x\n       \n" * n,
    "table": lambda n: "| # taz.de -- A: B | |\n" + "| ein Wort. | |\n" * n,
    "dates": lambda n: PAGE + "       4 Dec 2024\n       x\n" * n,
    "subheads": lambda n: PAGE + "       ##\n" * n,
    "unclosed brackets": lambda n: PAGE + "       [1][" + "[a]" * n,
    "anchors over lines": lambda n: PAGE + "       [1][a\n       b]\n" * n,
    "related in a table": lambda n: "| # taz.de -- A | |\n| ## ARTIKEL ZUM THEMA | |\n" + "| A: B | |\n" * n,
    "headings": lambda n: PAGE + "       ## TAGS\n" * n,
    "titles": lambda n: PAGE * n,
    "failures": lambda n: PAGE + "x: line too long\n" * n,
    "menu rows": lambda n: "i# taz.de -- A\t\ttaz.de\t70\n" + "1A\t/!1\ttaz.de\t70\n" * n,
    "gemini lines": lambda n: "taz.de -- A: B\n" + "ein Wort\n" * n,
    "combining marks": lambda n: PAGE + "       a" + "\u0301" * n,
}


def measure(files: int, repeat: int) -> dict[str, float]:
    """Megabytes a second of the parser and of the floor, medians of alternating repetitions."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.txt" for number in range(files)]
        for path, (_, text) in zip(paths, generate(files), strict=True):
            path.write_bytes(text.encode())
        size = sum(path.stat().st_size for path in paths) / 1e6
        texts = [path.read_bytes().decode() for path in paths]
        floor: list[float] = []
        parsing: list[float] = []
        for _ in range(repeat):
            start = time.process_time()
            for path in paths:
                hashlib.sha256(path.read_bytes()).hexdigest()
            middle = time.process_time()
            for text in texts:
                parse_page(text, path="dump.txt", sha256="0" * 64)
            floor.append(middle - start)
            parsing.append(time.process_time() - middle)
    parse_seconds, floor_seconds = statistics.median(parsing), statistics.median(floor)
    return {
        "files": files,
        "megabytes": round(size, 3),
        "parse_mb_per_second": round(size / parse_seconds, 1),
        "parse_files_per_second": round(files / parse_seconds),
        "floor_mb_per_second": round(size / floor_seconds, 1),
        "parse_to_floor": round(parse_seconds / floor_seconds, 2),
    }


def growth(make: Callable[[int], str], count: int = 20_000) -> float:
    """How many times as long four times the input takes, best of three."""

    def seconds(text: str) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            parse_page(text, path="dump.txt", sha256="0" * 64)
            times.append(time.process_time() - start)
        return min(times)

    return round(seconds(make(4 * count)) / seconds(make(count)), 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = measure(arguments.files, arguments.repeat)
    growths = {name: growth(make) for name, make in PATHOLOGICAL.items()}
    if arguments.json:
        print(json.dumps(figures | {"growth": growths}))
        return
    for name, value in figures.items():
        print(f"{name:<24}{value:>12}")
    for name, value in growths.items():
        print(f"growth, {name:<16}{value:>12}")


if __name__ == "__main__":
    main()
