"""Who is meant where an article names somebody by the whole name or a part of it."""

from __future__ import annotations

import re

import pytest

from kg.model import (
    Article,
    ArticleNode,
    Basis,
    Block,
    Candidate,
    Finding,
    InlineLink,
    Mention,
    NameBook,
    NodeKind,
    Part,
    Passage,
    Ref,
    Rendering,
    Selector,
    SelectorKind,
    Source,
    Stub,
)
from kg.resolve.known import Names
from kg.resolve.mentions import find_mentions, find_stub_mentions

SOURCE = Source("a.txt", "0" * 64, Rendering.MENU, 1, 9)


def person(key: str) -> Ref:
    return Ref(NodeKind.PERSON, key)


KOLB, OTT, AUE = person("hanna-kolb"), person("jan-ott"), person("clemens-von-der-aue")
BERG, WOLF, COUSIN = person("volkmar-berg"), person("enno-wolf"), person("focko-wolf")
GUROW, ELDER, YOUNGER = person("gurow"), person("jo-thal"), person("jo-thal-2")
KOREA, PARTY = Ref(NodeKind.PLACE, "nordkorea"), Ref(NodeKind.ORGANIZATION, "gruene-liste")
HALLE = Ref(NodeKind.PLACE, "halle")
BOOK = NameBook(
    full={
        "Hanna Kolb": KOLB,
        "Jan Ott": OTT,
        "Clemens von der Aue": AUE,
        "Volkmar Berg": BERG,
        "Enno Wolf": WOLF,
        "Focko Wolf": COUSIN,
        "Noor Brix": person("noor-brix"),
        "Samir al-Khatib": person("samir-al-khatib"),
        "Oleksij Hrymaljuk": person("oleksij-hrymaljuk"),
        "Olexij Hrymaliuk": person("oleksij-hrymaljuk"),
        "Nordkorea": KOREA,
        "Grüne Liste": PARTY,
        "Halle": HALLE,
    },
    namesakes={"Jo Thal": {"1": ELDER, "2": YOUNGER}},
    singles={"Gurow": GUROW},
    single_spans={"Merk": (("2005-11-22", "2021-12-08", person("ina-merk")),)},
)
NAMES = Names(BOOK)


def article(body: str, *marked: str, headline: str = "Nichts Neues", role: str | None = None) -> Article:
    """An article with one candidate for a person at the first place of each marked word."""
    candidates = []
    for word in marked:
        start = re.search(rf"\b{word}\b", body).start()  # type: ignore[union-attr]  # each is in the text
        candidates.append(
            Candidate(
                NodeKind.PERSON, word, Part.BODY, None, start, start + len(word), 5, confidence=0.9, role=role
            )
        )
    candidates.sort(key=lambda one: one.start)
    return Article(
        SOURCE,
        headline,
        1,
        date="2024-05-01",
        body=(Block(Passage(body, 5)),),
        candidates=tuple(candidates),
    )


def resolved(
    page: Article, key: str = "1", links: tuple[Ref | None, ...] = (), date: str = "2024-05-01"
) -> tuple[tuple[Mention, ...], tuple[Finding, ...]]:
    node = ArticleNode(key, SOURCE.path, (SOURCE,), page.headline, date=date, link_targets=links)
    return find_mentions(page, node, NAMES, {"hanna-kolb": KOLB, "jan-ott": OTT})


def named(page: Article, key: str = "1") -> list[tuple[str, str]]:
    return [(one.exact, one.ref.key) for one in resolved(page, key)[0]]


def test_a_family_name_stands_for_the_full_name_before_and_after_it() -> None:
    page = article("Hanna Kolb sprach. Dann ging Kolb, und Kolbs Hut blieb.", headline="Kolb geht")
    mentions, findings = resolved(page)
    assert [(one.part, one.start, one.exact, one.basis) for one in mentions] == [
        (Part.HEADLINE, 0, "Kolb", Basis.FAMILY_NAME_AFTER_FULL_NAME),
        (Part.BODY, 0, "Hanna Kolb", Basis.KNOWN_NAME),
        (Part.BODY, 29, "Kolb", Basis.FAMILY_NAME_AFTER_FULL_NAME),
        (Part.BODY, 39, "Kolbs", Basis.FAMILY_NAME_AFTER_FULL_NAME),
    ]
    assert {one.ref for one in mentions} == {KOLB}
    assert [one.line for one in mentions] == [1, 5, 5, 5]
    assert findings == ()


