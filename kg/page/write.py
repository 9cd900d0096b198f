"""Write the page: picture, texts, styles and scripts into one file."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.files import write_text
from kg.page.escape import csp_hash, json_for_html, own
from kg.page.picture import ARTICLE_SIZE, SHAPES, Picture, draw
from kg.page.pyvis_network import PressNetwork
from kg.page.texts import TEXTS

SCRIPTS = (
    "data.js",
    "fit.js",
    "months.js",
    "time.js",
    "selection.js",
    "palette.js",
    "element.js",
    "fold.js",
    "shapes.js",
    "view.js",
    "ground.js",
    "edges.js",
    "marks.js",
    "labels.js",
    "focus.js",
    "layers.js",
    "command.js",
    "csv.js",
    "panel.js",
    "groups.js",
    "sheet.js",
    "search.js",
    "filters.js",
    "range.js",
    "list.js",
    "svg.js",
    "save.js",
    "colouring.js",
    "mode.js",
    "address.js",
    "pointer.js",
    "keys.js",
    "main.js",
)
"""The page's own script, in this order, inside one function."""

ICONS = {kind: f"shape-{shape}" for kind, shape in SHAPES.items()} | dict.fromkeys(
    ARTICLE_SIZE, "shape-small"
)
"""The legend's symbols; they stand at the head of the template."""

STYLES = (
    "colours.css",
    "frame.css",
    "filters.css",
    "range.css",
    "results.css",
    "list.css",
    "panel.css",
    "phone.css",
    "print.css",
)
"""The page's own styles, in this order: the phone has the last word on the screen."""

_VIS = "lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = "//# sourceMappingURL="


def write_page(graph: nx.MultiDiGraph, path: Path, *, title: str, lang: str = "de") -> None:
    """Draw `graph` and write it to `path` as one HTML file that asks nothing of any network; beside and renamed.

    `graph` is as `kg.network.choosing.select` gives it, or as `to_networkx`, which tells less: from nothing to some
    thousand nodes. `title` is the heading, `lang` the language of the page's own words (de, en). No text of the graph
    is ever markup. The bytes depend on the arguments alone.

    Raises `UsageError` for another language, `OutputError` where the file cannot be written.
    """
    if lang not in TEXTS:
        raise UsageError(f"the page speaks {', '.join(sorted(TEXTS))}, not {lang}")
    write_text(path, render(draw(graph), title=title, lang=lang))


def render(
    picture: Picture,
    *,
    title: str,
    lang: str = "de",
    asked: bool = False,
    numbered: bool = True,
) -> str:
    """The page of a picture that is already laid out; all else as in `write_page`.

    `asked` says that the picture shows what someone asked for, and not the most important of all; `numbered` that its
    themes are those of `kg view --community N`, which are the ones of the whole archive.
    """
    vis, script = _vis_network(), page_script()
    style = "\n".join(_static(name) for name in STYLES)
    page = {
        "base": picture.base,
        "lang": lang,
        "themes": picture.themes,
        "months": picture.months,
        "texts": TEXTS[lang],
    }
    network = PressNetwork(
        {
            "title": title,
            "lang": lang,
            "texts": TEXTS[lang],
            "icons": ICONS,
            "page": json_for_html(page),
            "style": own(style),
            "vis": own(vis),
            "script": own(script),
            "script_hashes": f"{csp_hash(vis)} {csp_hash(script)}",
            "style_hashes": csp_hash(style),
            "numbered": numbered,
            **_legend(picture, lang, asked=asked),
        }
    )
    for node in picture.nodes:
        network.add_node(**node)
    for edge in picture.edges:
        network.add_edge(**edge)
    html: str = network.generate_html()
    return html


def _legend(picture: Picture, lang: str, *, asked: bool) -> dict[str, Any]:
    """What there is to choose from beside the picture, and how many of each."""
    members = Counter(node.get("theme") for node in picture.nodes)
    themes = [
        (index, theme["anchor"], " · ".join(theme["title"]), members[index])
        for index, theme in enumerate(picture.themes)
    ]
    relations = Counter(edge["relation"] for edge in picture.edges)
    whole = len(picture.nodes) == picture.total

    def count(number: int) -> str:
        return f"{number:,}".replace(",", "." if lang == "de" else ",")

    return {
        "kinds": picture.kinds,
        "egos": picture.egos,
        "authors": any("author" in node for node in picture.nodes),
        "months": picture.months is not None and len(picture.months["counts"]) > 1,
        "themes": themes,
        "themeless": len(picture.nodes) - sum(count for *_, count in themes),
        "modularity": f"{picture.modularity:.2f}".replace(".", "," if lang == "de" else "."),
        "relations": dict(sorted(relations.items(), key=lambda found: (-found[1], found[0]))),
        "part": None
        if whole
        else {"shown": count(len(picture.nodes)), "total": count(picture.total), "asked": asked},
    }


def page_script() -> str:
    """The page's own script as it stands in the page: all of `SCRIPTS` inside one function."""
    parts = "\n".join(_static(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _vis_network() -> str:
    """vis-network as pyvis ships it, without the line that makes developer tools ask for its source map."""
    text = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith(_SOURCE_MAP))


def _static(name: str) -> str:
    return files("kg.page").joinpath("static", name).read_text(encoding="utf-8")
