"""Organisations told by their officers: `BU-Fraktionschef`, `Pakt-Generalsekretärin`, `Parteitag des Heimatblocks`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.resolve.evidence import Name
from kg.resolve.keys import slug
from kg.resolve.tags import TagDraft

_OFFICE: Final = re.compile(
    r"-(?:chef|politiker|fraktion|generalsekretär|sprecher|vorsitz|abgeordnet|mitglied|vorstand|landeschef|spitze)"
)
"""What follows the name of an organisation and a dash in a job title."""


def find_bodies(names: Mapping[str, Name], tags: Mapping[str, TagDraft], offices: Iterable[str]) -> set[str]:
    """Slugs of the names and tags that job titles, headlines and teasers treat as organisations; linear in those.
    `offices` are slugs of what claims say has officers.

    The second part of a compound stands for the whole where one tag alone ends so (`Pakt` for `Ostseepakt`).
    """
    endings: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tags):
        if "-" not in key:
            for start in range(3, len(key) - 3):
                endings[key[start:]].append(key)
    found = set()
    for told in {*_before_offices(names), *offices}:
        known = next((key for key in (told, told[:-1], told[:-2]) if key in names), None)
        if known is not None and (known == told or told.endswith("s")):
            found.add(known)
        elif len(told) >= 4 and len(endings[told]) == 1:
            found.update(endings[told])
    return found


def _before_offices(names: Mapping[str, Name]) -> Iterator[str]:
    for name in names.values():
        for title, _ in name.roles:
            if title and (office := _OFFICE.search(title.lower())):
                yield slug(title[: office.start()])
