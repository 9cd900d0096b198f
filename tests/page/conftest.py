"""An invented archive as a graph, and a browser to open its page in."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeAlias

import networkx as nx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from kg.network.chosen import MONTHS
from kg.page import write_page

BASE = "https://kg.example/id/"

_THEMES = {
    "Wärmewende": ("Strompreise", "Fernwärme", "Netzausbau", "Gasumlage"),
    "Haushalt": ("Bürgerentscheid", "Grundsteuer", "Schuldenbremse", "Kreisumlage"),
    "Klinikreform": ("Pflegenotstand", "Notaufnahme", "Hebammen", "Krankenkassen"),
    "Lehrermangel": ("Ganztag", "Inklusion", "Schulbau", "Digitalpakt"),
    "Deutschlandticket": ("Umgehungsstraße", "Radwege", "Bahnstreik", "Stellwerke"),
    "Festival": ("Ausstellung", "Stadttheater", "Filmförderung", "Buchmesse"),
    "Dürre": ("Wolf", "Moorschutz", "Waldbrand", "Grundwasser"),
    "Aufstieg": ("Transfermarkt", "Stadionbau", "Fanprojekt", "Frauenfußball"),
    "Insolvenz": ("Fachkräftemangel", "Kurzarbeit", "Werkschließung", "Tarifrunde"),
}
_GIVEN = "Ada Björn Cem Dörte Elif Friedrich Greta Hüseyin Ingrid Jürgen Käthe Lena Mehmet Nele Özlem Thorben".split()
_FAMILY = (
    "Abendroth Bähr Dreßler Ebert Fährmann Grünwald Jansen Kästner Öztürk Pfister Rademacher Süß Thießen Weiß Zwick"
).split()
_PLACES = "Mühlheide Oberkirchen Kleindorf Föhrenbach Schönau Großwalde Lüttjesand Neuwerder Altbach Hohenbrück".split()
_BODIES = "Rathaus Stadtwerke Sportverein Fraktion Sparkasse Theater Gesundheitsamt Universität".split()
_VERBS = "fordert stoppt genehmigt präsentiert verteidigt verschiebt überprüft kritisiert".split()


def press_graph(articles: int = 300, seed: int = 3) -> nx.MultiDiGraph:
    """A graph as `to_networkx` gives it: themes with their people, places and tags, some of them shared."""
    random = Random(seed)
    graph = nx.MultiDiGraph()
    themes = list(_THEMES.items())
    people = [f"{given} {family}" for family in _FAMILY for given in _GIVEN]
    random.shuffle(people)
    share = len(people) // len(themes)
    casts = [people[index * share : (index + 1) * share] for index in range(len(themes))]
    writers = [f"{given} Vogelsang-{family}" for given, family in zip(_GIVEN, _FAMILY, strict=False)]
    for number in range(articles):
        theme = min(int(random.expovariate(0.28)), len(themes) - 1)
        name, topics = themes[theme]
        place = _PLACES[theme] if random.random() < 0.7 else random.choice(_PLACES)
        body = f"{random.choice(_BODIES)} {place}"
        iri = f"{BASE}article/taz/{6000000 + number * 37}"
        topic = random.choice(topics)
        day = date(2022, 1, 3) + timedelta(days=random.randrange(1400))
        graph.add_node(
            iri,
            kind="article",
            label=f"{topic} in {place}: {body} {random.choice(_VERBS)} neuen Plan für {name}",
            date=day,
            url=f"https://taz.de/!{6000000 + number * 37}",
            abstract=f"In der Debatte um {topic} hat sich {place} zu Wort gemeldet. „Wir müssen jetzt handeln“, "
            "heißt es in einer Mitteilung, die am Abend verschickt wurde.",
            count=1,
            author=False,
        )
        cast = casts[theme]
        mentioned = {
            cast[min(int(random.expovariate(0.12)), len(cast) - 1)] for _ in range(random.randrange(1, 5))
        }
        if random.random() < 0.25:
            mentioned.add(random.choice(random.choice(casts)))
        facts = [("tag", name, "about", 1), ("tag", topic, "about", 1), ("place", place, "mentions", 2)]
        facts += [
            ("place", place, "locationCreated", 1),
            ("organization", body, "mentions", random.randrange(1, 4)),
        ]
        facts += [("person", person, "mentions", random.randrange(1, 6)) for person in sorted(mentioned)]
        facts += [("person", writers[(theme * 2 + random.randrange(3)) % len(writers)], "author", 1)]
        if random.random() < 0.3:
            facts.append(("organization", random.choice(["dpa", "afp", "epd"]), "sourceOrganization", 1))
        for kind, label, relation, count in facts:
            _link(graph, iri, kind, label, relation, count, day)
        for other in random.sample(
            sorted(node for node in graph if "/article/" in node), k=min(2, number + 1)
        ):
            if other != iri and random.random() < 0.3:
                graph.add_edge(iri, other, key="related", relation="related", count=1, date=day)
        if random.random() < 0.15:
            stub = f"{BASE}article/taz/h-{number:026d}"
            graph.add_node(stub, kind="stub", label=f"{name}: Was noch zu sagen ist ({number})", author=False)
            graph.add_edge(iri, stub, key="related", relation="related", count=1, date=day)
    ordered = nx.MultiDiGraph()
    ordered.add_nodes_from((node, graph.nodes[node]) for node in sorted(graph))
    ordered.add_edges_from(sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]))
    return ordered


def _link(
    graph: nx.MultiDiGraph, article: str, kind: str, label: str, relation: str, count: int, day: date
) -> None:
    slug = label.lower().replace(" ", "-")
    node = f"{BASE}{kind}/{'taz/' if kind == 'tag' else ''}{slug}"
    if node not in graph:
        alternates = (label.rsplit(maxsplit=1)[-1],) if kind == "person" else ()
        graph.add_node(node, kind=kind, label=label, alternates=alternates, count=0, author=False)
    graph.nodes[node]["count"] += 1
    graph.nodes[node]["author"] |= relation == "author"
    graph.add_edge(article, node, key=relation, relation=relation, count=count, date=day)


@pytest.fixture(scope="session")
def press() -> nx.MultiDiGraph:
    """Three hundred articles of nine themes."""
    return press_graph()


def with_history(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy that also tells months, roles, a folded tag and who is named together, as `select` gives them."""
    told = graph.copy()
    first = min(day for _, day in graph.nodes(data="date") if day)
    months = Counter(_month(day, first) for _, day in graph.nodes(data="date") if day)
    told.graph[MONTHS] = (f"{first:%Y-%m}", [months[index] for index in range(max(months) + 1)])
    for _, _, _, data in told.edges(keys=True, data=True):
        data["first"] = data["last"] = data["date"]
    for node, data in told.nodes(data=True):
        if data["kind"] in {"article", "stub"}:
            continue
        articles = set(graph.predecessors(node))
        near = Counter(_month(graph.nodes[article]["date"], first) for article in articles)
        data["count"] = len(articles)
        data["months"] = tuple(part for month in sorted(near) for part in (month, near[month]))
    people = sorted(node for node, kind in told.nodes(data="kind") if kind == "person")
    told.nodes[people[0]].update(
        roles=("Bundeskanzlerin (SPD)", "Abgeordnete"), tag=f"{BASE}tag/taz/die-erste"
    )
    for one, other in zip(people[::3], people[1::3], strict=False):
        told.add_edge(one, other, key="together", relation="together", count=3, first=first, last=first)
        told.nodes[one].update(near=((people[2], 2, first, first),), company=(3, 1))
    return told


