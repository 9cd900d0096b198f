"""Numbers that other pages tell: a raw menu's row carries headline and number, and counts for every dump."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from heapq import nsmallest

from kg.model import Finding, NumberTold
from kg.resolve.claims import Claim, rows_of
from kg.resolve.groups import Group
from kg.resolve.headlines import HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import collapse

_NAMED = 3
"""How many of the numbers announced for one headline are looked at."""


class AnnouncedNumbers:
    """Which numbers rows tell for a headline, and which row is the first, by path and line, to tell each."""

    def __init__(self, told: Mapping[str, Mapping[str, NumberTold]]) -> None:
        """`told` is collapsed headline → number → the first row that has both."""
        self._told = told
        names = [(headline, headline) for headline in sorted(told)]
        self._spelled, self._by_sound = HeadlineIndex(names), TransliteratedHeadlines(names)

    def fitting(self, group: Group) -> dict[str, NumberTold]:
        """The numbers told for the group's headlines, each with its first row; where there are several, some."""
        found: dict[str, NumberTold] = {}
        for name in self._names(group):
            # Two are as ambiguous as two hundred, and cost the same for every group of the headline.
            for number in nsmallest(_NAMED, self._told[name]):
                told = self._told[name][number]
                found[number] = _first(told, found.get(number, told))
            if len(found) > 1:
                break
        return found

    def _names(self, group: Group) -> Iterator[str]:
        """The announced headlines that may be the group's own, which may be cut or transliterated."""
        for headline in sorted(group.headlines):
            if group.is_exact:
                yield from self._spelled.exact(headline)
            elif group.is_cut:
                yield from self._spelled.starting_with(headline)
            else:
                yield from self._by_sound.of(headline)


def numbers_told(claim: Claim) -> Iterator[tuple[str, str, int]]:
    """Headline, number and line of the rows that have a whole headline and a number (raw menus)."""
    for row in rows_of(claim):
        if row.number is not None and not row.cut:
            yield collapse(row.headline), row.number, row.line


def learn_numbers(groups: Sequence[Group], announced: AnnouncedNumbers, taken: Set[str]) -> list[Finding]:
    """Give a number to each group without one to which alone exactly one announced number fits; articles that are not
    among the groups have the numbers `taken`.

    Nothing is given where the headline has two articles or two numbers, or where another article has the number.
    """
    sharing: dict[str, int] = defaultdict(int)
    for group in groups:
        for headline in group.headlines:
            sharing[headline] += 1
    wanted: dict[str, list[Group]] = defaultdict(list)
    findings = []
    taken = taken | {group.number for group in groups if group.number is not None}
    for group in groups:
        if group.number is not None:
            continue
        numbers = set(announced.fitting(group))
        if len(numbers) == 1 and not numbers & taken and max(sharing[name] for name in group.headlines) == 1:
            wanted[next(iter(numbers))].append(group)
        elif len(numbers) > 1 or numbers - taken:
            findings.append(_ambiguous(group, numbers))
    for number, takers in sorted(wanted.items()):
        if len(takers) == 1:
            takers[0].number = number
        else:
            findings += [_ambiguous(group, {number}) for group in takers]
    return findings


def learnt_from(groups: Iterable[Group], announced: AnnouncedNumbers) -> dict[str, NumberTold]:
    """Number → the first row that tells it, for the groups whose number `learn_numbers` gave them."""
    return {
        group.number: announced.fitting(group)[group.number]
        for group in groups
        if group.number is not None and all(dump.number != group.number for dump in group.dumps)
    }


def _first(one: NumberTold, other: NumberTold) -> NumberTold:
    return min(one, other, key=lambda told: (told.path, told.line))


def _ambiguous(group: Group, numbers: set[str]) -> Finding:
    listed = ", ".join(sorted(numbers))
    message = f"not the only article or number of this headline, so it is not given {listed}"
    return group.dumps[0].finding("number-ambiguous", message)
