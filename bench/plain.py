"""The plain way, as a tutorial would go it: `python bench/plain.py DUMPS OUT spacy:MODEL|kg [--processes N]`.

Files are read line by line, names are found by a spaCy pipeline (or, to see what the rest costs, by our recogniser), a
person is a name as it is spelled, triples go into an rdflib graph that is serialised as N-Triples and Turtle, and
networkx picks, groups and places the nodes of a pyvis page. The triples tell what a build's tell of a page, but no name
is joined with another, no related headline with its article, and nothing can be asked why; there are neither tables
nor a store. Figures are printed as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
from pyvis.network import Network
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SKOS

BASE = "https://example.org/"
SCHEMA = Namespace("https://schema.org/")
OWN = Namespace(BASE + "ns#")
RELATED = "ARTIKEL ZUM THEMA"
KINDS = {"PER": "person", "ORG": "organization", "LOC": "place"}
CAP = 500
"""Nodes on the page: with more, a browser that has to place them takes minutes."""

Name = tuple[str, str]
"""Text and kind."""


@dataclass
class Page:
    """One article."""

    path: str
    sha256: str
    lines: int
    headline: str = ""
    teaser: str = ""
    text: str = ""
    date: str | None = None
    captions: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    teasers: list[str] = field(default_factory=list)  # of the related articles, in their order
    names: list[Name] = field(default_factory=list)


def read(path: Path) -> Page:
    """Cut a page into headline, teaser, text, date and lists."""
    data = path.read_bytes()
    lines = data.decode("utf-8").splitlines()
    page = Page(path.stem, hashlib.sha256(data).hexdigest(), len(lines))
    section = ""
    text: list[str] = []
    for raw in lines:
        line = raw.strip()
        if line.startswith("# taz.de -- "):
            page.headline = line.removeprefix("# taz.de -- ")
        elif line.startswith("## ") and line[3:].isupper():
            section = line[3:]
        elif line.startswith("## "):
            page.subheads.append(line[3:])
        elif line.startswith("IMG Bild: "):
            page.captions.append(line.removeprefix("IMG Bild: "))
        elif line.startswith("DIR "):
            page.lists.setdefault(section, []).append(line.removeprefix("DIR "))
            page.teasers.append("")
        elif line.startswith("> "):
            page.teaser += line.removeprefix("> ") + " "
        elif re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", line):
            page.date = datetime.strptime(line, "%d %b %Y").date().isoformat()  # noqa: DTZ007 - a day
        elif line and section == RELATED:
            page.teasers[-1] += line + " "
        elif line and not section and not line.startswith("URI:"):
            text.append(line)
    page.text = re.sub(r"\[\d+\]\[(.*?)\]", r"\1", " ".join(text))
    page.teasers = page.teasers[len(page.teasers) - len(page.lists.get(RELATED, [])) :]
    return page


def with_spacy(model: str, texts: list[str], processes: int) -> Iterator[list[Name]]:
    """The names that a spaCy pipeline finds."""
    import spacy

    for document in spacy.load(model).pipe(texts, n_process=processes):
        yield [(one.text, KINDS[one.label_]) for one in document.ents if one.label_ in KINDS]


def with_kg(texts: list[str]) -> Iterator[list[Name]]:
    """The names that our recogniser finds."""
    from kg.people.recognizer import Recognizer

    for text, spans in zip(texts, Recognizer.load().spans_of(texts), strict=True):
        yield [(text[span.start : span.end], span.label) for span in spans]


def address(kind: str, name: str) -> URIRef:
    return URIRef(f"{BASE}{kind}/{quote(name.replace(' ', '-'))}")


def to_rdf(pages: Iterable[Page]) -> Graph:
    """The pages as triples: what a page tells is told, as in the graph of a build."""
    graph = Graph()
    for page in pages:
        article = address("article", page.path)
        _add_article(graph, article, page)
        _add_lists(graph, article, page)
        for name, kind in page.names:
            graph.add((article, SCHEMA.mentions, _entity(graph, kind, name)))
    return graph


def _add_article(graph: Graph, article: URIRef, page: Page) -> None:
    kicker, _, title = page.headline.partition(": ")
    graph.add((article, RDF.type, SCHEMA.NewsArticle))
    for predicate, text in (
        (SCHEMA.headline, page.headline),
        (OWN.kicker, kicker),
        (OWN.title, title),
        (SCHEMA.abstract, page.teaser.strip()),
        *((OWN.subhead, subhead) for subhead in page.subheads),
    ):
        graph.add((article, predicate, Literal(text, lang="de")))
    graph.add((article, SCHEMA.inLanguage, Literal("de")))
    graph.add((article, SCHEMA.publisher, address("organization", "taz")))
    graph.add((article, SCHEMA.wordCount, Literal(len(page.text.split()))))
    if page.date:
        graph.add((article, SCHEMA.datePublished, Literal(page.date, datatype=XSD.date)))
    if match := re.match(r"(\S+) (taz|dpa|epd|afp/taz) \| ", page.text):
        graph.add((article, SCHEMA.dateline, Literal(match[1])))
        graph.add((article, SCHEMA.locationCreated, _entity(graph, "place", match[1])))
        graph.add((article, SCHEMA.sourceOrganization, _entity(graph, "organization", match[2])))
    for number, caption in enumerate(page.captions, 1):
        image = URIRef(f"{article}#img-{number}")
        graph.add((article, SCHEMA.image, image))
        graph.add((image, RDF.type, SCHEMA.ImageObject))
        graph.add((image, SCHEMA.caption, Literal(caption, lang="de")))
    file = URIRef(f"{BASE}file/{page.sha256[:32]}")
    graph.add((article, PROV.wasDerivedFrom, file))
    graph.add((file, RDF.type, PROV.Entity))
    graph.add((file, OWN.path, Literal(page.path)))
    graph.add((file, OWN.sha256, Literal(page.sha256)))
    graph.add((article, OWN.firstLine, Literal(1)))
    graph.add((article, OWN.lastLine, Literal(page.lines)))


def _add_lists(graph: Graph, article: URIRef, page: Page) -> None:
    for author in page.lists.get("AUTOREN", []):
        graph.add((article, SCHEMA.author, _entity(graph, "person", author)))
        graph.add((article, SCHEMA.creditText, Literal(author)))
    for label in page.lists.get("TAGS", []):
        tag = address("tag", label)
        graph.add((tag, RDF.type, SKOS.Concept))
        graph.add((tag, SKOS.inScheme, URIRef(f"{BASE}scheme/taz")))
        graph.add((tag, SKOS.prefLabel, Literal(label, lang="de")))
        graph.add((article, SCHEMA.about, tag))
    for link in page.lists.get("LINKS", []):
        number = link.rpartition("!")[2]
        target = URIRef(f"https://taz.de/!{number}")
        graph.add((article, OWN.linksToTag if number.startswith("t") else SCHEMA.citation, target))
        graph.add((target, SCHEMA.identifier, Literal(number)))
    for headline, teaser in zip(page.lists.get(RELATED, []), page.teasers, strict=True):
        related = address("article", headline)
        graph.add((related, RDF.type, SCHEMA.NewsArticle))
        graph.add((related, SCHEMA.headline, Literal(headline, lang="de")))
        graph.add((related, SCHEMA.abstract, Literal(teaser.strip(), lang="de")))
        graph.add((article, SCHEMA.relatedLink, related))


def _entity(graph: Graph, kind: str, name: str) -> URIRef:
    """A node of that name; one spelling is one node."""
    entity = address(kind, name)
    graph.add((entity, RDF.type, SCHEMA[kind.capitalize()]))
    graph.add((entity, SCHEMA.name, Literal(name)))
    given, _, family = name.rpartition(" ")
    if kind == "person" and given:
        graph.add((entity, SCHEMA.givenName, Literal(given)))
        graph.add((entity, SCHEMA.familyName, Literal(family)))
    return entity


def to_networkx(pages: Iterable[Page]) -> nx.Graph:
    """Articles, their authors, tags and names, joined."""
    graph = nx.Graph()
    for page in pages:
        graph.add_node(page.path, label=page.headline, kind="article")
        ends = [(name, "person") for name in page.lists.get("AUTOREN", [])]
        ends += [(label, "tag") for label in page.lists.get("TAGS", [])]
        for name, kind in ends + page.names:
            graph.add_node(f"{kind}/{name}", label=name, kind=kind)
            graph.add_edge(page.path, f"{kind}/{name}")
    return graph


def draw(graph: nx.Graph, target: Path) -> None:
    """The nodes of the highest PageRank as a pyvis page, in the colours of their communities."""
    rank = nx.pagerank(graph)
    top = graph.subgraph(sorted(rank, key=rank.__getitem__, reverse=True)[:CAP])
    place = nx.spring_layout(top, seed=0)
    network = Network(height="900px", width="100%", cdn_resources="in_line")
    for group, members in enumerate(nx.community.louvain_communities(top, seed=0)):
        for node in members:
            x, y = map(float, place[node] * 1000)
            network.add_node(
                node, label=top.nodes[node]["label"], group=group, value=rank[node] * 1e4, x=x, y=y
            )
    for source, end in top.edges:
        network.add_edge(source, end)
    target.write_text(network.generate_html(), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dumps", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("names")
    parser.add_argument("--processes", type=int, default=1, help="of spaCy")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    seconds: dict[str, float] = {}
    since = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal since
        now = time.perf_counter()
        seconds[stage], since = round(now - since, 3), now

    pages = [read(path) for path in sorted(options.dumps.rglob("*.txt"))]
    lap("read")
    texts = [page.text for page in pages]
    kind, _, model = options.names.partition(":")
    found: Iterable[Any] = with_spacy(model, texts, options.processes) if kind == "spacy" else with_kg(texts)
    for page, names in zip(pages, found, strict=True):
        page.names = names
    lap("names")
    graph = to_rdf(pages)
    lap("rdflib graph")
    graph.serialize(options.out / "graph.nt", format="nt", encoding="utf-8")
    lap("N-Triples")
    graph.serialize(options.out / "graph.ttl", format="turtle")
    lap("Turtle")
    drawn = to_networkx(pages)
    draw(drawn, options.out / "graph.html")
    lap("networkx and page")
    json.dump({"stages": seconds, "articles": len(pages), "triples": len(graph)}, sys.stdout)


if __name__ == "__main__":
    main()
