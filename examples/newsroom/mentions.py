"""Who and what is named where: by the marks in the sources, and by exact names for everything unambiguous.

Nothing is guessed: a word that belongs to somebody's name and is neither found nor marked is a problem, and a problem
stops the run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsroom.inline import NO_NAME, Text
from newsroom.records import Article, Person, Thing

# A name never starts or ends inside a word or a compound: `Kolb-Vertraute` and `Rosa-Birkholz-Haus` name no person.
_BOUNDARY = r"(?<![\w-])(?:{})(?![\w-])"


@dataclass(frozen=True)
class Mention:
    """`text` stands at [start, end) of `part`; captions are counted from 0. `open`: two persons here bear that name."""

    kind: str
    entity: str
    part: str
    image: int | None
    start: int
    end: int
    text: str
    open: bool = False


def _inflected(form: str) -> tuple[str, str]:
    return form, form + ("’" if form.endswith(("s", "ß", "x", "z")) else "s")


def person_forms(person: Person) -> tuple[set[str], set[str]]:
    """The full names and the family names of a person, genitives included."""
    full = {form for name in (person.name, *person.spellings) for form in _inflected(name)}
    families = {spelling for name in person.families for spelling in (name, name[0].upper() + name[1:])}
    family = {form for name in families for form in _inflected(name)}
    return full, family


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(_BOUNDARY.format("|".join(map(re.escape, longest_first))))


class Finder:
    """Finds the names of one world in its articles; `problems` collects what has to be marked by hand."""

    def __init__(self, people: Mapping[str, Person], things: Mapping[str, Thing]) -> None:
        self.problems: list[str] = []
        self._people = people
        self._kinds = {ident: thing.kind for ident, thing in things.items()} | dict.fromkeys(people, "person")
        self._forms = {ident: person_forms(person) for ident, person in people.items()}
        self._full: dict[str, list[str]] = defaultdict(list)
        for ident, (full, _) in self._forms.items():
            for form in full:
                self._full[form].append(ident)
        self._full_pattern = _pattern(self._full)
        self._things = {form: t.id for t in things.values() for name in t.forms for form in _inflected(name)}
        tokens = {word for p in people.values() for name in (p.name, *p.families) for word in name.split()}
        particles = {"von", "der", "den", "van", "al", "Dr.", "Prof.", "Jr."}
        self._tokens = _pattern(
            form for token in tokens - particles if len(token) > 2 for form in _inflected(token)
        )

    def mentions(self, article: Article) -> list[Mention]:
        """All mentions of an article, in the order of its parts."""
        texts = _parts(article)
        forms = self._article_forms(article, [text.plain for _, _, text in texts])
        pattern = _pattern(forms)
        found = []
        for part, image, text in texts:
            spans = self._spans(article, text, pattern, forms)
            self._refuse_unsettled(article, text, spans)
            for start, end, entity in sorted(spans):
                if entity != NO_NAME:
                    exact = text.plain[start:end]
                    found.append(
                        Mention(self._kinds.get(entity, "nobody"), entity, part, image, start, end, exact)
                    )
        return _with_open_names(found, self._people)

    def _article_forms(self, article: Article, plains: list[str]) -> dict[str, set[str]]:
        """Every form that can be found here, with those who bear it: the cast, whoever is named in full, all things."""
        cast = set(article.cast)
        for plain in plains:
            for match in self._full_pattern.finditer(plain):
                bearers = self._full[match[0]]
                if len(bearers) == 1:
                    cast.add(bearers[0])
                elif not cast & set(bearers):
                    self.problems.append(f"{article.id}: which {match[0]}? Name one of {bearers} in cast:")
        forms: dict[str, set[str]] = {form: {ident} for form, ident in self._things.items()}
        for ident in sorted(cast):
            full, family = self._forms[ident]
            for form in full | family:
                forms.setdefault(form, set()).add(ident)
        return forms

    def _spans(
        self, article: Article, text: Text, pattern: re.Pattern[str], forms: dict[str, set[str]]
    ) -> list[tuple[int, int, str]]:
        spans = [(mark.start, mark.end, mark.entity) for mark in text.marks]
        for _, _, entity in spans:
            if entity != NO_NAME and entity not in self._kinds:
                self.problems.append(f"{article.id}: nobody is {entity!r}")
        taken = list(spans)
        for match in pattern.finditer(text.plain):
            if any(match.start() < end and start < match.end() for start, end, _ in taken):
                continue
            bearers = forms[match[0]]
            if len(bearers) > 1:
                who = " or ".join(sorted(bearers))
                self.problems.append(f"{article.id}: mark {match[0]!r} as {who} in {_around(text, match)}")
            spans.append((match.start(), match.end(), next(iter(bearers))))
        return spans

    def _refuse_unsettled(self, article: Article, text: Text, spans: list[tuple[int, int, str]]) -> None:
        for match in self._tokens.finditer(text.plain):
            if not any(start <= match.start() and match.end() <= end for start, end, _ in spans):
                self.problems.append(
                    f"{article.id}: {match[0]!r} is a name and not settled in {_around(text, match)}"
                )


def _around(text: Text, match: re.Match[str]) -> str:
    return f"…{text.plain[max(0, match.start() - 30) : match.end() + 30]}…"


def _parts(article: Article) -> list[tuple[str, int | None, Text]]:
    """The parts that offsets point into; the body as one text, blocks parted by an empty line."""
    parts: list[tuple[str, int | None, Text]] = [("headline", None, headline_text(article))]
    parts += [(part, image, text) for part, image, text in article.texts if part != "body"]
    body = [block.text for block in article.blocks]
    return [*parts, ("body", None, _joined(body, "\n\n"))]


def headline_text(article: Article) -> Text:
    """Kicker and title with the marks of both."""
    return _joined([article.kicker_text, article.title_text], ": ") if article.kicker else article.title_text


def _joined(texts: list[Text], separator: str) -> Text:
    marks = []
    offset = 0
    for text in texts:
        marks += [type(mark)(mark.start + offset, mark.end + offset, mark.entity) for mark in text.marks]
        offset += len(text.plain) + len(separator)
    return Text(separator.join(text.plain for text in texts), (), tuple(marks))


def _with_open_names(mentions: list[Mention], people: Mapping[str, Person]) -> list[Mention]:
    """Flag family names standing alone that two persons of the article share."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.kind == "person":
            for family in people[mention.entity].families:
                bearers[family].add(mention.entity)
    result = []
    for mention in mentions:
        alone = mention.text.removesuffix("’")
        shared = any(len(bearers.get(form, ())) > 1 for form in (alone, alone.removesuffix("s")))
        result.append(Mention(**{**vars(mention), "open": shared and mention.kind == "person"}))
    return result
