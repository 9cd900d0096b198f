"""How fast triples become text, beside rdflib with the very same triples.

    python bench/triples.py [--articles 400] [--repeat 5] [--json]

Ours starts from records: addresses are minted, texts are escaped, counted and hashed in the measured time. rdflib
starts from its own terms, made beforehand: it adds them to a graph and serialises that, and so does less. Turtle is
ours through Oxigraph, from the N-Triples file. Each repetition takes all measurements in turn, so that a busy
machine slows all; CPU time, medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import rdflib
from rdflib.term import Node

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Block,
    Image,
    Mention,
    NodeKind,
    Part,
    Passage,
    Ref,
    RelatedEdge,
    Rendering,
    Source,
    TagAssignment,
)
from kg.rdf.iris import Iris
from kg.rdf.serialize import Format, convert, count_triples
from kg.rdf.triples import article_triples, evidence_triples

WORDS = "der Hafen ruht weil „niemand“ mehr über die Löhne im Kran sprechen will sagt Wiebke Tammen".split()


def make(number: int) -> tuple[ArticleNode, Article, list[Mention]]:
    """An article of some 300 words with ten mentions of eight persons, six tags and five related articles."""
    draw = Random(number)
    path = f"{number}.txt"
    source = Source(path, f"{number:064x}", Rendering.GOPHERPROXY, 2, 60)
    prose = [" ".join(draw.choices(WORDS, k=60)) for _ in range(5)]
    article = Article(
        source,
        f"Hafenstreit: Tag {number} ohne Kran",
        2,
        teaser=Passage(" ".join(draw.choices(WORDS, k=25)), 4),
        images=(Image(Passage("Wiebke Tammen vor dem Kran", 7)),),
        dateline="Nordersiel",
        body=(
            *(Block(Passage(text, 10)) for text in prose),
            Block(Passage("Die Reederei schweigt", 40), subhead=True),
        ),
    )
    persons = [Ref(NodeKind.PERSON, f"person-{draw.randrange(5000)}") for _ in range(8)]
    starts = [25 * place for place in range(10)]
    mentions = [
        Mention(draw.choice(persons), Part.BODY, start, start + 13, "x", 12, Basis.KNOWN_NAME, 0.9)
        for start in starts
    ]
    node = ArticleNode(
        key=str(number),
        path=path,
        sources=(source,),
        headline=article.headline,
        date="2021-03-04",
        number=str(number),
        kicker="Hafenstreit",
        title=f"Tag {number} ohne Kran",
        replaces=("h-" + f"{number:026d}",),
        places=(Ref(NodeKind.PLACE, "nordersiel"),),
        credits=(Ref(NodeKind.ORGANIZATION, "taz"),),
        authors=(Authorship(persons[0], "Ada Lohmann", Basis.BYLINE, path, 50),),
        tags=tuple(TagAssignment(f"tag-{draw.randrange(900)}", Basis.OWN_TAG, path, 52) for _ in range(6)),
        related=tuple(
            RelatedEdge(Ref(NodeKind.ARTICLE, str(draw.randrange(100_000))), "a.txt", 90 + n)
            for n in range(5)
        ),
    )
    return node, article, mentions


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _rdflib(terms: list[tuple[Node, Node, Node]], form: str) -> bytes:
    graph = rdflib.Graph()
    for triple in terms:
        graph.add(triple)
    return graph.serialize(format=form, encoding="utf-8")


def measure(articles: int, repeat: int) -> dict[str, float]:
    """Triples a second by writer, medians of alternating repetitions."""
    records = [make(number) for number in range(articles)]
    iris = Iris()

    def knowledge() -> str:
        return "".join(article_triples(node, article, mentions, iris) for node, article, mentions in records)

    def evidence() -> str:
        return "".join(evidence_triples(node, article, mentions, iris) for node, article, mentions in records)

    text = knowledge()
    terms = list(rdflib.Graph().parse(data=text, format="nt"))
    triples, evidences = text.count("\n"), evidence().count("\n")
    with tempfile.TemporaryDirectory() as folder:
        source, turtle = Path(folder, "graph.nt"), Path(folder, "graph.ttl")
        source.write_text(text, encoding="utf-8")
        jobs: dict[str, tuple[int, Callable[[], object]]] = {
            "knowledge, N-Triples": (triples, lambda: knowledge().encode()),
            "evidence, N-Triples": (evidences, lambda: evidence().encode()),
            "rdflib, N-Triples": (triples, lambda: _rdflib(terms, "nt")),
            "knowledge, Turtle": (triples, lambda: convert(source, turtle, Format.TTL, iris)),
            "rdflib, Turtle": (triples, lambda: _rdflib(terms, "turtle")),
            "strict re-reading": (triples, lambda: count_triples(source)),
        }
        seconds: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(repeat):
            for name, (_, work) in jobs.items():
                seconds[name].append(_seconds(work))
    return {name: jobs[name][0] / statistics.median(times) for name, times in seconds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    figures = measure(options.articles, options.repeat)
    ratios = {
        form: figures[f"knowledge, {form}"] / figures[f"rdflib, {form}"] for form in ("N-Triples", "Turtle")
    }
    if options.json:
        print(json.dumps({"triples_per_second": figures, "ratio_to_rdflib": ratios}, indent=2))
        return
    for name, figure in figures.items():
        print(f"{name:24}{figure:>12,.0f} triples/s")
    for form, ratio in ratios.items():
        print(f"{'ours : rdflib, ' + form:24}{ratio:>12.1f}")


if __name__ == "__main__":
    main()
