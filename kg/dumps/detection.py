"""Which encoding old German text is in, when it is not UTF-8 and no byte order mark tells.

A count of what speaks for German text in each of three encodings. charset-normalizer, the library for this, finds
plausible text of any language: whole pages came out right with it, but of single generated headlines only every
second one (237 of 444, where this finds all), and index and error pages are that short.
"""

from __future__ import annotations

import re

CANDIDATES = ("cp1252", "cp850", "mac_roman")  # Windows, which holds Latin-1; DOS; Macintosh before 2001
_SAMPLE_BYTES = 64 * 1024
_EVIDENCE = re.compile(
    r"""(?=[^\x00-\x7f])
      (?: (?P<umlaut> (?<=[aeiouyäöü])ß | [äöü](?![A-ZÄÖÜ])
                      | (?<!\w)[ÄÖÜ](?=\w) | (?<=[A-ZÄÖÜ])[ÄÖÜ](?![a-zäöüß]) )
        | (?P<mark>   (?<!\w)[„“”‚‘«»§€–—…] | [“”‘«»€–—…°](?!\w) | ’ )
        | (?P<letter> [àáâãåæçèéêëìíîïñòóôøùúûÀÁÂÅÇÈÉÊÓØÚšžŠŽ] )
        | (?P<odd>    . ) )""",
    re.VERBOSE,
)
_WEIGHTS = {"umlaut": 3, "mark": 2, "letter": 1, "odd": -3}
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def detect_german(data: bytes) -> str:
    """The likeliest of `CANDIDATES` for German text; the first of them where nothing speaks for another.

    Looks at 64 KiB from just before the first byte that is not ASCII.
    """
    first = _NOT_ASCII.search(data)
    start = max(0, first.start() - 40) if first else 0
    sample = data[start : start + _SAMPLE_BYTES]
    return max(CANDIDATES, key=lambda encoding: _likelihood(sample.decode(encoding, "replace")))


def _likelihood(text: str) -> int:
    return sum(_WEIGHTS[found.lastgroup or "odd"] for found in _EVIDENCE.finditer(text))


def detect_utf16(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` for unmarked UTF-16, in which nearly every second byte is NUL in Western text."""
    sample = data[:1024]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    # Of one half nearly all, of the other nearly none; quotation marks and dashes have no NUL at all.
    if (
        len(sample) < 2
        or max(first, second) * 5 < len(sample) * 2
        or min(first, second) * 10 > max(first, second)
    ):
        return None
    return "utf-16-be" if first > second else "utf-16-le"
