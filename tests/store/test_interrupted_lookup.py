"""Ctrl-C while a table is searched ends as it does anywhere else."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from kg.store.lookup import Lookup
from tests.rows import write_rows


class Interrupted:
    """A connection as DuckDB's is when the signal comes while it works."""

    def execute(self, query: str, parameters: list[object]) -> NoReturn:
        raise RuntimeError(query)


def test_an_interrupted_search_is_a_keyboard_interrupt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookup = Lookup(write_rows(tmp_path / "tables", []))
    monkeypatch.setattr(lookup, "_connection", Interrupted())
    with pytest.raises(KeyboardInterrupt):
        lookup.rows("Query interrupted")
    with pytest.raises(RuntimeError, match="another"):
        lookup.rows("another")
