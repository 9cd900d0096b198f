"""What all records share, and the kinds of nodes."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False, order=False):
    """Base of all records: immutable and comparable by value.

    Each says `frozen=True` again, since type checkers do not see it inherited.
    """


class NodeKind(StrEnum):
    """The kinds of nodes with an address of their own."""

    ARTICLE = "article"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    TAG = "tag"
