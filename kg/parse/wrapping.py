"""Where paragraphs end when the blank lines between them were lost."""

from __future__ import annotations

import re

from kg.parse.marks import BLOCK, CHROME, CUT, ROW, WIDTH

_GENDERED = re.compile(r"\w[:*_](?:in|inne|innen|r)\b|\wInnen\b")
_ENDS_SENTENCE = (".", "!", "?", "“", '"', "”", ":", "…", "«", "»", ")")
_SOFT_HYPHENS_OF_A_WORD = 8


def fits(line: str, following: str, width: int = WIDTH) -> bool:
    """Tell whether the first word of `following` would still have fitted into `line`.

    Greedy wrapping never leaves such a line inside a paragraph. Soft hyphens count, so hand over the lines as they
    stand in the file.
    """
    return len(line) + 1 + len(following.split(" ", 1)[0]) <= width


def ends_block(line: str, following: str) -> bool:
    """Tell whether a paragraph ends between two adjacent lines of prose.

    The soft hyphens of gendered words count for wrapping and may be lost since; so a sentence that goes on after
    such a word may break earlier than it must.
    """
    if line.endswith(CUT) or not fits(line, following):
        return False
    if line.endswith(_ENDS_SENTENCE):
        return True
    gendered = len(_GENDERED.findall(line)) + bool(_GENDERED.match(following.split(" ", 1)[0]))
    return fits(line, following, WIDTH - gendered * _SOFT_HYPHENS_OF_A_WORD)


def mark_blocks(lines: list[str]) -> None:
    """Mark in place where blocks begin, in lines of the common form that know no blank ones.

    Rows and headings part blocks by themselves and stay unmarked.
    """
    unmarked = (ROW, CHROME, "# ", "## ", ">")
    before = ""
    for index, line in enumerate(lines):
        if (
            before
            and line
            and not line.startswith(unmarked)
            and not before.startswith((ROW, CHROME))
            and _begins_block(before, line)
        ):
            lines[index] = BLOCK + line
        before = line


def _begins_block(before: str, line: str) -> bool:
    if before.startswith((">", "# ")):
        return True
    return before != "##" and ends_block(before, line)
