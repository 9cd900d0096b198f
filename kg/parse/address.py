"""What a file says of its own address: its name and its `URI:` line (DUMP-FORMAT, section 4)."""

from __future__ import annotations

import re

from kg.model import Selector
from kg.parse.selector import parse_selector

_MARKED = re.compile(r"(?:.*[\W_])?(?:!|%21)([tap]?[0-9]+)(?:\.[A-Za-z]\w*)*", re.DOTALL)
# Bare digits are a number of the paper only where they can be nothing else: no counter (00017), no date (20240115).
_BARE = re.compile(r"([1-9][0-9]{4,6})(?:\.[A-Za-z]\w*)*")


def own_selector(path: str, address: str) -> Selector | None:
    """Read what a page is from its `URI:` line or, where that is empty, from its file's name; None if neither says.

    Digits alone in a name count where there are five to seven and no leading zero: `2024.txt` is a year,
    `20240115.txt` a day.
    """
    if address:
        # The second page of a list is still a page of that list.
        own = parse_selector(re.sub(r"[?&]search_page=[0-9]*", "", address))
        if own.number is not None:
            return own
    return _selector_from_name(path)


def _selector_from_name(path: str) -> Selector | None:
    name = path.rpartition("/")[2]
    found = _MARKED.fullmatch(name) or _BARE.fullmatch(name)
    return parse_selector("/!" + found[1]) if found else None
