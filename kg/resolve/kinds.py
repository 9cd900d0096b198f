"""What a tag names: a person, an organisation, a place, a topic or a series. What is undecided is a topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.model import NodeKind, Ref, TagKind
from kg.resolve.decisions import Decided
from kg.resolve.evidence import Evidence
from kg.resolve.families import Persons
from kg.resolve.labels import is_organization_form, is_territory
from kg.resolve.tags import FOCUS_PREFIX, Kind, TagDraft
from kg.resolve.things import SEEN, Things, may_be_called

_SERIES: Final = re.compile(r"^(?:Kolumne|Serie|Reihe|Podcast|Newsletter|Rubrik) |: Die Serie$")
_SERIES_NAMES: Final = frozenset(
    {
        "die-wahrheit",
        "der-hausbesuch",
        "die-eine-frage",
        "schlagloch",
        "der-rote-faden",
        "wahrheit",
        "montagsinterview",
    }
)
"""Columns of the paper whose names say nothing of their kind."""

_ARTICLE: Final = ("der-", "die-", "das-")
_CLEAR: Final = 0.6
"""The share of the confidence that a kind must have where only the recogniser speaks."""


@dataclass(slots=True)
class TagKinds:
    """All that kinds of tags are decided from."""

    evidence: Evidence
    persons: Persons
    things: Things
    decided: Decided
    kickers: Mapping[str, int]  # how many articles have a kicker, by its slug

    def of(self, key: str, draft: TagDraft) -> Kind:  # noqa: PLR0911 - rules, the first that fits wins
        """The kind of one tag; the focus names a person by the root of its names."""
        label = draft.label
        if key in self.decided.kinds:
            return self._with_focus(key, self.decided.kinds[key], "a decision")
        if label.startswith(FOCUS_PREFIX):
            return Kind(TagKind.TOPIC, "the form `Schwerpunkt …`")
        if _SERIES.search(label) or key in _SERIES_NAMES:
            return Kind(TagKind.SERIES, "a known form of columns and series")
        if (root := self._person(key)) is not None:
            return Kind(TagKind.PERSON, "the name of a person", Ref(NodeKind.PERSON, root))
        if key in self.persons.role_tags:
            root, why = self.persons.role_tags[key]
            return Kind(TagKind.PERSON, f"{why.rule} of a person", Ref(NodeKind.PERSON, root))
        root = self.things.joins.root(key)
        if key in self.evidence.bodies and self.things.kinds.get(root) is NodeKind.ORGANIZATION:
            return Kind(TagKind.ORGANIZATION, "it has officers or members", Ref(NodeKind.ORGANIZATION, root))
        if root in self.things.kinds:
            kind = self.things.kinds[root]
            return Kind(TagKind(kind), f"the name of one: {kind}", Ref(kind, root))
        if key.startswith(_ARTICLE) and self.kickers.get(key, 0) > 1:
            return Kind(TagKind.SERIES, "several articles have it for a kicker")
        return self._by_form(key, draft)

    def _by_form(self, key: str, draft: TagDraft) -> Kind:
        label = draft.label
        if is_territory(label):
            return self._with_focus(key, TagKind.PLACE, "the list of territories")
        if is_organization_form(label):
            return self._with_focus(key, TagKind.ORGANIZATION, "the form of its name")
        name = self.evidence.names[key]
        kind = name.kind
        if kind is None or (kind is NodeKind.PERSON and " " not in label):
            return Kind(TagKind.TOPIC, "nothing says otherwise")
        enough = max(2, SEEN * draft.rows)
        clear = name.share(kind) >= _CLEAR and name.best(kind) >= 0.5 and name.votes[kind].articles >= enough
        if clear and kind is not NodeKind.PERSON and may_be_called(label, kind):
            return self._with_focus(key, TagKind(kind), "how texts use it")
        return Kind(TagKind.TOPIC, "texts use it in several ways", doubtful=name.articles >= enough)

    def _person(self, key: str) -> str | None:
        root = self.persons.joins.root(key)
        return root if key in self.persons.members.get(root, ()) else None

    def _with_focus(self, key: str, kind: TagKind, basis: str) -> Kind:
        if kind in {TagKind.TOPIC, TagKind.SERIES}:
            return Kind(kind, basis)
        root = self._person(key) if kind is TagKind.PERSON else self.things.joins.root(key)
        return Kind(kind, basis, Ref(NodeKind(kind), root or key))
