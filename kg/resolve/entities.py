"""The decided persons, organisations and places: key, name, other spellings, roles, and why each spelling belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import structs

from kg.model import Entity, Identity, NodeKind, Ref, RoleSeen
from kg.people import split_name
from kg.resolve.credits import agency
from kg.resolve.decisions import Decided
from kg.resolve.evidence import Evidence, Name, Role, RoleCount, Spellings, all_roles, most_frequent
from kg.resolve.folding import begins_with_initials
from kg.resolve.full_names import is_full
from kg.resolve.joins import Join
from kg.resolve.keys import slug
from kg.resolve.tags import Seen

NO_NAMES = frozenset({"genitive", "role and family name", "family name"})
"""Rules that join forms of a name, or descriptions, which are no other names of the entity."""

_SAME_SLUG = "same slug"
"""The rule that joins spellings such as `Milena Kovarić` and `Milena Kovaric`: no other had to."""

_RULES = (
    "tag",
    "author page",
    "byline",
    "credit",
    "text",
    "party",
    "dateline",
    "dateline in capitals",
    "anchor of a topic link",
    "topic link",
    "transliterated text",
)
"""Who gives a name, the most trusted first."""


@dataclass(slots=True)
class Draft:
    """An entity before it is written down: its names by slug, and why those joined that are not the first."""

    ref: Ref
    keys: Sequence[str]
    why: Mapping[str, Join]
    described: list[tuple[str, Join]] = field(default_factory=list)  # slugs of tags such as `Kanzler Merz`
    split: str = ""  # evidence of a namesake
    spellings: Mapping[str, Spellings] | None = None  # of one of several namesakes, by slug
    roles: Mapping[Role, RoleCount] | None = None  # of one of several namesakes


def key_of(
    kind: NodeKind, keys: Sequence[str], evidence: Evidence, decided: Decided, why: Mapping[str, Join]
) -> str:
    """The slug of the name that the entity will have."""
    return slug(_name(kind, keys, evidence, decided, why))


def make_entities(
    publisher: str, drafts: Iterable[Draft], evidence: Evidence, decided: Decided
) -> tuple[list[Entity], list[Identity]]:
    """Write down each entity: a tag's spelling wins over a byline's, that over the most frequent one of the texts."""
    drafts = sorted(drafts, key=lambda draft: draft.ref)
    taken = {draft.ref for draft in drafts}
    entities: list[Entity] = []
    identities: list[Identity] = []
    for draft in drafts:
        names = [evidence.names[key] for key in draft.keys]
        name = _name(draft.ref.kind, draft.keys, evidence, decided, draft.why)
        others = {
            text for key in draft.keys if not _is_form(key, draft) for text in _texts(evidence.names[key])
        }
        given, family = split_name(name) if draft.ref.kind is NodeKind.PERSON else (None, None)
        roles = tuple(_roles(names, draft.roles)) if draft.ref.kind is NodeKind.PERSON else ()
        entities.append(
            Entity(
                draft.ref,
                name,
                tuple(sorted(others - {name})),
                given=given,
                family=family,
                news_media=draft.ref.kind is NodeKind.ORGANIZATION
                and (any(one.news_media for one in names) or draft.ref == agency(publisher)[0]),
                job_titles=tuple(dict.fromkeys(role.title for role in roles if role.title)),
                roles=roles,
                replaces=tuple(_replaced(draft, taken)),
            )
        )
        identities += _identities(draft, name, evidence)
    return entities, identities


def _replaced(draft: Draft, taken: Collection[Ref]) -> Iterator[str]:
    """The slugs that would have been its key; a namesake's first person keeps those."""
    for key in sorted(draft.keys):
        if Ref(draft.ref.kind, key) not in taken:
            yield key


