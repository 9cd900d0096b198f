"""`kg show`: the card of a person, organisation, place, tag or article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import can_print, folded, one_line, write_json, write_lines

if TYPE_CHECKING:
    from kg.store.cards import ArticlePage, Card, Near, Neighbour, Role


class Kind(StrEnum):
    """What a name is looked for among."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    TAG = "tag"
    ARTICLE = "article"


_RELATIONS = {
    "mentions": "named",
    "author": "by",
    "about": "tag",
    "linksToTag": "link",
    "locationCreated": "dateline",
    "sourceOrganization": "source",
}
"""How an article touches a node, in a word."""

_BAR = 40
_EIGHTHS = " ▏▎▍▌▋▊▉"


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A name in any spelling, a family name that one person has, a tag, a headline, a number or an IRI.",
        ),
    ],
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--kind", help="Look among these alone; otherwise the first of them that has the name is shown."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Entries of each list; 0 shows all.")
    ] = 10,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder that a build wrote.")] = Path(
        "out"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Write the card as JSON.")] = False,
) -> None:
    """Show what the archive knows of a person, organisation, place, tag or article.

    \b
    kg show "Hanna Kolb"
    kg show Deichbau --kind tag
    kg show 6021874
    """
    from kg.outputs import find_output
    from kg.store import cards
    from kg.store.lookup import ARTICLES

    lookup = cards.open_tables(find_output(out, "tables"))
    iri = lookup.find(name, [kind] if kind else list(Kind))
    if lookup.kind(iri) in ARTICLES:
        page = cards.article_page(lookup, iri)
        if as_json:
            write_json(asdict(page))
        else:
            write_lines(_page_lines(page, limit or None))
        return
    card = cards.card(lookup, iri, limit or None)
    if as_json:
        write_json(asdict(card))
    else:
        write_lines(_card_lines(card))


def _card_lines(card: Card) -> Iterator[str]:
    yield one_line(card.name)
    yield " · ".join(filter(None, (_kind(card), card.iri, one_line(card.url or ""))))
    yield ""
    if card.alternates:
        yield from folded("also", ", ".join(map(one_line, card.alternates)))
    if card.roles:
        yield from folded("roles", "; ".join(map(_role, card.roles)))
    yield from folded("articles", _articles(card))
    for heading, near in (("people", card.people), ("tags", card.tags), ("authors", card.authors)):
        if near:
            yield from folded(heading, _listed(near))
    if card.years:
        yield ""
        yield from _chart(card.years)
    if card.articles:
        yield ""
    for article in card.articles:
        how = ", ".join(_RELATIONS[relation] for relation in article.relations)
        yield f"{article.date or 'no date':<12}{one_line(article.headline)}  ({how}) {_key(article.iri)}"
    if len(card.articles) < card.article_count:
        yield f"the newest {len(card.articles)} of {card.article_count:,}; --limit 0 shows all"


def _kind(card: Card) -> str:
    return f"tag: {one_line(card.tag_kind)}" if card.tag_kind else card.kind


def _role(role: Role) -> str:
    party = f"({one_line(role.party)})" if role.party else ""
    title = " ".join(filter(None, [one_line(role.title), party]))
    span = role.first if role.first == role.last else f"{role.first} to {role.last}"
    return f"{title} {role.count:,}" + (f" ({span})" if role.first else "")


def _articles(card: Card) -> str:
    parts = [f"{card.article_count:,}"]
    if card.first:
        parts.append(f"from {card.first} to {card.last}" if card.first != card.last else f"of {card.first}")
    how = [f"{_RELATIONS[relation]} {count:,}" for relation, count in card.relations.items()]
    if how:
        parts.append(f"({', '.join(how)}; mentions {card.mentions:,})")
    return " ".join(parts)


def _listed(near: Iterable[Near]) -> str:
    return ", ".join(f"{one_line(one.name)} {one.articles:,}" for one in near)


def _chart(years: Sequence[tuple[int, int]]) -> Iterator[str]:
    """A bar for each year, in eighths of a character where the terminal has them."""
    highest = max(count for _, count in years)
    fine = can_print(_EIGHTHS + "█")
    for year, count in years:
        # The smallest bar is still seen; whole numbers keep it the same everywhere.
        length = max(1, count * _BAR * 8 // highest) if count else 0
        whole, rest = divmod(length, 8)
        bar = "█" * whole + _EIGHTHS[rest] if fine else "#" * max(whole, bool(length))
        yield f"{year:<12}{bar.strip()}{' ' if count else ''}{count:,}"


def _page_lines(page: ArticlePage, limit: int | None) -> Iterator[str]:
    yield one_line(page.headline)
    kind = "known only from other pages" if page.kind == "stub" else "article"
    yield " · ".join(filter(None, (kind, page.date, page.iri, one_line(page.url or ""))))
    yield ""
    if page.abstract:
        yield from folded("teaser", one_line(page.abstract))
    lists = (
        ("authors", "author", None),
        ("tags", "about", None),
        ("people", "mentions", "person"),
        ("bodies", "mentions", "organization"),
        ("places", "mentions", "place"),
        ("dateline", "locationCreated", None),
        ("source", "sourceOrganization", None),
        ("topics", "linksToTag", None),
        ("cites", "cites", None),
        ("related", "related", None),
    )
    for heading, relation, kind_of in lists:
        yield from _neighbours(heading, page.outgoing, relation, kind_of, limit)
    yield from _neighbours("cited by", page.incoming, "cites", None, limit)
    yield from _neighbours("related to", page.incoming, "related", None, limit)
    if page.dump:
        lines = dict.fromkeys(str(line) for line in (page.first_line, page.last_line) if line)
        yield from folded("read in", ":".join([one_line(page.dump), *["-".join(lines)] * bool(lines)]))
    if others := [one_line(path) for path in page.paths if path != page.dump]:
        yield from folded("also in", ", ".join(others))


def _key(iri: str) -> str:
    """What an article's address ends with, which names it in any command: its number or hash."""
    return iri.rpartition("/")[2]


def _neighbours(
    heading: str, every: Iterable[Neighbour], relation: str, kind: str | None, limit: int | None
) -> list[str]:
    chosen = [one for one in every if one.relation == relation and kind in {None, one.kind}]
    if not chosen:
        return []
    # Headlines have commas of their own.
    separator = ", "
    if relation == "mentions":
        chosen.sort(key=lambda one: -one.count)
        named = [f"{one_line(one.name)} {one.count}" for one in chosen]
    elif relation in {"cites", "related"}:
        named, separator = [f"{one_line(one.name)} ({_key(one.iri)})" for one in chosen], "; "
    else:
        named = [one_line(one.name) for one in chosen]
    more = [f"and {len(named) - limit} more"] if limit is not None and len(named) > limit else []
    return folded(heading, separator.join(named[:limit] + more))
