"""The reduce: one article from several dumps, where rows lead, and what stays open."""

from __future__ import annotations

import random
from collections.abc import Callable

from msgspec.structs import replace

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Byline,
    IndexKind,
    NodeKind,
    NumberTold,
    Passage,
    Ref,
    Related,
    Rendering,
    SectionListing,
    TagRef,
    Verdict,
)
from kg.resolve import Claim
from kg.resolve.keys import article_key
from kg.resolve.nodes import article_node
from tests.resolved import Resolution, resolve

Maker = Callable[..., Claim]


def codes(identities: Resolution) -> list[str]:
    return [finding.code for finding in identities.findings]


def leads(node: ArticleNode) -> list[str]:
    return [edge.article.key for edge in node.related]


def tagged(label: str) -> TagRef:
    return TagRef(label, 44)


def test_the_same_headline_and_date_are_one_article_and_the_fullest_text_wins(article: Maker) -> None:
    identities = resolve(
        [
            article("b.txt", "Hafen: Es brennt", text="Kurz."),
            article("a.txt", "Hafen:  Es brennt", text="Kurz und noch mehr."),
            article("c.txt", "Hafen: Es brennt", date="2024-05-02"),
        ]
    )
    first, second = sorted(identities.articles, key=lambda node: node.date or "")
    assert [source.path for source in first.sources] == ["a.txt", "b.txt"]
    assert first.path == "a.txt"
    assert first.key == article_key("taz", "Hafen: Es brennt", "2024-05-01")
    assert [source.path for source in second.sources] == ["c.txt"]
    assert codes(identities) == ["differing-texts"]


def test_texts_that_differ_in_white_space_only_are_the_same(article: Maker) -> None:
    identities = resolve(
        [article("a.txt", "Hafen: Es brennt", text="Ein\nText."), article("b.txt", "Hafen: Es brennt")]
    )
    assert codes(identities) == []


def test_a_number_joins_and_becomes_the_key(article: Maker) -> None:
    identities = resolve(
        [
            article("a.txt", "Hafen: Es brennt", number="6054758"),
            article("b.txt", "Hafen: Es brennt noch", number="6054758"),
            article("c.txt", "Hafen: Es brennt"),
        ]
    )
    (node,) = identities.articles
    assert node.key == node.number == "6054758"
    assert len(node.sources) == 3
    assert set(node.replaces) == {
        article_key("taz", headline, date)
        for headline in ("Hafen: Es brennt", "Hafen: Es brennt noch")
        for date in ("2024-05-01", None)
    }


def test_two_numbers_keep_one_headline_apart(article: Maker) -> None:
    identities = resolve(
        [
            article("a.txt", "Ticker: Lage", number="11111", text="Eins."),
            article("b.txt", "Ticker: Lage", number="22222", text="Zwei."),
            article("c.txt", "Ticker: Lage", text="Zwei."),
            article("d.txt", "Ticker: Lage", text="Drei."),
        ]
    )
    assert {node.number: len(node.sources) for node in identities.articles} == {
        "11111": 1,
        "22222": 2,
        None: 1,
    }
    stub_key = article_key("taz", "Ticker: Lage", None)
    assert {node.replaces for node in identities.articles} == {(stub_key,)}
    assert codes(identities) == ["dump-ambiguous"]


def test_a_cut_headline_joins_the_only_article_it_begins(article: Maker) -> None:
    whole = "Verkehrsausschuss im Landtag: Die lange Brücke bleibt zu"
    cut = article("t.txt", whole[:40], cut=True, truncated=True, text="Ein")
    identities = resolve([cut, article("a.txt", whole)])
    (node,) = identities.articles
    assert node.headline == whole
    assert node.path == "a.txt"
    assert article_key("taz", whole[:40], "2024-05-01") in node.replaces
    twice = resolve([cut, article("a.txt", whole), article("b.txt", whole[:45] + " ist offen")])
    assert len(twice.articles) == 3
    assert "dump-ambiguous" in codes(twice)


