"""Failures of servers and proxies: whole error pages, and messages that broke into a page."""

from __future__ import annotations

import re

from kg.parse.marks import CHROME, ERROR, MARKS, Note, read_row

TRANSFER_CUT = "transfer-cut"
_LAST = ("transfer too big", (TRANSFER_CUT, re.compile(r"\W*transfer too big, truncated\W*")))
_INSIDE = {
    "line too long": ("proxy-line-too-long", re.compile(r"(?:.*\W)?line too long\W*")),
    "/ field count": ("proxy-invalid-line", re.compile(r"(?:.*\W)?invalid line / field count\W*")),
}
_MESSAGE = re.compile(
    r"(?:\d{3} )?(?:error|fehler|warning|fatal)\b|[45]\d\d [A-Za-z]|"
    r".*\b(?:not found|does not exist|doesn't exist|no such (?:file|host)|nicht gefunden|connection (?:refused|reset|"
    r"timed out)|could not (?:connect|resolve|read|find)|cannot connect|unable to connect|timed? ?out|bad gateway|"
    r"unavailable|access denied|getaddrinfo|invalid line / field count|line too long|try again later)\b",
    re.IGNORECASE,
)
_LONGEST_PAGE = 40
_END = 400


def mark_failures(lines: list[str], text: str) -> list[Note]:
    """Mark in place the lines at which the proxy failed as the renderer's own, and note each.

    `text` is the page as it stands in the file: one look at it tells that nearly all pages have none.
    """
    present = [kind for hint, kind in _INSIDE.items() if hint in text]
    if _LAST[0] in text[-_END:]:
        present.append(_LAST[1])
    if not present:
        return []
    notes: list[Note] = []
    for number, line in enumerate(lines):
        shown = line.strip(MARKS + " ")
        for code, look in present:
            if look.fullmatch(shown):
                notes.append(Note(code, number, f"the proxy failed here: {shown[-80:]!r}"))
                lines[number] = CHROME + shown
                break
    return notes


def error_message(lines: list[str]) -> str | None:
    """Read the message of an error page, which has no title; None where the lines are no such page."""
    said = [line for line in lines if line and not line.startswith(CHROME + "URI:")]
    if len(said) > _LONGEST_PAGE:
        return None
    stated = [read_row(line)[0] for line in said if line.startswith(ERROR)]
    if stated:
        return " ".join(filter(None, stated)) or "error without a message"
    shown = [text for line in said if (text := line.strip(MARKS + " ."))]
    return shown[0] if shown and _MESSAGE.match(shown[0]) else None
