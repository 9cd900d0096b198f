"""Every code that a finding can have is explained, and every explanation is of a code that exists."""

from __future__ import annotations

import re
from pathlib import Path

from kg.report import FINDINGS

SOURCES = {
    path: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parents[1] / "kg").rglob("*.py")
    if path.name != "report.py"
}
CODE = r'"([a-z0-9]+(?:-[a-z0-9]+)*)"'


def test_every_code_in_the_source_is_explained() -> None:
    used = {
        code
        for text in SOURCES.values()
        for code in re.findall(rf"\b(?:Finding|Note|Refused|_note)\(\s*{CODE}", text)
    }
    assert len(used) > 12
    assert used <= FINDINGS.keys()


def test_every_explained_code_is_in_the_source() -> None:
    source = "\n".join(SOURCES.values())
    assert [code for code in FINDINGS if f'"{code}"' not in source] == []
