"""Ego pages: a static page for each of the most important names, with its closest companions and newest articles."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import cos, pi, sin, sqrt
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx

from kg.network.ego import Companion, Ego, egos
from kg.page.escape import csp_hash, own, safe_url, shown, templates
from kg.page.picture import EGO, EGOS, common_base
from kg.page.texts import TEXTS, Texts

_WORDS: dict[str, Texts] = {
    "de": {
        "back": "Zum Netz",
        "index": "Alle Namen",
        "title": "Die wichtigsten Namen",
        "source": "Zum Original",
        "years": "Artikel nach Jahr",
        "companions": "In denselben Artikeln",
        "newest": "Die neuesten {n} von {count} Artikeln",
        "all": "Artikel: {count}",
        "year": "{year}: {n}",
    },
    "en": {
        "back": "To the network",
        "index": "All names",
        "title": "The most important names",
        "source": "Read the original",
        "years": "Articles by year",
        "companions": "In the same articles",
        "newest": "The newest {n} of {count} articles",
        "all": "Articles: {count}",
        "year": "{year}: {n}",
    },
}
_INDEX = "index.html"
_WHOLE = "../graph.html"
_LONGEST_LABEL = 26
_LONGEST_NAME = 100
_MIDDLE_X, _MIDDLE_Y = 320, 220


def write_ego_pages(tables: Path, graph: nx.MultiDiGraph, folder: Path, number: int, lang: str) -> None:
    """Write pages of the `number` most important names and a list of them into `folder`, beside the page of `graph`.

    The nodes of `graph` that got one get the attribute `EGO`, and `graph` gets `EGOS` if there are any. The bytes
    depend on tables, graph and language alone. Raises what `kg.network.ego.egos` raises.
    """
    folder.mkdir()
    base = common_base(graph)
    listed = []
    for ego in egos(tables, number):
        back = _WHOLE
        if ego.iri in graph:
            back += f"#{quote(ego.iri.removeprefix(base), safe='')}"
            graph.nodes[ego.iri][EGO] = f"{folder.name}/{page_name(ego)}"
        (folder / page_name(ego)).write_text(_render(ego, back, lang), encoding="utf-8", newline="\n")
        said = f"{_kind(ego, lang)} · {_WORDS[lang]['all'].format(count=ego.count)}"
        listed.append({"address": page_name(ego), "name": shown(ego.name), "said": said})
    if listed:
        words = _WORDS[lang]
        html = _template("egos").render(lang=lang, words=words, back=_WHOLE, name=words["title"], egos=listed)
        (folder / _INDEX).write_text(html, encoding="utf-8", newline="\n")
        graph.graph[EGOS] = (f"{folder.name}/{_INDEX}", len(listed))


def page_name(ego: Ego | Companion) -> str:
    """A file name of ASCII letters, digits and dashes: addresses differ in their last part among nodes of a kind."""
    name = re.sub("[^a-z0-9]+", "-", f"{ego.kind}-{re.split('[/#]', ego.iri)[-1]}")
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}-{sha256(ego.iri.encode()).hexdigest()[:8]}"
    return f"{name}.html"


@cache
def _template(name: str) -> Any:
    environment = templates()
    style = files("kg.page").joinpath("static", "ego.css").read_text(encoding="utf-8")
    environment.globals.update(style=own(style), style_hash=own(csp_hash(style)))
    return environment.get_template(f"{name}.html.j2")


def _kind(ego: Ego, lang: str) -> str:
    return TEXTS[lang][f"kind.{ego.kind}"]


def _render(ego: Ego, back: str, lang: str) -> str:
    words = _WORDS[lang]
    said = [_kind(ego, lang), *ego.roles, *ego.alternates]
    listed = "newest" if len(ego.articles) < ego.count else "all"
    html: str = _template("ego").render(
        lang=lang,
        words=words,
        back=back,
        index=_INDEX,
        name=shown(ego.name),
        kind=ego.kind,
        said=" · ".join(map(shown, said)),
        url=safe_url(ego.url),
        years=_bars(ego.years, words) if len(ego.years) > 1 else [],
        years_said=", ".join(words["year"].format(year=year, n=n) for year, n in ego.years),
        spokes=[_spoke(one, index, ego.companions) for index, one in enumerate(ego.companions)],
        listed=words[listed].format(n=len(ego.articles), count=ego.count),
        articles=[
            {"date": one.date, "headline": shown(one.headline), "url": safe_url(one.url)}
            for one in ego.articles
        ],
    )
    return html


def _bars(years: tuple[tuple[int, int], ...], words: Texts) -> list[dict[str, Any]]:
    """A bar for each year, 640 by 70; where they are many, every fifth or tenth is labelled."""
    step = min(640 / len(years), 80)
    most = max(count for _, count in years)
    every = next((every for every in (1, 5, 10, 50) if every * step >= 52), 100)
    return [
        {
            "x": round((index + 0.1) * step, 1),
            "y": 70 - max(round(68 * count / most), count > 0),
            "width": round(step * 0.8, 1),
            "height": max(round(68 * count / most), int(count > 0)),
            "middle": round((index + 0.5) * step, 1),
            "label": str(year) if year % every == 0 else "",
            "title": words["year"].format(year=year, n=count),
        }
        for index, (year, count) in enumerate(years)
    ]


def _at_a_word(name: str, length: int) -> str:
    """The name, or as many of its words as fit, of a first one that is longer its beginning."""
    if len(name) <= length:
        return name
    cut = name.rfind(" ", 0, length - 1)
    return f"{name[:cut]} …" if cut > 0 else f"{name[: length - 1]}…"


def _spoke(companion: Companion, index: int, companions: tuple[Companion, ...]) -> dict[str, Any]:
    """A companion on an ellipse around the middle, its name outside of it."""
    # Half a step off the axis: straight above and below a name would have no side to stand on.
    angle = 2 * pi * (index + 0.5) / len(companions) - pi / 2
    x, y = _MIDDLE_X + 150 * cos(angle), _MIDDLE_Y + 190 * sin(angle)
    share = sqrt(companion.articles / max(one.articles for one in companions))
    name = shown(companion.name)
    right = cos(angle) >= 0
    return {
        "x": round(x),
        "y": round(y),
        "width": round(1 + 5 * share, 1),
        "size": round(4 + 6 * share, 1),
        "kind": companion.kind,
        "address": page_name(companion) if companion.is_ego else None,
        "label": _at_a_word(name, _LONGEST_LABEL),
        "title": f"{name}: {companion.articles}",
        "name": name,
        "articles": companion.articles,
        "text_x": round(x) + (16 if right else -16),
        "text_y": round(y) + 4,
        "anchor": "start" if right else "end",
    }
