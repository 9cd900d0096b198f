"""Whether two versions of a page tell the reduce the same."""

from __future__ import annotations

import hashlib

import pytest

from kg.dumps import Document
from kg.model import Article
from kg.reading import read_documents
from kg.resolve.claims import Claim, Texts, claim
from kg.resolve.staged import tells_the_same

DUMP = """       # taz.de -- Hafen: Eins

       > Der Hafen bleibt offen, sagt Bürgermeisterin Anna Musterfrau am Montag.

       {text}

       4 Dec 2024
"""


def told(text: str) -> tuple[Claim, Texts]:
    data = DUMP.format(text=text).encode()
    ((page, _),) = read_documents([(Document("a.txt", data), hashlib.sha256(data).hexdigest())])
    assert isinstance(page, Article)
    made = claim(page)
    assert made.texts is not None
    return made, made.texts


BEFORE = "Es ist trocken. Berta Beispiel wartet. Dann kommt Anna Musterfrau. Anna Musterfrau bleibt."


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (BEFORE, True),
        (BEFORE.replace("trocken", "sehr windig"), True),
        (BEFORE.replace("Berta", "Bertha"), False),
        (BEFORE.replace("wartet. Dann", "wartet.\n       Dann"), False),
        (BEFORE.replace(" Anna Musterfrau bleibt.", ""), False),
    ],
)
def test_another_wording_tells_the_same(after: str, same: bool) -> None:
    assert tells_the_same(told(BEFORE), told(after), "taz") is same
    assert tells_the_same(told(after), told(BEFORE), "taz") is same


def test_the_order_of_names_matters_where_their_rows_do_not_tell_it() -> None:
    first, second = "Anna Musterfrau bleibt. Anna Musterfrau bleibt. ", "Berta Beispiel bleibt. "
    assert not tells_the_same(told(first + second), told(second + first), "taz")
