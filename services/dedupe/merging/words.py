"""Words of claims for comparing them: stems, and those that carry no meaning."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from services.contracts.base import Span
from services.dedupe.signals.terms import words
from services.language.negation import NEGATIONS

STOP_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
    "his", "in", "is", "it", "its", "of", "on", "or", "our", "she", "that", "the", "their", "them", "they", "this",
    "to", "was", "we", "were", "which", "who", "will", "with", "would", "said", "say", "told",
))  # fmt: skip
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ENDINGS = ("ing", "ed", "e")
_SHORTEST_STEM = 4


class Word(NamedTuple):
    """A word between quote marks.

    Attributes:
        stem: What it is compared by (`stem`).
        start, end: Where it stands in the article's text.
        quotation: Which of the claim's quotations it stands in, from 0 on.
    """

    stem: str
    start: int
    end: int
    quotation: int


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(found.group()) for found in _WORD.finditer(text)]


def quoted_words(text: str, quoted: Sequence[Span]) -> tuple[Word, ...]:
    """The words of `text` in the spans `quoted`."""
    return tuple(
        Word(stem(found.group()), found.start(), found.end(), number)
        for number, span in enumerate(quoted)
        for found in _WORD.finditer(text, span.start, span.end)
    )


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without the endings of number and of verbs: "conform" for "conforming" and "conformed"."""
    plain = (words(word) or [word.casefold()])[0]
    if plain in NEGATIONS or plain in STOP_WORDS:
        return plain
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM:
            return plain.removesuffix(ending)
    return plain
