"""Every address that a build mints; no other module makes an IRI.

Below the base:

    article/taz/7000001        article, by number or by `h-…`
    article/taz/7000001#img-1  its first picture
    …#m-123                    a mention in the body at code point 123
    …#m-headline-0             a mention in the headline, `m-abstract-0` in the teaser
    …#m-caption-1-12           a mention in the first picture's caption
    …#l-2                      the inline link numbered 2; a second row of that number is `l-2-2`
    …#tag-hafen-0123456789abcdef     why the article has the tag `hafen`
    …#author-jo-doe-0123456789abcdef  why the article has that author
    …#section-0123456789abcdef  why the article has a section
    …#number-0123456789abcdef   who tells the article's number, where no dump of its own does
    …#announced-0123456789abcdef  who announces a stub under its headline
    person/, organization/, place/  + slug
    person/jo-doe#name-0123456789abcdef  why a spelling is joined to that person
    tag/taz/hafen              tag; scheme/taz its scheme
    file/ + 32 hex characters  dump file, by content
    graph/evidence             the named graph of the evidence
    dataset                    the description of the whole

The offsets of a mention start anew in each part of an article, hence the part in the fragment of all but the body's.
A base that ends in `#` leaves no second `#` to an IRI: a `/` parts node and sub-node there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from kg.errors import UsageError
from kg.model import (
    Authorship,
    Identity,
    Mention,
    NodeKind,
    NumberTold,
    Part,
    Ref,
    SectionListing,
    TagAssignment,
)

DEFAULT_BASE: Final = "https://kg.example/id/"

PAGE_ADDRESSES: Final = {"taz": "https://taz.de/"}
"""Publisher's slug → its site, where `!` and a number address a page."""

# RFC 3987 without the parts that a base has no use for: user info, IP literals, private characters.
_CHARACTER: Final = (
    r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})"
)
_HOST: Final = r"(?:[A-Za-z0-9\-._~\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2})+"
_BASE: Final = re.compile(
    rf"(?:https?://{_HOST}(?::[0-9]{{1,5}})?(?:/{_CHARACTER}*)*|urn:[A-Za-z0-9][A-Za-z0-9\-]{{1,31}}:{_CHARACTER}+(?:/{_CHARACTER}*)*)"
    r"(?:(?<=/)|#)"
)


def check_base(base: str) -> str:
    """`base` itself, if addresses can be made by appending to it.

    Raises `UsageError` unless it is an absolute http, https or urn IRI that ends in `/` or `#`, without query,
    user info, dot segments or characters that no IRI may hold.
    """
    if not base.endswith(("/", "#")):
        raise UsageError(f"the base IRI {base!r} must end in / or #, for names are appended to it")
    if not _BASE.fullmatch(base) or "/./" in base or "/../" in base:
        raise UsageError(
            f"the base IRI {base!r} is not a plain absolute http, https or urn address such as {DEFAULT_BASE}"
        )
    return base