def test_a_transliterated_dump_joins_its_article(article: Maker) -> None:
    identities = resolve(
        [
            article(
                "f.txt", "Fluesse in Suedwall: Die Oele steigen", transliterated=True, text="Langer Text."
            ),
            article("a.txt", "Flüsse in Südwall: Die Öle steigen"),
        ]
    )
    (node,) = identities.articles
    assert node.path == "a.txt"
    assert node.headline == "Flüsse in Südwall: Die Öle steigen"


def test_a_related_headline_finds_its_article_and_gives_it_its_tag(article: Maker) -> None:
    row = Related("Hafen: Es brennt", 50, tag=tagged("Feuer"))
    identities = resolve(
        [
            article("a.txt", "Stadt: Rauch", related=[row]),
            article("b.txt", "Hafen: Es brennt", tags=["Hafen"]),
        ]
    )
    by_path = {node.path: node for node in identities.articles}
    assert leads(by_path["a.txt"]) == [by_path["b.txt"].key]
    assert by_path["a.txt"].tags == ()
    assert [(tag.tag, tag.basis, tag.path, tag.line) for tag in by_path["b.txt"].tags] == [
        ("feuer", Basis.RELATED_TAG_POSITION, "a.txt", 44),
        ("hafen", Basis.OWN_TAG, "b.txt", 30),
    ]
    assert identities.stubs == ()


def test_what_finds_no_article_becomes_a_stub(article: Maker) -> None:
    row = Related("Hafen: Es brennt", 50, tag=tagged("Feuer"))
    identities = resolve(
        [article("a.txt", "Stadt: Rauch", related=[row]), article("b.txt", "Stadt: Asche", related=[row])]
    )
    (stub,) = identities.stubs
    assert stub.key == article_key("taz", "Hafen: Es brennt", None)
    assert (stub.headline, stub.kicker, stub.title) == ("Hafen: Es brennt", "Hafen", "Es brennt")
    assert [source.path for source in stub.seen_in] == ["a.txt", "b.txt"]


def test_a_stub_prefers_an_intact_teaser_to_a_transliterated_one(article: Maker, index_page: Maker) -> None:
    def told(text: str, line: int) -> Related:
        return Related("Hafen: Es brennt", line, teaser=Passage(text, line + 1))

    lossy = article("a.txt", "Stadt: Rauch", transliterated=True, related=[told("Es floss ueber.", 50)])
    listed = index_page("b.txt", IndexKind.TOPIC, "Feuer", [told("Es floss fuer alle ueber.", 4)])
    page = replace(listed.page, source=replace(listed.page.source, rendering=Rendering.PHOXY))
    told_by_index = replace(listed, page=page)
    intact = article("c.txt", "Stadt: Glut", related=[told("Es floß über.", 60)])
    bare = article("d.txt", "Stadt: Asche", related=[Related("Hafen: Es brennt", 70)])
    for claims, path, is_lossy in (
        ([lossy, bare], "a.txt", True),
        ([lossy, told_by_index, bare], "b.txt", True),
        ([lossy, told_by_index, intact, bare], "c.txt", False),
        ([bare], "d.txt", False),
    ):
        (stub,) = resolve(claims).stubs
        assert (stub.path, stub.transliterated) == (path, is_lossy)


def test_an_article_leads_the_address_of_its_stub_on(article: Maker) -> None:
    identities = resolve([article("a.txt", "Hafen: Es brennt")])
    assert identities.articles[0].replaces == (article_key("taz", "Hafen: Es brennt", None),)


