"""Generated articles, written in each rendering by a small writer of this file, come back exact."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.model import Article, LineRole, Rendering
from kg.parse import Parsed, parse_page, roles

WORDS = (
    "der die das Senat Straße über Größe „hybrid“ Anwohner [...] [sic] 1990 Nr. 25.6. Kultur- Moor a und; ob: "
    "Bürgermeisterin Verwaltungsgerichtshof 12 Öl É & ■ - Ende! Warum? x/y taz"
).split()
NAMES = ("Ada Birk", "Jo Öztan", "Umbach", "dpa", "Rosa von der Lohe")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass
class Prose:
    """Words, and which ranges of them are links: (first word, word after the last, number)."""

    words: list[str]
    links: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return " ".join(self.words)

    @property
    def marked(self) -> str:
        words = list(self.words)
        for start, end, number in self.links:
            words[start] = f"[{number}][{words[start]}"
            words[end - 1] += "]"
        return " ".join(words)


@dataclass
class Sample:
    headline: str
    teaser: Prose | None
    caption: str | None
    dateline: str | None
    blocks: list[tuple[bool, Prose]]
    date: tuple[int, int, int]
    selectors: list[str]
    authors: list[str]
    own_tags: list[str]
    related: list[tuple[str, str | None, str]]


words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=40)
labels = st.lists(st.sampled_from(WORDS[:8]), min_size=1, max_size=3).map(" ".join)


@st.composite
def samples(draw: st.DrawFn, *, links: bool = True) -> Sample:
    number = 0

    def prose(*, ends: str = ".") -> Prose:
        nonlocal number
        made = Prose(["Dann", *draw(words), "Schluss" + ends])
        if links and draw(st.booleans()):
            start = draw(st.integers(1, len(made.words) - 2))
            end = draw(st.integers(start + 1, len(made.words) - 1))
            if not any("[" in word for word in made.words[start:end]):
                number += 1
                made.links.append((start, end, number))
        return made

    kickers = st.sampled_from(("Kleingärten", "Die Wahrheit", "Kommentar Moor"))
    teaser = prose() if draw(st.booleans()) else None
    blocks = [(False, prose())]
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            blocks.append((True, Prose(["Sub", *draw(labels).split(" ")])))
        blocks.append((False, prose()))
    related = [
        (
            f"{draw(kickers)}: Heute {draw(labels)} auf",
            draw(st.none() | words.map(lambda w: f"So {' '.join(w)} aus.")),
            tag,
        )
        for tag in draw(st.lists(labels, max_size=6))
    ]
    return Sample(
        headline=f"{draw(kickers)}: Neu {draw(labels)}",
        teaser=teaser,
        caption=draw(st.none() | labels),
        dateline=draw(st.sampled_from((None, "Berlin taz | ", "KAIRO afp/taz | "))),
        blocks=blocks,
        date=(draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(1980, 2030))),
        selectors=[f"/Ein-Slug/!t{draw(st.integers(1, 10**7))}" for _ in range(number)],
        authors=draw(st.lists(st.sampled_from(NAMES), max_size=2)),
        own_tags=draw(st.lists(labels, min_size=1, max_size=5)),
        related=related,
    )


def wrap(text: str, prefix: str = "") -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= 75:
            lines[-1] += " " + word
        else:
            lines.append(prefix + word)
    return lines


def menu_rows(sample: Sample) -> list[tuple[str, str]]:
    """The page as the server sends it: item type (`i` for prose) and label; a blank row after each block."""
    rows = [("i", f"# taz.de -- {sample.headline}"), ("i", "")]

    def block(kind: str, lines: list[str]) -> None:
        rows.extend((kind, line) for line in lines)
        rows.append(("i", ""))

    if sample.teaser:
        block("i", wrap(sample.teaser.marked, "> "))
    if sample.caption:
        block("I", [f"Bild: {sample.caption}"])
    dateline = sample.dateline or ""
    for subhead, prose in sample.blocks:
        if subhead:
            block("i", wrap("## " + prose.marked))
        else:
            block("i", wrap(dateline + prose.marked))
            dateline = ""
    day, month, year = sample.date
    block("i", [f"{day} {MONTHS[month - 1]} {year}"])
    sections = {
        "LINKS": [f"[{number}] {selector}" for number, selector in enumerate(sample.selectors, 1)],
        "AUTOREN": sample.authors,
        "TAGS": [*sample.own_tags, *(tag for _, _, tag in sample.related)],
    }
    for name, lines in sections.items():
        if lines:
            block("i", [f"## {name}"])
            block("1", lines)
    if sample.related:
        block("i", ["## ARTIKEL ZUM THEMA"])
        for headline, teaser, _ in sample.related:
            block("1", [headline])
            if teaser:
                block("i", wrap(teaser))
    return rows[:-1]


def as_gopherproxy(rows: list[tuple[str, str]]) -> str:
    types = {"i": "", "1": "DIR", "I": "IMG"}
    return "\n".join(["URI: ", *(f"{types[kind]:>6} {label}" for kind, label in rows)])


def as_mills(rows: list[tuple[str, str]]) -> str:
    types = {"i": "       ", "1": " (DIR) ", "I": " (IMG) "}
    return "\n".join(types[kind] + label for kind, label in rows) + "\n"


def as_menu(rows: list[tuple[str, str]]) -> str:
    return "".join(f"{kind}{label}\t\ttaz.de\t70\r\n" for kind, label in rows) + ".\r\n"


def collapsed(rows: list[tuple[str, str]], folder: str, picture: str) -> str:
    types = {"i": "", "1": folder, "I": picture}
    return "\n".join(types[kind] + label for kind, label in rows if label)


def as_table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(f"| {label} | |" for _, label in rows if label)


def as_phoxy(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["X P H O X Y", "gophering on taz.de", *(label for _, label in rows)])


def check(parsed: Parsed, sample: Sample, text: str) -> None:
    page = parsed.page
    assert isinstance(page, Article)
    assert page.headline == sample.headline
    day, month, year = sample.date
    assert page.date == f"{year}-{month:02}-{day:02}"
    assert (page.teaser.plain if page.teaser else None) == (sample.teaser.plain if sample.teaser else None)
    assert [image.caption.plain for image in page.images] == ([sample.caption] if sample.caption else [])
    assert [(block.subhead, block.passage.plain) for block in page.body] == [
        (subhead, prose.plain) for subhead, prose in sample.blocks
    ]
    dateline = sample.dateline.split(" ") if sample.dateline else None
    assert (page.dateline, page.credits) == (
        (dateline[0], tuple(dateline[1].split("/"))) if dateline else (None, ())
    )
    proses = ([sample.teaser] if sample.teaser else []) + [prose for _, prose in sample.blocks]
    anchors = [" ".join(prose.words[start:end]) for prose in proses for start, end, _ in prose.links]
    assert [(link.number, link.text) for link in page.links] == list(enumerate(anchors, 1))
    for link in page.links:
        within = page.body_text if link.part == "body" else page.teaser.plain if page.teaser else ""
        assert within[link.start : link.end] == link.text
    assert [link.selector.raw for link in page.links if link.selector] == sample.selectors
    assert [author.name for author in page.authors] == sample.authors
    assert [tag.label for tag in page.tags] == sample.own_tags
    assert [
        (entry.headline, entry.teaser.plain if entry.teaser else None, entry.tag.label if entry.tag else None)
        for entry in page.related
    ] == sample.related
    check_lines(parsed, text)
    assert LineRole.UNPARSED not in roles(parsed)
    assert parsed.findings == ()


def check_lines(parsed: Parsed, text: str) -> None:
    """Runs cover every line once, in order; blank lines and only they are blank."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []
    done = 0
    for _, first, last in parsed.lines:
        assert first == done + 1
        assert last >= first
        done = last
    assert done == len(lines)
    assert len(roles(parsed)) == len(lines)


