"""Invented newspaper dumps in any number, in the rendering of the gopherproxy: the input of all benchmarks.

    python bench/generate.py --articles 10000 --out DIR                       # a folder of files
    python bench/generate.py --articles 10000 --out DIR --archive dumps.tar   # one archive in that folder

What a benchmark must not be spared is here: persons, tags, places and authors drawn by Zipf's law, full names
first and family names after, namesakes by family name, links to topics and articles, related lists that lead
back into the same topic, tags by position. Articles are drawn in windows of a thousand, each with a random
generator of its own: memory does not grow, and the first n articles are the same however many are asked for.
"""

from __future__ import annotations

import argparse
import io
import re
import tarfile
import time
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, chain
from pathlib import Path
from random import Random
from typing import IO, Any, cast

import zstandard

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("newspaper.toml").read_text("utf-8"))
VERBS: list[str] = WORDS["verbs"].split()
ADVERBS: list[str] = WORDS["adverbs"]
CLAUSES: list[str] = WORDS["clauses"]
AGENCIES = ("taz", "taz", "taz", "taz", "dpa", "epd", "afp/taz")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SLUG = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "é": "e",
        "ş": "s",
        " ": "-",
    }
)
WINDOW = 1000
FOCUS_TOPICS = 40
INFO = " " * 7
EMPTY = f"{INFO}\n"
# Lines are broken greedily at 75 code points; the teaser's mark counts among them.
PROSE_LINE = re.compile(r"(.{1,75})(?: |$)")
TEASER_LINE = re.compile(r"(.{1,73})(?: |$)")


def slug(text: str) -> str:
    """The slug of a kicker or tag as the paper's addresses write it."""
    return re.sub(r"[^A-Za-z0-9-]", "", text.translate(SLUG))


def compounds(heads: str, tails: str) -> list[str]:
    """Every word of the list `heads` joined to every one of `tails`."""
    return [head + tail for head in WORDS[heads].split() for tail in WORDS[tails].split()]


def wrap(text: str) -> str:
    """A paragraph as info lines."""
    return INFO + f"\n{INFO}".join(PROSE_LINE.findall(text)) + "\n"


class Urn:
    """Draws from `items` by Zipf's law: the r-th item with a weight of 1 / (r + 2)."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        self.cumulative = list(accumulate(1 / (rank + 2) for rank in range(len(items))))

    def draw(self, rng: Random, k: int) -> list[str]:
        """`k` items, with repetitions."""
        return rng.choices(self.items, cum_weights=self.cumulative, k=k)


class World:
    """The invented country: who lives there, where, and what there is to quarrel about."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"world {seed}")
        families = compounds("family_heads", "family_tails")
        persons = [
            f"{given} {family}"
            for given in (WORDS["women"] + " " + WORDS["men"]).split()
            for family in families
        ]
        places = compounds("place_heads", "place_tails")
        self.nouns = compounds("topic_heads", "topic_tails")
        for names in (persons, places, self.nouns):
            rng.shuffle(names)
        del persons[20_000:]
        self.persons, self.places, self.topics = Urn(persons), Urn(places), Urn(self.nouns)
        self.authors = Urn(persons[50:650])
        self.focus = {topic: f"Schwerpunkt {topic}" for topic in self.nouns[:FOCUS_TOPICS]}
        labels = chain(self.nouns, self.focus.values(), places, persons)
        self.topic_selectors = {
            label: f"/{slug(label)}/!t{number}" for number, label in enumerate(labels, 5_000_000)
        }
        self.prose = [self._sentence(rng) for _ in range(6000)]

    def _sentence(self, rng: Random) -> str:
        more = rng.choice(
            ("", f", {rng.choice(CLAUSES)}", f" und {rng.choice(VERBS)} die {rng.choice(self.nouns)}")
        )
        claim = f"{rng.choice(VERBS)} die {rng.choice(self.nouns)} {rng.choice(ADVERBS)}"
        return f"{rng.choice(WORDS['subjects'])} {claim}{more}."


