"""Which dumps are of the same article, and which of them tells it best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.model import Article, Finding, Rendering
from kg.resolve.claims import Claim
from kg.resolve.headlines import HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import article_key, collapse
from kg.resolve.sets import NumberedSets

_LOSSY = frozenset({Rendering.TABLE, Rendering.GEMINI, Rendering.PHOXY})
"""Renderings that lose what teaser, subhead, tag or paragraph is, however much text they have."""


@dataclass(slots=True)
class Dump:
    """One dump of an article. `number` is what the file tells of itself, unless that was found to be wrong."""

    claim: Claim
    article: Article
    number: str | None

    @property
    def is_exact(self) -> bool:
        """Whether its headline is whole and spelled as in the paper."""
        return not (self.article.cut or self.article.transliterated)

    @property
    def headline(self) -> str:
        """Its headline with blanks collapsed."""
        return collapse(self.article.headline)

    @property
    def fullness(self) -> tuple[bool, bool, bool, bool, int, int, str]:
        """Sort key: the fullest dump first, then by path."""
        article = self.article
        return (
            article.truncated,
            article.transliterated,
            article.cut,
            article.source.rendering in _LOSSY,
            -self.claim.text_length,
            -self.claim.parts,
            article.source.path,
        )

    def finding(self, code: str, message: str) -> Finding:
        """A finding about this dump's headline."""
        return Finding(code, self.article.source.path, self.article.headline_line, message)


@dataclass(slots=True)
class Group:
    """All dumps of one article, the fullest first."""

    dumps: list[Dump]
    number: str | None

    @property
    def headline(self) -> str:
        """The headline of the best dump that has it whole."""
        return min(self.dumps, key=lambda dump: (not dump.is_exact, dump.fullness)).article.headline

    @property
    def headlines(self) -> set[str]:
        """Every headline that its dumps have, blanks collapsed."""
        return {dump.headline for dump in self.dumps}

    @property
    def is_exact(self) -> bool:
        """Whether any dump has the headline whole and as the paper spells it."""
        return any(dump.is_exact for dump in self.dumps)

    @property
    def is_cut(self) -> bool:
        """Whether the only headline known is a prefix."""
        return not self.is_exact and self.dumps[0].article.cut

    @property
    def date(self) -> str | None:
        """The date of the fullest dump that has one."""
        return next((dump.article.date for dump in self.dumps if dump.article.date), None)

    @property
    def path(self) -> str:
        """The path of the fullest dump, which stands for the article in messages."""
        return self.dumps[0].article.source.path

    def key(self, publisher: str) -> str:
        """The key of the article: its number, else the hash of headline and date."""
        return self.number or article_key(publisher, self.headline, self.date)

    def older_keys(self, publisher: str) -> set[str]:
        """The keys that any part of its dumps would have given it, alone or as a stub, without a number."""
        dates = {self.date, None, *(dump.article.date for dump in self.dumps)}
        return {article_key(publisher, headline, date) for headline in self.headlines for date in dates}


def group_dumps(publisher: str, claims: Iterable[Claim]) -> tuple[list[Group], list[Finding]]:
    """Put the dumps of each article together.

    Joined are dumps of one number, of one headline and date, and a dump whose headline is cut, transliterated or
    without date with the only article that it fits; never dumps of two numbers. What fits several articles, what
    differs within one, and numbers that cannot be right are findings. Groups come sorted by path.
    """
    dumps = [
        Dump(claim, claim.page, claim.page.number) for claim in claims if isinstance(claim.page, Article)
    ]
    dumps.sort(key=lambda dump: (dump.article.source.path, dump.article.source.sha256))
    findings = list(_drop_wrong_numbers(dumps))
    joined = NumberedSets([dump.number for dump in dumps])
    _join_alike(((dump.number, index) for index, dump in enumerate(dumps) if dump.number is not None), joined)
    findings += _join_headlines(dumps, joined)
    findings += _join_lossy(dumps, joined)
    # What no number and no doubt tells apart has one key, and so is one article.
    _join_alike(
        (
            (article_key(publisher, dump.article.headline, dump.article.date), index)
            for index, dump in enumerate(dumps)
            if joined.number(index) is None
        ),
        joined,
    )
    groups = _groups(dumps, joined)
    findings += [finding for group in groups for finding in _differences(group)]
    return groups, findings


def _drop_wrong_numbers(dumps: Sequence[Dump]) -> Iterator[Finding]:
    """Take the number from dumps that share it but neither headline nor date with the others: names of files lie.

    It stays with the headline that most dumps of that number have, then the first by path.
    """
    by_number: dict[str, list[Dump]] = defaultdict(list)
    for dump in dumps:
        if dump.number is not None:
            by_number[dump.number].append(dump)
    for number, owners in sorted(by_number.items()):
        exact = [dump for dump in owners if dump.is_exact] or owners
        frequency = Counter(dump.headline for dump in exact)
        # Of the most frequent the first by path, since max keeps the first of equals.
        right = max(exact, key=lambda dump: frequency[dump.headline])
        for dump in owners:
            alike = dump.headline == right.headline or dump.article.date in (None, right.article.date)
            if dump.is_exact and right.article.date is not None and not alike:
                dump.number = None
                where = right.article.source.path
                yield dump.finding(
                    "number-conflict", f"{number} is the number of another headline and date in {where}"
                )


