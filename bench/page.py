"""How long the page takes to show, and how it moves, beside pyvis as it comes.

    python bench/page.py [--sizes 1500 5000 15000] [--plain 1000] [--patience 300] [--json]

Headless Chromium (Debian's, or the one that CHROMIUM names) opens each file from the disk. "First picture" is the time
from the navigation to the end of the first frame in which anything was drawn on the canvas; for pyvis as it comes that
is after its physics have settled, and the page of this project with as many nodes and edges is measured beside it.
Frames are counted while the mouse drags the picture for two seconds. Search and filters: from the event to the end of
the frame that shows what came of it, the worst of the actions, the median of each. The pictures are made up: positions
on islands, three edges a node, what a real page tells of each node; laying out is measured by `layout.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from math import cos, sin, sqrt
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from kg.page.picture import SHAPES, Picture
from kg.page.write import render

MONTHS = 48
COMPANIONS = 12
SCREEN = {"width": 1440, "height": 900}
GIVEN = "Ada Björn Cem Dörte Elif Greta Hüseyin Ingrid Jürgen Käthe Lena Mehmet".split()
FAMILY = "Abendroth Bähr Dreßler Fährmann Jansen Kästner Öztürk Pfister Süß Thießen".split()

FIRST_FRAME = """
const fill = CanvasRenderingContext2D.prototype.fill;
CanvasRenderingContext2D.prototype.fill = function (...given) {
  if (!window.firstPicture && this.canvas.isConnected) {
    window.firstPicture = -1;
    requestAnimationFrame(() => { window.firstPicture = performance.now(); });
  }
  return fill.apply(this, given);
};
const clear = CanvasRenderingContext2D.prototype.clearRect;
window.frames_drawn = 0;
CanvasRenderingContext2D.prototype.clearRect = function (...given) {
  window.frames_drawn += 1;
  return clear.apply(this, given);
};
"""

ACTIONS = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const field = document.getElementById("search");
  const handle = document.getElementById("range-from");
  const typed = (words) => () => { field.value = words; field.dispatchEvent(new Event("input")); };
  const actions = {
    search: ["a", "be", "jürg", "öz"].map(typed),
    filters: [
      () => document.querySelector("input[value=person]").click(),
      () => document.querySelector("input[value=article]").click(),
      () => handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true })),
      () => document.querySelector("input[name=colour]:not(:checked)").click(),
    ],
  };
  const worst = {};
  for (const [name, list] of Object.entries(actions)) {
    worst[name] = 0;
    for (const act of list) {
      const times = [];
      for (let turn = 0; turn < 6; turn += 1) {
        await frame();
        const start = performance.now();
        act();
        await frame();
        times.push(performance.now() - start);
      }
      worst[name] = Math.max(worst[name], times.sort((a, b) => a - b)[3]);
    }
  }
  return worst;
}"""