@dataclass
class Head:
    """What other articles show of an article, drawn for a whole window before any text is written."""

    number: int
    day: date
    topic: str
    place: str
    kicker: str
    headline: str
    teaser: str
    people: list[str]
    tags: list[str]
    related: list[Head] = field(default_factory=list, repr=False)

    @property
    def selector(self) -> str:
        return f"/{slug(self.kicker)}/!{self.number}"


def _head(world: World, rng: Random, index: int) -> Head:
    topic, other = world.topics.draw(rng, 2)
    (place,) = world.places.draw(rng, 1)
    people = list(dict.fromkeys(world.persons.draw(rng, rng.randint(3, 8))))
    words = {
        "topic": topic,
        "place": place,
        "family": people[0].split()[-1],
        "verb": rng.choice(VERBS),
        "noun": rng.choice(world.nouns),
        "adverb": rng.choice(ADVERBS),
    }
    kicker = rng.choice(WORDS["kickers"]).format_map(words)
    tags = dict.fromkeys((topic, place, people[0], world.focus.get(topic, other), other))
    return Head(
        # Numbers do not follow the dates. The step is prime to the range, so none comes twice below 4 million.
        number=1_000_000 + index * 1_234_577 % 4_000_000 + index // 4_000_000 * 4_000_000,
        day=date(2000, 1, 3) + timedelta(days=index // 40 % 9000),
        topic=topic,
        place=place,
        kicker=kicker,
        headline=f"{kicker}: {rng.choice(WORDS['titles']).format_map(words)}",
        teaser=" ".join(rng.choices(world.prose, k=2)),
        people=people,
        tags=list(tags)[: rng.randint(2, 5)],
    )


def _window(world: World, rng: Random, first: int) -> list[Head]:
    """A window of heads; each is related to the next ones of its topic, around in a ring."""
    heads = [_head(world, rng, first + n) for n in range(WINDOW)]
    threads: dict[str, list[Head]] = {}
    for head in heads:
        threads.setdefault(head.topic, []).append(head)
    for thread in threads.values():
        for position, head in enumerate(thread):
            ring = thread[position + 1 : position + 7] + thread[: min(position, 6)]
            head.related = ring[: rng.choice((3, 5, 5, 6))]
    return heads


def _body(world: World, rng: Random, head: Head) -> tuple[list[str], list[str]]:
    """Seven to ten paragraphs with subheads between them, and the selectors of the links in them."""
    selectors: list[str] = []

    def link(text: str, selector: str) -> str:
        selectors.append(selector)
        return f"[{len(selectors)}][{text}]"

    paragraphs = []
    for n in range(rng.randint(7, 10)):
        first_time = n < len(head.people)
        person = head.people[n % len(head.people)]
        name = person if first_time else person.split()[-1]
        if first_time and rng.random() < 0.3:
            name = link(name, world.topic_selectors[person])
        sentences = rng.choices(world.prose, k=4)
        sentences[rng.randrange(4)] += " " + rng.choice(WORDS["person_sentences"]).format(
            name=name,
            place=head.place,
            verb=rng.choice(VERBS),
            noun=rng.choice(world.nouns),
            adverb=rng.choice(ADVERBS),
            clause=rng.choice(CLAUSES),
        )
        if n == 2 and head.related:
            sentences.append(f"Die taz hat {link('darüber schon berichtet', head.related[0].selector)}.")
        if n == 4:
            sentences.append(f"Alles zur {link(head.topic, world.topic_selectors[head.topic])}.")
        if n in {3, 6}:
            paragraphs.append(f"## {rng.choice(world.nouns)} {rng.choice(ADVERBS)}")
        paragraphs.append(" ".join(sentences))
    if rng.random() < 0.7:
        paragraphs[0] = f"{head.place} {rng.choice(AGENCIES)} | {paragraphs[0]}"
    return paragraphs, selectors


def _page(world: World, rng: Random, head: Head) -> str:
    """One article as the gopherproxy shows it."""
    paragraphs, selectors = _body(world, rng, head)
    teaser = "".join(f"{INFO}> {line}\n" for line in TEASER_LINE.findall(head.teaser))
    parts = ["URI: \n", f"{INFO}# taz.de -- {head.headline}\n", EMPTY, teaser, EMPTY]
    if rng.random() < 0.6:
        parts += [f"   IMG Bild: {head.people[0]} in {head.place}\n", EMPTY]
    for paragraph in paragraphs:
        parts += [wrap(paragraph), EMPTY]
    parts += [f"{INFO}{head.day.day} {MONTHS[head.day.month - 1]} {head.day.year}\n", EMPTY]
    authors = list(dict.fromkeys(world.authors.draw(rng, rng.choice((1, 1, 1, 2)))))
    tags = head.tags + [rng.choice(related.tags) for related in head.related]
    links = [f"[{n}] {selector}" for n, selector in enumerate(selectors, 1)]
    for heading, rows in (("LINKS", links), ("AUTOREN", authors), ("TAGS", tags)):
        if rows:
            parts += [f"{INFO}## {heading}\n", EMPTY, *[f"   DIR {row}\n" for row in rows], EMPTY]
    if head.related:
        parts += [f"{INFO}## ARTIKEL ZUM THEMA\n", EMPTY]
    for related in head.related:
        parts += [
            f"   DIR {related.headline}\n",
            EMPTY,
            wrap(related.teaser),
            EMPTY,
        ]
    return "".join(parts[:-1])


def generate(articles: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """The first `articles` dumps of newspaper `seed`, as (file name, text).

    A third of the names tell the article's number, as saved pages may; the others do not.
    """
    return ((name, page) for name, page, _ in drafted(World(seed), articles, seed))


def drafted(world: World, articles: int, seed: int) -> Iterator[tuple[str, str, Head]]:
    """The same, each with what it was made of."""
    for first in range(0, articles, WINDOW):
        rng = Random(f"window {seed} {first}")
        for index, head in enumerate(_window(world, rng, first)[: articles - first], first):
            page = _page(world, rng, head)
            stem = f"!{head.number}" if index % 3 == 0 else f"{index % WINDOW:03d}_{rng.getrandbits(64):016x}"
            yield f"{first // WINDOW:05d}/{stem}.txt", page, head


def write_folder(dumps: Iterable[tuple[str, str]], folder: Path) -> None:
    """Write each dump to a file of its own below `folder`."""
    for name, text in dumps:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def write_archive(dumps: Iterable[tuple[str, str]], path: Path) -> None:
    """Write all dumps to one archive; the suffix (zip, tar, tar.gz, tgz, tar.zst) tells the kind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if path.suffix == ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path, "w"))
            for name, text in dumps:
                archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
            return
        if path.suffix == ".zst":
            stream = stack.enter_context(zstandard.ZstdCompressor().stream_writer(path.open("wb")))
            tar = stack.enter_context(tarfile.open(fileobj=cast("IO[bytes]", stream), mode="w|"))
        elif path.suffix in {".gz", ".tgz"}:
            tar = stack.enter_context(tarfile.open(path, "w:gz"))
        else:
            tar = stack.enter_context(tarfile.open(path, "w"))
        for name, text in dumps:
            data = text.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def main() -> None:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description="Generate invented newspaper dumps for benchmarks.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--archive", help="write one archive of this name in the folder, not single files")
    options = parser.parse_args()
    start = time.perf_counter()
    dumps = generate(options.articles, options.seed)
    if options.archive:
        write_archive(dumps, options.out / options.archive)
    else:
        write_folder(dumps, options.out)
    seconds = time.perf_counter() - start
    print(f"{options.articles} articles in {seconds:.1f} s, {options.articles / seconds:.0f} a second")


if __name__ == "__main__":
    main()
