"""Kicker and title of a headline, and the slug that settles where the kicker ends."""

from __future__ import annotations

import re
import unicodedata

_SEPARATOR = ": "
_TICKER = re.compile(r"\+{2,}(?=: )")
_CLOSING = {"„": '“”"', "“": '”"', "‚": "‘’'", '"': '"“”', "»": "«", "«": "»"}
_SEPARATOR_OR_OPENING = re.compile(f"{_SEPARATOR}|[{''.join(_CLOSING)}]")
_ASCII = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS",
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe",
    }
)  # fmt: skip
_NOT_COMPARED = re.compile(r"[^a-z0-9]+")


def split_headline(headline: str, slug: str | None) -> tuple[str | None, str, bool]:
    """Split a headline into kicker and title, and tell whether that is certain.

    The slug of the article's selector, where it is known, spells the kicker alone. Without it a headline has a
    kicker if exactly one colon with a blank stands outside quotation marks; of several the first is proposed, as
    uncertain. A ticker's kicker ends with its plus signs.
    """
    if slug:
        at = _end_of_slug(headline, slug)
        if at is not None:
            return _cut(headline, at, certain=True)
    ticker = _TICKER.search(headline)
    if ticker is not None:
        return _cut(headline, ticker.end(), certain=True)
    outside = _outside_quotes(headline)
    if not outside:
        return None, headline, True
    return _cut(headline, outside[0], certain=len(outside) == 1)


def _cut(headline: str, at: int, *, certain: bool) -> tuple[str | None, str, bool]:
    kicker = headline[:at].strip()
    return kicker or None, headline[at + len(_SEPARATOR) :].strip(), certain


def _end_of_slug(headline: str, slug: str) -> int | None:
    """Find the separator before which the headline spells the slug."""
    wanted = _folded(slug)
    folded = ""
    start = 0
    while len(folded) <= len(wanted) and (at := headline.find(_SEPARATOR, start)) >= 0:
        folded += _folded(headline[start:at])
        if folded == wanted:
            return at
        start = at + len(_SEPARATOR)
    return None


def _outside_quotes(headline: str) -> list[int]:
    """Find the separators that stand in no quotation; a mark that is never closed opens none."""
    found: list[int] = []
    unclosed: set[str] = set()
    at = 0
    while (mark := _SEPARATOR_OR_OPENING.search(headline, at)) is not None:
        at = mark.start()
        if mark[0] == _SEPARATOR:
            found.append(at)
        elif mark[0] not in unclosed:
            ends = [end for closing in _CLOSING[mark[0]] if (end := headline.find(closing, at + 1)) >= 0]
            if ends:
                at = min(ends)
            else:
                unclosed.add(mark[0])
        at += 1
    return found


def _to_ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(_ASCII))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _folded(text: str) -> str:
    return _NOT_COMPARED.sub("", _to_ascii(text).casefold())
