"""The markup inside a source text: `[anchor](target)` for a link, `{id|name}` for a name, `{-|word}` for no name."""

from __future__ import annotations

import re
from dataclasses import dataclass

NO_NAME = "-"
_TOKEN = re.compile(r"\{(?P<id>-|[a-z0-9-]+)\||(?P<close>\})|\[(?P<anchor>[^\[\]]+)\]\((?P<target>[^()]+)\)")


@dataclass(frozen=True)
class Anchor:
    """A link over `plain[start:end]`; `target` as the source names it."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Mark:
    """A name set by hand over `plain[start:end]`; `entity` is `-` where a word only looks like a name."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True)
class Text:
    """A text without markup, with its links and hand-set names in order."""

    plain: str
    anchors: tuple[Anchor, ...] = ()
    marks: tuple[Mark, ...] = ()


def parse_inline(source: str) -> Text:
    """Read one paragraph. Raises `ValueError` for braces that do not pair."""
    out: list[str] = []
    anchors: list[Anchor] = []
    marks: list[Mark] = []
    opened: list[tuple[int, str]] = []
    length = position = 0

    def add(text: str) -> None:
        nonlocal length
        out.append(text)
        length += len(text)

    for token in _TOKEN.finditer(source):
        add(source[position : token.start()])
        position = token.end()
        if token["id"]:
            opened.append((length, token["id"]))
        elif token["close"]:
            if not opened:
                raise ValueError(f"a brace closes that was not opened: {source[:60]!r}")
            start, entity = opened.pop()
            marks.append(Mark(start, length, entity))
        else:
            inner = parse_inline(token["anchor"])
            marks += [Mark(length + m.start, length + m.end, m.entity) for m in inner.marks]
            anchors.append(Anchor(length, length + len(inner.plain), token["target"]))
            add(inner.plain)
    add(source[position:])
    if opened:
        raise ValueError(f"a brace stays open: {source[:60]!r}")
    return Text("".join(out), tuple(anchors), tuple(marks))


def with_link_numbers(text: Text, first: int) -> str:
    """The text as the server prints it: every link as `[n][anchor]`, counted from `first`."""
    out: list[str] = []
    position = 0
    for number, anchor in enumerate(text.anchors, first):
        out += [
            text.plain[position : anchor.start],
            f"[{number}][",
            text.plain[anchor.start : anchor.end],
            "]",
        ]
        position = anchor.end
    out.append(text.plain[position:])
    return "".join(out)
