"""Organisations told by their officers: `BU-Fraktionschef`, `Pakt-Generalsekretärin`, `Parteitag des Heimatblocks`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.model import Article
from kg.resolve.claims import Claim, rows_of
from kg.resolve.evidence import Name
from kg.resolve.keys import slug
from kg.resolve.tags import TagDraft

_OFFICE: Final = re.compile(
    r"-(?:chef|politiker|fraktion|generalsekretär|sprecher|vorsitz|abgeordnet|mitglied|vorstand|landeschef|spitze)"
)
"""What follows the name of an organisation and a dash in a job title."""

_OF: Final = re.compile(
    r"\b(?:Parteitag|Vorsitz(?:ende[rn]?)?|Generalsekretär(?:in|s)?|Fraktion|Mitglied(?:er|ern)?|Landeschef(?:in)?|"
    r"Parteichef(?:in)?) (?:des|der) ((?:[A-ZÄÖÜ][\w-]+ ?){1,3})"
)
"""An office, and whose it is."""


def find_bodies(names: Mapping[str, Name], tags: Mapping[str, TagDraft], claims: Iterable[Claim]) -> set[str]:
    """Slugs of the names and tags that job titles, headlines and teasers treat as organisations; linear in those.

    The second part of a compound stands for the whole where one tag alone ends so (`Pakt` for `Ostseepakt`).
    """
    endings: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tags):
        if "-" not in key:
            for start in range(3, len(key) - 3):
                endings[key[start:]].append(key)
    found = set()
    for told in {*_before_offices(names), *_with_offices(claims)}:
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


def _with_offices(claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        page = claim.page
        texts = [row.headline for row in rows_of(claim)]
        texts += [row.teaser.plain for row in rows_of(claim) if row.teaser is not None]
        if isinstance(page, Article):
            texts += [page.headline, page.teaser.plain if page.teaser is not None else ""]
        for text in texts:
            for match in _OF.finditer(text):
                words = match[1].split()
                yield from (slug(" ".join(words[:count])) for count in range(1, len(words) + 1))
