"""Which names are persons, and which of them are one: by exact rules, each refused where the evidence conflicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Authorship, Basis, Doubt, NodeKind, TagKind
from kg.people import is_person_name, split_name
from kg.people.recognizer.lexicon import TITLES, family_names, first_names, is_role
from kg.resolve.decisions import Decided
from kg.resolve.evidence import Evidence, Name
from kg.resolve.families import LIKELY, Persons, find_role_tags, keep_family_names
from kg.resolve.folding import bare, fold, generation, initials, is_initial, spelled_by_habit, words_of
from kg.resolve.full_names import family_of, is_full
from kg.resolve.joins import Joins
from kg.resolve.keys import slug
from kg.resolve.namesakes import roles_conflict
from kg.resolve.tags import TagDraft

SURE = 0.9
"""A name that nothing but the recogniser knows must be this certain somewhere."""

KNOWN = 0.7
"""With a known first name this is enough; with a role beside it, or in several articles, `LIKELY`."""

FEW = 3
"""Initials that fit more persons than this are nobody's: there is no telling whose."""

_KIN = frozenset("Oma Opa Mama Papa Mutter Vater".split())
"""Words that stand before a given name as others stand before a family name."""


def find_persons(
    evidence: Evidence,
    tags: Mapping[str, TagDraft],
    authors: Iterable[Sequence[Authorship]],
    decided: Decided,
) -> Persons:
    """Join the names of persons and keep those with enough evidence; linear in the names, but for sorting.

    `authors` are those of each article. Joined are equal folds, middle initials, genitives and names of one author's
    page or topic number; never names that `decided` holds apart, nor two of conflicting parties or callings.
    """
    names = evidence.names
    search = _Search(names, Persons(Joins(decided.apart)))
    keys = sorted(
        key
        for key, name in names.items()
        if decided.is_kind(key, TagKind.PERSON, otherwise=_may_be_person(key, name, tags))
    )
    known = search.join_genitives(search.join_decided(keys, decided))
    search.join_folds(known)
    search.join_initials(known)
    search.join_numbers(tags)
    search.join_pen_names(authors)
    search.keep(known, tags, decided)
    keep_family_names(names, search.found, decided)
    find_role_tags(names, search.found, tags)
    search.doubt_alike()
    return search.found


def _may_be_person(key: str, name: Name, tags: Mapping[str, TagDraft]) -> bool:
    label = name.label
    if name.given:
        return NodeKind.PERSON in name.given
    if key in tags and is_person_name(label):
        return True
    # A tag that no text names may be one more spelling of a person; alone it makes none.
    possible = name.kind is NodeKind.PERSON or (key in tags and name.kind is None)
    return possible and is_full(label) and _has_form(words_of(label))


def _has_form(words: Sequence[str]) -> bool:
    return (
        2 <= len(words) <= 6
        and all(not letter.isdigit() for word in words for letter in word)
        and words[0][0].isupper()
        and not all(word.isupper() for word in words)
        and words[0] not in TITLES | _KIN
        and not (is_role(words[-1]) and words[-1] not in family_names())
    )


