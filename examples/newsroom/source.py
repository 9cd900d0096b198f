"""Reading examples/source: records of `key: value` lines, parted by `=== id`, an article's body after an empty line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsroom import naming
from newsroom.inline import parse_inline
from newsroom.records import Announced, Article, Block, Person, Tag, Thing

_REPEATABLE = {"image", "link"}
_KEYS = {
    "article": frozenset(
        {"number", "date", "section", "kicker", "title", "teaser", "image", "dateline", "by", "tags"}
        | {"related", "link", "cast", "files", "lost-tags"}
    ),
    "person": frozenset({"name", "given", "family", "spellings", "roles", "bearer", "namesakes"}),
}


@dataclass(frozen=True)
class Entry:
    """One record of a source file, before its values are understood."""

    id: str
    fields: dict[str, list[str]]
    body: list[str] = field(default_factory=list)

    def one(self, key: str) -> str | None:
        """The only value of a key, or None."""
        return self.fields.get(key, [None])[0]

    def many(self, key: str) -> tuple[str, ...]:
        """A value that lists several, parted by semicolons."""
        value = self.one(key)
        return tuple(item.strip() for item in value.split(";")) if value else ()


def read_entries(path: Path, kind: str) -> Iterator[Entry]:
    """All records of a file. Raises `ValueError` for a key that nobody knows, so that a typo is found."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    for chunk in text.split("\n=== ")[1:]:
        ident, _, rest = chunk.partition("\n")
        head, _, body = rest.partition("\n\n")
        fields: dict[str, list[str]] = {}
        for line in head.strip().split("\n"):
            key, _, value = line.partition(":")
            if key not in _KEYS[kind] or (key in fields and key not in _REPEATABLE):
                raise ValueError(f"{path.name}, {ident}: what is {key!r}?")
            fields.setdefault(key, []).append(value.strip())
        yield Entry(ident.strip(), fields, [part.strip() for part in body.split("\n\n") if part.strip()])


def read_people(path: Path) -> dict[str, Person]:
    """people.txt."""
    people = {}
    for entry in read_entries(path, "person"):
        name = entry.one("name") or ""
        families = entry.many("family") or (name.rpartition(" ")[2],)
        given = entry.one("given") or name.removesuffix(families[0]).strip()
        people[entry.id] = Person(
            id=entry.id,
            name=name,
            given=given,
            families=families,
            spellings=entry.many("spellings"),
            roles=entry.many("roles"),
            bearer=entry.one("bearer") or "public",
            namesakes=entry.many("namesakes"),
            number=naming.author_number(entry.id) if entry.one("bearer") in ("author", "pen name") else None,
        )
    return people


def _table(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip() for cell in unicodedata.normalize("NFC", line).split("|")]


def read_things(path: Path, kind: str) -> dict[str, Thing]:
    """organizations.txt and its like: `id | name | other forms; …`, or `-` where texts are not searched."""
    things = {}
    for ident, name, forms in _table(path):
        others = tuple(form.strip() for form in forms.split(";") if form.strip())
        things[ident] = Thing(ident, kind, name, () if forms == "-" else (name, *others))
    return things


def read_tags(path: Path) -> dict[str, Tag]:
    """tags.txt: `label | kind | entity`."""
    return {
        label: Tag(label, kind, entity or None, naming.tag_number(label))
        for label, kind, entity in _table(path)
    }


def _block(part: str) -> Block:
    if not part.startswith("##"):
        return Block(parse_inline(part.replace("\n", " ")))
    style = "below" if part.startswith("##\n") else "wrapped"
    return Block(parse_inline(part[2:].replace("\n", " ").strip()), subhead=True, style=style)


def _dateline(value: str | None) -> tuple[str | None, tuple[str, ...], bool]:
    """`Ort taz`, `Ort afp/taz`, or `ORT -` for capitals without credit and bar."""
    if value is None:
        return None, (), False
    place, _, mark = value.rpartition(" ")
    return (place, (), True) if mark == "-" else (place, tuple(mark.split("/")), False)


def _announced(item: str) -> Announced:
    return Announced(item.removesuffix(" (bare)"), teaser=not item.endswith(" (bare)"))


def read_articles(path: Path, *, stub: bool = False) -> Iterator[Article]:
    """All articles of one file; with `stub`, the ones that no dump holds."""
    for entry in read_entries(path, "article"):
        kicker = parse_inline(entry.one("kicker") or "")
        teaser = entry.one("teaser")
        dateline, marks, bare = _dateline(entry.one("dateline"))
        pairs = (item.partition("=") for item in entry.many("by") if item != "-")
        yield Article(
            id=entry.id,
            number=entry.one("number") or naming.article_number(entry.id),
            kicker=kicker.plain or None,
            kicker_text=kicker,
            title_text=parse_inline(entry.one("title") or ""),
            date=entry.one("date") or "",
            section=entry.one("section") or "",
            teaser=parse_inline(teaser) if teaser else None,
            captions=tuple(parse_inline(caption) for caption in entry.fields.get("image", [])),
            dateline=dateline,
            credits=marks,
            bare_dateline=bare,
            blocks=tuple(_block(part) for part in entry.body),
            authors=tuple((ident, label) for ident, _, label in pairs),
            empty_authors=entry.one("by") == "-",
            tags=entry.many("tags"),
            related=tuple(_announced(item) for item in entry.many("related")),
            lone_links=tuple(entry.fields.get("link", [])),
            cast=entry.many("cast"),
            files=entry.many("files") or ("a",),
            lost_tags=int(entry.one("lost-tags") or 0),
            stub=stub,
        )


def read_pages(path: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """pages.txt: `topic, author or section | of what | files`."""
    for kind, of, files in _table(path):
        yield kind, of, tuple(item.strip() for item in files.split(";"))
