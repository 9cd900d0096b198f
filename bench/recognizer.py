"""How fast one core finds names, beside the floor of cutting the same text into words with one regular expression.

    python bench/recognizer.py [--articles 2000] [--repeat 5] [--json]

The texts are the bodies of the dumps that `generate.py` makes. Cold is the first pass of a new process, when every
spelling is new; warm are the passes after it. Each repetition takes the floor and the recogniser in turn, so that a
busy machine slows both; CPU time is measured, medians are printed.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable

from bench.generate import generate
from kg.model import Article
from kg.parse import parse_page
from kg.people.recognizer import Recognizer

WORDS = re.compile(r"\w+|[^\w\s]")


def main() -> None:
    """Print megabytes of UTF-8 a second."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    texts = bodies(chosen.articles)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    load = seconds(Recognizer.load)
    recognizer = Recognizer.load()

    def tag() -> object:
        return list(recognizer.spans_of(texts))

    def split() -> object:
        return [WORDS.findall(text) for text in texts]

    def tag_each() -> object:
        return [recognizer.spans(text) for text in texts]

    cold = seconds(tag)
    rounds = [(seconds(split), seconds(tag), seconds(tag_each)) for _ in range(chosen.repeat)]
    floor, warm, each = (statistics.median(column) for column in zip(*rounds, strict=True))
    figures = {
        "megabytes": round(megabytes, 2),
        "load seconds": round(load, 3),
        "floor MB/s": round(megabytes / floor, 1),
        "cold MB/s": round(megabytes / cold, 2),
        "warm MB/s": round(megabytes / warm, 2),
        "warm, one text at a time, MB/s": round(megabytes / each, 2),
        "warm / floor": round(floor / warm, 3),
    }
    print(
        json.dumps(figures)
        if chosen.json
        else "\n".join(f"{name:32}{value}" for name, value in figures.items())
    )


def bodies(articles: int) -> list[str]:
    """The body texts of generated articles."""
    pages = (parse_page(text, path=name, sha256="").page for name, text in generate(articles, 1))
    return [page.body_text for page in pages if isinstance(page, Article)]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