def _month(day: date, first: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


@pytest.fixture(scope="session")
def archive(press: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The three hundred articles with all that the page can tell of them."""
    return with_history(press)


@pytest.fixture(scope="session")
def archive_page(archive: nx.MultiDiGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `archive`, in German."""
    path: Path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(archive, path, title="Nachrichten-Netz 2022–2025")
    return path


@dataclass
class OpenedPage:
    """A page in the browser, with all that it asked for and said since."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


Opener: TypeAlias = Callable[..., OpenedPage]


FONT = "DejaVu Sans"
_ONE_FONT = f"""<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family" qual="all" compare="not_eq"><string>monospace</string></test>
    <edit name="family" mode="assign" binding="strong"><string>{FONT}</string></edit>
  </match>
</fontconfig>
"""
"""What a browser on Linux shows words in, whatever fonts the machine has beside this one."""


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names; without one, CI fails and everyone else skips."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium: CI must not skip the tests of the page")
        pytest.skip("no chromium: set CHROMIUM to its path")
    fonts = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    fonts.write_text(_ONE_FONT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox"],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Opener]:
    """Opens a file in a context of its own: `open_page(path, color_scheme="dark", viewport={...})`."""
    contexts: list[BrowserContext] = []

    def opened(path: Path, *, address: str = "", **context_options: object) -> OpenedPage:
        options = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | context_options
        context = chromium.new_context(**options)  # type: ignore[arg-type]  # a mapping of Playwright's own options
        contexts.append(context)
        result = OpenedPage(context.new_page())
        file = path.as_uri()
        context.route("**/*", lambda route: _let_through(route, file, result.requests))
        result.page.on("console", lambda message: result.messages.append(message.text))
        result.page.on("pageerror", lambda error: result.messages.append(str(error)))
        result.page.goto(file + address)
        result.page.wait_for_timeout(300)
        return result

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """An empty page to read pictures with: the policy of our own lets none in."""
    page = chromium.new_page()
    yield page
    page.close()


def _let_through(route: Route, file: str, requests: list[str]) -> None:
    """Only the page itself is read; everything else it asks for is written down and refused."""
    if route.request.url.split("#")[0] == file:
        route.continue_()
    else:
        requests.append(route.request.url)
        route.abort()


PAYLOADS = (
    "</script><script>window.pwned=1;alert(1)</script>",
    "<img src=x onerror=window.pwned=1>",
    "<!--<script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "a\u2028b\u2029c",
    "<a href=javascript:alert(1)>x</a> href=",
    "{{7*7}}{% include 'x' %}${7*7}",
    "\\u003c/script\\u003e &lt;b&gt; &amp;",
    "]]> --> */ `",
)


@pytest.fixture
def hostile() -> nx.MultiDiGraph:
    """A payload in every field of a node and an edge, each kind of node once at least."""
    kinds = ("article", "stub", "person", "organization", "place", "tag")
    urls = (
        "javascript:alert(1)",
        "https://taz.de/?a=<script>\"'&b=1",
        "data:text/html,<script>alert(1)</script>",
    )
    graph = nx.MultiDiGraph(**{MONTHS: ("2022-01", [3, 2])})
    for number, payload in enumerate(PAYLOADS):
        graph.add_node(
            f"n:/{number}{payload}",
            kind=kinds[number % len(kinds)],
            label=payload,
            url=urls[number % len(urls)],
            abstract=payload,
            alternates=(payload, f"also {payload}"),
            roles=(payload,),
            months=(0, 1),
            tag=f"tag/{payload}",
            count=2,
            author=False,
        )
    names = list(graph)
    relations = (
        "about",
        "mentions",
        "author",
        "related",
        "cites",
        "linksToTag",
        "broader",
        "focus",
        "together",
    )
    for number, relation in enumerate(relations):
        graph.add_edge(
            names[0], names[number + 1], key=relation, relation=relation, basis=PAYLOADS[0], path=PAYLOADS[1]
        )
    return graph
