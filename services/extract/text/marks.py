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
        if after in _CLOSES_BEFORE and shape not in "“«":
            return Side.CLOSES if shape in "”»" else Side.EITHER
        return Side.OPENS
    if after.isspace() and not before.isspace():
        return Side.CLOSES
    opens, closes = before in OPENS_AFTER, after in _CLOSES_BEFORE
    if opens != closes:
        return Side.OPENS if opens else Side.CLOSES
    if shape in "“«":
        return Side.OPENS
    if shape in "”»":
        return Side.CLOSES
    return Side.EITHER
