"""Kinds differ by shape and authors by a ring, in the drawing that is saved and on the screen itself."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Page

from kg.page import write_page

pytestmark = pytest.mark.browser

Opener: TypeAlias = Callable[..., Any]  # see conftest.py
Point: TypeAlias = tuple[float, float]

SVG = "{http://www.w3.org/2000/svg}"
CORNERS = {"Organisation": 4, "Thema": 4, "Ort": 3}
"""Of the shapes of kinds; all others are circles."""
PHONE = {"width": 390, "height": 844}
FONT = "DejaVu Sans"  # as in conftest.py
PAPER = (251, 251, 249)

PIXELS = """async ([png, points]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data].slice(0, 3));
}"""


def drawing(page: Page) -> ElementTree.Element:
    """The SVG that the page saves, whose coordinates are pixels of `#graph`."""
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Zeichnung (SVG)").click()
    return ElementTree.parse(download.value.path()).getroot()


def shapes_of(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The shape of each node, by its title: `Ada (Person)`."""
    found = [part for part in root.iter() if part.tag in {f"{SVG}polygon", f"{SVG}circle"}]
    return {title: part for part in found if (title := part.findtext(f"{SVG}title"))}


def corners(shape: ElementTree.Element) -> list[Point]:
    pairs = (pair.split(",") for pair in shape.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def towards(end: Point, middle: Point, share: float) -> Point:
    """The point so far on the way from the middle to the end."""
    return middle[0] + share * (end[0] - middle[0]), middle[1] + share * (end[1] - middle[1])


def ring_at(root: ElementTree.Element, circle: tuple[str, str]) -> ElementTree.Element | None:
    """The ring around this middle."""
    rings = [one for one in root.iter(f"{SVG}circle") if one.get("fill") == "none"]
    return next((one for one in rings if (one.get("cx"), one.get("cy")) == circle), None)


def test_a_saved_drawing_tells_kinds_by_corners_and_authors_by_rings(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    root = drawing(open_page(archive_page).page)
    shapes = shapes_of(root)
    assert len(shapes) > 300
    for title, shape in shapes.items():
        kind = title.rsplit(" (", 1)[1].removesuffix(")")
        if (number := CORNERS.get(kind)) is None:
            assert shape.tag == f"{SVG}circle", title
        else:
            assert shape.tag == f"{SVG}polygon", title
            assert len(corners(shape)) == number, title
    # A square stands on a side and a diamond on a corner.
    for kind, levels in (("(Organisation)", 2), ("(Thema)", 3)):
        heights = {len({y for _, y in corners(shapes[title])}) for title in shapes if title.endswith(kind)}
        assert heights == {levels}
    writers = {data["label"] for _, data in archive.nodes(data=True) if data["author"]}
    ringed = {
        title.rsplit(" (", 1)[0]
        for title, shape in shapes.items()
        if "cx" in shape.attrib and ring_at(root, (shape.attrib["cx"], shape.attrib["cy"])) is not None
    }
    assert ringed == writers != set()


def test_a_saved_drawing_of_a_selection_has_its_mark_and_neighbours_as_they_are_drawn(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, address="#place%2Fm%C3%BChlheide", viewport=PHONE).page
    root = drawing(page)
    (mark,) = [one for one in root.iter(f"{SVG}polygon") if one.get("fill") == "none"]
    assert mark.attrib["stroke"] == "rgb(27, 30, 35)"
    assert mark.attrib["stroke-width"] == "2"
    (place,) = [shape for title, shape in shapes_of(root).items() if title == "Mühlheide (Ort)"]
    heights = [max(y for _, y in corners(one)) - min(y for _, y in corners(one)) for one in (mark, place)]
    assert heights[0] - heights[1] == pytest.approx(4 * 2.3 * 3**0.5 / 2, abs=0.3)  # 4 pixels of radius
    iri = next(node for node, label in archive.nodes(data="label") if label == "Mühlheide")
    articles = {f"{archive.nodes[node]['label']} (Artikel)" for node in archive.predecessors(iri)}
    near = [float(shape.attrib["r"]) for title, shape in shapes_of(root).items() if title in articles]
    assert len(near) > 20
    assert min(near) == 3.5  # an article would be smaller at this distance


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The page of one large node of each kind, and of a person that writes."""
    graph = nx.MultiDiGraph()
    for kind in ("person", "organization", "place", "tag"):
        graph.add_node(f"n:/{kind}/1", kind=kind, label="X", count=1, author=False)
    graph.add_node("n:/person/2", kind="person", label="W", count=1, author=True)
    write_page(graph, tmp_path / "graph.html", title="x")
    return tmp_path / "graph.html"


def test_the_screen_shows_corners_and_rings(open_page: Opener, reader: Page, few: Path) -> None:
    page = open_page(few, color_scheme="light").page
    shapes = shapes_of(drawing(page))
    shot = base64.b64encode(page.locator("#graph").screenshot()).decode()

    def seen(*points: Point) -> list[Any]:
        return [tuple(colour) for colour in reader.evaluate(PIXELS, [shot, points])]

    for kind in CORNERS:
        ends = corners(shapes[f"X ({kind})"])
        middle = (sum(x for x, _ in ends) / len(ends), sum(y for _, y in ends) / len(ends))
        (own,) = seen(middle)
        assert own != PAPER
        assert seen(*(towards(end, middle, 0.85) for end in ends)) == [own] * len(ends), kind
        assert own not in seen(*(towards(end, middle, 1.2) for end in ends)), kind

    person, writer = shapes["X (Person)"].attrib, shapes["W (Person)"].attrib
    for look, ring in ((person, False), (writer, True)):
        x, y, r = float(look["cx"]), float(look["cy"]), float(look["r"])
        assert r > 20
        inner, band, rim, corner = seen(*((x - share * r, y - share * r) for share in (0, 0.51, 0.65, 0.85)))
        assert inner == rim != PAPER
        assert band == (PAPER if ring else inner)
        assert corner != inner  # where a square of this size has its corner


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_most_important_names_of_a_crowded_page_are_told_first(
    open_page: Opener, tmp_path: Path, viewport: dict[str, int]
) -> None:
    """Also of one theme alone, and where a name has to lie over other shapes."""
    graph = nx.MultiDiGraph()
    names = [f"Annalena Beispiel-{number:02d}" for number in range(40)]
    for number, name in enumerate(names):
        graph.add_node(f"n:/person/{number:02d}", kind="person", label=name)
    for number in range(40):
        for other in range(number + 1, 40):
            edge = (f"n:/person/{number:02d}", f"n:/person/{other:02d}")
            graph.add_edge(*edge, key="together", relation="together", count=max(1, 30 - 3 * number))
    write_page(graph, tmp_path / "graph.html", title="x")
    page = open_page(tmp_path / "graph.html", viewport=viewport).page
    told = {one.text for one in drawing(page).iter(f"{SVG}text")}
    assert set(names[:8]) <= told


def test_no_name_lies_under_the_zoom_buttons(
    open_page: Opener, archive: nx.MultiDiGraph, archive_page: Path
) -> None:
    page = open_page(archive_page, viewport=PHONE).page
    box = page.locator("#zoom").bounding_box()
    stage = page.locator("#graph").bounding_box()
    assert box is not None
    assert stage is not None
    page.keyboard.press("+")
    for _ in range(6):
        page.locator("#graph").press("ArrowDown")
        for name in drawing(page).iter(f"{SVG}text"):
            half = page.evaluate(
                "([words, font]) => { const c = document.createElement('canvas').getContext('2d'); c.font = font; "
                "return c.measureText(words).width / 2; }",
                [name.text, f"{name.get('font-weight')} {name.get('font-size')}px {FONT}"],
            )
            x, y = float(name.attrib["x"]) + stage["x"], float(name.attrib["y"]) + stage["y"]
            beside = x + half < box["x"] or x - half > box["x"] + box["width"]
            assert beside or y < box["y"] or y - 12 > box["y"] + box["height"], name.text


def test_names_of_any_length_stay_within_the_screen(open_page: Opener, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    for number, name in enumerate(("x" * 5000, "Wort " * 1000, "Ada")):
        graph.add_node(
            f"n:/person/{number}",
            kind="person",
            label=name,
            alternates=tuple(f"{name} {other}" for other in range(100)),
            roles=(name,),
            abstract=name,
        )
    for one, other in ((0, 1), (1, 2)):
        edge = (f"n:/person/{one}", f"n:/person/{other}")
        graph.add_edge(*edge, key="together", relation="together", count=2)
    write_page(graph, tmp_path / "graph.html", title="y" * 5000)
    assert "x" * 2001 not in (tmp_path / "graph.html").read_text(encoding="utf-8")
    for viewport in (PHONE, {"width": 1440, "height": 900}):
        page = open_page(tmp_path / "graph.html", viewport=viewport).page
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert page.locator("header").evaluate("head => head.clientHeight") < 120
        for label in drawing(page).iter(f"{SVG}text"):
            assert len(label.text or "") <= 92
            assert (label.text or "").endswith(("…", "Ada"))
        page.evaluate("location.hash = '#?view=list'")
        heights = page.locator("#list-rows tr").evaluate_all("rows => rows.map((row) => row.clientHeight)")
        assert max(heights) < 90
