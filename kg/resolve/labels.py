"""What the form of a label says, and what lists know of it."""

from __future__ import annotations

import re
from typing import Final

from kg.people.recognizer.lexicon import first_names, territories

_NOT_ALONE: Final = frozenset(
    "Antarktisgebiete Autonomiegebiete Costa Emirate Heard Inseln Inselgebiet Isle Königreich Leone Man Mayen Nationen "
    "Ozean Puerto Republik Rica Rico San Sierra Sint Sonderverwaltungsregion Sri Staaten São Süd- Territorium "
    "Turks- Union Verde Vereinigte Vereinigtes Vereinte Welt Überseeinseln".split()
)
"""Words of the list of territories that are no place without the others of their name."""

_ORGANIZATION: Final = re.compile(
    r"(?:partei|gewerkschaft|verband|verein|stiftung|ministerium|gericht|universität|bundesamt|union|konzern|"
    r"kommission|polizei|bundeswehr|bank)$|^(?:FC|SV|SC|TSV|VfB|VfL|TSG|SG|1\. FC|Borussia|Hertha|Bundesamt|"
    r"Universität|Bündnis|Partei|Forum|Verband|Institut|Deutsche Bank) | (?:AG|GmbH|e\. ?V\.|Partei|Liste|Union)$"
)
_NO_PERSON: Final = re.compile(
    r" (?:AG|GmbH|SE|KG|Inc\.?|Ltd\.?|News|TV|Times|Media|Records|Zeitung|Partei|Stiftung|Verlag)$|"
    r"^(?:FC|SV|SC|TSV|VfB|VfL|TSG) "
)


def is_territory(label: str) -> bool:
    """Whether the label is a country, a continent or the like as a whole.

    >>> [is_territory(label) for label in ("Senegal", "USA", "Vereinigte", "Jan", "Garten")]
    [True, True, False, False, False]
    """
    if label in {"USA", "Vereinigte Staaten"}:
        return True
    stands_alone = label not in _NOT_ALONE and not label.endswith(("ische", "isches", "ischen"))
    return stands_alone and label in territories() and label not in first_names()


def is_organization_form(label: str) -> bool:
    """Whether the form of a label says that it names an organisation: `Ostkohle AG`, `FC Lüderstadt`."""
    return _ORGANIZATION.search(label) is not None


def is_never_person(label: str) -> bool:
    """Whether a name cannot be a person's, however a recogniser takes it: `Sky News`."""
    return " " in label and _NO_PERSON.search(label) is not None
