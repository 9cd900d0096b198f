"""What the reduce needs to know of a page: everything but its prose."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from kg.model import Article, IndexPage, Record, Related


class Claim(Record, frozen=True):
    """A page without its body, and what decides which dump of an article is the fullest.

    `fingerprint` is equal for texts that differ in nothing but white space, whatever rendering carried them.
    """

    page: Article | IndexPage
    text_length: int = 0  # code points of the body
    fingerprint: str = ""  # 32 hex characters
    body_line: int | None = None


def claim(page: Article | IndexPage) -> Claim:
    """Reduce a page to its claim, in time linear in its text."""
    if isinstance(page, IndexPage):
        return Claim(page)
    text = page.body_text
    squeezed = "".join(text.split()).encode("utf-8", "surrogatepass")
    return Claim(
        msgspec.structs.replace(page, body=()),
        text_length=len(text),
        fingerprint=hashlib.sha256(squeezed).hexdigest()[:32],
        body_line=page.body[0].passage.first_line if page.body else None,
    )


def rows_of(claim: Claim) -> Sequence[Related]:
    """The announcements of other articles on a page."""
    return claim.page.related if isinstance(claim.page, Article) else claim.page.entries