@pytest.mark.parametrize(
    ("full", "sentence", "exact"),
    [
        ("Noor Brix", "Das war Brix’ Rede.", "Brix’"),
        ("Clemens von der Aue", "Das sagte von der Aue.", "von der Aue"),
        ("Clemens von der Aue", "Von der Aue sagte es.", "Von der Aue"),
        ("Samir al-Khatib", "Al-Khatib sagte es.", "Al-Khatib"),
        ("Oleksij Hrymaljuk", "Das sagte Hrymaliuk.", "Hrymaliuk"),  # another spelling of the same person
    ],
)
def test_forms_of_a_family_name(full: str, sentence: str, exact: str) -> None:
    first, second = resolved(article(f"{full} kam. {sentence}"))[0]
    assert (second.exact, second.ref) == (exact, first.ref)


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Kolb-Regierung tagt.",
        "Das Hanna-Kolb-Haus steht.",
        "Petra Kolb sagte nichts.",
        "Kolbe sagte nichts.",
        "Die Familie Kolb schwieg.",
        "Die Reederei Kolb fuhr.",
        "Bei Kolbs brannte Licht.",
    ],
)
def test_words_that_are_not_the_family_name(sentence: str) -> None:
    assert named(article(f"Hanna Kolb kam. {sentence}")) == [("Hanna Kolb", "hanna-kolb")]


def test_a_particle_belongs_to_the_family_name() -> None:
    page = article("Clemens von der Aue ging durch die Aue.")
    assert named(page) == [("Clemens von der Aue", "clemens-von-der-aue")]


def test_a_name_that_is_a_noun_needs_evidence() -> None:
    body = "Volkmar Berg kam. Berg und Tal sind schön. Herr Berg ging, Landeschef Berg auch. Da lachte Berg."
    assert [start for start, _ in spans(article(body))] == [
        0,
        body.index("Berg ging"),
        body.index("Berg auch"),
    ]
    found = article(body[18:].replace("Berg und", "Volkmar Berg und"), "Volkmar Berg")
    assert spans(found)[0] == (0, "Volkmar Berg")


def test_the_recogniser_is_evidence_for_a_noun() -> None:
    body = "Volkmar Berg kam. Da lachte ihm Berg zu."
    assert named(article(body)) == [("Volkmar Berg", "volkmar-berg")]
    start = body.rindex("Berg")
    page = article(body)
    sure = Candidate(NodeKind.PERSON, "Berg", Part.BODY, None, start, start + 4, 5, confidence=0.9)
    seen = Article(page.source, page.headline, 1, date=page.date, body=page.body, candidates=(sure,))
    assert spans(seen) == [(0, "Volkmar Berg"), (start, "Berg")]


def spans(page: Article) -> list[tuple[int, str]]:
    return [(one.start, one.exact) for one in resolved(page)[0]]


def test_a_family_name_of_two_is_left_open_and_reported() -> None:
    mentions, findings = resolved(article("Enno Wolf und Focko Wolf kamen.\nDann sprach Herr Wolf."))
    assert [one.exact for one in mentions] == ["Enno Wolf", "Focko Wolf"]
    ((code, path, line, message),) = [(one.code, one.path, one.line, one.message) for one in findings]
    assert (code, path, line) == ("family-name-ambiguous", "a.txt", 6)
    assert "`Wolf`" in message
    assert "enno-wolf, focko-wolf" in message


def test_a_role_tells_two_of_one_family_name_apart() -> None:
    body = "Bürgermeister Enno Wolf und sein Cousin Focko Wolf kamen. Dann sprach Bürgermeister Wolf."
    alone = body.rindex("Wolf")
    page = Article(
        SOURCE,
        "Nichts Neues",
        1,
        body=(Block(Passage(body, 5)),),
        candidates=(
            Candidate(NodeKind.PERSON, "Enno Wolf", Part.BODY, None, 14, 23, 5, 0.9, "Bürgermeister"),
            Candidate(NodeKind.PERSON, "Wolf", Part.BODY, None, alone, alone + 4, 5, 0.9, "Bürgermeister"),
        ),
    )
    mentions, findings = resolved(page)
    assert [(one.start, one.ref, one.basis) for one in mentions] == [
        (14, WOLF, Basis.ROLE_AND_NAME),
        (body.index("Focko"), COUSIN, Basis.KNOWN_NAME),
        (alone, WOLF, Basis.FAMILY_NAME_AFTER_FULL_NAME),
    ]
    assert findings == ()