class Iris:
    """Makes the IRIs of one build, as plain strings that are legal in every RDF syntax.

    >>> Iris().article("7000001")
    'https://kg.example/id/article/taz/7000001'
    """

    def __init__(self, base: str = DEFAULT_BASE, publisher: str = "taz") -> None:
        """`base` as `check_base` wants it; `publisher` is one of `PAGE_ADDRESSES`. Else `UsageError`."""
        if publisher not in PAGE_ADDRESSES:
            known = ", ".join(PAGE_ADDRESSES)
            raise UsageError(f"the publisher {publisher!r} is unknown; known are: {known}")
        self.base = check_base(base)
        self._site = PAGE_ADDRESSES[publisher]
        self._separator = "/" if base.endswith("#") else "#"
        self._folders = {
            NodeKind.ARTICLE: f"{base}article/{publisher}/",
            NodeKind.PERSON: f"{base}person/",
            NodeKind.ORGANIZATION: f"{base}organization/",
            NodeKind.PLACE: f"{base}place/",
            NodeKind.TAG: f"{base}tag/{publisher}/",
        }
        self.scheme = f"{base}scheme/{publisher}"
        self.publisher = f"{base}organization/{publisher}"
        self.evidence_graph = f"{base}graph/evidence"
        self.dataset = f"{base}dataset"

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace of the minted nodes, for Turtle; none is the beginning of another."""
        folders = {kind.value: folder for kind, folder in self._folders.items()}
        return dict(sorted({**folders, "file": f"{self.base}file/"}.items()))

    def of(self, ref: Ref) -> str:
        """The node that `ref` names."""
        return self._folders[ref.kind] + _safe(ref.key)

    def replaced(self, ref: Ref, keys: Iterable[str]) -> tuple[str, ...]:
        """The older addresses of the node that `ref` names, sorted: those of other keys that lead to it."""
        return tuple(sorted({self.of(Ref(ref.kind, key)) for key in keys if key != ref.key}))

    def article(self, key: str) -> str:
        """The article (or stub) of that number or hash."""
        return self._folders[NodeKind.ARTICLE] + _safe(key)

    def tag(self, slug: str) -> str:
        """The tag of that slug in the publisher's scheme."""
        return self._folders[NodeKind.TAG] + _safe(slug)

    def file(self, sha256: str) -> str:
        """The dump file whose bytes have that SHA-256 (64 hex characters, of which 32 go into the IRI)."""
        return f"{self.base}file/{_safe(sha256[:32])}"

    def image(self, article_key: str, number: int) -> str:
        """The article's picture `number`, from 1."""
        return self._within(self.article(article_key), f"img-{number}")

    def mention(self, article_key: str, mention: Mention) -> str:
        """The mention at that part and start; no two mentions of an article start at the same place."""
        match mention.part:
            case Part.BODY:
                place = str(mention.start)
            case Part.CAPTION:
                place = f"caption-{(mention.image or 0) + 1}-{mention.start}"
            case _:
                place = f"{mention.part.value}-{mention.start}"
        return self._within(self.article(article_key), f"m-{place}")

    def link(self, article_key: str, number: int, occurrence: int = 1) -> str:
        """The inline link of that number; `occurrence` counts a damaged page's rows of one number, from 1."""
        again = "" if occurrence == 1 else f"-{occurrence}"
        return self._within(self.article(article_key), f"l-{number}{again}")

    def tag_assignment(self, article_key: str, assignment: TagAssignment) -> str:
        """The evidence of one row for one tag of an article."""
        reason = _digest(assignment.basis.value, assignment.path, str(assignment.line))
        return self._within(self.article(article_key), f"tag-{_safe(assignment.tag)}-{reason}")

    def authorship(self, article_key: str, authorship: Authorship) -> str:
        """The evidence of one row for one author of an article."""
        author = authorship.author
        parts = (
            authorship.basis.value,
            author.kind.value,
            authorship.credit,
            authorship.path,
            str(authorship.line),
        )
        return self._within(self.article(article_key), f"author-{_safe(author.key)}-{_digest(*parts)}")

    def section_listing(self, article_key: str, listing: SectionListing) -> str:
        """The evidence of one row for one section of an article."""
        reason = _digest(listing.section, listing.path, str(listing.line))
        return self._within(self.article(article_key), f"section-{reason}")

    def number_announcement(self, article_key: str, told: NumberTold) -> str:
        """The evidence of one row or link for an article's number."""
        return self._within(self.article(article_key), f"number-{_digest(told.path, str(told.line))}")

    def announcement(self, article_key: str, path: str, line: int) -> str:
        """The evidence of one row, in the file `path` at `line`, for a stub's headline."""
        return self._within(self.article(article_key), f"announced-{_digest(path, str(line))}")

    def identity(self, identity: Identity) -> str:
        """The evidence that joined one spelling to a node."""
        parts = (identity.spelling, identity.rule, identity.path, str(identity.line))
        return self._within(self.of(identity.ref), f"name-{_digest(*parts)}")

    def page(self, identifier: str) -> str:
        """The public page of an article's number (`7000001`) or a tag's identifier (`t7100001`)."""
        return f"{self._site}!{_safe(identifier)}"

    def within_dataset(self, name: str) -> str:
        """A part of the dataset's description."""
        return self._within(self.dataset, _safe(name))

    def _within(self, node: str, fragment: str) -> str:
        return f"{node}{self._separator}{fragment}"


@lru_cache(maxsize=1 << 16)
def _safe(key: str) -> str:
    """`key` itself if it is a slug, a number or a hash; whatever else it holds is percent-encoded."""
    # Scans in C: quote() takes ten times as long, and this runs for every object of a triple.
    if key.isascii() and key.replace("-", "").isalnum():
        return key
    # A key of dots alone would be a step up to whoever resolves the IRI.
    return quote(key, safe="", errors="replace").replace(".", "%2E")


def _digest(*parts: str) -> str:
    """16 hex characters of the SHA-256 over the parts, each with its length, so that no two lists run together."""
    whole = b"".join(b"%d:%s" % (len(data := part.encode(errors="replace")), data) for part in parts)
    return hashlib.sha256(whole).hexdigest()[:16]
