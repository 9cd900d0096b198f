"""Make the recogniser's table of Brown clusters (kg/people/recognizer/data/clusters.npz).

    pip install spacy-lookups-data==1.0.5 numpy && python training/clusters.py

The German tables of spacy-lookups-data (MIT, https://github.com/explosion/spacy-lookups-data): a cluster and a
log-probability for each of a million words. Kept are words with a cluster that are not among the rarest; long words
in capitals are left out, since they are looked up as if they were not.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from kg.people.recognizer.clusters import FILE, KINDS
from kg.people.recognizer.lexicon import cities, family_names, first_names, territories
from training.npz import write_npz

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "kg" / "people" / "recognizer" / "data" / FILE
RAREST = -17.7
"""Words of a lower log-probability are left out: the list ends with half a million that were seen once or twice."""
PURE = 0.08
"""Share of a cluster's words that a lexicon must hold for the cluster to count as one of such names."""


def main() -> None:
    """Write the table."""
    words = {
        word: path
        for word, path in _table("cluster").items()
        if path and not (len(word) > 5 and word.isupper())
    }
    chances = _table("prob")
    words = {word: path for word, path in words.items() if chances[word] > RAREST}
    paths = sorted(set(words.values()))
    index = {path: number for number, path in enumerate(paths)}
    rows = {}
    for word in sorted(
        words, key=lambda word: (chances[word], word)
    ):  # the more frequent of two with one checksum wins
        rarity = min(15, max(0, round((-chances[word] - 8) * 1.5)))
        rows[crc32(word.encode())] = (index[words[word]], rarity)
    sums = np.array(sorted(rows), dtype=np.uint32)
    delta = np.diff(sums, prepend=np.uint32(0))
    if delta.max() >= 1 << 24:
        raise ValueError("the table is too small: two neighbouring checksums differ by more than three bytes")
    arrays = {f"delta{byte}": (delta >> (8 * byte)).astype(np.uint8) for byte in range(3)}
    arrays["word_cluster"] = np.array([rows[number][0] for number in sums.tolist()], dtype=np.uint16)
    arrays["word_rarity"] = np.array([rows[number][1] for number in sums.tolist()], dtype=np.uint8)
    arrays["paths"] = np.array(paths, dtype=np.uint32)
    arrays["kinds"] = np.array(_kinds(words, index), dtype=np.uint8)
    write_npz(TARGET, arrays)
    print(f"{len(sums)} words in {len(paths)} clusters, {TARGET.stat().st_size} bytes")


def _table(name: str) -> dict[str, Any]:
    packed = files("spacy_lookups_data").joinpath(f"data/de_lexeme_{name}.json.gz").read_bytes()
    table: dict[str, Any] = json.loads(gzip.decompress(packed))
    return table


def _kinds(words: dict[str, int], index: dict[int, int]) -> list[int]:
    sizes: Counter[int] = Counter()
    holds = [Counter[int]() for _ in KINDS]
    lexicons = (first_names(), family_names(), cities() | territories())
    for word, path in words.items():
        sizes[index[path]] += 1
        for held, lexicon in zip(holds, lexicons, strict=True):
            held[index[path]] += word in lexicon
    shares = [[held[number] / sizes[number] for held in holds] for number in range(len(index))]
    return [1 + share.index(max(share)) if max(share) > PURE else 0 for share in shares]


if __name__ == "__main__":
    main()
