"""Rows become files: one writer for each of the six renderings, and the damage that each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsroom.pages import Layout, Row

NAMES = {"a": "gopherproxy", "b": "mills", "c": "table", "d": "menu", "e": "gemini", "f": "phoxy"}
_GOPHERPROXY_TYPES = {"i": "", "1": "DIR", "h": "HTML", "I": "IMG"}
_MILLS_TYPES = {"1": "DIR", "h": "HTM", "I": "IMG"}
_ROW_BYTES = 80
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


@dataclass(frozen=True)
class FileSpec:
    """One file to be written: `a+name+shy` is rendering a with the flags name and shy."""

    letter: str
    flags: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def parse(cls, text: str) -> FileSpec:
        """Read the sources' notation. Raises `ValueError` for what does not exist."""
        letter, *flags = text.split("+")
        known = {"name", "percent", "digits", "uri", "uriq", "uriurl", "urislug", "shy", "shylost"}
        known |= {"flush", "collapsed", "noindent", "old", "onebar", "nl"}
        if letter not in NAMES or not set(flags) <= known:
            raise ValueError(f"no such rendering: {text}")
        return cls(letter, frozenset(flags))

    @property
    def layout(self) -> Layout:
        """How the server printed the page before this rendering got it."""
        hyphens = "kept" if "shy" in self.flags else "lost" if "shylost" in self.flags else "none"
        return Layout(wrapped=self.letter != "e", marks=self.letter != "e", hyphens=hyphens)

    @property
    def blank_lines(self) -> bool:
        """Whether blank lines still part the blocks."""
        return self.letter != "c" and "collapsed" not in self.flags


def render(rows: Sequence[Row], spec: FileSpec, selector: str) -> str:
    """The file's text. `selector` is the page's own, which only some files let show."""
    lines = {
        "a": _gopherproxy,
        "b": _mills,
        "c": _table,
        "d": _menu,
        "e": _plain,
        "f": _phoxy,
    }[spec.letter](rows, spec, selector)
    if spec.letter == "d":
        return "".join(f"{line}\r\n" for line in lines)
    return "\n".join(lines) + ("\n" if "nl" in spec.flags else "")


def _visible(rows: Sequence[Row], spec: FileSpec) -> list[Row]:
    return [row for row in rows if spec.blank_lines or row.part != "blank"]


def _address(spec: FileSpec, selector: str) -> str:
    """What the address box shows: nothing in most files."""
    number = selector[selector.rindex("/!") + 2 :]
    if "uri" in spec.flags:
        return f"gopher://taz.de/1/!{number}"
    if "urislug" in spec.flags:
        return f"gopher://taz.de:70/1{selector}"
    if "uriq" in spec.flags:
        return f"https://gopherproxy.example/?q=taz.de%2F1%2F%21{number}"
    if "uriurl" in spec.flags:
        return f"https://proxy.example/?url=gopher%3A%2F%2Ftaz.de%3A70%2F1%2F%21{number}"
    return ""


def _gopherproxy(rows: Sequence[Row], spec: FileSpec, selector: str) -> list[str]:
    lines = [f"URI: {_address(spec, selector)}"]
    for row in _visible(rows, spec):
        kind = _GOPHERPROXY_TYPES[row.kind]
        if "flush" in spec.flags:
            lines.append(f"{kind} {row.text}" if kind else row.text)
        else:
            lines.append(f"{kind:>6} {row.text}")
    return lines


def _mills(rows: Sequence[Row], spec: FileSpec, _selector: str) -> list[str]:
    indent = "" if "collapsed" in spec.flags else " "
    lines = []
    for row in _visible(rows, spec):
        kind = _MILLS_TYPES.get(row.kind)
        lines.append(f"{indent}({kind}) {row.text}" if kind else 7 * indent + row.text)
    if "noindent" in spec.flags:
        lines[0] = lines[0].lstrip()
    return lines


def cut(text: str) -> str:
    """A row of the table rendering: over 80 bytes, 79 are left; a character split by the cut becomes U+FFFD."""
    data = text.encode()
    return text if len(data) <= _ROW_BYTES else data[: _ROW_BYTES - 1].decode(errors="replace") + "…"


def _table(rows: Sequence[Row], spec: FileSpec, _selector: str) -> list[str]:
    start = "" if "old" in spec.flags else "| "
    lines = [f"{start}{cut(row.text)} | |" for row in _visible(rows, spec)]
    if "onebar" in spec.flags:
        lines[-1] = lines[-1].removesuffix(" |")
    return lines


def _menu(rows: Sequence[Row], _spec: FileSpec, _selector: str) -> list[str]:
    return [*(f"{row.kind}{row.text}\t{row.selector}\ttaz.de\t70" for row in rows), "."]


def _plain(rows: Sequence[Row], _spec: FileSpec, _selector: str) -> list[str]:
    return [row.text for row in rows]


def transliterate(text: str) -> str:
    """What the phoxy rendering does to information rows."""
    return text.translate(_UMLAUTS)


def _phoxy(rows: Sequence[Row], _spec: FileSpec, _selector: str) -> list[str]:
    chrome = ["the  P H O X Y", "gophering on taz.de"]
    return chrome + [transliterate(row.text) if row.kind == "i" else row.text for row in rows]
