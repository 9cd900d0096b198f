"""All that workers of a build need, loaded by importing this: once, in the process that they are copies of."""

from __future__ import annotations

import gc
from typing import Final

from kg import assembly, reading, reducing, shard_writing, whole_writing
from kg.people.recognizer import Recognizer

LOADED: Final = (assembly, reading, reducing, shard_writing, whole_writing, Recognizer.load())

gc.collect()
gc.freeze()  # so that looking for cycles does not copy what all of them share
