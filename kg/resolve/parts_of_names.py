"""Family names and given names that stand alone, for persons whom the article names in full, or everybody knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.model import Basis, Candidate, Finding, NodeKind, Record, Ref
from kg.people.forms import HONORIFICS, TITLES, is_noun, is_rare, with_genitive
from kg.people.names import PARTICLES
from kg.people.recognizer.lexicon import first_names
from kg.people.roles import role_of
from kg.resolve.known import Names
from kg.resolve.spots import Spot

FAMILY_NAME_CONFIDENCE: Final = 0.9
GIVEN_NAME_CONFIDENCE: Final = 0.75
BEARER_WITH_ROLE_CONFIDENCE: Final = 0.8
BEARER_CONFIDENCE: Final = 0.7
BEARER_UNSEEN_CONFIDENCE: Final = 0.6
"""Likewise where the recogniser takes the name for something else."""
SURE_CANDIDATE: Final = 0.6
"""What the recogniser must be of a single name that no role stands before."""
SURE_NOUN: Final = 0.7
"""What it must be of a family name that is a noun as well."""
FEW: Final = 5
"""So many persons may be named in full where a given name alone is somebody's."""

_PERSON: Final = NodeKind.PERSON
_GROUP: Final = re.compile(
    r"(?:Familien?|Eheleuten?|Ehepaars?|Paar|Brüdern?|Geschwistern?|Schwestern|Firma|Hof|Haus|Gut|Alt|Neu|Clan|Dynastie|"
    r"\w*(?:verlag|konzern|gruppe|kanzlei|klinik|hotel|haus|hof|stiftung|werke?|bank|schule|straße)s?|"
    r"[A-ZÄÖÜ]\w+[^fblm]rei|[A-ZÄÖÜ]\w+erei)$"
)
"""Words behind which a family name names a family, a firm or a place."""
_PLURAL: Final = re.compile(r"(?:\b[Bb]ei|\b[Dd]ie|\b[Zz]u) $")
_SAYS: Final = frozenset(
    "sagt sagte fragt fragte erzählt erzählte ruft rief antwortet antwortete meint meinte".split()
)
_QUOTED: Final = "„“”»«"
_INSIDE_WORDS: Final = "-‐‑’'"


class _Token(Record, frozen=True):
    """A part of a name in a text; the genitive is part of the span, not of `word`."""

    number: int  # of the spot
    spot: Spot
    word: str
    start: int
    end: int


