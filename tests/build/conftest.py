"""What the tests of a build begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.built import PAGE


@pytest.fixture
def dumps(tmp_path: Path) -> Path:
    """A folder with one article."""
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE.format(title="Es brennt"), encoding="utf-8")
    return folder