def test_a_given_name_alone_is_somebody_when_few_are_named() -> None:
    assert named(article("Hanna Kolb wohnt hier. Hanna liest gern. Abends kocht Hanna.")) == [
        ("Hanna Kolb", "hanna-kolb"),
        ("Hanna", "hanna-kolb"),
        ("Hanna", "hanna-kolb"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Hanna Kolb wohnt hier. Die „Hanna“ fährt, die „Hanna“ sinkt.",
        "Hanna Kolb wohnt hier. Hanna Ritter auch, und wieder Hanna Ritter.",
        "Hanna Kolb wohnt hier. Einmal kam Hanna.",
        "Hanna Kolb wohnt hier. Das Hanna-Fest war schön, das Hanna-Fest war lang.",
    ],
)
def test_a_given_name_that_is_nobodys(body: str) -> None:
    assert named(article(body)) == [("Hanna Kolb", "hanna-kolb")]


def test_a_couple_shares_its_family_name() -> None:
    assert named(article("Enno und Focko Wolf wohnen hier. Enno Wolf grüßt.")) == [
        ("Enno", "enno-wolf"),
        ("Focko Wolf", "focko-wolf"),
        ("Enno Wolf", "enno-wolf"),
    ]


def test_a_single_name_that_stands_for_somebody() -> None:
    (mention,) = resolved(article("Da kam Gurow.", "Gurow"))[0]
    assert (mention.ref, mention.basis) == (GUROW, Basis.DOMINANT_BEARER)
    assert mention.confidence < 0.9


def test_a_dominant_bearer_has_a_time() -> None:
    page = article("Da kam Merk.", "Merk")
    (mention,) = resolved(page, date="2020-01-01")[0]
    assert mention.ref == person("ina-merk")
    mentions, findings = resolved(page, date="2024-01-01")
    assert mentions == ()
    assert [one.code for one in findings] == ["family-name-open"]


def test_a_single_name_of_nobody_known_is_reported() -> None:
    mentions, findings = resolved(article("Da kam Lawrow.\nUnd Lawrow ging.", "Lawrow"))
    assert mentions == ()
    assert [(one.code, one.line) for one in findings] == [("family-name-open", 5)]
    assert "`Lawrow`" in findings[0].message


def test_words_that_no_candidate_holds_are_not_asked_about() -> None:
    assert resolved(article("Da kam Lawrow, da kam Merk.")) == ((), ())


def test_a_rare_name_is_found_where_nobody_saw_it() -> None:
    (mention,) = resolved(article("Da kam Gurow, nicht Klaus Gurow und nicht die Familie Gurow."))[0]
    assert (mention.start, mention.ref, mention.basis) == (7, GUROW, Basis.DOMINANT_BEARER)


def test_namesakes_are_resolved_by_the_article() -> None:
    page = article("Jo Thal kam. Thal ging.", "Jo Thal")
    assert named(page, "1") == [("Jo Thal", "jo-thal"), ("Thal", "jo-thal")]
    assert named(page, "2") == [("Jo Thal", "jo-thal-2"), ("Thal", "jo-thal-2")]
    assert named(page, "3") == []


def test_places_and_organisations_in_any_form() -> None:
    body = "Nordkoreas Heer, sagt die Spitze der Grünen Liste."
    start = body.index("Grünen")
    page = Article(
        SOURCE,
        "Nordkorea",
        1,
        body=(Block(Passage(body, 5)),),
        candidates=(
            Candidate(NodeKind.ORGANIZATION, "Grünen Liste", Part.BODY, None, start, start + 12, 5, 0.8),
        ),
    )
    assert [(one.exact, one.ref, one.basis) for one in resolved(page)[0]] == [
        ("Nordkorea", KOREA, Basis.KNOWN_NAME),
        ("Nordkoreas", KOREA, Basis.KNOWN_NAME),
        ("Grünen Liste", PARTY, Basis.RECOGNIZED_NAME),
    ]


def test_a_place_inside_a_name_of_somebody_is_no_place() -> None:
    assert named(article("Da kam Anna Halle nach Halle.", "Anna Halle")) == [("Halle", "halle")]
    assert named(article("Da kam Bürgermeister Halle.", "Halle", role="Bürgermeister")) == []


def test_the_first_part_of_a_compound_is_no_mention() -> None:
    compound = Candidate(NodeKind.ORGANIZATION, "EU", Part.BODY, None, 4, 6, 5, 0.9)
    page = Article(
        SOURCE, "Nichts", 1, body=(Block(Passage("Der EU-Gipfel der EU.", 5)),), candidates=(compound,)
    )
    names = Names(NameBook({"EU": Ref(NodeKind.ORGANIZATION, "eu")}))
    node = ArticleNode("1", "a.txt", (SOURCE,), "Nichts")
    assert [one.start for one in find_mentions(page, node, names, {})[0]] == [18]


