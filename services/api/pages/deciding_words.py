"""Which words decide a yes-or-no disagreement: what one side negates and the other does not, and what denies. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.contracts.base import Span
from services.language.calendar import WEEKDAYS
from services.language.negation import NEAR_NEGATIONS, NEGATIONS
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import find_claim_words, list_words

_SHORTEST = 3
"""Letters of a word that is compared."""
_REACH = 3
"""Words after a negation in which what it negates stands: "not fully closed"."""
_WITHOUT_MEANING = frozenset((*STOP_WORDS, *NEGATIONS, *WEEKDAYS))
"""That both sides name a day says little of what they dispute."""
_OF_A_VERB = frozenset(("not", "never", "cannot")) | NEAR_NEGATIONS
""" "No ship left" negates all that follows, and no word of it more than another."""


@dataclass(frozen=True)
class Said:
    """What texts say, in stems."""

    affirmed: frozenset[str] = frozenset()
    negated: frozenset[str] = frozenset()

    def __or__(self, other: "Said") -> "Said":
        """What both say."""
        return Said(self.affirmed | other.affirmed, self.negated | other.negated)


NOTHING_SAID = Said()


def said_in(texts: Iterable[str]) -> Said:
    """What these texts affirm and negate."""
    affirmed: set[str] = set()
    negated: set[str] = set()
    for text in texts:
        for word in _words(text):
            (negated if word.negation is not None else affirmed).add(word.stem)
    return Said(frozenset(affirmed), frozenset(negated))


def deciding_spans(text: str, opposing: Said, cue: str | None) -> tuple[Span, ...]:
    """Where the words stand that one side negates and the other affirms, and the word that denies.

    None where both sides only share words: those are not what they dispute.

    Args:
        text: Of one side.
        opposing: What the other sides say.
        cue: The word by which this side denies, as the outlet writes it; None: it does not deny.
    """
    denying = frozenset(word.casefold() for word in list_words(cue or ""))
    spans = [
        Span(start=found.start(), end=found.end())
        for found in find_claim_words(text)
        if found.group().casefold() in denying
    ]
    for word in _words(text):
        if word.negation is None and word.stem in opposing.negated:
            spans.append(word.span)
        elif word.negation is not None and word.stem in opposing.affirmed:
            spans.append(Span(start=word.negation, end=word.span.end))
    return tuple(_joined(text, sorted(spans, key=lambda span: (span.start, span.end))))


@dataclass(frozen=True)
class _Word:
    """A word with meaning."""

    stem: str
    span: Span
    negation: int | None
    """Where the negation before it begins; None: nothing negates it."""


def _words(text: str) -> Iterator[_Word]:
    """The words with meaning; a negation counts for the ones right behind it, up to a comma."""
    negation: int | None = None
    left = 0
    end = 0
    for found in find_claim_words(text):
        word = found.group()
        if left == 0 or re.search(r"[^\w\s'’-]", text[end : found.start()]):
            negation = None
        left, end = left - 1, found.end()
        if _negates(word):
            negation = _start_of_verb(text, found.start()) if _is_contracted(word) else found.start()
            left = _REACH
        elif _has_meaning(word):
            yield _Word(base_stem(word), Span(start=found.start(), end=found.end()), negation)


def _joined(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans parted by spaces alone, or that overlap, as one."""
    last: Span | None = None
    for span in spans:
        if last is not None and not text[last.end : span.start].strip():
            last = Span(start=last.start, end=max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _negates(word: str) -> bool:
    return word.casefold() in _OF_A_VERB or _is_contracted(word)


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
