"""Text from a dump is hostile wherever it lands."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.rdf.serialize import count_triples

NASTY = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"@de . <http://evil.example/s> <http://evil.example/p> "x',
    "\\u0022 \\ ' \" ` {{7*7}} {% raw %} ${x}",
    "=cmd|' /C calc'!A0",
    "\u202egnirts\u202c \u2028 \u2029 \ufeff",
    "\x1b[31mred\x1b[0m \x00 \x07",
    "' } SERVICE <http://evil.example> { ?s ?p ?o",
    "javascript:alert(1)",
    "../../etc/passwd",
    "😀 e\u0301 ﬁ ẞ",
]

PAGE = """URI:\x20
       # taz.de -- {0}: {1}
       \x20
       > {2}
       \x20
   IMG Bild: {3}
       \x20
       {4} taz | {5} [1][{6}] und
       [2][{7}].
       \x20
       ## {8}
       \x20
       {9}
       \x20
       4 Dec 2024
       \x20
       ## LINKS
       \x20
   DIR [1] /{10}/!t5204455
  HTML [2] URL:{0}
       \x20
       ## AUTOREN
       \x20
   DIR {1}
       \x20
       ## TAGS
       \x20
   DIR {2}
   DIR {3}
       \x20
       ## ARTIKEL ZUM THEMA
       \x20
   DIR {4}: {5}
       \x20
       {6}
"""


def nasty_pages() -> list[str]:
    shuffle = random.Random(7)
    return [PAGE.format(*shuffle.sample(NASTY, len(NASTY))) for _ in range(12)]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    dumps = folder / "dumps"
    dumps.mkdir()
    for number, page in enumerate(nasty_pages()):
        (dumps / f"{number} <b>'\"&;$(x).txt").write_text(page, encoding="utf-8")
    report = kg.build(
        dumps,
        folder / "out",
        formats=["nt", "ttl", "jsonld", "rdfxml", "nq", "trig"],
        evidence=True,
        with_text=True,
        title="</title><script>alert(1)</script>",
    )
    assert (report.articles, report.refused) == (12, 0)
    return folder / "out"


def test_all_serialisations_are_valid_and_hold_the_same(out: Path) -> None:
    triples = json.loads((out / "report.json").read_text())["triples"]
    assert triples > 300
    for name in ("graph.nt", "graph.ttl", "graph.jsonld", "graph.rdf", "graph.nq", "graph.trig"):
        assert count_triples(out / name) == triples, name
    graph = rdflib.Graph().parse(data=(out / "graph.nt").read_bytes(), format="nt")
    assert len(graph) == triples
    assert not any(
        "evil.example" in str(term) for subject, predicate, _ in graph for term in (subject, predicate)
    )


def test_no_markup_from_a_dump_is_markup_on_the_page(out: Path) -> None:
    page = (out / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u2028" not in page.split('type="application/json"', 1)[1].split("</script>", 1)[0]


def test_a_nasty_name_is_found_again(out: Path) -> None:
    graph = kg.open(out)
    names = [
        name
        for (name,) in graph.query("SELECT DISTINCT ?n { ?tag skos:prefLabel ?n ; skos:inScheme ?s }").rows
    ]
    assert any("SERVICE" in str(name) for name in names)
    for name in names:
        rows = graph.query("SELECT ?t { VALUES ?label { '' } ?t skos:prefLabel ?label }", label=name).rows
        assert len(rows) >= 1, name


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    blobs=st.lists(
        st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)), min_size=1, max_size=4
    )
)
def test_any_bytes_beside_a_good_page_give_a_build(
    blobs: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "good.txt").write_text(PAGE.format(*["Hafen"] * len(NASTY)), encoding="utf-8")
    for number, blob in enumerate(blobs):
        (folder / f"{number}.txt").write_bytes(blob)
    report = kg.build(folder, folder / "out")
    assert report.files == len(blobs) + 1
    assert report.articles >= 1
    assert count_triples(folder / "out" / "graph.nt") == report.triples
