"""The texts of an article or stub that an offset can point into, each with the lines it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.model import Article, Part, Passage, Stub


class Text(NamedTuple):
    """One text: passages parted by an empty line. `image` numbers captions from 0 and is None for all others."""

    part: Part
    image: int | None
    passages: tuple[Passage, ...]

    @property
    def plain(self) -> str:
        """The text as it is read."""
        return "\n\n".join([passage.plain for passage in self.passages])


def texts_of(node: Article | Stub) -> Iterator[Text]:
    """Headline, teaser, captions and body, as far as they are there, in this order."""
    if node.headline is not None and node.headline_line is not None:
        yield Text(Part.HEADLINE, None, (Passage(node.headline, node.headline_line),))
    if node.teaser is not None:
        yield Text(Part.ABSTRACT, None, (node.teaser,))
    if isinstance(node, Article):
        for index, image in enumerate(node.images):
            yield Text(Part.CAPTION, index, (image.caption,))
        yield Text(Part.BODY, None, tuple(block.passage for block in node.body))


def plain_texts(node: Article | Stub) -> Mapping[tuple[Part, int | None], str]:
    """The same as plain strings, by part and image."""
    return {(text.part, text.image): text.plain for text in texts_of(node)}
