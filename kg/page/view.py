"""A selection as a page of its own: for a file, for the browser, for a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from kg.errors import UsageError
from kg.files import write_text
from kg.network.choosing import THEME, select
from kg.network.selection import Selection
from kg.page.escape import shown
from kg.page.picture import draw
from kg.page.texts import TEXTS
from kg.page.write import render
from kg.resolve.keys import slug
from kg.store.lookup import EVERYTHING, Lookup

_LONGEST_NAME = 60


@dataclass(frozen=True)
class View:
    """A page that shows a part of the graph. In a notebook it shows itself."""

    title: str
    html: str
    nodes: int
    edges: int

    def __repr__(self) -> str:
        return f"View({self.title!r}, nodes={self.nodes}, edges={self.edges})"

    def _repr_html_(self) -> str:
        """The page in a frame that may run its scripts and save files, and reach nothing of the notebook."""
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" '
            'sandbox="allow-scripts allow-downloads" style="width: 100%; height: 640px; border: 0"></iframe>'
        )

    def save(self, path: Path) -> None:
        """Write the page to a file, beside and renamed. Raises `OutputError`."""
        write_text(path, self.html)


def draw_view(tables: Path, selection: Selection, lang: str = "de") -> View:
    """Select, lay out and draw; raises what `select` raises, and `UsageError` for a language that the page lacks."""
    if lang not in TEXTS:
        raise UsageError(f"the page speaks {', '.join(sorted(TEXTS))}, not {lang}")
    graph = select(tables, selection)
    picture = draw(graph)
    title = _title(tables, selection, lang, shown(graph.graph.get(THEME, "")))
    asked = selection.narrows or set(selection.kinds) != set(Selection.kinds)
    html = render(picture, title=title, lang=lang, asked=asked, numbered=selection == Selection())
    return View(title, html, len(picture.nodes), len(picture.edges))


def file_name(view: View, selection: Selection, lang: str) -> str:
    """A name for the page's file: readable, safe on every system, the same for the same selection alone."""
    mark = sha256(repr((selection, lang)).encode()).hexdigest()[:8]
    return f"{slug(view.title)[:_LONGEST_NAME].strip('-')}-{mark}.html"


def _title(tables: Path, selection: Selection, lang: str, theme: str) -> str:
    """What was asked for, names as the graph spells them; `theme` is the title of the theme, if there is one."""
    lookup = Lookup(tables)
    named = (
        (selection.around, EVERYTHING),
        (selection.person, ("person",)),
        (selection.tag, ("tag",)),
    )
    parts = []
    for name, kinds in named:
        if name is not None:
            iri = lookup.find(name, kinds)
            parts.append(shown(lookup.rows("SELECT label FROM nodes WHERE iri = $1", iri)[0][0]) or iri)
    if selection.community is not None:
        parts.append(TEXTS[lang]["theme"].format(name=theme or selection.community))
    if selection.since or selection.until:
        parts.append(f"{selection.since or ''}–{selection.until or ''}")
    return shown(" · ".join(dict.fromkeys(parts))) or _paper_and_years(lookup)


def _paper_and_years(lookup: Lookup) -> str:
    query = """SELECT split_part(min(iri), '/', -2), min(year(date)), max(year(date)) FROM nodes
               WHERE kind IN ('article', 'stub')"""
    paper, first, last = lookup.rows(query)[0]
    years = dict.fromkeys(str(year) for year in (first, last) if year is not None)
    return " ".join([paper or "", "–".join(years)]).strip()