def test_a_headline_that_two_articles_share_decides_nothing(article: Maker) -> None:
    row = Related("Ticker: Lage", 50)
    identities = resolve(
        [
            article("a.txt", "Ticker: Lage", date="2024-05-01"),
            article("b.txt", "Ticker: Lage", date="2024-05-02"),
            article("c.txt", "Stadt: Rauch", related=[row]),
            article("d.txt", "Ticker: Lage", date="2024-05-03", related=[row]),
        ]
    )
    (stub,) = identities.stubs
    assert stub.key == article_key("taz", "Ticker: Lage", None)
    assert all(stub.key not in node.replaces for node in identities.articles)
    assert codes(identities) == ["headline-ambiguous"] * 2


def test_an_article_is_not_related_to_itself(article: Maker) -> None:
    row = Related("Ticker: Lage", 50)
    for date in ("2024-05-01", None):
        alone = resolve([article("a.txt", "Ticker: Lage", date=date, related=[row])])
        (node,) = alone.articles
        assert node.related == ()
        assert alone.stubs == ()
        assert codes(alone) == ["related-to-itself"]
    other = resolve(
        [article("a.txt", "Ticker: Lage", related=[row]), article("b.txt", "Ticker: Lage", date="2024-05-02")]
    )
    by_path = {node.path: node for node in other.articles}
    assert leads(by_path["a.txt"]) == [by_path["b.txt"].key]


def test_a_cut_headline_too_short_to_mean_anything_is_found_by_no_row(article: Maker) -> None:
    identities = resolve(
        [
            article("a.txt", "Kurz", cut=True),
            article("b.txt", "Ein langer Titel ab", "2024-05-02", cut=True),
            article("c.txt", "Hafen: Es brennt", "2024-05-03", related=[Related("Kurz", 50)]),
        ]
    )
    assert [stub.headline for stub in identities.stubs] == ["Kurz"]


def test_credits_of_one_author_on_one_line_come_in_one_order(article: Maker) -> None:
    page = article("a.txt", "Hafen: Es brennt").page
    assert isinstance(page, Article)
    spellings = sorted(["Jan Ott", "JAN OTT", "jan ott", "Jan OTT", "JAN Ott", "jan Ott"])
    jan = Ref(NodeKind.PERSON, "jan-ott")
    stated = tuple(Authorship(jan, one, Basis.BYLINE, "b.txt", 20) for one in reversed(spellings))
    node = article_node(page, Verdict("1", authors=stated))
    assert [one.credit for one in node.authors] == spellings


def test_a_cut_related_headline_finds_an_article_or_another_stub(article: Maker) -> None:
    whole, stub_only = (
        "Verkehrsausschuss im Landtag: Alles steht",
        "Gesundheitsamt im Umbau: Niemand weiß etwas",
    )
    identities = resolve(
        [
            article("a.txt", "Stadt: Rauch", related=[Related(whole[:35], 50, cut=True)]),
            article("b.txt", "Stadt: Asche", related=[Related(stub_only[:30], 50, cut=True)]),
            article("c.txt", "Stadt: Glut", related=[Related(stub_only, 50)]),
            article("d.txt", whole),
        ]
    )
    by_path = {node.path: node for node in identities.articles}
    assert leads(by_path["a.txt"]) == [by_path["d.txt"].key]
    assert leads(by_path["b.txt"]) == leads(by_path["c.txt"])
    (stub,) = identities.stubs
    assert (stub.headline, stub.cut) == (stub_only, False)


