"""Which recogniser finds the names."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import kg
from kg.errors import UsageError
from kg.people.recognizers import load_recognizer, told_of

PAGE = """       # taz.de -- Hafen: Es brennt

       Am Kai stand Zorblax Quendel und sah zu.

       4 Dec 2024
"""


@pytest.fixture
def spacy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A stand-in for spaCy whose one model finds one name."""

    class Model:
        def pipe(self, texts: Iterable[str]) -> Iterator[SimpleNamespace]:
            for text in texts:
                start = text.find("Zorblax Quendel")
                found = SimpleNamespace(
                    start_char=start, end_char=start + 15, label_="PER", text="Zorblax Quendel"
                )
                other = SimpleNamespace(start_char=0, end_char=2, label_="MISC", text=text[:2])
                yield SimpleNamespace(ents=[other, found] if start >= 0 else [])

    def load(name: str) -> Model:
        if name != "de_test":
            raise OSError(name)
        return Model()

    module = ModuleType("spacy")
    module.load = load  # type: ignore[attr-defined]  # a stand-in has what is used of it
    monkeypatch.setitem(sys.modules, "spacy", module)
    load_recognizer.cache_clear()
    yield
    load_recognizer.cache_clear()


@pytest.mark.usefixtures("spacy")
def test_a_spacy_model_is_asked_instead_of_our_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "out", recognizer="spacy:de_test")
    card = kg.open(tmp_path / "out").person("Zorblax Quendel")
    assert card.mentions == 1


@pytest.mark.usefixtures("spacy")
def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    with pytest.raises(UsageError, match="no model 'de_other'"):
        kg.build(tmp_path / "a.txt", tmp_path / "out", recognizer="spacy:de_other")
    with pytest.raises(UsageError, match="unknown recogniser"):
        kg.build(tmp_path / "a.txt", tmp_path / "out", recognizer="guess")


def test_what_spans_depend_on_beside_our_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_of("crf") == "crf"
    versions = {"spacy": "3.8.0", "de_test": "1.0"}

    def version(package: str) -> str:
        if package not in versions:
            raise PackageNotFoundError(package)
        return versions[package]

    monkeypatch.setattr("kg.people.recognizers.version", version)
    assert told_of("spacy:de_test") == "spacy:de_test 3.8.0 1.0"
    versions["de_test"] = "1.1"
    assert told_of("spacy:de_test") == "spacy:de_test 3.8.0 1.1"
    (tmp_path / "meta.json").write_text("{}")
    first = told_of(f"spacy:{tmp_path}")
    assert told_of(f"spacy:{tmp_path}") == first
    (tmp_path / "weights").write_bytes(b"1")
    assert told_of(f"spacy:{tmp_path}") != first


def test_spacy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    load_recognizer.cache_clear()
    with pytest.raises(UsageError, match="pip install spacy"):
        load_recognizer("spacy:de_core_news_sm")
