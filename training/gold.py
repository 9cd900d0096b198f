"""The gold corpora as texts with spans, cut into tokens by the recogniser's own tokenizer."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

GOLD = Path(__file__).parent.parent.parent / "shared" / "gold"
TEST_SHARE, DEV_SHARE = 20, 10
"""Percent of GermEval's pages that are held out, and that settings are chosen by."""

_TITLES = re.compile(r"(?:(?:Herrn?|Frau|Dr\.|Prof\.|Professor(?:in)?)\s+)+")
_KINDS = {
    "person": "PER",
    "organization": "ORG",
    "organization-company": "ORG",
    "location": "LOC",
    "location-city": "LOC",
}
_ADJECTIVE = re.compile(r"(?:er|ern|sche|schen|scher)$")
_BORDER_BEFORE, _BORDER_AFTER = (
    frozenset("\"'„“(‚»«[ \n\r\t\u00a0"),
    frozenset(".,;:!?)\"'“”‘»«] \n\r\t\u00a0"),
)
_CLOSING = {".", ",", ";", ":", "!", "?", ")", "]", "%", "..."}
_OPENING = {"(", "["}


class Sentence(NamedTuple):
    """A text and its spans: `(start, end, label)` in code points; labels are PER, ORG, LOC, OTH."""

    text: str
    spans: frozenset[tuple[int, int, str]]
    source: str = ""

    @property
    def is_wikipedia(self) -> bool:
        """Whether the sentence comes from Wikipedia; GermEval's others come from news sites."""
        return "wikipedia.org" in self.source


def germeval(part: str) -> list[Sentence]:
    """GermEval 2014, outer labels; `part` is train, dev or test: by the hash of the page's address.

    Derivations and parts of words (`LOCderiv`, `ORGpart`) are no spans.
    """
    sentences = []
    for name in ("dev", "test-part-a"):
        for block in (GOLD / "germeval2014" / f"{name}.tsv").read_text(encoding="utf-8").split("\n\n"):
            lines = block.strip("\n").split("\n")
            if len(lines) > 1:
                source = lines[0].split("\t")[1]
                if _part_of(source) == part:
                    rows = [line.split("\t") for line in lines[1:]]
                    sentences.append(_joined([row[1] for row in rows], [row[2] for row in rows], source))
    return sentences


def uner_pud() -> list[Sentence]:
    """Universal NER's German PUD; to measure only."""
    sentences = []
    path = GOLD / "uner_pud" / "de_pud-ud-test.iob2"
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            sentences.append(_joined([row[1] for row in rows], [row[2] for row in rows], "uner_pud"))
    return sentences


def smartdata() -> list[Sentence]:
    """DFKI SmartData's news and feeds (no tweets), as whole documents: PER, ORG and LOC.

    Not all are labelled, and organisations and places follow other guidelines than GermEval. Those that are parts of
    words (`US-Präsident`) are left out, and places that end as adjectives do: `Berliner`, but `Hannover` as well.
    """
    documents: list[Sentence] = []
    for name in ("v1_train", "v1_test"):
        text = gzip.decompress((GOLD / "smartdata" / f"{name}.json.gz").read_bytes()).decode("utf-8")
        records = (record for record in _json_values(text) if record["refids"]["map"]["source"] != "tweet")
        documents += map(_smartdata_document, records)
    return documents


def _part_of(source: str) -> str:
    number = int.from_bytes(hashlib.sha256(source.encode()).digest()[:4], "big") % 100
    return "test" if number < TEST_SHARE else "dev" if number < TEST_SHARE + DEV_SHARE else "train"


def _joined(words: Sequence[str], tags: Sequence[str], source: str) -> Sentence:
    text = ""
    spans: list[tuple[int, int, str]] = []
    glue = True
    for word, tag in zip(words, tags, strict=True):
        if not (glue or word in _CLOSING):
            text += " "
        start, text = len(text), text + word
        if tag.startswith("I-") and spans and spans[-1][2] == tag[2:]:
            spans[-1] = (spans[-1][0], len(text), tag[2:])
        elif tag[:2] in {"B-", "I-"}:
            spans.append((start, len(text), tag[2:]))
        glue = word in _OPENING
    return Sentence(text, frozenset(span for span in spans if len(span[2]) == 3), source)


def _json_values(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        else:
            value, at = decoder.raw_decode(text, at)
            yield value


def _smartdata_document(record: dict[str, Any]) -> Sentence:
    text = record["text"]["string"]
    spans: set[tuple[int, int, str]] = set()
    mentions = [mention for mention in record["conceptMentions"]["array"] if mention["type"] in _KINDS]
    # Persons come first: what overlaps them is left out.
    for mention in sorted(mentions, key=lambda mention: mention["type"] != "person"):
        label = _KINDS[mention["type"]]
        start, end = mention["span"]["start"], mention["span"]["end"]
        if label == "PER" and (title := _TITLES.match(text[start:end])):
            start += title.end()
        while end > start and text[end - 1] in " \r\n,.":
            end -= 1
        is_name = text[start:end].strip() and _begins_name(text[start], label)
        if is_name and (
            label == "PER" or (_is_whole(text, start, end, label) and _is_apart(start, end, spans))
        ):
            spans.add((start, end, label))
    return Sentence(text, frozenset(spans), record["id"])


def _begins_name(letter: str, label: str) -> bool:
    return letter.isupper() or (label == "ORG" and letter.isdigit())  # `1. FC Köln`


def _is_whole(text: str, start: int, end: int, label: str) -> bool:
    """Whether a mention is a name by itself, no part of a word, and no place that ends as an adjective does."""
    if label == "LOC" and _ADJECTIVE.search(text[start:end]):
        return False
    return {*text[max(0, start - 1) : start]} <= _BORDER_BEFORE and {*text[end : end + 1]} <= _BORDER_AFTER


def _is_apart(start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> bool:
    return all(end <= first or last <= start for first, last, _ in spans)
