"""Keys: what stays the same about a node whatever order, machine or day. `kg.rdf.iris` makes addresses of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b32encode
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d",
        "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "e", "ʻ": None, "ʼ": None,
    }
)  # fmt: skip
"""Letters that Unicode does not decompose, and the German ones that have a spelling of their own in ASCII."""

_PART = re.compile(r"[^a-z0-9]+")
_SEPARATORS = re.compile(r"[\s/_\-‐‑‒–—]+")


@lru_cache(maxsize=200_000)
def slug(label: str) -> str:
    """An ASCII key for a label: `Özlem Şahin` gives `oezlem-sahin`, `Anwohner:innen` gives `anwohnerinnen`.

    Blanks, slashes and dashes part words, all other punctuation goes, as in the paper's own selectors. A label
    without any Latin letter or digit gets `u-` and 16 characters of the SHA-256 of its lower case in base 32.
    """
    lower = unicodedata.normalize("NFC", label).lower()
    text = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    words = (_PART.sub("", word) for word in _SEPARATORS.split(text))
    return "-".join(word for word in words if word) or "u-" + _digest(lower)[:16]


@lru_cache(maxsize=1 << 16)
def article_key(publisher: str, headline: str, date: str | None) -> str:
    """The key of an article without a number: `h-` and 26 characters of SHA-256 in base 32.

    Hashed are publisher, headline (NFC, blanks collapsed) and ISO date, each after its length in bytes, so that no
    two lists of parts run together. A stub, which has no date, leaves that part out.
    """
    parts = [publisher, collapse(headline)]
    if date is not None:
        parts.append(date)
    return "h-" + _digest(*parts)[:26]


def collapse(text: str) -> str:
    """NFC with every run of white space as one blank: how headlines are compared."""
    # Nearly every text takes this way: the blank is the only white space that is printable.
    if text.isprintable() and "  " not in text and text == text.strip(" "):
        return unicodedata.normalize("NFC", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def transliterate(text: str) -> str:
    """What the phoxy rendering makes of prose: ä, ö, ü, ß in ASCII, so that its headlines can be compared."""
    return text if text.isascii() else text.translate(_UMLAUTS)


def is_transliterated(text: str) -> bool:
    """Whether a text has no letter that the phoxy rendering would have lost."""
    return transliterate(text) == text


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


_DIGEST_BYTES = 20
"""Of a SHA-256, as many as give the 26 characters of base 32 that a key needs, without padding."""


def _digest(*parts: str) -> str:
    data = b""
    for part in parts:
        told = part.encode("utf-8", "surrogatepass")
        data += len(told).to_bytes(8, "big") + told
    return b32encode(hashlib.sha256(data).digest()[:_DIGEST_BYTES]).decode().lower()