def _name(
    kind: NodeKind, keys: Sequence[str], evidence: Evidence, decided: Decided, why: Mapping[str, Join]
) -> str:
    for key in keys:
        if key in decided.names:
            return decided.names[key]
    if kind is NodeKind.PERSON:
        # Who is named in full somewhere is not called by the family name alone, nor by initials.
        keys = [key for key in keys if is_full(evidence.names[key].label)] or keys
        keys = [key for key in keys if not begins_with_initials(evidence.names[key].label)] or keys
    for rule in _RULES:
        counts: dict[str, int] = defaultdict(int)
        for key in keys:
            if key in why and why[key].rule in {*NO_NAMES, "initials"}:
                continue
            for text, seen in evidence.names[key].spellings.get(rule, {}).items():
                counts[text] += seen.count
        if rule == "tag" and len(counts) > 1:
            # Of several tags the one whose name the texts use.
            for key in keys:
                for text, seen in evidence.names[key].spellings.get("text", {}).items():
                    counts[text] += seen.count if text in counts else 0
        if counts:
            return min(counts, key=lambda text: (text.isupper() and " " in text, -counts[text], text))
    return keys[0]


def _is_form(key: str, draft: Draft) -> bool:
    return key in draft.why and draft.why[key].rule in NO_NAMES


def _texts(name: Name) -> set[str]:
    """Its spellings, without those that only a rendering made."""
    made = {"transliterated text", "topic link"}
    own = {text for rule, seen in name.spellings.items() if rule not in made for text in seen}
    return own or {text for seen in name.spellings.values() for text in seen}


def _roles(names: Iterable[Name], own: Mapping[Role, RoleCount] | None) -> list[RoleSeen]:
    total = own if own is not None else all_roles(name.roles for name in names)
    seen = [
        RoleSeen(title or "", party, one.count, one.first, one.last) for (title, party), one in total.items()
    ]
    return sorted(seen, key=lambda role: (-role.count, role.title, role.party or ""))


def _identities(draft: Draft, name: str, evidence: Evidence) -> Collection[Identity]:
    """One for each place and reason: two rules may see a joined spelling at one, such as a party that is also a name of
    the text. Who counts more tells, of equals the more trusted.

    A spelling that nothing joined has the slug of another: of the entity's `name`, else of the most frequent one. Of
    such ones all are counted.
    """
    found: dict[tuple[str, str, str, int], Identity] = {}
    for key, join in [*((key, draft.why.get(key)) for key in sorted(draft.keys)), *draft.described]:
        spellings = (draft.spellings or {}).get(key, evidence.names[key].spellings)
        label = name if any(name in texts for texts in spellings.values()) else most_frequent(spellings)
        if join is not None:
            why, others = join, _spellings(join.other, evidence)
        else:
            why = Join(
                key, _SAME_SLUG, f"both are `{key}` in addresses, without capitals, diacritics and signs"
            )
            others = {rule: {label: texts[label]} for rule, texts in spellings.items() if label in texts}
        for rule in sorted(spellings, key=_RULES.index):
            for text, seen in sorted(spellings[rule].items()):
                if join is None and text == label:
                    named, told = rule, draft.split
                else:
                    named, told = why.rule, _evidence(text, rule, seen, why, others)
                one = Identity(draft.ref, text, named, seen.count, seen.path, seen.line, told)
                known = found.setdefault((text, named, seen.path, seen.line), one)
                if known is not one and named == _SAME_SLUG:
                    one = structs.replace(known, count=known.count + one.count)
                if one.count > known.count:
                    found[text, named, seen.path, seen.line] = one
    return found.values()


def _spellings(key: str, evidence: Evidence) -> Spellings:
    return evidence.names[key].spellings if key in evidence.names else {}


def _evidence(text: str, rule: str, seen: Seen, join: Join, other: Spellings) -> str:
    """One line that says why two names are one: `the text “X” of a.txt:33 and the tag “Y” of b.txt:12: …`."""
    one = f"the {rule} “{text}” of {seen.path}:{seen.line}"
    detail = join.detail or join.rule
    first = min(
        (
            (place.path, place.line, other_rule, other_text)
            for other_rule, texts in other.items()
            for other_text, place in texts.items()
        ),
        default=None,
    )
    if first is None:
        return f"{one}: {detail}"
    path, line, other_rule, other_text = first
    return f"{one} and the {other_rule} “{other_text}” of {path}:{line}: {detail}"
