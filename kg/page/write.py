"""Write the page: picture, texts, styles and scripts into one file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import networkx as nx

from kg.errors import UsageError
from kg.files import write_text
from kg.network.chosen import WHOLE_SIZE
from kg.page.escape import csp_hash, json_for_html, own
from kg.page.picture import ARTICLE_SIZE, SHAPES, Picture, draw
from kg.page.pyvis_network import PressNetwork
from kg.page.texts import TEXTS, Texts

SCRIPTS = (
    "data.js",
    "palette.js",
    "shapes.js",
    "view.js",
    "edges.js",
    "labels.js",
    "focus.js",
    "panel.js",
    "search.js",
    "filters.js",
    "main.js",
)
"""The page's own script, in this order, inside one function."""

ICONS = {kind: f"shape-{shape}" for kind, shape in SHAPES.items()} | dict.fromkeys(
    ARTICLE_SIZE, "shape-small"
)
"""The legend's symbols; they stand at the head of the template."""

STYLES = ("colours.css", "frame.css", "results.css", "panel.css", "phone.css")
"""The page's own styles, in this order: the phone has the last word."""

_VIS = "lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = "//# sourceMappingURL="


def write_page(
    graph: nx.MultiDiGraph, path: Path, *, title: str, lang: str = "de", notes: Sequence[str] = ()
) -> None:
    """Draw `graph` and write it to `path` as one HTML file that asks nothing of any network; beside and renamed.

    `graph` is as `to_networkx` or `overview` gives it, of any size from nothing to some thousand nodes. `title` is
    the heading, `lang` the language of the page's own words (de, en), `notes` are sentences to show beside the picture.
    No text of the graph is ever markup. The bytes depend on the arguments alone.

    Raises `UsageError` for another language, `OutputError` where the file cannot be written.
    """
    if lang not in TEXTS:
        raise UsageError(f"the page speaks {', '.join(sorted(TEXTS))}, not {lang}")
    texts = TEXTS[lang]
    picture = draw(graph)
    whole = graph.graph.get(WHOLE_SIZE, len(graph))
    if whole > len(graph):
        notes = [texts["shown"].format(shown=len(graph), total=whole), *notes]
    write_text(path, _render(picture, texts, title=title, lang=lang, notes=notes))


def _render(picture: Picture, texts: Texts, *, title: str, lang: str, notes: Sequence[str]) -> str:
    vis, script = _vis_network(), _page_script()
    style = "\n".join(_static(name) for name in STYLES)
    page = {
        "base": picture.base,
        "lang": lang,
        "themes": picture.themes,
        "kinds": picture.kinds,
        "texts": texts,
    }
    network = PressNetwork(
        {
            "title": title,
            "lang": lang,
            "notes": notes,
            "texts": texts,
            "kinds": picture.kinds,
            "icons": ICONS,
            "authors": any("author" in node for node in picture.nodes),
            "page": json_for_html(page),
            "style": own(style),
            "vis": own(vis),
            "script": own(script),
            "script_hashes": f"{csp_hash(vis)} {csp_hash(script)}",
            "style_hashes": csp_hash(style),
        }
    )
    for node in picture.nodes:
        network.add_node(**node)
    for edge in picture.edges:
        network.add_edge(**edge)
    html: str = network.generate_html()
    return html


def _page_script() -> str:
    parts = "\n".join(_static(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _vis_network() -> str:
    """vis-network as pyvis ships it, without the line that makes developer tools ask for its source map."""
    text = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith(_SOURCE_MAP))


def _static(name: str) -> str:
    return files("kg.page").joinpath("static", name).read_text(encoding="utf-8")
