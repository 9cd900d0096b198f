"""Slugs, numbers and file names: all computed from ids, so that a new article renames no old one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "ø": "oe",
    }
)


def slug(text: str) -> str:
    """The server's slug: ASCII, blanks to `-`, punctuation dropped, `/` and case kept."""
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "-".join(re.sub(r"[^A-Za-z0-9/ -]", "", folded).split())


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def article_number(ident: str) -> str:
    """A number of seven digits that says nothing about the date."""
    return str(5_810_000 + _hash(f"article {ident}") % 250_000)


def tag_number(label: str) -> str:
    """The number of a topic page."""
    return str(5_100_000 + _hash(f"tag {label}") % 800_000)


def author_number(ident: str) -> str:
    """The number of an author's page."""
    return str(1_000 + _hash(f"author {ident}") % 60_000)


def file_stem(key: str) -> str:
    """A name like the real one's, which says nothing: `017_4be1…`."""
    return f"{_hash(key) % 1000:03d}_{hashlib.sha256(key.encode()).hexdigest()[:16]}"