class _Search:
    """The joins of one archive's persons, step by step."""

    def __init__(self, names: dict[str, Name], found: Persons) -> None:
        self.names = names
        self.found = found
        self.joins = found.joins

    def join_decided(self, keys: Sequence[str], decided: Decided) -> list[str]:
        """Join what people say is the same; a name that so becomes a person's is one more key."""
        for one, other in decided.same:
            self.joins.join(one, other, "decision")
        persons = {self.joins.root(key) for key in keys}
        said = {key for pair in decided.same for key in pair if key in self.names}
        return sorted({*keys, *(key for key in said if self.joins.root(key) in persons)})

    def join_genitives(self, keys: Sequence[str]) -> list[str]:
        """Join `Milena Kovarićs` with `Milena Kovarić`; the keys that are left, with bases that only so exist."""
        known = set(keys)
        for key in keys:
            name = self.names[key]
            label = name.label
            base = label.removesuffix("s")
            if base == label or name.given or "tag" in name.spellings or not is_full(label):
                continue
            other = slug(base)
            if other in known and self.names[other].articles >= name.articles:
                self.joins.join(key, other, "genitive")
            elif other not in known and name.genitive and name.genitive == name.articles:
                self.names[other] = _without_genitive(name, label, base)
                known.add(other)
                self.joins.join(key, other, "genitive")
        return sorted(known)

    def join_folds(self, keys: Sequence[str]) -> None:
        """Join full names that fold to one key, initials aside."""
        alike: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            words = words_of(self.names[key].label)
            if len(words) >= 2 and not is_initial(words[0]):
                alike[fold(" ".join(bare(words)))].append(key)
        for folded, bucket in alike.items():
            bucket.sort(key=self._weight)
            heads: list[str] = []
            for key in bucket:
                head = next((head for head in heads[:3] if self._folds_with(key, head, folded)), None)
                if head is None:
                    heads.append(key)

    def _folds_with(self, key: str, head: str, folded: str) -> bool:
        one, other = words_of(self.names[key].label), words_of(self.names[head].label)
        if {generation(one), generation(other)} == {"jr", "sr"}:
            return False
        middle, theirs = initials(one), initials(other)
        same = [slug(word) for word in bare(one)] == [slug(word) for word in bare(other)]
        if middle and theirs and not (middle.startswith(theirs) or theirs.startswith(middle)):
            return self._doubt(key, head, "they differ in their middle initials")
        if not same and spelled_by_habit(bare(one), bare(other)):
            return self._doubt(
                key, head, f"both fold to `{folded}`, but each spelling is a known name of its own"
            )
        if roles_conflict(self.names[key].roles, self.names[head].roles):
            return self._doubt(key, head, f"both fold to `{folded}`, but their parties or callings conflict")
        rule, detail = ("middle initial", "") if same else ("folded spelling", f"both fold to `{folded}`")
        return self.joins.join(key, head, rule, detail)

    def join_initials(self, keys: Iterable[str]) -> None:
        """Join `W. F. Niemann` with the only Niemann whose first names begin so; ask where few do."""
        full: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        short = []
        for key in keys:
            given, family = split_name(self.names[key].label).given, family_of(self.names[key].label)
            if given is None or family is None:
                continue
            if is_initial(given.split()[0]):
                short.append((key, _first_letters(given), fold(family)))
            else:
                bearers_ = full[fold(family)]
                root = self.joins.root(key)
                letters, head = bearers_.get(root, ("", key))
                longest = max(letters, _first_letters(given), key=len)
                bearers_[root] = longest, min(head, key, key=self._weight)
        for key, letters, family in short:
            fits = [
                (root, head)
                for root, (theirs, head) in full[family].items()
                if theirs.startswith(letters) and self.joins.may_join(key, root)
            ]
            if len(fits) == 1 and (len(letters) > 1 or len(full[family]) == 1):
                self.joins.join(key, fits[0][0], "initials")
            elif 0 < len(fits) <= FEW and self.joins.root(key) not in (
                self.joins.root(one) for one, _ in fits
            ):
                heads = sorted((head for _, head in fits), key=self._weight)
                told = " or ".join(f"“{self.names[head].label}”" for head in heads)
                self._doubt(key, heads[0], f"the initials fit {told}")

    def join_numbers(self, tags: Mapping[str, TagDraft]) -> None:
        """Join names whose tags have one number, where given or family name agree."""
        owners: dict[str, list[str]] = defaultdict(list)
        for key in sorted(tags):
            for number in tags[key].numbers:
                owners[number].append(key)
        for number, keys in sorted(owners.items()):
            for key in keys[1:]:
                one, other = (split_name(self.names[slug_].label) for slug_ in (keys[0], key))
                folds = [(fold(a), fold(b)) for a, b in zip(one, other, strict=True) if a and b]
                if len(folds) == 2 and any(a == b for a, b in folds):
                    self.joins.join(key, keys[0], "topic number", f"both are topic t{number}")

    def join_pen_names(self, authors: Iterable[Sequence[Authorship]]) -> None:
        """Join a byline of one word with the author whose page lists the article and whose family name it is."""
        for stated in authors:
            pages = [one for one in stated if one.basis is Basis.INDEX_PAGE and is_full(one.credit)]
            for byline in stated:
                if byline.basis is Basis.BYLINE and not is_full(byline.credit):
                    for page in pages:
                        if fold(family_of(page.credit) or "") == fold(byline.credit):
                            detail = f"the page of {page.credit}, {page.path}:{page.line}, lists the article"
                            self.joins.join(byline.author.key, page.author.key, "author page", detail)

    def keep(self, keys: Iterable[str], tags: Mapping[str, TagDraft], decided: Decided) -> None:
        """Keep the sets of names for which enough speaks."""
        sets: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            sets[self.joins.root(key)].append(key)
        families: dict[str, set[str]] = defaultdict(set)
        for root, members in sorted(sets.items()):
            if not any(self._is_known(key, tags, decided) for key in members) and not self._is_likely(
                members
            ):
                continue
            self.found.members[root] = sorted(members)
            for key in members:
                if (family := family_of(self.names[key].label)) is not None:
                    families[fold(family)].add(root)
        self.found.families = {family: sorted(roots) for family, roots in families.items()}

    def _is_known(self, key: str, tags: Mapping[str, TagDraft], decided: Decided) -> bool:
        name = self.names[key]
        return (
            NodeKind.PERSON in name.given
            or (key in tags and is_person_name(name.label))
            or decided.kinds.get(key) is TagKind.PERSON
        )

    def _is_likely(self, members: Sequence[str]) -> bool:
        full = [key for key in members if is_full(self.names[key].label) and not self._is_extended(key)]
        full = [key for key in full if not is_initial(words_of(self.names[key].label)[0])]
        if not full:
            return False
        names = [self.names[key] for key in full]
        best = max(name.best(NodeKind.PERSON) for name in names)
        articles = sum(name.articles for name in names)
        first = words_of(self.names[full[0]].label)[0]
        known = first in first_names() or all(part in first_names() for part in first.split("-"))
        if articles > 1 or any(name.roles for name in names):
            return best >= LIKELY
        return best >= (KNOWN if known else SURE)

    def _is_extended(self, key: str) -> bool:
        """Whether it is a better known name with a word too many, such as `Andrij Bondarez Brot`."""
        words = words_of(self.names[key].label)
        if len(words) < 3 or generation(words) or any(is_initial(word) for word in words):
            return False
        shorter = (slug(" ".join(part)) for part in (words[:-1], words[1:]))
        mine = self.names[key]
        return any(
            self.names[one].kind is NodeKind.PERSON
            and self.names[one].articles >= mine.articles
            and is_full(self.names[one].label)
            for one in shorter
            if one in self.names
        )

    def doubt_alike(self) -> None:
        """Ask about two persons of one family name and role whose given names begin alike."""
        for roots in self.found.families.values():
            by_letter: dict[str, list[str]] = defaultdict(list)
            for key in map(self._head, roots):
                by_letter[fold(self.names[key].label)[:1]].append(key)
            for alike in by_letter.values():
                head, *others = sorted(alike, key=self._weight)
                for other in others:
                    shared = _titles(self.names[head]) & _titles(self.names[other])
                    if shared and _may_be_one_given_name(self.names[head].label, self.names[other].label):
                        self._doubt(other, head, f"both bear the family name, and are {min(shared)}")

    def _head(self, root: str) -> str:
        """The name that stands for a person; the root itself may be one that only a decision has."""
        return min(self.found.members[root], key=self._weight)

    def _doubt(self, one: str, other: str, evidence: str) -> bool:
        """Note the doubt, unless it is decided; always False, as nothing is joined."""
        first, second = self.names[one], self.names[other]
        if self.joins.root(one) != self.joins.root(other) and self.joins.may_join(one, other):
            path, line = first_place(first)
            # The score is known once both persons are.
            self.found.doubts.append(Doubt("same", second.label, first.label, 0.0, evidence, path, line))
        return False

    def _weight(self, key: str) -> tuple[bool, bool, int, str]:
        name = self.names[key]
        return "tag" not in name.spellings, not name.given, -name.articles, key


def first_place(name: Name) -> tuple[str, int]:
    """Where a name stands first, by path and line."""
    return min((one.path, one.line) for seen in name.spellings.values() for one in seen.values())


def _titles(name: Name) -> set[str]:
    return {title for title, _ in name.roles if title}


def _may_be_one_given_name(one: str, other: str) -> bool:
    """Whether two full names may begin with one given name: `Alex` and `Alexander`, not `Maria` and `Martin`."""
    first, second = words_of(one)[0], words_of(other)[0]
    short, long = sorted((fold(first), fold(second)), key=len)
    return long.startswith(short) or not {first, second} <= first_names()


def _first_letters(given: str) -> str:
    words = given.replace("-", " ").split()
    return "".join(slug(part)[:1] for word in words for part in word.split(".") if part)


def _without_genitive(name: Name, label: str, base: str) -> Name:
    found = Name(is_inferred=True)
    for rule, seen in name.spellings.items():
        if label in seen:
            found.spellings[rule][base] = seen[label]
    found.votes.update(name.votes)
    return found