class PartsOfNames:
    """The search in one article whose full names are found already. Linear in its text."""

    def __init__(self, spots: Sequence[Spot], names: Names, date: str | None, path: str) -> None:
        self._spots = spots
        self._names = names
        self._date = date
        self._path = path
        self._persons = sorted(
            {one.ref for spot in spots for one in spot.mentions if one.ref.kind is _PERSON}
        )
        self._families: dict[str, list[tuple[str, Ref]]] = defaultdict(list)
        self._givens: dict[str, set[Ref]] = defaultdict(set)
        for ref in self._persons:
            forms = names.forms(ref)
            for particles, last in forms.families:
                self._families[last].append((particles, ref))
            for given in forms.givens:
                self._givens[given].add(ref)
        self._full = {
            (index, one.start): one.ref
            for index, spot in enumerate(spots)
            for one in spot.mentions
            if one.ref.kind is _PERSON
        }
        words: dict[str, str] = {}
        for word in (*self._families, *self._givens):
            words[word] = word
            if not word[0].isupper():
                # A sentence may begin with an Arabic article.
                words[word[0].upper() + word[1:]] = word
        # For one article the automaton that is made fastest is as fast to search with as the others.
        self._search = AhoCorasick(
            list(words),
            matchkind=MatchKind.LeftmostLongest,
            implementation=Implementation.NoncontiguousNFA,
        )
        self._words = list(words.values())
        self._findings: dict[tuple[str, str], Finding] = {}

    def note(self) -> list[Finding]:
        """Add the mentions to their spots; return what stays open, one finding for each name."""
        if self._persons:
            tokens = [
                token for number, spot in enumerate(self._spots) for token in self._tokens(number, spot)
            ]
            roles = self._roles()
            for token in tokens:
                self._note_family(token, roles)
            self._note_givens(tokens)
        for spot in self._spots:
            for candidate in spot.open_candidates():
                self._note_single(candidate, spot)
            self._note_rare_singles(spot)
        return list(self._findings.values())

    def _tokens(self, number: int, spot: Spot) -> Iterator[_Token]:
        """Where the family and given names of this article's persons stand as words."""
        plain = spot.plain
        for index, start, end in self._search.find_matches_as_indexes(plain):
            if start and (plain[start - 1].isalnum() or plain[start - 1] in _INSIDE_WORDS):
                continue
            last = with_genitive(plain, end)
            follower = plain[last : last + 2]
            if follower[:1].isalnum() or (follower[:1] in _INSIDE_WORDS and follower[1:].isalnum()):
                continue
            yield _Token(number, spot, self._words[index], start, last)

    def _note_family(self, token: _Token, roles: dict[Ref, set[str]]) -> None:
        if not token.spot.is_free(token.start, token.end):  # most stand in a full name
            return
        bearers: dict[Ref, int] = {}
        for particles, ref in self._families.get(token.word, ()):
            start = _with_particles(token, particles)
            if start is not None:
                bearers[ref] = min(start, bearers.get(ref, start))
        if not bearers:
            return
        start = min(bearers.values())
        refs = sorted(ref for ref, first in bearers.items() if first == start)
        end = token.end
        candidate = token.spot.covering(start, end)
        if not token.spot.is_free(start, end) or not self._is_family_alone(token, start, candidate):
            return
        role = candidate.role if candidate is not None and candidate.start == start else None
        if len(refs) > 1:
            refs = _with_role(refs, role, _word_before(token.spot.plain, start), roles)
        if len(refs) > 1:
            token.spot.leave_open(start, end)
            who = ", ".join(ref.key for ref in refs)
            self._find("family-name-ambiguous", token.word, token.spot, start, f"may be any of {who}")
            return
        confidence = FAMILY_NAME_CONFIDENCE + (0.05 if candidate is not None else 0)
        token.spot.add(refs[0], start, end, Basis.FAMILY_NAME_AFTER_FULL_NAME, round(confidence, 2))

    def _is_family_alone(self, token: _Token, start: int, candidate: Candidate | None) -> bool:
        """Whether the word is a family name by itself, and nobody else's, no family, no firm, no noun."""
        plain = token.spot.plain
        before = _word_before(plain, start)
        spoken_to = before in HONORIFICS or before in TITLES or role_of(before) is not None
        if candidate is not None and candidate.start < start and not spoken_to:
            return False
        if before and _names_a_group(before):
            return False
        if before[:1].isupper() and before in first_names() and not _ends_sentence(plain, start):
            return before in self._givens
        sure = candidate is not None and candidate.confidence >= SURE_NOUN
        if not sure and not spoken_to and is_noun(token.word):
            return False
        return not (
            plain[token.end - 1] == "s"
            and token.word[-1:] != "s"
            and _PLURAL.search(plain, max(0, start - 5), start)
        )

    def _roles(self) -> dict[Ref, set[str]]:
        """The roles that the article itself puts beside each person's full name."""
        roles: dict[Ref, set[str]] = defaultdict(set)
        for spot in self._spots:
            titles = {one.start: one.role for one in spot.candidates if one.role is not None}
            for mention in spot.mentions if titles else ():
                if (title := titles.get(mention.start)) is not None:
                    roles[mention.ref].add(title)
        return roles

    def _note_givens(self, tokens: Iterable[_Token]) -> None:
        uses: dict[str, list[_Token]] = defaultdict(list)
        speaking: set[str] = set()
        for token in tokens:
            if token.word in self._givens and token.spot.is_free(token.start, token.end):
                if (ref := self._partner(token)) is not None:
                    token.spot.add(
                        ref, token.start, token.end, Basis.GIVEN_NAME_AFTER_FULL_NAME, GIVEN_NAME_CONFIDENCE
                    )
                elif _is_given_alone(token):
                    uses[token.word].append(token)
                    speaking |= {token.word} if _speaks(token) else set()
        if len(self._persons) > FEW:
            return
        for given, places in sorted(uses.items()):
            if (
                len(self._givens[given]) == 1
                and (len(places) > 1 or given in speaking)
                and not is_noun(given)
            ):
                (ref,) = self._givens[given]
                for token in places:
                    token.spot.add(
                        ref, token.start, token.end, Basis.GIVEN_NAME_AFTER_FULL_NAME, GIVEN_NAME_CONFIDENCE
                    )

    def _partner(self, token: _Token) -> Ref | None:
        """The first person of `Levke und Okko Harms`, where somebody in the article is called `Levke Harms`."""
        rest = token.spot.plain[token.end : token.end + 7]
        for joint in (" und ", " & "):
            if rest.startswith(joint):
                at = token.end + len(joint)
                partner = self._full.get((token.number, at))
                if partner is not None:
                    shared = {last for _, last in self._names.forms(partner).families}
                    for ref in sorted(self._givens[token.word] - {partner}):
                        if shared & {last for _, last in self._names.forms(ref).families}:
                            return ref
        return None

    def _note_single(self, candidate: Candidate, spot: Spot) -> None:
        """A name alone of somebody whom the article never names in full."""
        word = candidate.text
        before = _word_before(spot.plain, candidate.start)
        if _names_a_group(before) or not _is_one_name(word):
            return
        spoken_to = candidate.role is not None or before in HONORIFICS or before in TITLES
        is_person = candidate.kind is _PERSON
        if not spoken_to and (
            is_noun(word.removesuffix("s"))
            or word in first_names()
            or (candidate.confidence < SURE_CANDIDATE and not is_rare(word.removesuffix("s")))
        ):
            return
        ref = self._names.single(word, self._date)
        end = with_genitive(spot.plain, candidate.end)
        if ref is not None:
            sure = BEARER_CONFIDENCE if is_person else BEARER_UNSEEN_CONFIDENCE
            spot.add(
                ref,
                candidate.start,
                end,
                Basis.DOMINANT_BEARER,
                BEARER_WITH_ROLE_CONFIDENCE if spoken_to else sure,
            )
        elif is_person and (spoken_to or candidate.confidence >= SURE_CANDIDATE):
            spot.leave_open(candidate.start, end)
            self._find(
                "family-name-open", word, spot, candidate.start, "stands alone, and nobody says who is meant"
            )

    def _note_rare_singles(self, spot: Spot) -> None:
        """A name alone that nobody saw, but that is hardly anything but the name of who bears it at that date."""
        for start, end in self._names.rare_singles(spot.plain):
            before = _word_before(spot.plain, start)
            begins = not before or _ends_sentence(spot.plain, start)
            if (
                not spot.is_free(start, end)
                or _names_a_group(before)
                or spot.covering(start, end) is not None
            ):
                continue
            # `Klaus Hrymaljuk` is somebody else.
            if before[:1].isupper() and not begins and role_of(before) is None and before not in HONORIFICS:
                continue
            ref = self._names.single(spot.plain[start:end], self._date)
            if ref is not None:
                last = with_genitive(spot.plain, end)
                spot.add(ref, start, last, Basis.DOMINANT_BEARER, BEARER_UNSEEN_CONFIDENCE)

    def _find(self, code: str, word: str, spot: Spot, start: int, message: str) -> None:
        line = spot.line_at(start)
        self._findings.setdefault((code, word), Finding(code, self._path, line, f"`{word}` {message}"))


