"""Whether two figures of one kind count the same thing of the same occasion."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.distinct_things import count_different_things
from services.dedupe.merging.figures.mention import Mention, claim_cosine
from services.dedupe.merging.figures.verdicts import MEANING, are_equal, are_incomparable, compare, have_one_count
from services.dedupe.signals.names import name_words

EQUAL_NEEDS = 0.3
"""Cosine of two claims with one number from which they can count one thing."""
UNLIKELY_BY_CHANCE = 10
"""From here on two equal counts of one thing are hardly equal by chance, however they are worded."""
ONE_COUNT = 0.45
"""Cosine from which differing figures share a row if an event has one count of the thing: its dead, its troops."""
SOME_SHARED = 0.2
"""Share of content words, weighted by rarity, that is enough instead."""
SHARED = 0.5
"""Share of content words that all other things need, beside a cosine of `MEANING`."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """Rarity of words inside one event: ln((claims + 1) / claims that have the word)."""

    claims: int
    having: Counter[str]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> Self:
        """RowKey over the event's claims."""
        return cls(len(reports), Counter(token for one in reports for token in one.content))

    def weight(self, words: frozenset[str]) -> float:
        """Sum the rarity of words; the sum is exact, so their order does not matter."""
        return math.fsum(math.log((self.claims + 1) / max(self.having[word], 1)) for word in words)

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return the share of the lighter set's weight that both sets have, in [0, 1]."""
        lighter = min(self.weight(one), self.weight(other))
        return self.weight(one & other) / lighter if lighter > 0 else 0.0


def same_thing(one: Mention, other: Mention, rarity: Rarity, *, several_names: bool) -> bool:
    """Whether two figures of one noun and unit belong in one row.

    Args:
        one: A figure.
        other: Another.
        rarity: Of words in the event.
        several_names: Whether the event has such things under several names: a figure without one could be of any.
    """
    if count_different_things(one, other):
        return False
    similarity = claim_cosine(one, other)
    if one.thing.is_measured:
        return _same_measure(one, other, rarity, similarity)
    if are_equal(one.quantity, other.quantity):
        return similarity >= EQUAL_NEEDS or (have_one_count(one, other) and one.quantity.value >= UNLIKELY_BY_CHANCE)
    of_any_name = several_names and bool(one.thing.names) != bool(other.thing.names)
    if of_any_name or are_incomparable(one, other) or not (_is_increment(one, other) or compare(one, other)):
        return False
    shared = rarity.shared(one.context.content, other.context.content)
    if have_one_count(one, other) and not _has_unshared_place(one, other):
        return similarity >= ONE_COUNT or shared >= SOME_SHARED
    return similarity >= MEANING and shared >= SHARED


def _same_measure(one: Mention, other: Mention, rarity: Rarity, similarity: float) -> bool:
    """Whether two amounts are of one thing: in one merged claim, or said of the same.

    Those that differ need the same verb and similar words as well.
    """
    if one.group.claim_id == other.group.claim_id and are_equal(one.quantity, other.quantity):
        return one.report.key != other.report.key
    if one.thing.of.isdisjoint(other.thing.of) or one.quantity.change is not other.quantity.change:
        return False
    if are_equal(one.quantity, other.quantity):
        return similarity >= EQUAL_NEEDS
    if one.thing.noun != other.thing.noun or one.context.outlook is not other.context.outlook:
        return False  # what was expected to cost 3 billion may cost 6
    if are_incomparable(one, other):
        return False
    return similarity >= MEANING and rarity.shared(one.context.content, other.context.content) >= SHARED


def _is_increment(one: Mention, other: Mention) -> bool:
    return one.quantity.increment or other.quantity.increment


def _has_unshared_place(one: Mention, other: Mention) -> bool:
    """Whether one is given for a place that the other's article does not name."""
    for mention, report in ((one, other.report), (other, one.report)):
        text = _as_names(report.article.text)
        if any(" ".join(place) not in text for place in mention.context.places):
            return True
    return False


@lru_cache(maxsize=256)
def _as_names(text: str) -> str:
    """A text in the form in which names of places are compared: "U.S." is "u s"."""
    return " ".join(name_words(text))
