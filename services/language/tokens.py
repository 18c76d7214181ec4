"""Words and marks of a text, cut three ways: for reading, for counting words, for comparing claims."""

import re
from collections.abc import Iterator
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
# Numbers keep their stops and commas, words their apostrophe; hyphens part words.
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+|)|\d+(?:[.,]\d+)*")
# The same of a text without other letters, which most claims are: it takes half the time.
_ASCII_WORD = re.compile(r"[a-zA-Z]+(?:'[a-zA-Z]+|)|[0-9]+(?:[.,][0-9]+)*")
# "Didn't" is two words here, "U.S" one; a possessive 's is a word of its own.
_CLAIM_WORD = re.compile(r"n['’]t\b|[^\W\d_]+(?=n['’]t\b)|[^\W_]+(?:\.[^\W\d_])+|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)?")


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
    """Words and marks of `text` in `area`: what extract reads sentences by."""
    # Not by way of Token(…), nor of match objects: either would cost more than all else here. Between two words lies
    # white space alone, so that each is found where the pattern found it.
    make, find = tuple.__new__, text.find
    tokens = []
    end = area.start
    for word in _TOKEN.findall(text, area.start, area.end):
        start = find(word, end)
        end = start + len(word)
        tokens.append(make(Token, (start, end, word, word.lower(), WORD if word[0].isalnum() else MARK)))
    return tokens


def find_words(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Words and numbers of `text` from `start` to `end`, without marks: what texts are compared by."""
    return _WORD.finditer(text, start, len(text) if end is None else end)


def list_words(text: str) -> list[str]:
    """What `find_words` finds, for who needs no positions: much faster."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def find_claim_words(text: str) -> Iterator[re.Match[str]]:
    """Words and numbers of `text` with "n't" apart from its verb: what two claims are compared by, word by word."""
    return _CLAIM_WORD.finditer(text)