def test_a_number_learnt_anywhere_counts_everywhere(article: Maker) -> None:
    told = Related("Hafen: Es brennt", 50, number="6054758", slug="Hafen")
    untold = Related("Hafen: Es brennt", 51)
    missing = Related("Deich: Er hält", 52, number="6054759")
    identities = resolve(
        [
            article("m.txt", "Stadt: Rauch", related=[told, missing]),
            article("a.txt", "Hafen: Es brennt"),
            article("b.txt", "Stadt: Asche", related=[untold, Related("Deich: Er hält", 53)]),
            article("c.txt", "Stadt: Glut", links=["/Hafen/!6054758", "/Deich/!6054759"]),
        ]
    )
    by_path = {node.path: node for node in identities.articles}
    assert by_path["a.txt"].key == "6054758"
    numbers = ["6054758", "6054759"]
    assert leads(by_path["b.txt"]) == leads(by_path["m.txt"]) == numbers
    assert by_path["c.txt"].link_targets == tuple(Ref(NodeKind.ARTICLE, number) for number in numbers)
    (stub,) = identities.stubs
    assert (stub.number, stub.headline) == ("6054759", "Deich: Er hält")
    assert by_path["a.txt"].number_from == NumberTold("m.txt", 50)
    assert stub.number_from == NumberTold("m.txt", 52)
    assert stub.replaces == (article_key("taz", "Deich: Er hält", None),)


def test_the_first_row_that_tells_a_number_is_kept(article: Maker, index_page: Maker) -> None:
    fire = [Related("Hafen: Es brennt", line, number="6054758") for line in (52, 51)]
    rain = [Related("Deich: Er hält", 60), Related("Deich: Er hält", 61, number="6054759")]
    claims = [
        article("b.txt", "Stadt: Asche", related=[*fire, *rain]),
        index_page("c.txt", IndexKind.SECTION, "Gesellschaft", [fire[1], rain[1]]),
        article("a.txt", "Stadt: Rauch", related=[rain[0]], links=["/!6054758", "/!6054759"]),
        article("d.txt", "Hafen:  Es brennt"),
    ]
    identities = resolve(claims)
    (node,) = [node for node in identities.articles if node.path == "d.txt"]
    (stub,) = identities.stubs
    # A link or a row without a number comes earlier, but neither joins the number with the headline.
    assert (node.number, node.number_from) == ("6054758", NumberTold("b.txt", 51))
    assert (stub.number, stub.number_from) == ("6054759", NumberTold("b.txt", 61))


def test_a_number_that_a_dump_tells_of_itself_has_no_other_source(article: Maker) -> None:
    row = Related("Hafen: Es brennt", 50, number="6054758")
    identities = resolve(
        [
            article("m.txt", "Stadt: Rauch", related=[row]),
            article("a.txt", "Hafen: Es brennt", text="Der längere Text."),
            article("b.txt", "Hafen: Es brennt", number="6054758"),
        ]
    )
    (node,) = [node for node in identities.articles if node.path == "a.txt"]
    assert (node.number, node.number_from) == ("6054758", None)


def test_a_stub_that_only_links_tell_of_has_its_number_from_the_first_link(article: Maker) -> None:
    identities = resolve(
        [
            article("b.txt", "Stadt: Asche", links=["/!6054758"]),
            article("a.txt", "Stadt: Rauch", links=["/!6054759", "/Hafen/!6054758", "/!6054758"]),
        ]
    )
    assert {stub.number: stub.number_from for stub in identities.stubs} == {
        "6054758": NumberTold("a.txt", 12),
        "6054759": NumberTold("a.txt", 11),
    }


def test_a_number_is_not_given_to_one_of_two_of_the_same_headline(article: Maker) -> None:
    identities = resolve(
        [
            article("m.txt", "Stadt: Rauch", related=[Related("Ticker: Lage", 50, number="6054758")]),
            article("a.txt", "Ticker: Lage", date="2024-05-01"),
            article("b.txt", "Ticker: Lage", date="2024-05-02"),
        ]
    )
    assert {node.number for node in identities.articles} == {None}
    assert [stub.number for stub in identities.stubs] == ["6054758"]
    assert codes(identities) == ["number-ambiguous", "number-ambiguous"]


def test_a_slug_alone_never_joins(article: Maker) -> None:
    identities = resolve([article("a.txt", "Nato-Treffen: Alle da", links=["/Nato-Treffen/!6054758"])])
    (node,), (stub,) = identities.articles, identities.stubs
    assert node.number is None
    assert node.link_targets == (Ref(NodeKind.ARTICLE, "6054758"),)
    assert stub.headline is None
    assert codes(identities) == ["slug-candidate"]


