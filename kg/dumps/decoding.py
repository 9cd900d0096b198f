"""Bytes become text without control characters; whatever was not plain UTF-8 is said in notes."""

from __future__ import annotations

import codecs
import re

from kg.dumps.detection import CANDIDATES, detect_german, detect_utf16
from kg.model import Record

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python's string methods and other tools take these for line ends, which would shift the numbers of all lines.
_OTHER_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# What a terminal is told by ECMA-48 and xterm: colours (CSI), titles and links (OSC), other strings (DCS, SOS, PM and
# APC), character sets and the keypad. Only as 7-bit codes and in one line: U+009B is what is left of a quotation mark
# in a wrong encoding. Of ESC before anything else only the ESC goes: a word may begin there.
_SEQUENCES = re.compile(
    r"\x1b(?:\[[0-?]*(?: q|[!\"$'*+]?[@-~])|\][^\x07\x1b\r\n]*(?:\x07|\x1b\\)|[PX^_][^\x07\x1b\r\n]*\x1b\\"
    r"|[()*+][0-9A-Z]|#[3-68]|%[@G]|[=>])"
)
_WITHOUT_CONTROLS = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"
} | {ord(character): " " for character in _OTHER_LINE_ENDS}
_C0_BYTES = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_REPLACEMENT = "\ufffd"
_VALID = re.compile(f"[^\x00-\x7f{_REPLACEMENT}]")
# How „ä“, „ß“ and the quotation marks begin in UTF-8; in the encodings that are detected, nothing German ends so.
_CUT_OFF = re.compile(rb"(?:\xc3|\xc2|\xe2\x80?)\Z")


class Decoded(Record, frozen=True):
    """The text of a dump, the encoding it was read in, and notes for the report, as (code, message).

    The codes are `encoding-detected`, `invalid-utf8`, `invalid-bytes` and `control-characters`.
    """

    text: str
    encoding: str
    notes: tuple[tuple[str, str], ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a dump; never raises.

    UTF-8 with or without a byte order mark and UTF-16 with one are read as such. Bytes that are mostly UTF-8
    stay UTF-8 and what is broken in them becomes U+FFFD, as where a rendering cut a line within a character.
    Anything else is detected: UTF-16, cp1252 (and with it Latin-1), cp850 or Mac Roman.

    The text has no escape sequences, and no control characters but tab, line feed and carriage return; other ends of
    lines and pages (U+0085, U+2028, form feed, …) become blanks, so that lines keep their numbers and words stay apart.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        bom, encoding = next(pair for pair in _BOMS if data.startswith(pair[0]))
        return _read(data[len(bom) :], encoding, ())
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _not_utf8(data)
    if _has_controls(data, text):
        return _not_utf8(data) if detect_utf16(data) else _clean(text, "utf-8", ())
    return Decoded(text, "utf-8")


def _has_controls(data: bytes, text: str) -> bool:
    """The same as `_CONTROLS.search(text)`, three times as fast, for every dump passes here."""
    return (
        len(data.translate(None, _C0_BYTES)) != len(data)
        or (b"\xc2" in data and _C1_BYTES.search(data) is not None)
        or "\u2028" in text
        or "\u2029" in text
    )


def _not_utf8(data: bytes) -> Decoded:
    if encoding := detect_utf16(data):
        return _read(
            data, encoding, (("encoding-detected", f"read as {encoding}: every second byte is NUL"),)
        )
    if _is_broken_utf8(data):
        return _read(data, "utf-8", ())
    encoding = detect_german(data)
    message = f"read as {encoding}: not UTF-8, and the likeliest of {', '.join(CANDIDATES)} for German"
    return _read(data, encoding, (("encoding-detected", message),))


def _is_broken_utf8(data: bytes) -> bool:
    """Whether at least half of what is not ASCII is UTF-8, or only the last character is cut off."""
    text = data.decode("utf-8", "replace")
    broken = _count_broken(data, text, "utf-8")
    if broken == 1 and _CUT_OFF.search(data):
        return True
    return len(_VALID.findall(text)) >= broken


def _count_broken(data: bytes, text: str, encoding: str) -> int:
    """How many U+FFFD of `text` are not in `data` themselves."""
    genuine = (
        0
        if encoding not in {"utf-8", "utf-16-le", "utf-16-be"}
        else data.count(_REPLACEMENT.encode(encoding))
    )
    return text.count(_REPLACEMENT) - genuine


def _read(data: bytes, encoding: str, notes: tuple[tuple[str, str], ...]) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = _count_broken(data, text, encoding)
    if broken:
        code = "invalid-utf8" if encoding == "utf-8" else "invalid-bytes"
        notes += ((code, f"{broken} times bytes that are not {encoding} became U+FFFD"),)
    return _clean(text, encoding, notes)


def _clean(text: str, encoding: str, notes: tuple[tuple[str, str], ...]) -> Decoded:
    controls = len(_CONTROLS.findall(text))
    if controls:
        text = _SEQUENCES.sub("", text).translate(_WITHOUT_CONTROLS)
        message = f"{controls} control characters were removed, those that end lines became blanks"
        notes += (("control-characters", message),)
    return Decoded(text, encoding, notes)
