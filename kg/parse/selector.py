"""Gopher selectors and what they lead to (DUMP-FORMAT, section 4)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kg.model import Selector, SelectorKind

_KINDS = {
    "": SelectorKind.ARTICLE,
    "t": SelectorKind.TOPIC,
    "a": SelectorKind.AUTHOR,
    "p": SelectorKind.SECTION,
}
_PLAIN = re.compile(r"(?:/([^%?:!]+))?/!([tap]?)([0-9]+)")
_ID = re.compile(r"([tap]?)([0-9]+)/?(?=$|[?&#])")
_QUERY = re.compile(r"[?&](?:q|url)=([^&#]+)")
_HOME = re.compile(r"(?:^|[/.])taz\.de(?::[0-9]+)?(?:/[0-9+TgIhs](?=/))?(?=/)")
_ELSEWHERE = re.compile(r"URL:|[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def parse_selector(raw: str) -> Selector:
    """Read a selector, an address of a gopher proxy or a URL.

    `raw` stays as it stands. A slug can hold `/`, so everything is read from the last `/!`. Never raises.
    """
    plain = _PLAIN.fullmatch(raw)
    if plain is not None:
        slug, kind, number = plain.groups()
        if slug is None or "taz.de" not in slug:
            return Selector(_KINDS[kind], raw, number, slug)
    return _parse_address(raw)


def _parse_address(raw: str) -> Selector:
    address = raw.strip()
    if "%" in address or "?" in address:
        address = _unwrap(address)
    if "search_page=" in address:
        return Selector(SelectorKind.SEARCH, raw)
    bang = address.rfind("/!")
    if bang < 0 and address.startswith("!"):
        address, bang = "/" + address, 0
    outside = ":" in address and _ELSEWHERE.match(address) is not None
    if bang < 0 or (outside and not _HOME.search(address)):
        return Selector(SelectorKind.EXTERNAL if outside else SelectorKind.OTHER, raw)
    if address.startswith("s=", bang + 2):
        return Selector(SelectorKind.SEARCH, raw)
    found = _ID.match(address, bang + 2)
    if found is None:
        return Selector(SelectorKind.OTHER, raw)
    slug = address[:bang]
    if "taz.de" in slug and (home := _HOME.search(slug + "/")) is not None:
        slug = slug[home.end() :]
    return Selector(_KINDS[found[1]], raw, found[2], slug.strip("/") or None)


def _unwrap(address: str) -> str:
    """Take the address out of a proxy's query, and percent-decode it."""
    query = _QUERY.search(address)
    return unquote(query[1] if query else address)