def test_a_slug_settles_where_the_kicker_ends(article: Maker) -> None:
    headline = "40 Jahre Bote: Die Ausgabe: Die Zeitung"
    unknown = resolve([article("a.txt", headline)])
    assert (unknown.articles[0].kicker, unknown.articles[0].title) == (None, None)
    assert codes(unknown) == ["kicker-uncertain"]
    known = resolve(
        [
            article("a.txt", headline, number="149847"),
            article("b.txt", "Stadt: Rauch", links=["/40-Jahre-Bote-Die-Ausgabe/!149847"]),
        ]
    )
    node = next(node for node in known.articles if node.number)
    assert (node.kicker, node.title) == ("40 Jahre Bote: Die Ausgabe", "Die Zeitung")
    assert codes(known) == []


def test_index_pages_say_which_articles_they_have(article: Maker, index_page: Maker) -> None:
    rows = [Related("Hafen: Es brennt", 5, number="6054758"), Related("Deich: Er hält", 8)]
    identities = resolve(
        [
            article("a.txt", "Hafen: Es brennt"),
            index_page("t.txt", IndexKind.TOPIC, "Feuer im Hafen", rows, "5001"),
            index_page("w.txt", IndexKind.AUTHOR, "Ina Thal", rows, "77"),
            index_page("s.txt", IndexKind.SECTION, "Gesellschaft", rows),
        ]
    )
    (node,), (stub,) = identities.articles, identities.stubs
    assert node.key == "6054758"
    for one in (node, stub):
        assert [(tag.tag, tag.basis) for tag in one.tags] == [("feuer-im-hafen", Basis.INDEX_PAGE)]
        assert [(edge.author.key, edge.basis) for edge in one.authors] == [("ina-thal", Basis.INDEX_PAGE)]
    assert node.sections == (SectionListing("Gesellschaft", "s.txt", 5),)
    assert stub.sections == (SectionListing("Gesellschaft", "s.txt", 8),)
    (tag,) = identities.tags
    assert (tag.slug, tag.number, tag.focus) == ("feuer-im-hafen", "5001", None)


def test_tags_by_label_with_number_focus_and_broader(article: Maker) -> None:
    identities = resolve(
        [
            article(
                "a.txt",
                "Stadt: Rauch",
                tags=["Feuer", "Schwerpunkt Feuer", "Ina Thal"],
                links=["/Ina-Thal/!t5001", "/Jo-Brand/!t5002"],
            )
        ]
    )
    tags = {tag.slug: tag for tag in identities.tags}
    assert tags["schwerpunkt-feuer"].broader == "feuer"
    assert (tags["ina-thal"].number, tags["ina-thal"].focus) == ("5001", Ref(NodeKind.PERSON, "ina-thal"))
    assert tags["jo-brand"].label == "Jo Brand"
    assert tags["feuer"].focus is None
    assert identities.articles[0].link_targets == (
        Ref(NodeKind.TAG, "ina-thal"),
        Ref(NodeKind.TAG, "jo-brand"),
    )
    names = {
        entity.ref.key: entity.name for entity in identities.entities if entity.ref.kind is NodeKind.PERSON
    }
    assert names == {"ina-thal": "Ina Thal", "jo-brand": "Jo Brand"}


def test_numbers_that_disagree_are_findings(article: Maker) -> None:
    identities = resolve(
        [article("a.txt", "Stadt: Rauch", tags=["Ina Thal"], links=["/Ina-Thal/!t1001", "/Ina-Thal/!t1002"])]
    )
    assert codes(identities) == ["tag-number-conflict"]
    assert identities.tags[0].number == "1001"


