"""Datelines and credits at the start of a body."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.parse import parse_page


def read(paragraph: str) -> Article:
    text = f"URI:\n       # taz.de -- A: B\n       \n       {paragraph}\n       \n       1 Jan 2020\n"
    page = parse_page(text, path="a.txt", sha256="0" * 64).page
    assert isinstance(page, Article)
    return page


@pytest.mark.parametrize(
    ("paragraph", "dateline", "places", "marks", "text"),
    [
        ("Brüssel taz | Der nahende", "Brüssel", ("Brüssel",), ("taz",), "Der nahende"),
        (
            "WITTENBERG/MAGDEBURG taz | Es",
            "WITTENBERG/MAGDEBURG",
            ("WITTENBERG", "MAGDEBURG"),
            ("taz",),
            "Es",
        ),
        (
            "Masar-i-Scharif und Kabul taz | Es",
            "Masar-i-Scharif und Kabul",
            ("Masar-i-Scharif", "Kabul"),
            ("taz",),
            "Es",
        ),
        ("KAIRO afp/taz | Es", "KAIRO", ("KAIRO",), ("afp", "taz"), "Es"),
        ("Berlin AFP/dpa | Es", "Berlin", ("Berlin",), ("afp", "dpa"), "Es"),
        ("St. Gallen dpa | Es", "St. Gallen", ("St. Gallen",), ("dpa",), "Es"),
        ("Frankfurt/Main dpa | Es", "Frankfurt/Main", ("Frankfurt/Main",), ("dpa",), "Es"),
        (
            "Kabul, Herat und Bonn dpa | Es",
            "Kabul, Herat und Bonn",
            ("Kabul", "Herat", "Bonn"),
            ("dpa",),
            "Es",
        ),
        ("taz | Es", None, (), ("taz",), "Es"),
        ("BERLIN | Es", "BERLIN", ("BERLIN",), (), "Es"),
        ("GUSH ETZION Es ist", "GUSH ETZION", ("GUSH ETZION",), (), "Es ist"),
        ("KAIRO Es ist", "KAIRO", ("KAIRO",), (), "Es ist"),
        ("NATO Es ist", None, (), (), "NATO Es ist"),
        ("SPD Berlin streitet", None, (), (), "SPD Berlin streitet"),
        ("KAIRO Pyramiden sind", None, (), (), "KAIRO Pyramiden sind"),
        ("DIE LINKE Berlin streitet", None, (), (), "DIE LINKE Berlin streitet"),
        ("Ein Satz. Noch einer | und mehr", None, (), (), "Ein Satz. Noch einer | und mehr"),
        ("Ein Satz | und mehr", None, (), (), "Ein Satz | und mehr"),
        ("„Berlin taz | Es", None, (), (), "„Berlin taz | Es"),
    ],
)
def test_dateline(
    paragraph: str, dateline: str | None, places: tuple[str, ...], marks: tuple[str, ...], text: str
) -> None:
    page = read(paragraph)
    assert (page.dateline, page.places, page.credits) == (dateline, places, marks)
    assert page.body_text == text


def test_a_dateline_over_two_lines_moves_the_first_line() -> None:
    page = read(
        "Langenhagen-Nord und Neu-Oberwiesenbach an der Unteren Schnauder\n       dpa/taz |\n       Es geht."
    )
    assert page.dateline == "Langenhagen-Nord und Neu-Oberwiesenbach an der Unteren Schnauder"
    assert [(block.passage.text, block.passage.first_line) for block in page.body] == [("Es geht.", 6)]
