"""Persons, organisations and places as bylines, tags, credits and datelines name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Article, Entity, Identity, IndexKind, IndexPage, NodeKind, Ref, Tag
from kg.people import AGENCIES, is_agency, is_organization_byline, split_name
from kg.resolve.claims import Claim
from kg.resolve.keys import slug
from kg.resolve.tags import Seen, TagDraft, note

_SMALL_WORDS = frozenset("am an auf bei da de der do i im in la ob und von".split())
"""Words inside names of places that stay small when a dateline in capitals is spelled as a name."""


@dataclass(slots=True)
class EntityDraft:
    """All spellings of one entity by the rule that gave them; earlier rules have the say about the name."""

    spellings: dict[str, dict[str, Seen]] = field(default_factory=lambda: defaultdict(dict))
    news_media: bool = False


def credited(name: str) -> list[tuple[Ref, str]]:
    """Who an AUTOREN row names, each with the spelling: agencies, an editorial body, or one or more persons.

    >>> [spelling for _, spelling in credited("afp/dpa")]
    ['AFP', 'dpa']
    >>> [ref.key for ref, _ in credited("Anna Kolb und Jan Ott")]
    ['anna-kolb', 'jan-ott']
    """
    if is_agency(name):
        return [agency(mark) for mark in name.split("/")]
    if is_organization_byline(name):
        return [(Ref(NodeKind.ORGANIZATION, slug(name)), name)]
    persons = [part.strip() for part in name.replace(" und ", ", ").split(", ")]
    if any(" " not in person for person in persons):
        persons = [name]
    return [(Ref(NodeKind.PERSON, slug(person)), person) for person in persons]


def agency(mark: str) -> tuple[Ref, str]:
    """The organisation behind an agency's mark, and its name: `rtr` is Reuters."""
    name = AGENCIES.get(mark.strip().lower(), mark.strip())
    return Ref(NodeKind.ORGANIZATION, slug(name)), name


def place(printed: str) -> tuple[Ref, str]:
    """The place that a dateline prints, and its name: `BAD ELSTER` is Bad Elster."""
    name = printed
    if printed.isupper() and len(printed) > 3:
        words = [word if word.lower() not in _SMALL_WORDS else word.lower() for word in printed.split()]
        name = " ".join("-".join(_capitalized(part) for part in word.split("-")) for word in words)
    return Ref(NodeKind.PLACE, slug(printed)), name


def collect_entities(
    publisher: str, claims: Iterable[Claim], tag_drafts: Mapping[str, TagDraft], tags: Iterable[Tag]
) -> dict[Ref, EntityDraft]:
    """Ref → every spelling of the entity, with rule, count and first place."""
    drafts: dict[Ref, EntityDraft] = defaultdict(EntityDraft)
    for tag in tags:
        if tag.focus is not None:
            seen = tag_drafts[tag.slug]
            rule, spellings = ("tag", seen.labels) if seen.labels else ("topic link", seen.slugs)
            drafts[tag.focus].spellings[rule].update(spellings)
    for claim in claims:
        if isinstance(claim.page, Article):
            _note_article(claim, claim.page, drafts)
        elif claim.page.kind is IndexKind.AUTHOR:
            _note_author_page(claim.page, drafts)
    drafts[agency(publisher)[0]].news_media = True
    return dict(drafts)


def make_entities(publisher: str, drafts: Mapping[Ref, EntityDraft]) -> tuple[list[Entity], list[Identity]]:
    """Decide name and spellings of each; a tag's spelling wins over a byline's, the most frequent one over the rest."""
    entities, identities = [], []
    for ref in sorted(drafts):
        spellings = drafts[ref].spellings
        name = _canonical(spellings) or agency(publisher)[1]
        others = sorted({spelling for seen in spellings.values() for spelling in seen} - {name})
        given, family = split_name(name) if ref.kind is NodeKind.PERSON else (None, None)
        entities.append(
            Entity(ref, name, tuple(others), given=given, family=family, news_media=drafts[ref].news_media)
        )
        identities += [
            Identity(ref, spelling, rule, seen.count, seen.source.path, seen.line)
            for rule in sorted(spellings)
            for spelling, seen in sorted(spellings[rule].items())
        ]
    return entities, identities


def _note_article(claim: Claim, article: Article, drafts: dict[Ref, EntityDraft]) -> None:
    source = article.source
    for byline in article.authors:
        for ref, spelling in credited(byline.name):
            note(drafts[ref].spellings["byline"], spelling, source, byline.line)
            drafts[ref].news_media |= ref.kind is NodeKind.ORGANIZATION
    line = claim.body_line or article.headline_line
    for mark in article.credits:
        ref, name = agency(mark)
        note(drafts[ref].spellings["credit"], name, source, line)
        drafts[ref].news_media = True
    for printed in article.places:
        ref, name = place(printed)
        rule = "dateline" if name == printed else "dateline in capitals"
        note(drafts[ref].spellings[rule], name, source, line)


def _note_author_page(page: IndexPage, drafts: dict[Ref, EntityDraft]) -> None:
    for ref, spelling in credited(page.name):
        note(drafts[ref].spellings["author page"], spelling, page.source, page.source.first_line)


_RULES = ("tag", "author page", "byline", "credit", "dateline", "dateline in capitals", "topic link")
"""Who gives a name, the most trusted first."""


def _canonical(spellings: Mapping[str, Mapping[str, Seen]]) -> str | None:
    for rule in _RULES:
        if seen := spellings.get(rule):
            return min(seen, key=lambda name: (name.isupper(), -seen[name].count, name))
    return None


def _capitalized(part: str) -> str:
    return part if part.lower() in _SMALL_WORDS and part.islower() else part.capitalize()
