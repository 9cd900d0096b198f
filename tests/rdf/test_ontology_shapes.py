"""The shapes accept the examples and what the code writes, and refuse each counter-example for the intended reason."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.model import (
    Article,
    ArticleNode,
    Authorship,
    Basis,
    Block,
    Entity,
    Identity,
    Image,
    InlineLink,
    Mention,
    NodeKind,
    NumberTold,
    Part,
    Passage,
    Ref,
    RelatedEdge,
    Rendering,
    RoleSeen,
    SectionListing,
    Selector,
    SelectorKind,
    Source,
    Stub,
    Tag,
    TagAssignment,
)
from kg.rdf import ontology
from kg.rdf.iris import Iris
from kg.rdf.triples import (
    article_triples,
    entity_triples,
    evidence_triples,
    files_triples,
    identity_evidence,
    scheme_triples,
    stub_evidence,
    stub_triples,
    tag_triples,
)
from kg.rdf.vocabulary import PREFIXES

INVALID = sorted(ontology.path("examples/invalid").glob("*.ttl"))


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(ontology.path("shapes").glob("*.ttl")):
        graph.parse(data=path.read_bytes(), format="turtle")
    return graph


@pytest.fixture(scope="module")
def valid() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted(ontology.path("examples").glob("[ek]*/*.ttl")):
        graph.parse(data=path.read_bytes(), format="turtle")
    return graph


def violations(data: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    """`Shape path Constraint` of everything that is wrong; `-` as path where the node itself is."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        while not isinstance(
            shape, rdflib.URIRef
        ):  # from a property shape or list up to the shape with a name
            shape = next(shapes.subjects(None, shape))
        path = report.value(result, SH.resultPath)
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        found.add(f"{_local(shape)} {_short(path)} {component.removesuffix('ConstraintComponent')}")
    return found


def _local(iri: rdflib.URIRef) -> str:
    return str(iri).rpartition("#")[2]


def _short(path: object) -> str:
    if path is None:
        return "-"
    return next(
        f"{p}:{str(path).removeprefix(space)}" for p, space in PREFIXES.items() if str(path).startswith(space)
    )


