"""N-Triples text: exact terms, and the lines of one subject.

The canonical form: one blank between terms, raw UTF-8, `\\\\ \\" \\n \\r` escaped by a letter and every other control
character (and U+FFFE, U+FFFF, which XML 1.1 forbids) as `\\uXXXX`. A lone surrogate is no character and has no
form in any RDF syntax: it becomes U+FFFD.
https://www.w3.org/TR/n-triples/#canonical-ntriples
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kg.rdf.vocabulary import LANGUAGE, RDF_TYPE, XSD_BOOLEAN, XSD_DATE, XSD_DECIMAL, XSD_INTEGER

_ESCAPED_IN_LITERAL: Final = re.compile('["\\\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_BY_LETTER: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


def _escape_character(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return _BY_LETTER.get(character) or f"\\u{ord(character):04X}"


def literal(text: str) -> str:
    """`text` as a plain literal, quotation marks included.

    >>> print(literal('Er sagte: "Nein"'))
    "Er sagte: \\"Nein\\""
    """
    # Nearly every text takes this way: three scans in C, no copy. What is printable needs no escape.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{_ESCAPED_IN_LITERAL.sub(_escape_character, text)}"'


class Block:
    """The triples of one subject as N-Triples lines, in the order in which they are added, none twice.

    IRIs given to a block must come from `kg.rdf.iris.Iris` or `kg.rdf.vocabulary`: they are legal already and are
    not looked at again.
    """

    __slots__ = ("_lines", "_subject")

    def __init__(self, subject: str, *types: str) -> None:
        self._subject = f"<{subject}> <"
        self._lines: list[str] = []
        self.links(RDF_TYPE, types)

    def link(self, predicate: str, target: str) -> None:
        """The subject has `predicate` to the node `target`."""
        self._lines.append(f"{self._subject}{predicate}> <{target}> .\n")

    def links(self, predicate: str, targets: Iterable[str]) -> None:
        """As `link`, once for each target, in their order."""
        start = f"{self._subject}{predicate}> <"
        self._lines += [f"{start}{target}> .\n" for target in targets]

    def plain(self, predicate: str, text: str) -> None:
        """The subject has `predicate` with a literal in no language."""
        self._lines.append(f"{self._subject}{predicate}> {literal(text)} .\n")

    def localized(self, predicate: str, text: str, language: str = LANGUAGE) -> None:
        """The subject has `predicate` with a literal in a language, German unless told otherwise."""
        self._lines.append(f"{self._subject}{predicate}> {literal(text)}@{language} .\n")

    def integer(self, predicate: str, number: int) -> None:
        """The subject has `predicate` with an xsd:integer."""
        self._lines.append(f'{self._subject}{predicate}> "{number}"^^<{XSD_INTEGER}> .\n')

    def decimal(self, predicate: str, number: float) -> None:
        """The subject has `predicate` with an xsd:decimal of at most four places after the point."""
        digits = f"{number:.4f}".rstrip("0")
        self._lines.append(
            f'{self._subject}{predicate}> "{digits}{"0" * digits.endswith(".")}"^^<{XSD_DECIMAL}> .\n'
        )

    def date(self, predicate: str, day: str) -> None:
        """The subject has `predicate` with an xsd:date; `day` is ISO 8601."""
        self._lines.append(f"{self._subject}{predicate}> {literal(day)}^^<{XSD_DATE}> .\n")

    def true(self, predicate: str) -> None:
        """The subject has `predicate` with the xsd:boolean true."""
        self._lines.append(f'{self._subject}{predicate}> "true"^^<{XSD_BOOLEAN}> .\n')

    def text(self) -> str:
        """The lines, each ended by a line feed, without repetitions."""
        return "".join(dict.fromkeys(self._lines))
