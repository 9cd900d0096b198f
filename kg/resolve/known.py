"""The names of the archive, ready to be looked for in one article after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from typing import NamedTuple

from kg.model import NameBook, NodeKind, Record, Ref
from kg.people.forms import bases, family_forms, given_form, inflections, is_rare
from kg.people.known_names import KnownNames


class Known(Record, frozen=True):
    """A known name at `start` to `end`; `ref` is None where several share it and none is decided on."""

    ref: Ref | None
    start: int
    end: int


class PersonForms(NamedTuple):
    """How a person is called by a part of the name: family names with their particles, given names."""

    families: frozenset[tuple[str, str]]
    givens: frozenset[str]


class Names:
    """A book of names with its search index; made once for each process."""

    def __init__(self, book: NameBook) -> None:
        self.book = book
        shared = {
            spelling: min(by_article.values())
            for spelling, by_article in book.namesakes.items()
            if by_article
        }
        self._search = KnownNames({**book.full, **shared})
        rare = {word: span[0][2] for word, span in book.single_spans.items() if span and is_rare(word)}
        self._rare = KnownNames(rare | {word: ref for word, ref in book.singles.items() if is_rare(word)})
        self._spellings: dict[Ref, list[str]] = defaultdict(list)
        for spelling, ref in book.full.items():
            if ref.kind is NodeKind.PERSON:
                self._spellings[ref].append(spelling)
        for spelling, by_article in book.namesakes.items():
            for ref in set(by_article.values()):
                self._spellings[ref].append(spelling)
        self._forms: dict[Ref, PersonForms] = {}
        self.asked: set[Ref] = set()  # whose forms were asked for

    def unasked(self) -> Names:
        """The same names, of which nothing was asked yet."""
        names = copy(self)
        names.asked = set()
        return names

    def find(self, text: str, key: str) -> list[Known]:
        """The known names in a text of the article `key`, from left to right, none overlapping another."""
        found = []
        for name in self._search.find(text):
            shared = self.book.namesakes.get(text[name.start : name.end])
            found.append(Known(name.ref if shared is None else shared.get(key), name.start, name.end))
        return found

    def person(self, surface: str, key: str) -> Ref | None:
        """The person of a full name, in the genitive as well."""
        for form in bases(surface):
            shared = self.book.namesakes.get(form)
            ref = self.book.full.get(form) if shared is None else shared.get(key)
            if ref is not None and ref.kind is NodeKind.PERSON:
                return ref
        return None

    def thing(self, surface: str) -> Ref | None:
        """The organisation or place that a surface names, inflected as well."""
        for form in inflections(surface):
            ref = self.book.full.get(form)
            if ref is not None and ref.kind is not NodeKind.PERSON:
                return ref
        return None

    def single(self, surface: str, date: str | None) -> Ref | None:
        """The person that one word names by itself: a pen name, or who bears a family name at that date."""
        for form in bases(surface):
            if (ref := self.book.singles.get(form)) is not None:
                return ref
            if date is not None:
                for first, last, bearer in self.book.single_spans.get(form, ()):
                    if first <= date <= last:
                        return bearer
        return None

    def rare_singles(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a name that may stand alone, and is nothing else in German, does so."""
        return ((found.start, found.end) for found in self._rare.find(text))

    def forms(self, ref: Ref) -> PersonForms:
        """The family and given names of a person, by all spellings."""
        self.asked.add(ref)
        known = self._forms.get(ref)
        if known is None:
            spellings = self._spellings.get(ref, ())
            families = frozenset(form for name in spellings if (form := family_forms(name)) is not None)
            givens = frozenset(given for name in spellings if (given := given_form(name)) is not None)
            known = self._forms[ref] = PersonForms(families, givens)
        return known
