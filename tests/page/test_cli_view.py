"""`kg view` opens the page of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli.view import view
from kg.errors import OutputError


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A folder with a page, and the addresses that a browser is asked to open; there is no browser."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.html").write_text("<!DOCTYPE html>")
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def refuse(url: str) -> bool:
        asked.append(url)
        return False

    monkeypatch.setattr("webbrowser.open", refuse)
    return asked


def test_asks_the_browser_and_prints_the_address_where_there_is_none(
    built: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    view(Path("out"), no_open=False)
    address = (tmp_path / "out" / "graph.html").resolve().as_uri()
    assert built == [address]
    assert capsys.readouterr().out == address + "\n"


def test_prints_nothing_when_a_browser_opened_it(
    built: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda url: True)
    view(Path("out"), no_open=False)
    assert capsys.readouterr().out == ""


def test_no_open_only_prints(built: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    view(Path("out"), no_open=True)
    assert built == []
    assert capsys.readouterr().out.startswith("file:///")


def test_a_missing_page_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"graph\.html is missing: run kg build first"):
        view(tmp_path, no_open=True)
