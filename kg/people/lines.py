"""The line of the dump on which an offset of a text stands, for many offsets of one text."""

from __future__ import annotations

from bisect import bisect_right

from kg.texts import Text


class Lines:
    """The lines of one text, each looked up in logarithmic time once the line breaks are known."""

    def __init__(self, text: Text) -> None:
        self._starts: list[int] = []
        self._lines: list[int] = []
        base = 0
        for passage in text.passages:
            for line, text_of_line in enumerate(passage.text.split("\n"), start=passage.first_line):
                self._starts.append(base)
                self._lines.append(line)
                base += len(text_of_line) + 1
            base += 1

    def at(self, offset: int) -> int:
        """The line that holds the code point at `offset`."""
        return self._lines[bisect_right(self._starts, offset) - 1]