def picture(size: int, seed: int = 1) -> Picture:
    """A picture of `size` nodes, two fifths of them articles, and 3 * `size` edges, on islands of a hundred."""
    random = Random(seed)
    islands = max(size // 100, 1)
    radius = 19 * sqrt(size / islands)
    side = max(round(sqrt(islands)), 1)
    centres = [(2.4 * radius * (i % side), 2.2 * radius * (i // side)) for i in range(islands)]
    kinds = (
        "person",
        "article",
        "person",
        "article",
        "place",
        "tag",
        "organization",
        "article",
        "article",
        "tag",
    )
    nodes = [
        _node(number, centres[number % islands], radius, kinds[number // islands % 10], random)
        for number in range(size)
    ]
    for node in nodes:
        node["theme"] = node["n_id"] % islands
        if node["group"] != "article":
            near = random.choices(range(size), k=COMPANIONS)
            node["near"] = [part for other in near for part in (other, 3, 6, 40)]
            node["company"] = [40, 60]
    edges = [_edge(number % size, islands, size, random) for number in range(3 * size)]
    themes = tuple(
        {
            "anchor": f"tag/thema-{i}",
            "title": [f"Thema {i}", f"Zweites {i}"],
            "x": round(x),
            "y": round(y),
            "radius": round(radius),
            "size": size // islands,
        }
        for i, (x, y) in enumerate(centres)
    )
    groups = [node["group"] for node in nodes]
    counts = {kind: groups.count(kind) for kind in SHAPES if kind in groups}
    months = {"first": "2022-01", "counts": [random.randrange(20, 60) for _ in range(MONTHS)], "part": False}
    return Picture("https://kg.example/id/", tuple(nodes), tuple(edges), themes, counts, months, 0.6, size)


def _node(
    number: int, centre: tuple[float, float], radius: float, kind: str, random: Random
) -> dict[str, Any]:
    turn, reach = random.uniform(0, 6.2832), radius * sqrt(random.random())
    name = f"{random.choice(GIVEN)} {random.choice(FAMILY)} {number}"
    node = {
        "n_id": number,
        "x": round(centre[0] + reach * cos(turn)),
        "y": round(centre[1] + reach * sin(turn)),
        "size": 3.2 if kind == "article" else round(4 + 20 * random.random() ** 4, 1),
        "shape": SHAPES[kind],
        "group": kind,
        "iri": f"{kind}/{name.lower().replace(' ', '-')}",
        "name": name,
        "rank": 0.001,
    }
    if kind == "article":
        title = f"Streit um die Fernwärme: {name} fordert einen neuen Plan"
        told = {
            "name": title,
            "date": f"{2022 + number % 4}-{1 + number % 12:02d}-14",
            "text": (title + ". ") * 3,
        }
        source = {"file": f"2022/!{6000000 + number}.txt", "lines": [2, 80]}
        return node | told | source | {"url": f"https://taz.de/!{6000000 + number}"}
    months = sorted(random.sample(range(MONTHS), 6))
    return node | {"count": 9, "months": [part for month in months for part in (month, 1 + month % 3)]}


def _edge(source: int, islands: int, size: int, random: Random) -> dict[str, Any]:
    near = random.random() < 0.8
    target = (
        (source + islands * random.randrange(1, size // islands)) % size if near else random.randrange(size)
    )
    month = random.randrange(MONTHS)
    relation = random.choice(("mentions", "mentions", "about", "together", "author"))
    return {"source": source, "to": target, "relation": relation, "first": month, "last": month}


def plain(drawn: Picture) -> str:
    """The same graph as pyvis writes it by itself, with names; the library in the file, so that no network is asked."""
    network = Network(cdn_resources="in_line")
    for node in drawn.nodes:
        network.add_node(node["n_id"], label=node["name"])
    for edge in drawn.edges:
        network.add_edge(edge["source"], edge["to"])
    html: str = network.generate_html()
    return html


def first_picture(browser: Browser, file: Path, patience: float) -> tuple[Page, float | None]:
    """Open `file`; seconds until its first picture, None where `patience` seconds were not enough."""
    page = browser.new_page(viewport=SCREEN)  # type: ignore[arg-type]  # a mapping of Playwright's own
    page.add_init_script(FIRST_FRAME)
    page.route(
        "**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort()
    )
    page.goto(file.as_uri(), wait_until="commit")
    end = time.perf_counter() + patience
    while time.perf_counter() < end:
        time.sleep(0.05)
        # A page at work answers when it has time again.
        first = float(page.evaluate("window.firstPicture ?? 0"))
        if first > 0:
            return page, first / 1000
    return page, None


def dragged_frames(page: Page, seconds: float = 2.0) -> float:
    """Frames drawn a second while the mouse drags the picture to and fro."""
    page.mouse.move(900, 880)
    page.mouse.down()
    page.mouse.move(905, 870)
    start, drawn, step = time.perf_counter(), page.evaluate("frames_drawn"), 0
    while (elapsed := time.perf_counter() - start) < seconds:
        step += 1
        page.mouse.move(900 + 120 * sin(step / 12), 860 + 60 * cos(step / 12))
    frames = page.evaluate("frames_drawn") - drawn
    page.mouse.up()
    return float(frames) / elapsed


def measure(browser: Browser, folder: Path, size: int, repeat: int = 5) -> dict[str, float]:
    """The figures of the page of this project with `size` nodes."""
    drawn = picture(size)
    file = folder / f"{size}.html"
    start = time.perf_counter()
    file.write_text(render(drawn, title="Bench"), encoding="utf-8")
    writing = time.perf_counter() - start
    empty = len(render(picture(10), title="Bench").encode())
    firsts, frames, actions = [], [], {}
    for turn in range(repeat):
        page, first = first_picture(browser, file, 60)
        if first is None:
            raise SystemExit(f"{size} nodes: no picture within a minute")
        firsts.append(first)
        if turn == 0:
            actions = page.evaluate(ACTIONS)
            page.reload()
            page.wait_for_timeout(500)
            frames.append(dragged_frames(page))
        page.close()
    return {
        "nodes": size,
        "edges": len(drawn.edges),
        "writing_seconds": round(writing, 2),
        "first_picture_seconds": round(statistics.median(firsts), 2),
        "frames_per_second": round(statistics.median(frames)),
        "search_ms": round(actions["search"]),
        "filters_ms": round(actions["filters"]),
        "megabytes": round(file.stat().st_size / 1e6, 2),
        "bytes_a_node": round((file.stat().st_size - empty) / size),
    }


def beside_pyvis(browser: Browser, folder: Path, size: int, patience: float) -> dict[str, Any]:
    """First pictures of the same graph, by pyvis as it comes and by this project, one after the other."""
    drawn = picture(size)
    figures: dict[str, Any] = {"nodes": size, "edges": len(drawn.edges)}
    for name, html in (("ours", render(drawn, title="Bench")), ("pyvis", plain(drawn))):
        file = folder / f"{name}.html"
        file.write_text(html, encoding="utf-8")
        page, first = first_picture(browser, file, patience)
        figures[f"{name}_first_picture_seconds"] = None if first is None else round(first, 2)
        page.close()
    theirs = figures["pyvis_first_picture_seconds"] or patience
    figures["ratio"] = round(theirs / figures["ours_first_picture_seconds"])
    figures["ratio_is_at_least"] = figures["pyvis_first_picture_seconds"] is None
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[1500, 5000, 15000])
    parser.add_argument("--plain", type=int, default=1000, help="nodes beside plain pyvis; 0 for none")
    parser.add_argument("--patience", type=float, default=300, help="seconds to wait for plain pyvis")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        rows = [measure(browser, Path(name), size) for size in arguments.sizes]
        if arguments.plain:
            rows.append(beside_pyvis(browser, Path(name), arguments.plain, arguments.patience))
        browser.close()
    if arguments.json:
        print(json.dumps(rows))
        return
    for row in rows:
        print("\n".join(f"{key:<28}{value!s:>12}" for key, value in row.items()), end="\n\n")


if __name__ == "__main__":
    main()
