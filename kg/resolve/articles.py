"""Which dumps are of the same article, and which of them tells it best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice

from kg.model import Finding
from kg.resolve.groups import Dump, Group
from kg.resolve.headlines import HeadlineIndex, TransliteratedHeadlines
from kg.resolve.sets import NumberedSets


def group_dumps(found: Iterable[Dump]) -> tuple[list[Group], list[Finding]]:
    """Put the dumps of each article together.

    Joined are dumps of one number, of one headline and date, and a dump whose headline is cut, transliterated or
    without date with the only article that it fits; never dumps of two numbers. What fits several articles, what
    differs within one, and numbers that cannot be right are findings. Groups come sorted by path.
    """
    dumps = sorted(found, key=lambda dump: (dump.source.path, dump.source.sha256))
    findings = list(_drop_wrong_numbers(dumps))
    joined = NumberedSets([dump.number for dump in dumps])
    _join_alike(((dump.number, index) for index, dump in enumerate(dumps) if dump.number is not None), joined)
    findings += _join_headlines(dumps, joined)
    findings += _join_lossy(dumps, joined)
    # What no number and no doubt tells apart has one key, and so is one article.
    _join_alike(
        (
            ((dump.headline, dump.date), index)
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
        if len(owners) == 1:
            continue
        exact = [dump for dump in owners if dump.is_exact] or owners
        frequency = Counter(dump.headline for dump in exact)
        # Of the most frequent the first by path, since max keeps the first of equals.
        right = max(exact, key=lambda dump: frequency[dump.headline])
        for dump in owners:
            alike = dump.headline == right.headline or dump.date in (None, right.date)
            if dump.is_exact and right.date is not None and not alike:
                dump.number = None
                where = right.source.path
                yield dump.finding(
                    "number-conflict", f"{number} is the number of another headline and date in {where}"
                )


def _join_alike(entries: Iterable[tuple[Hashable, int]], joined: NumberedSets) -> None:
    first: dict[Hashable, int] = {}
    for key, index in entries:
        joined.join(first.setdefault(key, index), index)


def _join_headlines(dumps: Sequence[Dump], joined: NumberedSets) -> Iterator[Finding]:
    alike: dict[tuple[str, str | None, bool], list[int]] = defaultdict(list)
    for index, dump in enumerate(dumps):
        alike[dump.headline, dump.date, dump.is_exact].append(index)
    for indexes in alike.values():
        if len(indexes) == 1:
            continue
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
            numbered.setdefault(dumps[index].fingerprint, index)
    for index in indexes:
        if joined.number(index) is None:
            same = numbered.get(dumps[index].fingerprint)
            if same is None or not joined.join(same, index):
                yield _ambiguous(dumps[index])


class _Whole:
    """The dumps with whole headlines, to be found by lossy ones: of all dates, and of each date by itself."""

    def __init__(self, dumps: Sequence[Dump], joined: NumberedSets) -> None:
        self._joined = joined
        seen: dict[tuple[str, str | None, int], int] = {}
        for index, dump in enumerate(dumps):
            if dump.is_exact:
                seen.setdefault((dump.headline, dump.date, joined.root(index)), index)
        self._by_date: dict[str | None, list[tuple[str, int]]] = defaultdict(list)
        for (headline, date, _), index in seen.items():
            self._by_date[date].append((headline, index))
        # Made for the dates that are asked for.
        self._spelled: dict[str | None, HeadlineIndex[int]] = {}
        self._by_sound: dict[str | None, TransliteratedHeadlines[int]] = {}

    def fitting(self, dump: Dump, index: int) -> list[int]:
        """One dump each of up to two articles, other than its own, that `dump` fits by headline and date."""
        date = dump.date
        if dump.transliterated:
            if date not in self._by_sound:
                self._by_sound[date] = TransliteratedHeadlines(self._entries(date))
            found: Iterable[int] = self._by_sound[date].of(dump.headline)
        else:
            if date not in self._spelled:
                self._spelled[date] = HeadlineIndex(self._entries(date))
            spelled = self._spelled[date]
            found = spelled.starting_with(dump.headline) if dump.cut else spelled.exact(dump.headline)
        return list(islice(self._distinct(found, index), 2))

    def _entries(self, date: str | None) -> Iterable[tuple[str, int]]:
        """Headlines of that date; without a date, of all."""
        return chain.from_iterable(self._by_date.values()) if date is None else self._by_date.get(date, ())

    def _distinct(self, found: Iterable[int], index: int) -> Iterator[int]:
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
    lossy = [(index, dump) for index, dump in enumerate(dumps) if not dump.is_exact or dump.date is None]
    if not lossy:
        return
    whole = _Whole(dumps, joined)
    for index, dump in lossy:
        fits = whole.fitting(dump, index)
        if len(fits) > 1 or (fits and not joined.join(fits[0], index)):
            yield _ambiguous(dump)


def _ambiguous(dump: Dump) -> Finding:
    return dump.finding(
        "dump-ambiguous", "fits several articles of the same headline; joined with none of them"
    )


def _groups(dumps: Sequence[Dump], joined: NumberedSets) -> list[Group]:
    members: dict[int, list[Dump]] = defaultdict(list)
    for index, dump in enumerate(dumps):
        members[joined.root(index)].append(dump)
    groups = [Group.of(of_one, joined.number(root)) for root, of_one in members.items()]
    return sorted(groups, key=lambda group: group.path)


def _differences(group: Group) -> Iterator[Finding]:
    if len(group.dumps) == 1:
        return
    exact = [dump for dump in group.dumps if dump.is_exact]
    for dump in exact[1:]:
        if dump.headline != exact[0].headline or dump.date not in (None, group.date):
            yield dump.finding(
                "differing-facts", f"its headline or date differs from that of {group.path}, taken"
            )
    # A rendering that loses what a paragraph is has other text without being another text.
    texts = [dump for dump in exact if not dump.truncated and not dump.is_lossy]
    for dump in texts[1:]:
        if dump.fingerprint != texts[0].fingerprint:
            yield dump.finding(
                "differing-texts", f"its text differs from that of {group.path}, which is taken"
            )
