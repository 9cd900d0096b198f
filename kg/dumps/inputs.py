"""All that a build is given to read, here or behind URLs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.dumps.discovery import scan
from kg.dumps.records import File, PassedOver, Refused
from kg.dumps.remote import scan_remote
from kg.errors import NothingReadError
from kg.places import is_remote


def scan_all(
    inputs: Sequence[str], *, exclude: Path, exclude_url: str | None = None
) -> Iterator[File | PassedOver | Refused]:
    """All files of paths, as `scan` gives them, then those of URLs; beside others, a URL is a folder of its address.

    What lies in the folder `exclude` or below `exclude_url` is never read.

    Raises `NothingReadError` where an input fails as a whole: an `OSError` would be taken for one of the output.
    """
    try:
        yield from scan([Path(one) for one in inputs if not is_remote(one)], exclude=exclude)
        for url in sorted({one for one in inputs if is_remote(one)}):
            folder = f"{url.partition('://')[2].strip('/')}/" if len(inputs) > 1 else ""
            for file in scan_remote(url, exclude=exclude_url):
                yield msgspec.structs.replace(file, path=folder + file.path)
    except OSError as error:
        where = error.filename or ", ".join(inputs)
        raise NothingReadError(f"cannot read {where}: {error.strerror or error}") from error