def link(body: str, text: str, key: str) -> InlineLink:
    start = body.index(text)
    selector = Selector(SelectorKind.TOPIC, f"/{key}/!t1", "t1", key)
    return InlineLink(1, 9, text, Part.BODY, None, start, start + len(text), selector)


@pytest.mark.parametrize(
    ("body", "anchor", "exact"),
    [
        ("Da sprach Hanna Kolb lange.", "sprach Hanna Kolb", "Hanna Kolb"),
        ("Da sprach Ministerin Kolb lange.", "Ministerin Kolb", "Kolb"),
        ("Machtwechsel in Dornmark ist da.", "Machtwechsel in Dornmark", "Machtwechsel in Dornmark"),
    ],
)
def test_a_link_to_a_topic_names_whom_the_topic_is_about(body: str, anchor: str, exact: str) -> None:
    page = Article(
        SOURCE, "Nichts", 1, body=(Block(Passage(body, 5)),), links=(link(body, anchor, "hanna-kolb"),)
    )
    (mention,) = resolved(page, links=(Ref(NodeKind.TAG, "hanna-kolb"),))[0]
    assert (mention.ref, mention.exact, mention.basis) == (KOLB, exact, Basis.TOPIC_LINK)


def test_a_place_in_an_anchor_stays_a_place() -> None:
    body = "Machtwechsel in Halle, sagt Kolb."
    page = Article(
        SOURCE,
        "Nichts",
        1,
        body=(Block(Passage(body, 5)),),
        links=(link(body, "Machtwechsel in Halle", "hanna-kolb"),),
    )
    found = resolved(page, links=(Ref(NodeKind.TAG, "hanna-kolb"),))[0]
    assert [(one.exact, one.ref.key) for one in found] == [
        ("Machtwechsel in Halle", "hanna-kolb"),
        ("Halle", "halle"),
        ("Kolb", "hanna-kolb"),
    ]


def test_an_anchor_that_names_somebody_else_is_not_believed() -> None:
    body = "Da sprach Jan Ott lange."
    page = Article(
        SOURCE,
        "Nichts",
        1,
        body=(Block(Passage(body, 5)),),
        links=(link(body, "sprach Jan Ott", "hanna-kolb"),),
    )
    (mention,) = resolved(page, links=(Ref(NodeKind.TAG, "hanna-kolb"),))[0]
    assert (mention.ref, mention.basis) == (OTT, Basis.KNOWN_NAME)


def test_no_two_mentions_begin_at_one_place() -> None:
    body = "Hanna Kolb, Kolb, Nordkorea, Grüne Liste, Herr Kolb, Hanna."
    page = article(body, "Hanna Kolb", headline="Kolb")
    places = [(one.part, one.start) for one in resolved(page)[0]]
    assert len(places) == len(set(places)) == 6


def test_a_stub_is_read_by_the_row_that_announced_it() -> None:
    stub = Stub(
        "h-1",
        path="b.txt",
        headline="Kolb geht",
        headline_line=3,
        teaser=Passage("Hanna Kolb will nicht mehr.", 4),
    )
    gurow = Candidate(NodeKind.PERSON, "Gurow", Part.HEADLINE, None, 0, 5, 3, 0.9)
    assert [(one.exact, one.line) for one in find_stub_mentions(stub, NAMES)[0]] == [
        ("Kolb", 3),
        ("Hanna Kolb", 4),
    ]
    other = Stub("h-2", path="b.txt", headline="Gurow geht", headline_line=3, candidates=(gurow,))
    (mention,) = find_stub_mentions(other, NAMES)[0]
    assert mention.ref == GUROW


def test_marks_of_agencies_are_no_mentions() -> None:
    names = Names(
        NameBook({"dpa": Ref(NodeKind.ORGANIZATION, "dpa"), "taz": Ref(NodeKind.ORGANIZATION, "taz")})
    )
    page = Article(
        SOURCE,
        "Nichts",
        1,
        body=(
            Block(Passage("taz: Frau Kolb, wie geht’s?", 5)),
            Block(Passage("Es geht. (dpa/taz) Das sagte sie der taz.", 7)),
        ),
    )
    node = ArticleNode("1", "a.txt", (SOURCE,), "Nichts")
    assert [(one.exact, one.line) for one in find_mentions(page, node, names, {})[0]] == [("taz", 7)]


def test_time_grows_with_the_text_and_not_faster() -> None:
    body = " ".join(["Hanna Kolb sprach, und Kolb ging. Enno Wolf kam, Wolf blieb in Nordkorea."] * 2000)
    mentions = resolved(article(body))[0]
    assert len(mentions) == 2000 * 4
