"""Rendering (d): raw menus of RFC 1436, one row `Tlabel<TAB>selector<TAB>host<TAB>port` a line."""

from __future__ import annotations

import re

from kg.parse.marks import CHROME, ROW, SELECTOR, Menu, Note

ROW_LOOK = re.compile(r"[!-~][^\t\n]*\t[^\t\n]*\t[^\t\n]*\t *[0-9]+(?:\t.*)?")
_HOME = re.compile(
    r"(?:[\w-]+\.)*taz\.de|(?:error|none|null|fake|invalid)?(?:\.host|\.invalid)?", re.IGNORECASE
)


def read(text: str) -> Menu:
    """Bring a menu into the common form; rows keep their selectors."""
    lines = text.split("\n")
    end = lines.index(".") if "." in lines else len(lines)
    after = [CHROME + line if line.strip() else "" for line in lines[end:]]
    notes = []
    if len(after) - after.count("") > 1:
        first = next(number for number, line in enumerate(after[1:], end + 1) if line)
        notes.append(Note("text-after-menu", first, "text below the dot that closes the menu is not read"))
    return Menu([_read_row(line) for line in lines[:end]] + after, notes=tuple(notes))


def _read_row(line: str) -> str:
    label, tab, rest = line.partition("\t")
    if line.startswith("i"):
        return label[1:].strip()
    if not tab or not label:
        return line.strip()
    selector, _, rest = rest.partition("\t")
    host, _, port = rest.partition("\t")
    if selector and not _HOME.fullmatch(host.strip()):
        port = port.partition("\t")[0].strip() or "70"
        if not selector.startswith("URL:"):
            selector = f"gopher://{host.strip()}:{port}/{label[0]}{selector}"
    return f"{ROW}{label[0]}{label[1:].strip()}{SELECTOR}{selector}"
