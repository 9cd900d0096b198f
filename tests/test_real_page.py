"""The one real page: everything that is known of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.dumps import Document
from kg.model import Article, LineRole
from kg.parse import parse_page, roles
from kg.reading import read_documents
from tests.discovered import discover

pytestmark = pytest.mark.shared

KICKER = "Nato-Außenministertreffen"


@pytest.fixture(scope="module")
def document(shared: Path) -> Document:
    (found,) = discover([shared / "dumps"])
    assert isinstance(found, Document)
    return found


@pytest.fixture(scope="module")
def page(document: Document) -> Article:
    ((page, findings),) = read_documents([(document, "0" * 64)])
    assert isinstance(page, Article)
    assert findings == ()
    return page


@pytest.fixture(scope="module")
def graph(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    out = tmp_path_factory.mktemp("real") / "out"
    kg.build(shared / "dumps", out, evidence=True)
    return kg.open(out)


def test_head_of_the_page(page: Article) -> None:
    assert page.headline == f"{KICKER}: Nato-Chef Mark Rutte teilt aus"
    assert page.date == "2024-12-04"
    assert page.number is None
    assert (page.dateline, page.places, page.credits) == ("Brüssel", ("Brüssel",), ("taz",))
    assert [image.caption.plain for image in page.images] == [
        "Mark Rutte verschärft den Ton im NATO Hauptquartier"
    ]
    assert page.teaser is not None
    assert page.teaser.plain.startswith("Generalsekretär Mark Rutte kritisiert")
    assert page.teaser.plain.endswith("„globaler Natur“.")


def test_body_of_the_page(page: Article) -> None:
    assert [block.passage.plain for block in page.body if block.subhead] == [
        "Ukraine fordert sofortige Einladung in die Nato"
    ]
    assert len(page.body) == 9
    assert page.body_text.startswith("Der nahende Machtwechsel in Washington macht")


def test_links_of_the_page(page: Article) -> None:
    body = page.body_text
    assert [
        (link.number, link.text, link.selector.raw if link.selector else None) for link in page.links
    ] == [
        (1, "Machtwechsel in Washington", "/Donald-Trump/!t5204455"),
        (2, "Nato-", "/Mark-Rutte/!t5225043"),
        (3, "Generalsekretär Mark Rutte", "/Mark-Rutte/!t5225043"),
        (4, "russischen Angriffskrieg in der Ukraine", "/Nato-Aussenministertreffen/!6054758"),
    ]
    assert [body[link.start : link.end] for link in page.links] == [link.text for link in page.links]
    targets = {(link.selector.kind, link.selector.number) for link in page.links if link.selector}
    assert targets == {("topic", "5204455"), ("topic", "5225043"), ("article", "6054758")}


def test_tags_and_authors_of_the_page(page: Article) -> None:
    assert [byline.name for byline in page.authors] == ["Eric Bonse"]
    assert [tag.label for tag in page.tags] == ["Nato", "Ukraine", "Russland", "Mark Rutte", "Nordkorea"]


def test_related_articles_of_the_page(page: Article) -> None:
    assert [row.tag.label if row.tag else None for row in page.related] == [
        "Nato",
        "Wolodymyr Selenskij",
        "Nato",
        "Nato",
        "Schwerpunkt Krieg in der Ukraine",
    ]
    assert all(row.teaser is not None and row.teaser.plain.endswith(".") for row in page.related)


def test_every_line_has_a_role_and_none_is_unparsed(document: Document) -> None:
    text = document.data.decode()
    of_lines = roles(parse_page(text, path=document.path, sha256="0" * 64))
    assert len(of_lines) == len(text.splitlines()) == 114
    assert LineRole.UNPARSED not in of_lines
    counts = {role: of_lines.count(role) for role in set(of_lines)}
    assert counts[LineRole.TAG] == 10
    assert counts[LineRole.LINK] == 4
    assert counts[LineRole.AUTHOR] == counts[LineRole.DATE] == counts[LineRole.CAPTION] == 1
    assert counts[LineRole.RELATED_HEADLINE] == 5
    assert counts[LineRole.TEASER] == 2


def test_graph_of_the_page(graph: kg.Graph) -> None:
    card = graph.article("Nato-Chef Mark Rutte teilt aus")
    assert card.authors == ("Eric Bonse",)
    assert card.tags == ("Mark Rutte", "Nato", "Nordkorea", "Russland", "Ukraine")
    assert len(card.related) == 5
    rows = graph.query(
        "SELECT ?headline ?tag ?teaser { ?a kg:relatedArticle ?b . ?b a kg:ArticleStub ; schema:headline ?headline ; "
        "schema:abstract ?teaser ; schema:about/skos:prefLabel ?tag } ORDER BY ?headline"
    ).rows
    assert [(str(headline).split(": ")[0], tag) for headline, tag, _ in rows] == [
        ("+++ Nachrichten im Ukraine-Krieg +++", "Wolodymyr Selenskij"),
        ("Greenpeace-Mitarbeiter über Aufrüstung", "Nato"),
        (KICKER, "Nato"),
        ("Nordkorea an der Seite Russlands", "Schwerpunkt Krieg in der Ukraine"),
        ("Verteidigungsausgaben der Nato", "Nato"),
    ]
    assert all(str(teaser).endswith(".") for _, _, teaser in rows)
    ends = graph.query(
        "SELECT ?end { ?a kg:title ?t ; ?p ?end FILTER(?p IN (kg:linksToTag, schema:citation)) "
        "FILTER(STRSTARTS(?t, 'Nato-Chef')) } ORDER BY ?end"
    ).rows
    assert [str(end).removeprefix("https://kg.example/id/") for (end,) in ends] == [
        "article/taz/6054758",
        "tag/taz/donald-trump",
        "tag/taz/mark-rutte",
    ]
    stub = graph.article(
        "+++ Nachrichten im Ukraine-Krieg +++: Lawrow auf erstem EU-Besuch seit Ukraine-Krieg"
    )
    assert stub.is_stub
    assert stub.tags == ("Wolodymyr Selenskij",)
    ((kicker, title),) = graph.query(
        "SELECT ?kicker ?title { ?a kg:kicker ?kicker ; kg:title ?title ; schema:datePublished ?date }"
    ).rows
    assert (kicker, title) == (KICKER, "Nato-Chef Mark Rutte teilt aus")


def test_the_slug_of_a_link_is_a_finding_and_no_join(graph: kg.Graph) -> None:
    findings = (graph.folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum("slug-candidate" in finding for finding in findings) == 1
    assert graph.article("6054758").is_stub


def names_of_kind(graph: kg.Graph, kind: str) -> set[str]:
    rows = graph.query(f"SELECT ?name {{ ?node a schema:{kind} ; schema:name ?name }}").rows
    return {str(name) for (name,) in rows}


def test_people_of_the_page(graph: kg.Graph) -> None:
    assert names_of_kind(graph, "Person") == {
        "Alexander Lurz",
        "Annalena Baerbock",
        "Donald Trump",
        "Eric Bonse",
        "Mark Rutte",
        "Norbert Röttgen",
        "Olaf Scholz",
        "Wolodymyr Selenskij",
    }
    assert graph.person("Wolodymyr Selenskyj").name == "Wolodymyr Selenskij"
    named = graph.article("Nato-Chef Mark Rutte teilt aus").people
    assert {"Annalena Baerbock", "Mark Rutte", "Norbert Röttgen", "Olaf Scholz"} <= set(named)
    assert "Alexander Lurz" in graph.article("„Das 2-Prozent-Ziel ist willkürlich gesetzt“").people


def test_places_and_organisations_of_the_page(graph: kg.Graph) -> None:
    places = {"Brüssel", "China", "Iran", "Nordkorea", "Russland", "Ukraine", "Washington"}
    assert places <= names_of_kind(graph, "Place")
    # Parts of compounds, as in `CDU-Außenpolitiker`, are no mentions, so nothing would lead to the CDU.
    told = {"Nato", "Sky News", "CDU", "SPD", "EU", "UN"}
    assert names_of_kind(graph, "Organization") & told == {"Nato", "Sky News"}


def test_a_family_name_alone_is_a_finding(graph: kg.Graph) -> None:
    findings = (graph.folder / "findings.jsonl").read_text(encoding="utf-8")
    assert "Lawrow" in findings
    assert "Pistorius" in findings
