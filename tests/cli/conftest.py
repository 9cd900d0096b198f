"""A small invented archive as the tables of a build, with hostile text in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kg.model import Doubt
from kg.store.tables import (
    EdgeRow,
    IdentityRow,
    MentionRow,
    NodeRow,
    RoleRow,
    Row,
)
from tests.rows import write_rows

_BASE: Final = "https://kg.example/id/"
_FAMILY: Final = "FamilyNameAfterFullName"
_HOSTILE: Final = "Weg\x1b[2J\u202e damit\nund [x]"
"""What may not reach a terminal as it is."""

_ARTICLE: Final = _BASE + "article/taz/"
_TAG: Final = _BASE + "tag/taz/"
_KOLB: Final = _BASE + "person/hanna-kolb"
_ORYNSKYJ: Final = _BASE + "person/wasyl-orynskyj"
_ROWS: Final[dict[Callable[..., Row], list[tuple[Any, ...]]]] = {
    NodeRow: [
        (_ARTICLE + "1", "article", "Gipfel: Orynskyj reist", "2022-03-01", "https://taz.de/!1", "Kurz.", [], 0, False,
         None, None, [], "a.txt", 2, 60),
        (_ARTICLE + "2", "article", "Rede im Rat", "2024-05-02", "https://taz.de/!2", None, [], 0, False, None),
        (_ARTICLE + "3", "article", _HOSTILE, "2024-06-03", None, None, [], 0, False, None),
        (_ARTICLE + "4", "stub", "Ein Vorbericht", None, "https://taz.de/!4", None, [], 0, False, None),
        (_ORYNSKYJ, "person", "Wasyl Orynskyj", None, None, None, ["Wasyl Orynskij"], 3, False, None),
        (_KOLB, "person", "Hanna Kolb", None, None, None, [], 2, False, None),
        (_BASE + "person/paul-kolb", "person", "Paul Kolb", None, None, None, [], 1, True, None),
        (_TAG + "wasyl-orynskij", "tag", "Wasyl Orynskij", None, None, None, [], 1, False, "person"),
        (_TAG + "deichbau", "tag", "Deichbau", None, "https://taz.de/!t9", None, [], 2, False, "topic"),
    ],
    EdgeRow: [
        (_ARTICLE + "1", _ORYNSKYJ, "mentions", 2, "2022-03-01", "KnownName", "a.txt", 4),
        (_ARTICLE + "1", _KOLB, "mentions", 1, "2022-03-01", "KnownName", "a.txt", 9),
        (_ARTICLE + "1", _BASE + "person/paul-kolb", "author", 1, "2022-03-01", "Byline", "a.txt", 40),
        (_ARTICLE + "1", _TAG + "wasyl-orynskij", "about", 1, "2022-03-01", "OwnTag", "a.txt", 44),
        (_ARTICLE + "1", _TAG + "deichbau", "about", 1, "2022-03-01", "OwnTag", "a.txt", 45),
        (_ARTICLE + "2", _ORYNSKYJ, "mentions", 1, "2024-05-02", "RoleAndName", "b.txt", 7),
        (_ARTICLE + "2", _KOLB, "mentions", 1, "2024-05-02", "KnownName", "b.txt", 8),
        (_ARTICLE + "2", _ARTICLE + "4", "related", 1, "2024-05-02", None, "b.txt", 60),
        (_ARTICLE + "3", _TAG + "deichbau", "about", 1, "2024-06-03", "OwnTag", "c.txt", 5),
        (_ARTICLE + "4", _ORYNSKYJ, "mentions", 1, None, "KnownName", "b.txt", 61),
        (_TAG + "wasyl-orynskij", _ORYNSKYJ, "focus", 1, None, None, None, None),
    ],
    MentionRow: [
        (_ARTICLE + "1", _ORYNSKYJ, "body", None, 9, 23,
         "Wasyl Orynskyj", "Als ", _HOSTILE, "KnownName", 0.95, "a.txt", 4),
        (_ARTICLE + "1", _ORYNSKYJ, "body", None, 80, 88,
         "Orynskyj", "sagte ", ".", _FAMILY, 0.8, "a.txt", 6),
        (_ARTICLE + "1", _KOLB, "body", None, 120, 130,
         "Hanna Kolb", "neben ", ".", "KnownName", 0.95, "a.txt", 9),
        (_ARTICLE + "2", _ORYNSKYJ, "body", None, 30, 44,
         "Wasyl Orynskij", "Minister ", " kam", "RoleAndName", 0.9, "b.txt", 7),
        (_ARTICLE + "2", _KOLB, "body", None, 60, 70,
         "Hanna Kolb", "", " auch", "KnownName", 0.95, "b.txt", 8),
        (_ARTICLE + "4", _ORYNSKYJ, "abstract", None, 0, 14,
         "Wasyl Orynskyj", "", " kommt", "KnownName", 0.7, "b.txt", 61),
    ],
    IdentityRow: [
        (_ORYNSKYJ, "person", "Wasyl Orynskyj", "Wasyl Orynskyj", "text", 2, "a.txt", 4, ""),
        (_ORYNSKYJ, "person", "Wasyl Orynskyj", "Wasyl Orynskij", "fold", 2, "a.txt", 44,
         "the tag `Wasyl Orynskij` and the text `Wasyl Orynskyj` fold to the same key"),
        (_KOLB, "person", "Hanna Kolb", "Hanna Kolb", "text", 2, "a.txt", 9, ""),
    ],
    RoleRow: [
        (_ORYNSKYJ, "Minister", None, 3, "2022-03-01", "2024-05-02"),
        (_ORYNSKYJ, "Abgeordneter", "Neue Liste", 1, "2022-03-01", "2022-03-01"),
    ],
    Doubt: [
        ("kind", "Deichbau", "topic", 1.5, "in lower case too", "a.txt", 45),
        ("same", "Hanna Kolb", "Paul Kolb", 4.0, _HOSTILE, "a.txt", 40),
        ("same", "=1+1", "@Kolb", 0.5, "both in b.txt", "b.txt", 8),
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder, in a path that is a pattern and has a quote. To be read only."""
    out = tmp_path_factory.mktemp("built") / "it's[1]"
    write_rows(out / "tables", (record(*row) for record, rows in _ROWS.items() for row in rows))
    return out
