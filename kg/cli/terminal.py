"""Words on a terminal: what comes from a dump must not be able to steer it."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUSPECT = re.compile(r"[^\x20-\x7e\n\u00a1-\u02ff]")


def printable(text: str) -> str:
    """`text` with every control, format or unassigned character but the line feed as its code, such as `\\x1b`.

    So neither escape sequences nor right-to-left overrides from a dump reach the terminal.
    """
    return _SUSPECT.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return character.encode("unicode_escape").decode("ascii")
