"""What the archive says of each name: who gives it, of what kind it is taken to be, with which roles, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.model import Candidate, NodeKind
from kg.resolve.tags import Seen


@dataclass(slots=True, eq=False)
class Votes:
    """How often the recogniser took a name for one kind: articles, and its confidence in the surest place of each.

    `path` and `line` are those of the surest place of all, the first of equals.
    """

    articles: int = 0
    thousandths: int = 0
    best: float = 0.0
    path: str = ""
    line: int = 0

    @property
    def confidence(self) -> float:
        """The sum of the confidences, one of each article."""
        return self.thousandths / 1000

    def add(self, articles: int, thousandths: int, best: float, path: str, line: int) -> None:
        """Count articles, whose confidences are `thousandths` together, the greatest of them `best`."""
        self.articles += articles
        self.thousandths += thousandths
        if (-best, path, line) < (-self.best, self.path, self.line) or not self.path:
            self.best, self.path, self.line = best, path, line


@dataclass(slots=True)
class RoleCount:
    """How often a role stood beside a name, and the first and last date."""

    count: int = 0
    first: str | None = None
    last: str | None = None

    def add(self, date: str | None) -> None:
        """Count one place."""
        self.count += 1
        if date is not None:
            self.first = min(self.first or date, date)
            self.last = max(self.last or date, date)

    def include(self, other: RoleCount) -> None:
        """Add the counts of another spelling."""
        self.add(other.first)
        self.add(other.last)
        self.count += other.count - 2


Role = tuple[str | None, str | None]
"""A job title and a party, as printed; at least one of them."""


def all_roles(counts: Iterable[Mapping[Role, RoleCount]]) -> dict[Role, RoleCount]:
    """The roles beside several spellings, or in several articles, together."""
    total: dict[Role, RoleCount] = defaultdict(RoleCount)
    for roles in counts:
        for role, count in roles.items():
            total[role].include(count)
    return dict(total)


Spellings = Mapping[str, Mapping[str, Seen]]
"""Where each spelling stands, by the rule that gave it."""


def most_frequent(spellings: Spellings) -> str:
    """The spelling that is seen most often, one in capitals or transliterated only where there is no other; of equals
    the first in the alphabet.
    """
    counts: dict[str, int] = defaultdict(int)
    lossy = spellings.get("transliterated text", {})
    for seen in spellings.values():
        for text, one in seen.items():
            counts[text] += one.count
    return min(counts, key=lambda text: (text.isupper(), text in lossy, -counts[text], text), default="")


@dataclass(slots=True, eq=False)
class Name:
    """All that is known of the names that share a slug. `spellings` has each by the rule that gave it."""

    spellings: dict[str, dict[str, Seen]] = field(default_factory=lambda: defaultdict(dict))
    given: frozenset[NodeKind] = frozenset()  # kinds that a byline, a dateline or a credit states
    votes: dict[NodeKind, Votes] = field(default_factory=dict)
    roles: dict[Role, RoleCount] = field(default_factory=lambda: defaultdict(RoleCount))
    genitive: int = 0  # articles that have its last word without the `s` as a family name, and never with it
    news_media: bool = False
    is_inferred: bool = False  # put together from a genitive, which has the months
    _label: str | None = None

    @property
    def label(self) -> str:
        """The spelling to reason about, once all are known: the most frequent, of equals the first in the alphabet."""
        if self._label is None:
            self._label = most_frequent(self.spellings)
        return self._label

    @property
    def articles(self) -> int:
        """In how many articles its texts name it, whatever the kind."""
        return max((votes.articles for votes in self.votes.values()), default=0)

    @property
    def touched(self) -> int:
        """In how many articles it stands in the text, among the tags or the authors, whichever are most."""
        rows = (self.spellings[rule].values() for rule in ("tag", "byline") if rule in self.spellings)
        return max(self.articles, *(sum(seen.count for seen in row) for row in rows), 0)

    @property
    def kind(self) -> NodeKind | None:
        """The kind that most of the confidence is for."""
        if not self.votes:
            return None
        return min(self.votes, key=lambda kind: (-self.votes[kind].confidence, kind))

    def share(self, kind: NodeKind) -> float:
        """How much of the confidence is for `kind`, from 0 to 1."""
        total = sum(votes.confidence for votes in self.votes.values())
        return self.votes[kind].confidence / total if kind in self.votes and total else 0.0

    def best(self, kind: NodeKind) -> float:
        """The greatest confidence that a place gave `kind`."""
        return self.votes[kind].best if kind in self.votes else 0.0


class Told(NamedTuple):
    """The text of one article or stub as the graph has it, by its candidates. `path` is of the dump."""

    key: str
    date: str | None
    path: str
    candidates: Sequence[Candidate]


@dataclass(slots=True)
class Evidence:
    """The names by slug, the acronyms explained beside a name, and what is asked for of some names only."""

    names: dict[str, Name]
    acronyms: dict[str, Counter[str]]  # slug of the acronym → slugs of what it stands for
    bodies: set[str]  # slugs of what must be an organisation: it stands where a party stands, or has officers
    told: Callable[[Collection[str]], Iterator[Told]]  # the texts, or more, that have names of these slugs
    months: Callable[[Collection[str]], Mapping[str, Mapping[int, int]]]  # slug → month → articles


@lru_cache(maxsize=1 << 12)
def month_of(date: str) -> int:
    """The month of an ISO date, counted from the year 0."""
    year, month, *_ = date.split("-")
    return int(year) * 12 + int(month) - 1
