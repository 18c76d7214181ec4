"""Which way a double quote mark looks: by its own shape where that says so, else by what it touches."""

from enum import Enum

from services.extract.text.document import Document
from services.language.ranges import Range

OPENS_AFTER = frozenset(" \n([{-–—/:;,'\"…")
"""What an opening mark may touch on its left."""
_CLOSES_BEFORE = frozenset(" \n)]}-–—/:;,.?!'\"…")


class Side(Enum):
    """What a mark can do."""

    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"
    """Whichever is wanted next."""


def side_of(document: Document, at: int, paragraph: Range) -> Side:
    """What the double mark at `at` can do.

    “…”, „…“, »…«, «…» and ”…” are all in use: a mark between a blank and a word looks at the word, whatever its shape.
    """
    text, shape = document.text, document.raw[at]
    before = text[at - 1] if at > paragraph.start else "\n"
    after = text[at + 1] if at + 1 < paragraph.end else "\n"
    if shape == "„":
        return Side.OPENS
    if before.isspace() and not after.isspace():
        if after not in _CLOSES_BEFORE or shape in "“«":
            return Side.OPENS
        return _by_shape(shape)
    if after.isspace() and not before.isspace():
        return Side.CLOSES
    opens, closes = before in OPENS_AFTER, after in _CLOSES_BEFORE
    if opens == closes:
        return _by_shape(shape)
    return Side.OPENS if opens else Side.CLOSES


def _by_shape(shape: str) -> Side:
    if shape in "“«":
        return Side.OPENS
    return Side.CLOSES if shape in "”»" else Side.EITHER