def expectations(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")}


def test_the_examples_conform(valid: rdflib.Graph, shapes: rdflib.Graph) -> None:
    assert violations(valid, shapes) == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_each_counter_example_fails_as_intended(
    path: Path, valid: rdflib.Graph, shapes: rdflib.Graph
) -> None:
    data = valid + rdflib.Graph().parse(data=path.read_bytes(), format="turtle")
    assert expectations(path)
    assert violations(data, shapes) == expectations(path)


def test_every_shape_has_a_target_an_example_and_a_counter_example(
    valid: rdflib.Graph, shapes: rdflib.Graph
) -> None:
    named = {shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(shape, rdflib.URIRef)}
    broken = {expected.split()[0] for path in INVALID for expected in expectations(path)}
    assert {_local(shape) for shape in named} == broken
    for shape in named:
        classes = [set(valid.subjects(RDF.type, target)) for target in shapes.objects(shape, SH.targetClass)]
        subjects = [
            set(valid.subjects(target, None)) for target in shapes.objects(shape, SH.targetSubjectsOf)
        ]
        assert set().union(*classes, *subjects), shape


def test_every_class_of_the_examples_has_a_shape(valid: rdflib.Graph, shapes: rdflib.Graph) -> None:
    covered = set(shapes.objects(None, SH.targetClass))
    general = {
        "OpinionNewsArticle",
        "Entity",
        "Annotation",
        "Statement",
    }  # beside a class with a shape, always
    found = {
        value
        for value in valid.objects(None, RDF.type)
        if str(value).rpartition("/")[2].rpartition("#")[2] not in general
    }
    assert found <= covered
    for subject, kind in valid.subject_objects(RDF.type):
        assert kind in covered or set(valid.objects(subject, RDF.type)) & covered


def _made_up_archive() -> tuple[str, str]:
    """Knowledge and evidence of two articles, a stub and all that they name, written by the code."""
    iris = Iris("urn:kg:taz/")
    path, sha = "a/hafen.txt", "ab" * 32
    source = Source(path, sha, Rendering.GOPHERPROXY, 2, 30)
    person, place = Ref(NodeKind.PERSON, "wiebke-tammen"), Ref(NodeKind.PLACE, "nordersiel")
    paper, stub_key = Ref(NodeKind.ORGANIZATION, "taz"), "h-" + "a" * 26
    article = Article(
        source,
        "Hafen: Kräne stehen",
        2,
        truncated=True,
        transliterated=True,
        teaser=Passage("Wiebke Tammen\nstreikt", 3),
        images=(Image(Passage("Wiebke Tammen", 5)),),
        dateline="NORDERSIEL",
        body=(Block(Passage("Wiebke Tammen sagt\nnichts", 7)), Block(Passage("Und jetzt?", 9), subhead=True)),
        links=(
            InlineLink(
                1, 7, "Wiebke", Part.BODY, None, 0, 6, Selector(SelectorKind.TOPIC, "/T/!t7", "7", "T")
            ),
            InlineLink(2, 20),
        ),
    )
    byline = Authorship(person, "W. Tammen", Basis.BYLINE, path, 22)
    tags = (
        TagAssignment("hafen", Basis.OWN_TAG, path, 25),
        TagAssignment("hafen", Basis.RELATED_TAG_POSITION, path, 27),
    )
    node = ArticleNode(
        key="12",
        path=path,
        sources=(source,),
        headline=article.headline,
        date="2021-03-04",
        number="12",
        number_from=NumberTold("a/menu.txt", 4),
        kicker="Hafen",
        title="Kräne stehen",
        opinion=True,
        replaces=("h-" + "b" * 26,),
        sections=(SectionListing("Nord", "a/nord.txt", 5),),
        places=(place,),
        credits=(paper,),
        authors=(byline,),
        tags=tags,
        related=(RelatedEdge(Ref(NodeKind.ARTICLE, stub_key), path, 20),),
        link_targets=(Ref(NodeKind.TAG, "hafen"), Ref(NodeKind.ARTICLE, stub_key)),
    )
    mentions = [
        Mention(person, Part.BODY, 0, 13, "Wiebke Tammen", 7, Basis.TOPIC_LINK, 1.0),
        Mention(person, Part.ABSTRACT, 0, 13, "Wiebke Tammen", 3, Basis.KNOWN_NAME, 0.9),
        Mention(person, Part.CAPTION, 0, 13, "Wiebke Tammen", 5, Basis.KNOWN_NAME, 0.9, 0),
    ]
    stub = Stub(
        stub_key,
        path=path,
        headline="Lohn: Er",
        cut=True,
        headline_line=8,
        teaser=Passage("Wiebke Tammen kommt.", 9),
        authors=(byline,),
        tags=tags,
        seen_in=(source,),
    )
    stub_mentions = [Mention(person, Part.ABSTRACT, 0, 13, "Wiebke Tammen", 9, Basis.KNOWN_NAME, 0.9)]
    tammen = Entity(
        person,
        "Wiebke Tammen",
        ("Tammen",),
        "Wiebke",
        "Tammen",
        job_titles=("Wirtin",),
        roles=(RoleSeen("Wirtin", "Hafenliste", 1, None, None),),
        replaces=("tammen",),
    )
    knowledge = [
        article_triples(node, article, mentions, iris, with_text=True),
        stub_triples(stub, stub_mentions, iris),
        entity_triples(tammen, iris, mention_count=3, article_count=1),
        entity_triples(Entity(place, "Nordersiel"), iris, mention_count=0, article_count=1),
        entity_triples(
            Entity(Ref(NodeKind.ORGANIZATION, "taz"), "taz", news_media=True),
            iris,
            mention_count=0,
            article_count=0,
        ),
        tag_triples(Tag("hafen", "Hafen", ("Häfen",), "7", "wasser", place), iris),
        tag_triples(Tag("wasser", "Wasser"), iris),
        scheme_triples(iris, "taz"),
        *files_triples([source], iris),
    ]
    identity = Identity(person, "Tammen", "family name", 2, path, 9)
    evidence = [
        evidence_triples(node, article, mentions, iris),
        stub_evidence(stub, stub_mentions, iris),
        identity_evidence(identity, iris),
    ]
    return "".join(knowledge), "".join(evidence)


def test_what_the_code_writes_conforms_alone_and_together(shapes: rdflib.Graph) -> None:
    knowledge, evidence = _made_up_archive()
    for text in (knowledge, evidence, knowledge + evidence):
        data = rdflib.Graph().parse(data=text, format="nt")
        assert len(data) == text.count("\n")
        assert not any(isinstance(term, rdflib.BNode) for triple in data for term in triple)
        assert violations(data, shapes) == set()


def test_the_code_writes_every_property_that_the_shapes_know(shapes: rdflib.Graph) -> None:
    knowledge, evidence = _made_up_archive()
    written = set(rdflib.Graph().parse(data=knowledge + evidence, format="nt").predicates())
    assert set(shapes.objects(None, SH.path)) | {RDF.type} == written