def test_a_number_of_two_tags_is_given_to_neither(article: Maker) -> None:
    identities = resolve(
        [article("a.txt", "Stadt: Rauch", links=["/Ina-Thal/!t1001", "/Jo-Brand/!t1001", "/Jo-Brand/!t1002"])]
    )
    assert {tag.slug: tag.number for tag in identities.tags} == {"ina-thal": None, "jo-brand": "1002"}
    assert codes(identities) == ["tag-number-conflict"] * 2


def test_labels_that_only_a_slug_joins_are_a_finding(article: Maker) -> None:
    identities = resolve(
        [article("a.txt", "Stadt: Rauch", tags=["C", "C++", "Öl-Preis", "Oel Preis", "öl-preis"])]
    )
    assert [tag.slug for tag in identities.tags] == ["c", "oel-preis"]
    assert codes(identities) == ["tag-labels-merged"]


def test_bylines_are_persons_or_agencies(article: Maker) -> None:
    identities = resolve(
        [
            article("a.txt", "Stadt: Rauch", authors=["Ina Thal", "dpa", "Jo Brand und Uwe Ott", "Umbach"]),
            article(
                "b.txt",
                "Stadt: Asche",
                authors=["INA THAL"],
                places=("BAD ELSTER", "Kairo"),
                credits=("rtr",),
            ),
        ]
    )
    kinds = {entity.ref.key: (entity.ref.kind, entity.name) for entity in identities.entities}
    assert kinds == {
        "ina-thal": (NodeKind.PERSON, "Ina Thal"),
        "jo-brand": (NodeKind.PERSON, "Jo Brand"),
        "uwe-ott": (NodeKind.PERSON, "Uwe Ott"),
        "umbach": (NodeKind.PERSON, "Umbach"),
        "dpa": (NodeKind.ORGANIZATION, "dpa"),
        "reuters": (NodeKind.ORGANIZATION, "Reuters"),
        "taz": (NodeKind.ORGANIZATION, "taz"),
        "bad-elster": (NodeKind.PLACE, "Bad Elster"),
        "kairo": (NodeKind.PLACE, "Kairo"),
    }
    assert [
        edge.author.key for edge in identities.articles[0].authors + identities.articles[1].authors
    ].count("ina-thal") == 2


def test_the_order_of_claims_does_not_matter(article: Maker, index_page: Maker) -> None:
    rows = [
        Related("Hafen: Es brennt", 5, number="6054758", tag=tagged("Feuer")),
        Related("Deich: Er hält", 8),
    ]
    claims = [
        article(
            "a.txt", "Hafen: Es brennt", tags=["Feuer", "Ina Thal"], authors=["Jo Brand"], related=rows[1:]
        ),
        article("b.txt", "Hafen: Es brennt", text="Mehr Text.", links=["/Ina-Thal/!t1001", "/Deich/!5"]),
        article("c.txt", "Deich: Er hält", date=None, tags=["feuer"], related=rows[:1]),
        index_page("d.txt", IndexKind.TOPIC, "Feuer", rows, "77"),
    ]
    expected = resolve(claims)
    for seed in range(5):
        random.Random(seed).shuffle(claims)
        assert resolve(claims) == expected


def test_the_reduce_sees_no_prose(article: Maker) -> None:
    made = article("a.txt", "Hafen: Es brennt")
    assert isinstance(made.page, Article)
    assert made.page.body == ()
    assert made.text_length == len("Ein Text.")


def test_an_author_s_number_is_that_of_the_first_byline_that_has_it(article: Maker) -> None:
    told = article("b.txt", "Hafen: Es brennt", links=["/!a900"])
    first = article("a.txt", "Deich: Er hält")
    bylines = (Byline("Zoe Amt", 20, "900"), Byline("Anna Kolb", 21, "900"))
    first = replace(first, page=replace(first.page, authors=bylines))
    (node,) = (one for one in resolve([told, first]).articles if one.headline == "Hafen: Es brennt")
    assert node.link_targets == (Ref(NodeKind.PERSON, "zoe-amt"),)
