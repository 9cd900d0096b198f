"""One message for all the ways in which libraries say that what lies between the steps of a build is damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import zstandard

from kg.errors import UNDECODABLE, OutputError


@contextmanager
def telling_damage() -> Iterator[None]:
    """Raise `OutputError`, with the cure, where what is decoded is not what was written."""
    try:
        yield
    except (zstandard.ZstdError, *UNDECODABLE) as error:
        raise OutputError(f"what earlier builds left is damaged ({error}); build with --full") from error
