"""What the archive says of each name: who gives it, of what kind it is taken to be, with which roles, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg.model import Candidate, NodeKind, Rendering
from kg.people import split_name
from kg.resolve.claims import RowTexts
from kg.resolve.folding import fold, generation, words_of
from kg.resolve.keys import collapse, slug
from kg.resolve.tags import Seen


@dataclass(slots=True, eq=False)
class Votes:
    """How often the recogniser took a name for one kind: articles, and its confidence in the surest place of each.

    `path` and `line` are those of the surest place of all, the first of equals.
    """

    articles: int = 0
    confidence: float = 0.0
    best: float = 0.0
    path: str = ""
    line: int = 0

    def add(self, confidence: float, path: str, line: int) -> None:
        """Count one article."""
        self.articles += 1
        self.confidence += confidence
        if (-confidence, path, line) < (-self.best, self.path, self.line) or not self.path:
            self.best, self.path, self.line = confidence, path, line


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


_BEFORE_FAMILIES = frozenset("den der ten ter van vom von zu zum zur".split())
"""Particles that open a family name alone, at the start of a sentence with a capital: `Van der Zwaag`."""

Role = tuple[str | None, str | None]
"""A job title and a party, as printed; at least one of them."""


def all_roles(counts: Iterable[Mapping[Role, RoleCount]]) -> dict[Role, RoleCount]:
    """The roles beside several spellings, or in several articles, together."""
    total: dict[Role, RoleCount] = defaultdict(RoleCount)
    for roles in counts:
        for role, count in roles.items():
            total[role].include(count)
    return dict(total)


@dataclass(slots=True, eq=False)
class Name:
    """All that is known of the names that share a slug. `spellings` has each by the rule that gave it."""

    spellings: dict[str, dict[str, Seen]] = field(default_factory=lambda: defaultdict(dict))
    given: frozenset[NodeKind] = frozenset()  # kinds that a byline, a dateline or a credit states
    votes: dict[NodeKind, Votes] = field(default_factory=lambda: defaultdict(Votes))
    roles: dict[Role, RoleCount] = field(default_factory=lambda: defaultdict(RoleCount))
    months: dict[int, int] = field(
        default_factory=lambda: defaultdict(int)
    )  # articles by month, see `month_of`
    genitive: int = 0  # articles that have its last word without the `s` as a family name, and never with it
    news_media: bool = False
    _label: str | None = None

    @property
    def label(self) -> str:
        """The spelling to reason about, once all are known: the most frequent, of equals the first in the alphabet."""
        if self._label is None:
            self._label = self._most_frequent()
        return self._label

    def _most_frequent(self) -> str:
        counts: dict[str, int] = defaultdict(int)
        lossy = self.spellings.get("transliterated text", {})
        for seen in self.spellings.values():
            for text, one in seen.items():
                counts[text] += one.count
        return min(counts, key=lambda text: (text.isupper(), text in lossy, -counts[text], text), default="")

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
    rendering: Rendering
    candidates: Sequence[Candidate]
    row: RowTexts | None = None  # of a stub: its announcement

    @property
    def rule(self) -> str:
        """What its spellings are worth: the phoxy rendering has no umlauts in prose."""
        return "transliterated text" if self.rendering is Rendering.PHOXY else "text"


@dataclass(slots=True)
class Evidence:
    """The names by slug, the acronyms explained beside a name, and the articles' candidates for a second look."""

    names: dict[str, Name]
    acronyms: dict[str, Counter[str]]  # slug of the acronym → slugs of what it stands for
    bodies: set[str]  # slugs of what must be an organisation: it stands where a party stands, or has officers
    told: Callable[[], Iterator[Told]]  # reads all texts again
    announced: dict[str, RowTexts] = field(default_factory=dict)  # stub → what its fullest announcement says


@lru_cache(maxsize=1 << 12)
def month_of(date: str) -> int:
    """The month of an ISO date, counted from the year 0."""
    year, month, *_ = date.split("-")
    return int(year) * 12 + int(month) - 1


def bearers(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Folded family name → slug of the full name, for the full names of one text that are its only bearers."""
    texts = (collapse(candidate.text) for candidate in candidates if candidate.kind is NodeKind.PERSON)
    families = ((family_of(text), text) for text in texts)
    return only_bearers((fold(family), slug(text)) for family, text in families if family is not None)


def only_bearers(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Folded family name → slug of the full name (the first of its spellings), for pairs of the two; without families
    that two names share.
    """
    found: dict[str, str] = {}
    shared = set()
    for family, key in names:
        other = found.setdefault(family, key)
        if other != key:
            if fold(other) != fold(key):
                shared.add(family)
            found[family] = min(other, key)
    return {family: key for family, key in found.items() if family not in shared} if shared else found


def role_owner(text: str, full_names: Mapping[str, str]) -> str:
    """The slug under which a role counts: a family name's goes to the one full name of its text that has it."""
    return slug(text) if is_full(text) else full_names.get(fold(text), slug(text))


@lru_cache(maxsize=1 << 16)
def family_of(text: str) -> str | None:
    """The family name of a full name that has one, without `Jr.` and the star of an alias: `Timon Lenz*` has Lenz."""
    if not is_full(text):
        return None
    words = (split_name(text).family or "").split()
    return " ".join(word for word in words if not generation([word])).removesuffix("*") or None


@lru_cache(maxsize=1 << 16)
def is_full(text: str) -> bool:
    """Whether a text has more than a family name: `von der Aue` and `al-Rahbi` are family names alone."""
    words = words_of(text)
    return len(words) >= 2 and not words[0][0].islower() and words[0].lower() not in _BEFORE_FAMILIES
