"""Words of claims for comparing them: their stems, and where they stand."""

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.base import Span
from services.language.stems import short_stem
from services.language.tokens import find_words


class Word(NamedTuple):
    """A word between quote marks.

    Attributes:
        stem: What it is compared by (`short_stem`).
        start, end: Where it stands in the article's text.
        quotation: Which of the claim's quotations it stands in, from 0 on.
    """

    stem: str
    start: int
    end: int
    quotation: int


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [short_stem(found.group()) for found in find_words(text)]


def quoted_words(text: str, quoted: Sequence[Span]) -> tuple[Word, ...]:
    """The words of `text` in the spans `quoted`."""
    return tuple(
        Word(short_stem(found.group()), found.start(), found.end(), number)
        for number, span in enumerate(quoted)
        for found in find_words(text, span.start, span.end)
    )
