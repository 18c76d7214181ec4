"""Words and marks of a sentence."""

import re
from typing import NamedTuple

from services.language.ranges import Range

WORD = "word"
MARK = "mark"

# A word keeps its inner apostrophes, hyphens and dots (U.S., Jong-kyu, it's); U+0300.. are combining accents.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[\w\u0300-\u036f]+(?:['.&-][\w\u0300-\u036f]+)*(?:(?<=s)'(?= ))?"
    r"|[^\w\s]"
)


class Token(NamedTuple):
    """One word or mark."""

    start: int
    end: int
    text: str
    lower: str
    kind: str

    @property
    def capitalised(self) -> bool:
        """Whether it is a word that starts in upper case."""
        return self.kind == WORD and self.text[0].isupper()


def tokenise(text: str, area: Range) -> list[Token]:
    """Words and marks of `text` in `area`."""
    # Not by way of Token(…): the call would cost more than all else here.
    make = tuple.__new__
    tokens = []
    for match in _TOKEN.finditer(text, area.start, area.end):
        word = match.group()
        kind = WORD if word[0].isalnum() else MARK
        tokens.append(make(Token, (match.start(), match.end(), word, word.lower(), kind)))
    return tokens
