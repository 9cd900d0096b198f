"""The tokens of SPARQL 1.1 (section 19.8), each with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = rf"[{_LETTERS}_0-9\-\u00b7\u0300-\u036f\u203f-\u2040]"
_ESCAPED: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_CHARACTER_ESCAPE: Final = rf"\\[tbnrf\\\"']|{_ESCAPED}"
_LOCAL_ESCAPE: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_EXPONENT: Final = r"[eE][+-]?\d+"
_BLANK: Final = r"(?:[ \t\r\n]|\#[^\r\n]*)*+"

# The first that matches wins, so a longer token stands before the shorter one it begins with.
_KINDS: Final = {
    "iri": rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPED})*+>",
    "string": "|".join(
        (
            rf"'''(?:'{{0,2}}(?:[^'\\]|{_CHARACTER_ESCAPE}))*+'''",
            rf'"""(?:"{{0,2}}(?:[^"\\]|{_CHARACTER_ESCAPE}))*+"""',
            rf"'(?!'')(?:[^'\\\r\n]|{_CHARACTER_ESCAPE})*+'",
            rf'"(?!"")(?:[^"\\\r\n]|{_CHARACTER_ESCAPE})*+"',
        )
    ),
    "signed_double": rf"[+-](?:\d+\.\d*|\.?\d+){_EXPONENT}",
    "signed_decimal": r"[+-]\d*\.\d+",
    "signed_integer": r"[+-]\d+",
    "double": rf"(?:\d+\.\d*|\.?\d+){_EXPONENT}",
    "decimal": r"\d*\.\d+",
    "integer": r"\d+",
    "blank_node": rf"_:[{_LETTERS}_0-9](?:\.*{_NAME})*+",
    "prefixed_name": (
        rf"(?:[{_LETTERS}](?:\.*{_NAME})*+)?:(?:[{_LETTERS}_:0-9]|{_LOCAL_ESCAPE})"
        rf"(?:\.*(?:{_NAME}|:|{_LOCAL_ESCAPE}))*+"
    ),
    "prefix_name": rf"(?:[{_LETTERS}](?:\.*{_NAME})*+)?:",
    "variable": rf"[?$][{_LETTERS}_0-9][{_LETTERS}_0-9\u00b7\u0300-\u036f\u203f-\u2040]*",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "nil": rf"\({_BLANK}\)",
    "anon": rf"\[{_BLANK}\]",
    "word": r"[A-Za-z][A-Za-z0-9_]*",
    "sign": r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\].,;=<>!*/+\-|^?]",
}
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.ASCII)
_SKIPPED: Final = re.compile(_BLANK)


@dataclass(frozen=True, slots=True)
class Token:
    """A token at `start`. `kind` is a keyword in capitals, a sign, `a`, `end`, `unknown`, or a key of `_KINDS`."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)


def token_at(text: str, offset: int) -> Token:
    """The first token at or after `offset`, blanks and comments skipped; `end` behind the last one."""
    skipped = _SKIPPED.match(text, offset)
    start = skipped.end() if skipped else offset
    if start == len(text):
        return Token("end", "", start)
    match = _TOKEN.match(text, start)
    if match is None:
        return Token("unknown", text[start], start)
    found, kind = match.group(), match.lastgroup or "unknown"
    if kind == "word":
        kind = found if found == "a" else found.upper()
    elif kind == "sign":
        kind = found
    return Token(kind, found, start)


def sign_at(text: str, offset: int) -> Token:
    """The comparison `<` or `<=` at `offset`, where `token_at` sees an IRI: in `?a<?b&&?c>?d`."""
    sign = "<=" if text.startswith("<=", offset) else "<"
    return Token(sign, sign, offset)
