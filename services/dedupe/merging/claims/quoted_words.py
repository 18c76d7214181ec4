"""Words of claims as they are compared: their stems, and where they stand."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from services.contracts.base import Span
from services.dedupe.merging.vetoes.lexicon import load_lexicon
from services.language.negation import NEGATIONS, count_negations
from services.language.stems import base_stem, short_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_words

FEWEST_SAID = 4
"""Words that show by themselves that two quotations are one; shorter fragments occur by chance."""
_WITHOUT_MEANING = frozenset(map(short_stem, STOP_WORDS | NEGATIONS))


class QuotedWord(NamedTuple):
    """A word between quotation marks.

    Attributes:
        stem: The stem by which it is compared (`short_stem`).
        start, end: Where it stands in the article's text.
        quotation: Number of the claim's quotation in which it stands, from 0.
    """

    stem: str
    start: int
    end: int
    quotation: int


def stem_words(text: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [short_stem(word.group()) for word in find_words(text)]


def find_quoted_words(text: str, quoted_spans: Sequence[Span]) -> tuple[QuotedWord, ...]:
    """Return the words of `text` inside the spans `quoted_spans`."""
    return tuple(
        QuotedWord(short_stem(word.group()), word.start(), word.end(), number)
        for number, span in enumerate(quoted_spans)
        for word in find_words(text, span.start, span.end)
    )


@lru_cache(maxsize=16_384)
def carries_meaning(stem: str) -> bool:
    """Whether a word, given as `short_stem`, says something by itself; "I'm", "should" and "don't" do not."""
    if stem in _WITHOUT_MEANING or count_negations((stem,)):
        return False
    return base_stem(stem.partition("'")[0]) not in load_lexicon().stop
