"""People: which labels are names of persons, and where known names stand in a text."""

from kg.people.known_names import KnownNames
from kg.people.names import (
    AGENCIES,
    is_agency,
    is_organization_byline,
    is_person_name,
    split_name,
)

__all__ = [
    "AGENCIES",
    "KnownNames",
    "is_agency",
    "is_organization_byline",
    "is_person_name",
    "split_name",
]
