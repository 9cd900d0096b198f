"""What the reduce needs to know of a page, of which the first map makes rows: its claim, and its texts.

Claims are small; the names and teasers in the texts are much larger. Both are staged, since the tables of a shard are
made anew where many of its documents changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from kg.model import (
    Article,
    Candidate,
    IndexPage,
    InlineLink,
    Passage,
    Record,
    Related,
    Selector,
    SelectorKind,
    Source,
)
from kg.resolve.keys import collapse, slug

_OF: Final = re.compile(
    r"\b(?:Parteitag|Vorsitz(?:ende[rn]?)?|Generalsekretär(?:in|s)?|Fraktion|Mitglied(?:er|ern)?|Landeschef(?:in)?|"
    r"Parteichef(?:in)?) (?:des|der) ((?:[A-ZÄÖÜ][\w-]+ ?){1,3})"
)
"""An office, and whose it is."""


class RowTexts(Record, frozen=True):
    """What a row that announces an article says beside its headline."""

    line: int
    headline: str
    teaser: Passage | None
    candidates: tuple[Candidate, ...]  # in headline and teaser


class Texts(Record, frozen=True):
    """The names in a page's own text, and the rows that have a teaser or names."""

    source: Source
    candidates: tuple[Candidate, ...]
    rows: tuple[RowTexts, ...]


class Claim(Record, frozen=True):
    """A page without its texts, and what decides which dump of an article is the fullest.

    `fingerprint` is equal for texts that differ in nothing but white space, whatever rendering carried them. `texts`
    is None where they are kept elsewhere.
    """

    page: Article | IndexPage
    text_length: int = 0  # code points of the body
    fingerprint: str = ""  # 32 hex characters
    body_line: int | None = None
    parts: int = 0  # how many of teaser, images, links, authors, tags and related rows it has
    teasers: tuple[int, ...] = ()  # code points of each row's teaser
    offices: tuple[str, ...] = ()  # slugs of what stands after `Parteitag der` and the like
    texts: Texts | None = None


def claim(page: Article | IndexPage) -> Claim:
    """Reduce a page to its claim and its texts, in time linear in its text."""
    rows = page.related if isinstance(page, Article) else page.entries
    told = Texts(
        page.source,
        page.candidates if isinstance(page, Article) else (),
        tuple(
            RowTexts(row.line, row.headline, row.teaser, row.candidates)
            for row in rows
            if row.teaser is not None or row.candidates
        ),
    )
    teasers = tuple(len(row.teaser.text) if row.teaser is not None else 0 for row in rows)
    bare = tuple(msgspec.structs.replace(row, teaser=None, candidates=()) for row in rows)
    offices = tuple(dict.fromkeys(_offices(page, rows)))
    if isinstance(page, IndexPage):
        slim = msgspec.structs.replace(page, entries=bare)
        return Claim(slim, teasers=teasers, offices=offices, texts=told)
    text = page.body_text
    squeezed = "".join(text.replace(" ", "").split()).encode("utf-8", "surrogatepass")
    parts = (page.teaser, page.images, page.links, page.authors, page.tags, page.related)
    return Claim(
        msgspec.structs.replace(
            page,
            teaser=None,
            images=(),
            dateline=None,
            body=(),
            candidates=(),
            links=tuple(map(_bare_link, page.links)),
            related=bare,
        ),
        text_length=len(text),
        fingerprint=hashlib.sha256(squeezed).hexdigest()[:32],
        body_line=page.body[0].passage.first_line if page.body else None,
        parts=sum(map(bool, parts)),
        teasers=teasers,
        offices=offices,
        texts=told,
    )


def rows_of(claim: Claim) -> Sequence[Related]:
    """The announcements of other articles on a page."""
    return claim.page.related if isinstance(claim.page, Article) else claim.page.entries


def _bare_link(link: InlineLink) -> InlineLink:
    to = link.selector
    if to is None:
        return InlineLink(link.number, link.line)
    bare = Selector(to.kind, "", to.number, to.slug)
    return InlineLink(link.number, link.line, _spelled_out(link.text, to), selector=bare)


def _spelled_out(anchor: str | None, to: Selector) -> str | None:
    """An anchor that is a topic's slug in proper spelling: `Holger Grünbauer` for `Holger-Gruenbauer`."""
    if not anchor or not to.slug or to.kind is not SelectorKind.TOPIC:
        return None
    text = collapse(anchor)
    is_slug = text == to.slug.replace("-", " ") or slug(text) != slug(to.slug)
    return None if is_slug or text.isupper() else text


def _offices(page: Article | IndexPage, rows: Sequence[Related]) -> Iterator[str]:
    texts = [row.headline for row in rows]
    texts += [row.teaser.plain for row in rows if row.teaser is not None]
    if isinstance(page, Article):
        texts += [page.headline, page.teaser.plain if page.teaser is not None else ""]
    for text in texts:
        for match in _OF.finditer(text):
            words = match[1].split()
            yield from (slug(" ".join(words[:count])) for count in range(1, len(words) + 1))
