"""What a dump says becomes data, never markup: templates, JSON in a script, addresses, hashes for the policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_SURROGATE = re.compile("[\ud800-\udfff]")
# Bidirectional controls could show a name backwards, over its neighbours; control characters show nothing.
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

LONGEST_NAME = 300
"""Characters of a name or headline: no real one is longer, but a dump may say anything."""
LONGEST_TEXT = 2000


def templates() -> Environment:
    """The page's templates, in which every text that is not marked as `own` is escaped."""
    return Environment(
        loader=PackageLoader("kg.page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def json_for_html(value: Any) -> Markup:
    """Write `value` as JSON that can stand in `<script type="application/json">` and as a JavaScript literal."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return own(_SURROGATE.sub("\ufffd", text).translate(_ESCAPES))


def own(text: str) -> Markup:
    """Let the template take `text` as it is: only for files of this project and of pyvis, and for escaped JSON."""
    return Markup(text)  # noqa: S704 - the one place, and never for a text of the graph


def shown(text: str, most: int = LONGEST_NAME) -> str:
    """The text in one line, without characters that show nothing or turn the direction of what follows.

    Of a longer one the first `most` - 1 characters are left, and an ellipsis.
    """
    line = " ".join(_INVISIBLE.sub(" ", text).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def safe_url(url: str | None) -> str | None:
    """The address if it leads to the web (http or https, with a host), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def csp_hash(source: str) -> str:
    """The source expression that allows an inline element of exactly this text (CSP Level 3, section 2.3.1)."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() + "'"
