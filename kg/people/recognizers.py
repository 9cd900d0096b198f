"""The recogniser that finds spans: our own, or a spaCy model that the user has installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Protocol

from kg.errors import UsageError
from kg.people.recognizer import Recognizer, Span
from kg.people.recognizer.recognizer import Label

OWN: Final = "crf"
SPACY: Final = "spacy:"

_LABELS: Final[dict[str, Label]] = {
    "PER": "person", "PERSON": "person", "ORG": "organization", "LOC": "place", "GPE": "place",
}  # fmt: skip
"""spaCy's labels for German and multilingual models; others, such as MISC, name nothing that we look for."""

_SPACY_CONFIDENCE: Final = 0.9
"""spaCy gives spans without a probability."""


class SpanFinder(Protocol):
    """Finds persons, organisations and places in texts."""

    def spans_of(self, texts: Sequence[str]) -> Iterable[list[Span]]:
        """The spans of each text, from left to right, none overlapping another."""


@lru_cache(maxsize=1)
def load_recognizer(name: str) -> SpanFinder:
    """The recogniser named `crf` (our own) or `spacy:MODEL`; raises `UsageError` where it is not to be had."""
    if name == OWN:
        return Recognizer.load()
    if name.startswith(SPACY):
        return _Spacy(name.removeprefix(SPACY))
    raise UsageError(f"unknown recogniser {name!r}: {OWN}, or {SPACY}MODEL for an installed spaCy model")


def told_of(name: str) -> str:
    """What its spans depend on beside our code: its name and, of a spaCy model, the versions of it and of spaCy.

    A model in a folder is told by its files' names, sizes and times.
    """
    if not name.startswith(SPACY):
        return name
    model = name.removeprefix(SPACY)
    return f"{name} {_version('spacy')} {_version(model) or _files(Path(model))}"


def _version(package: str) -> str:
    try:
        return version(package)
    except (PackageNotFoundError, ValueError):
        return ""


def _files(folder: Path) -> str:
    if not (folder / "meta.json").is_file():
        return ""  # no model, which is told when it is loaded
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(str(path.relative_to(folder)), path.stat()) for path in found]
    told = [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


class _Spacy:
    """An installed spaCy model as a recogniser."""

    def __init__(self, model: str) -> None:
        try:
            import spacy
        except ImportError as error:
            raise UsageError(f"the recogniser {SPACY}{model} needs spaCy: pip install spacy") from error
        try:
            self._nlp: Any = spacy.load(model)
        except OSError as error:
            raise UsageError(
                f"spaCy has no model {model!r} installed: python -m spacy download {model}"
            ) from error

    def spans_of(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        for document in self._nlp.pipe(texts):
            yield [
                Span(one.start_char, one.end_char, _LABELS[one.label_], _SPACY_CONFIDENCE)
                for one in document.ents
                if one.label_ in _LABELS and one.text.strip() == one.text
            ]
