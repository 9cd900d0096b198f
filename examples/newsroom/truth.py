"""What is true of the invented world, whichever files tell it: articles.json, people.json, tags.json."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from newsroom.archive import DumpFile
from newsroom.corpus import Corpus
from newsroom.mentions import Finder
from newsroom.records import Article


def articles_truth(corpus: Corpus, files: Sequence[DumpFile]) -> dict[str, Any]:
    """All articles and stubs by id, with every person, organisation and place that they name."""
    finder = Finder(corpus.people, corpus.things)
    paths: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if file.article:
            paths[file.article.id].append(file.path)
    everything = (*corpus.articles.values(), *corpus.stubs.values())
    facts = {
        article.id: _article(article, corpus, finder, sorted(paths[article.id])) for article in everything
    }
    if finder.problems:
        raise ValueError("names to settle:\n" + "\n".join(finder.problems))
    return facts


def _article(article: Article, corpus: Corpus, finder: Finder, paths: list[str]) -> dict[str, Any]:
    anchors = [anchor for _, _, text in article.texts for anchor in text.anchors]
    targets = [anchor.target for anchor in anchors] + list(article.lone_links)
    return {
        "stub": article.stub,
        "number": article.number,
        "headline": article.headline,
        "kicker": article.kicker,
        "title": article.title_text.plain,
        "date": article.date or None,
        "section": article.section or None,
        "files": paths,
        "authors": [ident for ident, _ in article.authors],
        "tags": list(article.tags),
        "related": [announced.id for announced in article.related],
        "links": [{"target": target, "selector": corpus.selector(target)} for target in targets],
        "abstract": article.teaser.plain if article.teaser else None,
        "captions": [caption.plain for caption in article.captions],
        "body": "\n\n".join(block.text.plain for block in article.blocks),
        "dateline": article.dateline,
        "mentions": [
            {
                m.kind: m.entity,
                "kind": m.kind,
                "part": m.part,
                "image": m.image,
                "start": m.start,
                "end": m.end,
                "text": m.text,
                "open": m.open,
            }
            for m in finder.mentions(article)
        ],
    }


def people_truth(corpus: Corpus, articles: dict[str, Any]) -> list[dict[str, Any]]:
    """All persons that the archive names or that wrote it, with where they occur."""
    named: dict[str, set[str]] = defaultdict(set)
    written: dict[str, set[str]] = defaultdict(set)
    for ident, article in articles.items():
        for mention in article["mentions"]:
            if mention["kind"] == "person":
                named[mention["person"]].add(ident)
        for author in article["authors"]:
            written[author].add(ident)
    idle = sorted(set(corpus.people) - set(named) - set(written))
    if idle:
        raise ValueError(f"in people.txt, but in no article: {idle}")
    return [
        {
            "id": person.id,
            "name": person.name,
            "given": person.given or None,
            "family": person.families[0],
            "spellings": list(person.spellings),
            "families": list(person.families),
            "roles": list(person.roles),
            "bearer": person.bearer,
            "namesakes": list(person.namesakes),
            "articles": sorted(named[person.id]),
            "wrote": sorted(written[person.id]),
        }
        for person in corpus.people.values()
    ]


def things_truth(corpus: Corpus) -> list[dict[str, Any]]:
    """All organisations, places and characters with the forms of their names."""
    return [
        {"id": t.id, "kind": t.kind, "name": t.name, "forms": list(t.forms)} for t in corpus.things.values()
    ]


def tags_truth(corpus: Corpus) -> dict[str, Any]:
    """All tags that occur, with what they name."""
    used = {tag for article in (*corpus.articles.values(), *corpus.stubs.values()) for tag in article.tags}
    idle = sorted(set(corpus.tags) - used)
    if idle:
        raise ValueError(f"in tags.txt, but on no article: {idle}")
    facts: dict[str, Any] = {}
    for tag in corpus.tags.values():
        key = tag.kind if tag.kind in ("person", "organization", "place") and tag.entity else "entity"
        facts[tag.label] = {"kind": tag.kind, "number": tag.number, key: tag.entity}
    return facts