def _with_particles(token: _Token, particles: str) -> int | None:
    """Where a family name begins with its particles; None where they do not stand before the word."""
    if not particles:
        return token.start
    start = token.start - len(particles) - 1
    plain = token.spot.plain
    if start < 0 or plain[start : token.start - 1].lower() != particles.lower():
        return None
    return start if start == 0 or not plain[start - 1].isalnum() else None


def _is_one_name(word: str) -> bool:
    """Whether a name is one word, but for its particles."""
    *particles, _ = word.split(" ")
    return all(one.lower() in PARTICLES for one in particles)


def _word_before(plain: str, start: int) -> str:
    """The word before a name: nothing where no blank, or more than one, stands between."""
    left = plain[max(0, start - 40) : start]
    if left[-1:] != " " or left[-2:-1].isspace() or len(left) < 2:
        return ""
    return left.rsplit(None, 1)[-1].lstrip(_QUOTED + "(")


def _ends_sentence(plain: str, start: int) -> bool:
    return plain[max(0, start - 3) : start].rstrip().endswith((".", ":", ",", "!", "?"))


@lru_cache(maxsize=1 << 14)
def _names_a_group(before: str) -> bool:
    return bool(before) and _GROUP.fullmatch(before) is not None


def _with_role(refs: list[Ref], role: str | None, before: str, roles: dict[Ref, set[str]]) -> list[Ref]:
    """The bearer whom the role, `Frau` or `Herr` before the name fits by what the article says of each, else all."""
    if role is not None:
        fitting = [ref for ref in refs if role in roles[ref]]
        return fitting if len(fitting) == 1 else refs
    if before in HONORIFICS:
        women = [ref for ref in refs if any(title.endswith("in") for title in roles[ref])]
        men = [ref for ref in refs if roles[ref] and ref not in women]
        fitting = women if before == "Frau" else men
        if len(fitting) == 1 and len(women) + len(men) == len(refs):
            return fitting
    return refs


def _speaks(token: _Token) -> bool:
    plain = token.spot.plain
    after = plain[token.end + 1 : token.end + 20].split(" ", 1)[0]
    return _word_before(plain, token.start) in _SAYS or after in _SAYS


def _is_given_alone(token: _Token) -> bool:
    """Whether a given name is not part of another name, and not quoted as a word."""
    plain = token.spot.plain
    rest = plain[token.end : token.end + 2]
    if len(rest) == 2 and rest[0] == " " and rest[1].isupper():
        follower = plain[token.end + 1 : token.end + 60].split(maxsplit=1)[0]
        if role_of(follower.strip(",.")) is None:
            return False
    if rest[:1] in {"-", *_QUOTED} or (token.start and plain[token.start - 1] in _QUOTED + "-"):
        return False
    before = _word_before(plain, token.start)
    candidate = token.spot.covering(token.start, token.end)
    return not (before in first_names() and before[:1].isupper()) and (
        candidate is None or " " not in candidate.text
    )
