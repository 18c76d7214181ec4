"""Which words of one side of a yes-or-no disagreement decide it: what both sides speak of, and what denies it. Pure."""

from collections.abc import Iterable

from services.contracts.base import Span
from services.language.calendar import WEEKDAYS
from services.language.negation import NEAR_NEGATIONS, NEGATIONS
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_claim_words, list_words

_SHORTEST = 3
"""Letters of a word that is compared."""
_WITHOUT_MEANING = frozenset((*STOP_WORDS, *NEGATIONS, *WEEKDAYS))
"""That both sides name a day says little of what they dispute."""


def topic_stems(texts: Iterable[str]) -> frozenset[str]:
    """What the words of these texts have in common with other forms of them; not of words without meaning."""
    return frozenset(base_stem(word) for text in texts for word in list_words(text) if _has_meaning(word))


def deciding_spans(text: str, opposing: frozenset[str], cue: str | None) -> tuple[Span, ...]:
    """Where the deciding words stand; runs of them, parted by spaces alone, are one span.

    Args:
        text: Of one side.
        opposing: The stems of the other sides (`topic_stems`).
        cue: The word by which this side denies, as the outlet writes it; None: it does not deny.
    """
    denying = frozenset(word.casefold() for word in list_words(cue or ""))
    spans: list[Span] = []
    decides = False
    for found in find_claim_words(text):
        word = found.group()
        is_topic = word.casefold() in denying or (_has_meaning(word) and base_stem(word) in opposing)
        if not (is_topic or _negates(word)):
            continue
        decides |= is_topic
        start = _start_of_verb(text, found.start()) if _is_contracted(word) else found.start()
        if spans and not text[spans[-1].end : start].strip():
            spans[-1] = Span(start=spans[-1].start, end=found.end())
        else:
            spans.append(Span(start=start, end=found.end()))
    # A "not" decides nothing where the sides have no word in common: it may belong to anything.
    return tuple(spans) if decides else ()


def _negates(word: str) -> bool:
    plain = word.casefold()
    return plain in NEGATIONS or plain in NEAR_NEGATIONS or _is_contracted(word)


def _is_contracted(word: str) -> bool:
    return word.casefold().replace("\u2019", "'").endswith("n't")


def _start_of_verb(text: str, end: int) -> int:
    """Where the verb begins that "n't" stands behind: a reader sees one word."""
    while end > 0 and text[end - 1].isalpha():
        end -= 1
    return end


def _has_meaning(word: str) -> bool:
    plain = word.casefold()
    return len(plain) >= _SHORTEST and plain not in _WITHOUT_MEANING
