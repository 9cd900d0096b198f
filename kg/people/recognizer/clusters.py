"""What half a million German words have in common: their Brown clusters, and how often they are written so.

Brown clusters (Brown et al. 1992) put words of like neighbours into one class, and the classes into a binary tree:
`Merkel`, `Scholz` and `Lawrow` share one. The table is made by `training/clusters.py` from the German tables of
spacy-lookups-data (MIT). It keeps no words, only their 32-bit checksums: one unknown word in eight thousand is
taken for a known one, which a statistical tagger does not notice, and the table is a third of the size.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np

FILE: Final = "clusters.npz"
"""Arrays: `delta0`, `delta1`, `delta2` (bytes of the differences between the sorted checksums, least first),
`word_cluster` (index of the cluster of each), `word_rarity` (0, frequent, to 15), `paths` (of each cluster, bit 0 is
the first branch of the tree), `kinds` (of each cluster: 0, or 1 + the index in `KINDS` of what its words are)."""

KINDS: Final = ("first", "family", "place")


class Usage(NamedTuple):
    """A word's cluster as a path in the tree, the kind of names that it holds, and the word's rarity (0 … 15)."""

    path: int
    kind: str | None
    rarity: int


class Clusters:
    """The table of words; `Clusters.load()` reads it once for the process."""

    def __init__(
        self, sums: array[int], clusters: bytes, rarities: bytes, usages: list[tuple[int, str | None]]
    ) -> None:
        self._sums = sums
        self._clusters = array("H", clusters)
        self._rarities = rarities
        self._usages = usages

    @staticmethod
    @cache
    def load() -> Clusters:
        """Read the table from the package."""
        packed = files("kg.people.recognizer").joinpath("data", FILE).read_bytes()
        with np.load(BytesIO(packed), allow_pickle=False) as table:
            delta = sum(table[f"delta{byte}"].astype(np.uint32) << (8 * byte) for byte in range(3))
            sums = array("I", np.cumsum(delta, dtype=np.uint32).tobytes())
            kinds = [KINDS[kind - 1] if kind else None for kind in table["kinds"].tolist()]
            return Clusters(
                sums,
                table["word_cluster"].astype(np.uint16).tobytes(),
                table["word_rarity"].tobytes(),
                list(zip(table["paths"].tolist(), kinds, strict=True)),
            )

    def usage(self, word: str) -> Usage | None:
        """How `word`, spelled exactly so, is used; None where the table does not know it."""
        checksum = crc32(word.encode("utf-8", "surrogatepass"))
        index = bisect_left(self._sums, checksum)
        if index == len(self._sums) or self._sums[index] != checksum:
            return None
        path, kind = self._usages[self._clusters[index]]
        return Usage(path, kind, self._rarities[index])