def _join_alike(entries: Iterable[tuple[str, int]], joined: NumberedSets) -> None:
    first: dict[str, int] = {}
    for key, index in entries:
        joined.join(first.setdefault(key, index), index)


def _join_headlines(dumps: Sequence[Dump], joined: NumberedSets) -> Iterator[Finding]:
    alike: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
    for index, dump in enumerate(dumps):
        alike[dump.headline, dump.article.date, dump.is_exact].append(index)
    for indexes in alike.values():
        if len({joined.number(index) for index in indexes} - {None}) <= 1:
            for index in indexes:
                joined.join(indexes[0], index)
        else:
            yield from _join_by_text(dumps, indexes, joined)


def _join_by_text(dumps: Sequence[Dump], indexes: Sequence[int], joined: NumberedSets) -> Iterator[Finding]:
    """Of dumps that share headline and date but not the number, a numberless one goes where its text is."""
    numbered: dict[str, int] = {}
    for index in indexes:
        if joined.number(index) is not None:
            numbered.setdefault(dumps[index].claim.fingerprint, index)
    for index in indexes:
        if joined.number(index) is None:
            same = numbered.get(dumps[index].claim.fingerprint)
            if same is None or not joined.join(same, index):
                yield _ambiguous(dumps[index])


class _Whole:
    """The dumps with whole headlines, to be found by lossy ones: of all dates, and of each date by itself."""

    def __init__(self, dumps: Sequence[Dump], joined: NumberedSets) -> None:
        self._joined = joined
        seen: dict[tuple[str, str | None, int], int] = {}
        for index, dump in enumerate(dumps):
            if dump.is_exact:
                seen.setdefault((dump.headline, dump.article.date, joined.root(index)), index)
        by_date: dict[str | None, list[tuple[str, int]]] = defaultdict(list)
        for (headline, date, _), index in seen.items():
            by_date[date].append((headline, index))
        everything = [entry for entries in by_date.values() for entry in entries]
        self._spelled = {date: HeadlineIndex(entries) for date, entries in by_date.items()}
        self._by_sound = {date: TransliteratedHeadlines(entries) for date, entries in by_date.items()}
        self._all = HeadlineIndex(everything), TransliteratedHeadlines(everything)

    def fitting(self, dump: Dump, index: int) -> list[int]:
        """One dump each of up to two articles, other than its own, that `dump` fits by headline and date."""
        article = dump.article
        spelled, by_sound = self._all
        if article.date is not None:
            spelled = self._spelled.get(article.date, HeadlineIndex(()))
            by_sound = self._by_sound.get(article.date, TransliteratedHeadlines(()))
        if article.transliterated:
            found = by_sound.of(article.headline)
        elif article.cut:
            found = spelled.starting_with(article.headline)
        else:
            found = spelled.exact(article.headline)
        return list(islice(self._distinct(found, index), 2))

    def _distinct(self, found: Iterator[int], index: int) -> Iterator[int]:
        roots = {self._joined.root(index)}
        number = self._joined.number(index)
        for other in found:
            root = self._joined.root(other)
            # An article of another number is no candidate, whatever its headline.
            if root not in roots and number in (None, self._joined.number(other) or number):
                roots.add(root)
                yield other


def _join_lossy(dumps: Sequence[Dump], joined: NumberedSets) -> Iterator[Finding]:
    """Join dumps whose headline or date is not whole with the one article they fit."""
    whole = _Whole(dumps, joined)
    for index, dump in enumerate(dumps):
        if not dump.is_exact or dump.article.date is None:
            fits = whole.fitting(dump, index)
            if len(fits) > 1 or (fits and not joined.join(fits[0], index)):
                yield _ambiguous(dump)


def _ambiguous(dump: Dump) -> Finding:
    return dump.finding(
        "dump-ambiguous", "fits several articles of the same headline; joined with none of them"
    )


def _groups(dumps: Sequence[Dump], joined: NumberedSets) -> list[Group]:
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(dumps)):
        members[joined.root(index)].append(index)
    groups = [
        Group(
            sorted((dumps[index] for index in indexes), key=lambda dump: dump.fullness), joined.number(root)
        )
        for root, indexes in members.items()
    ]
    return sorted(groups, key=lambda group: group.path)


def _differences(group: Group) -> Iterator[Finding]:
    exact = [dump for dump in group.dumps if dump.is_exact]
    for dump in exact[1:]:
        if dump.headline != exact[0].headline or dump.article.date not in (None, group.date):
            yield dump.finding(
                "differing-facts", f"its headline or date differs from that of {group.path}, taken"
            )
    # A rendering that loses what a paragraph is has other text without being another text.
    texts = [
        dump for dump in exact if not dump.article.truncated and dump.article.source.rendering not in _LOSSY
    ]
    for dump in texts[1:]:
        if dump.claim.fingerprint != texts[0].claim.fingerprint:
            yield dump.finding(
                "differing-texts", f"its text differs from that of {group.path}, which is taken"
            )