def parse(text: str) -> Parsed:
    return parse_page(text, path="a.txt", sha256="0" * 64)


@settings(max_examples=200, deadline=None)
@given(samples())
def test_renderings_that_mark_rows_and_blocks(sample: Sample) -> None:
    rows = menu_rows(sample)
    for write, rendering in (
        (as_gopherproxy, Rendering.GOPHERPROXY),
        (as_mills, Rendering.MILLS),
        (as_menu, Rendering.MENU),
    ):
        text = write(rows)
        parsed = parse(text)
        assert parsed.rendering is rendering
        check(parsed, sample, text)


@settings(max_examples=200, deadline=None)
@given(samples())
def test_renderings_without_blank_lines(sample: Sample) -> None:
    rows = menu_rows(sample)
    prose = [label if kind == "i" else "" for kind, label in rows]
    for before, blank, after in zip(prose, prose[1:], prose[2:], strict=False):
        # What fills its line to the brim cannot be told from a paragraph that goes on.
        assume(blank or not before or not after or len(before) + 1 + len(after.split(" ")[0]) <= 75)
    text = "URI:\n" + collapsed(rows, "DIR ", "IMG ")
    check(parse(text), sample, text)
    text = collapsed(rows, "(DIR) ", "(IMG) ")
    check(parse(text), sample, text)
    assume(all(len(label.encode()) <= 80 for _, label in rows))
    assume(
        all(
            teaser is None or len(wrap(teaser)) == 1 or "." not in teaser[:-1]
            for _, teaser, _ in sample.related
        )
    )
    assume(
        not any(
            "?" in (teaser or "") or "!" in (teaser or "") or "“" in (teaser or "")
            for _, teaser, _ in sample.related
        )
    )
    text = as_table(rows)
    parsed = parse(text)
    assert parsed.rendering is Rendering.TABLE
    check(parsed, sample, text)


@settings(max_examples=100, deadline=None)
@given(samples())
def test_phoxy_without_umlauts(sample: Sample) -> None:
    assume("ö" not in sample.headline)
    text = as_phoxy(menu_rows(sample))
    parsed = parse(text)
    assert parsed.rendering is Rendering.PHOXY
    check(parsed, sample, text)
