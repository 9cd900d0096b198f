"""Numbers that other pages tell: a raw menu's row carries headline and number, and counts for every dump."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Finding
from kg.resolve.articles import Group
from kg.resolve.claims import Claim, rows_of
from kg.resolve.headlines import HeadlineIndex, TransliteratedHeadlines
from kg.resolve.keys import collapse

_NAMED = 3
"""How many of the numbers announced for one headline are looked at."""


def announced_numbers(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Collapsed headline → numbers, from the rows that carry both (raw menus)."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for row in rows_of(claim):
            if row.number is not None and not row.cut:
                numbers[collapse(row.headline)].add(row.number)
    return dict(numbers)


def learn_numbers(groups: Sequence[Group], announced: Mapping[str, set[str]]) -> list[Finding]:
    """Give a number to each group without one to which alone exactly one announced number fits.

    Nothing is given where the headline has two articles or two numbers, or where another article has the number.
    """
    sharing: dict[str, int] = defaultdict(int)
    for group in groups:
        for headline in group.headlines:
            sharing[headline] += 1
    fitting = _Announced(announced)
    wanted: dict[str, list[Group]] = defaultdict(list)
    findings = []
    taken = {group.number for group in groups}
    for group in groups:
        if group.number is not None:
            continue
        numbers = fitting.numbers_for(group)
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


class _Announced:
    """The announced headlines, to be found by a group's, which may be cut or transliterated."""

    def __init__(self, announced: Mapping[str, set[str]]) -> None:
        # Two are as ambiguous as two hundred, and cost the same for every group of the headline.
        self._announced = {headline: sorted(numbers)[:_NAMED] for headline, numbers in announced.items()}
        names = [(headline, headline) for headline in sorted(announced)]
        self._spelled, self._by_sound = HeadlineIndex(names), TransliteratedHeadlines(names)

    def numbers_for(self, group: Group) -> set[str]:
        """The numbers announced for its headlines; where there are several, some of them."""
        found: set[str] = set()
        for name in self._names(group):
            found.update(self._announced[name])
            if len(found) > 1:
                break
        return found

    def _names(self, group: Group) -> Iterator[str]:
        for headline in sorted(group.headlines):
            if group.is_exact:
                yield from self._spelled.exact(headline)
            elif group.is_cut:
                yield from self._spelled.starting_with(headline)
            else:
                yield from self._by_sound.of(headline)


def _ambiguous(group: Group, numbers: set[str]) -> Finding:
    listed = ", ".join(sorted(numbers))
    message = f"not the only article or number of this headline, so it is not given {listed}"
    return group.dumps[0].finding("number-ambiguous", message)
