"""Names of files and of archive members: stable in every locale, printable, never leading upwards."""

from __future__ import annotations

import os


def from_os(name: str) -> str:
    """A name from the operating system as UTF-8, whatever the locale; bytes that are none become surrogates."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "surrogateescape")


def printable(name: str) -> str:
    """`name` with everything escaped that a terminal or a page could take for more than a name.

    Control, format and separator characters become `\\x1b`, `\\u202e`; bytes that are not UTF-8 become `\\xff`;
    a backslash is doubled, so that different names stay different.
    """
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(_escape(character) for character in name)


def _escape(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # surrogateescape: the byte 0x80 … 0xFF itself
        return f"\\x{code - 0xDC00:02x}"
    # U+0080 … U+00FF must not look like a lone byte.
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def member_parts(name: str) -> tuple[str, ...]:
    """The parts of an archive member's name: no `/` in front, no `.`, and `..` never above the archive."""
    parts: list[str] = []
    for part in name.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return tuple(parts)


def is_hidden(part: str) -> bool:
    """Whether a file or folder of this name is skipped: dot files, and what macOS adds to its archives."""
    return part.startswith(".") or part == "__MACOSX"
