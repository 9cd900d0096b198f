"""The whole invented archive: who, what, which articles, and what their files give away."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from newsroom import naming, source
from newsroom.records import Article, Person, Tag, Thing

SECTIONS = {
    "Politik": "4615",
    "Öko": "4610",
    "Gesellschaft": "4611",
    "Kultur": "4639",
    "Sport": "4646",
    "Wahrheit": "4644",
}


@dataclass(frozen=True)
class IndexSpec:
    """A topic, author or section page to be written: of what, as which files."""

    kind: str
    of: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Corpus:
    """Everything read from examples/source."""

    people: dict[str, Person]
    things: dict[str, Thing]
    tags: dict[str, Tag]
    articles: dict[str, Article]
    stubs: dict[str, Article]
    pages: tuple[IndexSpec, ...]

    def article(self, ident: str) -> Article:
        """An article or a stub."""
        return self.articles.get(ident) or self.stubs[ident]

    def name(self, ident: str) -> str:
        """The name of an author: a person's or an agency's."""
        return self.people[ident].name if ident in self.people else self.things[ident].name

    def selector(self, target: str) -> str:
        """The selector of a link target as the sources name it."""
        kind, _, rest = target.partition(":")
        match kind:
            case "t":
                return f"/{naming.slug(rest)}/!t{self.tags[rest].number}"
            case "by":
                return f"/!a{self.people[rest].number}"
            case "section":
                return f"/!p{SECTIONS[rest]}"
            case "search":
                return f"/!s={rest}"
            case "http" | "https":
                return f"URL:{target}"
            case _:
                article = self.article(target)
                prefix = f"/{naming.slug(article.kicker)}" if article.kicker else ""
                return f"{prefix}/!{article.number}"


def load(folder: Path) -> Corpus:
    """Read the sources and refuse what does not fit together."""
    paths = sorted((folder / "articles").glob("*.txt"))
    articles = [article for path in paths for article in source.read_articles(path)]
    stubs = list(source.read_articles(folder / "stubs.txt", stub=True))
    corpus = Corpus(
        people=source.read_people(folder / "people.txt"),
        things=source.read_things(folder / "organizations.txt", "organization")
        | source.read_things(folder / "places.txt", "place")
        | source.read_things(folder / "characters.txt", "character"),
        tags=source.read_tags(folder / "tags.txt"),
        articles={article.id: article for article in sorted(articles, key=lambda a: (a.date, a.id))},
        stubs={stub.id: stub for stub in stubs},
        pages=tuple(IndexSpec(*page) for page in source.read_pages(folder / "pages.txt")),
    )
    _check(corpus, [*articles, *stubs])
    return corpus


def _check(corpus: Corpus, everything: list[Article]) -> None:
    for what, values in (("id", [a.id for a in everything]), ("number", [a.number for a in everything])):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise ValueError(f"the same {what} twice: {twice}")
    for article in everything:
        for tag in article.tags:
            if tag not in corpus.tags:
                raise ValueError(f"{article.id}: {tag!r} is missing in tags.txt")
        for announced in article.related:
            if announced.id not in corpus.articles and announced.id not in corpus.stubs:
                raise ValueError(f"{article.id}: nothing is {announced.id!r}")
            if not corpus.article(announced.id).tags:
                raise ValueError(f"{article.id}: {announced.id} has no tag to be announced with")
        for ident, _ in article.authors:
            corpus.name(ident)
        for ident in article.cast:
            if ident not in corpus.people:
                raise ValueError(f"{article.id}: nobody is {ident!r}")


def separators(headline: str) -> int:
    """How often `: ` stands outside quotation marks."""
    return re.sub('„[^“"]*[“"]', "", headline).count(": ")
