"""Which dumps are of the same article, what its number is, and which dump tells it best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Article, Finding
from kg.resolve.claims import Claim
from kg.resolve.headlines import HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import article_key, collapse


@dataclass(slots=True)
class Dump:
    """One dump of an article."""

    claim: Claim
    article: Article

    @property
    def is_exact(self) -> bool:
        """Whether its headline is whole and spelled as in the paper."""
        return not (self.article.cut or self.article.transliterated)

    @property
    def fullness(self) -> tuple[bool, bool, bool, int, int, str]:
        """Sort key: the fullest dump first, then by path."""
        article = self.article
        parts = (
            article.teaser,
            article.images,
            article.links,
            article.authors,
            article.tags,
            article.related,
        )
        return (
            article.truncated,
            article.transliterated,
            article.cut,
            -self.claim.text_length,
            -sum(map(bool, parts)),
            article.source.path,
        )


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
    def is_exact(self) -> bool:
        """Whether any dump has the headline whole and as the paper spells it."""
        return any(dump.is_exact for dump in self.dumps)

    @property
    def date(self) -> str | None:
        """The date of the fullest dump that has one."""
        return next((dump.article.date for dump in self.dumps if dump.article.date), None)

    @property
    def path(self) -> str:
        """The path of the fullest dump, which stands for the article in messages."""
        return self.dumps[0].article.source.path

    def hash_keys(self, publisher: str) -> set[str]:
        """The keys that its dumps would have if none told a number."""
        articles = (dump.article for dump in self.dumps)
        return {article_key(publisher, article.headline, article.date or self.date) for article in articles}


def group_dumps(claims: Iterable[Claim]) -> tuple[list[Group], list[Finding]]:
    """Put the dumps of each article together.

    Joined are dumps of one number, of one headline and date (unless their numbers differ), and a dump whose
    headline is cut, transliterated or without date with the only article that it fits. Texts that differ within
    a group, and dumps that fit several, are findings. Groups come sorted by path.
    """
    dumps = [Dump(claim, claim.page) for claim in claims if isinstance(claim.page, Article)]
    dumps.sort(key=lambda dump: (dump.article.source.path, dump.article.source.sha256))
    joined = _Sets(len(dumps))
    findings: list[Finding] = []
    _join_numbers(dumps, joined)
    _join_headlines(dumps, joined, findings)
    _join_lossy(dumps, joined, findings)
    members: dict[int, list[Dump]] = defaultdict(list)
    for index, dump in enumerate(dumps):
        members[joined.root(index)].append(dump)
    groups = [_group(group) for group in members.values()]
    findings += [finding for group in groups for finding in _differing_texts(group)]
    return sorted(groups, key=lambda group: group.path), findings


def learn_numbers(groups: Sequence[Group], announced: Mapping[str, set[str]]) -> list[Finding]:
    """Give groups without a number the one that other pages announce for their headline, where that is certain.

    `announced` maps a collapsed headline to the numbers that raw menus and index pages have for it.
    """
    owned = {group.number for group in groups}
    wanting: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.number is None:
            wanting[collapse(group.headline)].append(group)
    spelled = HeadlineIndex((headline, headline) for headline in sorted(announced))
    by_sound = TransliteratedHeadlines((headline, headline) for headline in sorted(announced))
    findings = []
    for headline, alike in sorted(wanting.items()):
        names = _announced_names(alike[0], headline, spelled, by_sound)
        numbers = sorted({number for name in names for number in announced[name]} - owned)
        if len(numbers) == 1 and len(alike) == 1:
            alike[0].number = numbers[0]
        elif numbers:
            findings += [_number_ambiguous(group, numbers) for group in alike]
    return findings


def _announced_names(
    group: Group, headline: str, spelled: HeadlineIndex[str], by_sound: TransliteratedHeadlines[str]
) -> list[str]:
    if group.is_exact:
        return spelled.exact(headline)
    if group.dumps[0].article.transliterated:
        return by_sound.of(headline)
    return spelled.starting_with(headline)


def _number_ambiguous(group: Group, numbers: Sequence[str]) -> Finding:
    listed = ", ".join(numbers)
    message = f"several articles share this headline; the numbers {listed} may be theirs, none is given"
    return Finding("number-ambiguous", group.path, group.dumps[0].article.headline_line, message)


def _join_numbers(dumps: Sequence[Dump], joined: _Sets) -> None:
    first: dict[str, int] = {}
    for index, dump in enumerate(dumps):
        if dump.article.number is not None:
            joined.join(first.setdefault(dump.article.number, index), index)


def _join_headlines(dumps: Sequence[Dump], joined: _Sets, findings: list[Finding]) -> None:
    alike: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
    for index, dump in enumerate(dumps):
        alike[collapse(dump.article.headline), dump.article.date, dump.is_exact].append(index)
    for indexes in alike.values():
        roots = {joined.root(index) for index in indexes if dumps[index].article.number is not None}
        if len(roots) <= 1:
            for index in indexes:
                joined.join(indexes[0], index)
        else:
            _join_by_text(dumps, indexes, joined, findings)


def _join_by_text(
    dumps: Sequence[Dump], indexes: Sequence[int], joined: _Sets, findings: list[Finding]
) -> None:
    """Of dumps that share headline and date but not the number, a numberless one goes where its text is."""
    numbered: dict[str, int] = {}
    for index in indexes:
        if dumps[index].article.number is not None:
            numbered.setdefault(dumps[index].claim.fingerprint, index)
    rest = [index for index in indexes if dumps[index].article.number is None]
    strangers = []
    for index in rest:
        if (other := numbered.get(dumps[index].claim.fingerprint)) is not None:
            joined.join(other, index)
        else:
            strangers.append(index)
    for index in strangers:
        joined.join(strangers[0], index)
        findings.append(_dump_ambiguous(dumps[index]))


def _join_lossy(dumps: Sequence[Dump], joined: _Sets, findings: list[Finding]) -> None:
    """Join dumps whose headline or date is not whole with the one article they fit."""
    whole = [(dump.article.headline, index) for index, dump in enumerate(dumps) if dump.is_exact]
    spelled, by_sound = HeadlineIndex(whole), TransliteratedHeadlines(whole)
    for index, dump in enumerate(dumps):
        article = dump.article
        if article.number is not None or (dump.is_exact and article.date):
            continue
        if article.transliterated:
            candidates = by_sound.of(article.headline)
        elif article.cut:
            candidates = spelled.starting_with(article.headline)
        else:
            candidates = spelled.exact(article.headline)
        fits = {
            joined.root(other)
            for other in candidates
            if other != index and (article.date in (None, dumps[other].article.date))
        } - {joined.root(index)}
        if len(fits) == 1:
            joined.join(fits.pop(), index)
        elif fits:
            findings.append(_dump_ambiguous(dump))


def _dump_ambiguous(dump: Dump) -> Finding:
    message = "fits several articles of the same headline; kept as an article of its own"
    return Finding("dump-ambiguous", dump.article.source.path, dump.article.headline_line, message)


def _group(dumps: list[Dump]) -> Group:
    dumps.sort(key=lambda dump: dump.fullness)
    numbers = [dump.article.number for dump in dumps if dump.article.number is not None]
    return Group(dumps, min(numbers, default=None))


def _differing_texts(group: Group) -> Iterable[Finding]:
    exact = [dump for dump in group.dumps if not (dump.article.truncated or dump.article.transliterated)]
    for dump in exact[1:]:
        if dump.claim.fingerprint != exact[0].claim.fingerprint:
            message = f"its text differs from that of {group.path}, which is taken"
            source = dump.article.source
            yield Finding("differing-texts", source.path, source.first_line, message)


class _Sets:
    """Disjoint sets of the numbers below `size`, each named by its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first
