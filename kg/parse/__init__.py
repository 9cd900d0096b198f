"""A rendering of a page becomes a record, and every line of it gets one role (DUMP-FORMAT)."""

from kg.parse.headline import split_headline
from kg.parse.page import Parsed, parse_page, roles
from kg.parse.selector import parse_selector

__all__ = [
    "Parsed",
    "parse_page",
    "parse_selector",
    "roles",
    "split_headline",
]
