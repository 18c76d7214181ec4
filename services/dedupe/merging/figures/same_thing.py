"""Whether two figures of one kind count the same thing of the same occasion."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.distinct_things import different
from services.dedupe.merging.figures.mention import Mention, cosine
from services.dedupe.merging.figures.verdicts import MEANING, compare, equal, incomparable, one_count
from services.dedupe.signals.names import name_words

EQUAL_NEEDS = 0.3
"""Cosine of two claims with one number from which they can count one thing."""
TELLING = 10
"""From here on two equal counts of one thing are hardly equal by chance, however they are worded."""
ONE_COUNT = 0.45
"""Cosine, for what an event has one count of: its dead, its troops."""
SOME_SHARED = 0.2
"""Share of content words by rarity that does as well, for the same."""
SHARED = 0.5
"""The share that all other things need, with a cosine of `MEANING`."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much words tell inside one event: ln((claims + 1) / claims that have the word)."""

    claims: int
    having: Counter[str]

    @classmethod
    def of(cls, reports: Sequence[Report]) -> Self:
        """Counted over the event's claims."""
        return cls(len(reports), Counter(token for one in reports for token in one.content))

    def weight(self, words: frozenset[str]) -> float:
        """Sum over words; exact, so their order does not matter."""
        return math.fsum(math.log((self.claims + 1) / max(self.having[word], 1)) for word in words)

    def shared(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Share of the lighter set's weight that both have, in [0, 1]."""
        lighter = min(self.weight(one), self.weight(other))
        return self.weight(one & other) / lighter if lighter > 0 else 0.0


def same_thing(one: Mention, other: Mention, rarity: Rarity, *, named_apart: bool) -> bool:
    """Whether two figures of one noun and unit belong in one row.

    Args:
        one: A figure.
        other: Another.
        rarity: Of words in the event.
        named_apart: Whether the event has such things of several names: a figure without a name could be of any.
    """
    if different(one, other):
        return False
    near = cosine(one, other)
    if one.thing.is_measured:
        return _one_measure(one, other, rarity, near)
    if equal(one.quantity, other.quantity):
        return near >= EQUAL_NEEDS or (one_count(one, other) and one.quantity.value >= TELLING)
    of_any_name = named_apart and bool(one.thing.names) != bool(other.thing.names)
    if of_any_name or incomparable(one, other) or not (_adds(one, other) or compare(one, other)):
        return False
    shared = rarity.shared(one.clause.content, other.clause.content)
    if one_count(one, other) and not _placed_alone(one, other):
        return near >= ONE_COUNT or shared >= SOME_SHARED
    return near >= MEANING and shared >= SHARED


def _one_measure(one: Mention, other: Mention, rarity: Rarity, near: float) -> bool:
    """Whether two amounts are of one thing: in one merged claim, or said of the same.

    Those that differ need the same verb and like words as well.
    """
    if one.group.claim_id == other.group.claim_id and equal(one.quantity, other.quantity):
        return one.report.key != other.report.key
    if one.thing.of.isdisjoint(other.thing.of) or one.quantity.change is not other.quantity.change:
        return False
    if equal(one.quantity, other.quantity):
        return near >= EQUAL_NEEDS
    if one.thing.noun != other.thing.noun or incomparable(one, other):
        return False
    return near >= MEANING and rarity.shared(one.clause.content, other.clause.content) >= SHARED


def _adds(one: Mention, other: Mention) -> bool:
    return one.quantity.increment or other.quantity.increment


def _placed_alone(one: Mention, other: Mention) -> bool:
    """Whether one is told for a place that the other's article does not name."""
    for mention, report in ((one, other.report), (other, one.report)):
        text = _as_names(report.article.text)
        if any(" ".join(place) not in text for place in mention.clause.places):
            return True
    return False


@lru_cache(maxsize=256)
def _as_names(text: str) -> str:
    """A text written as the names of places are compared: "U.S." is "u s"."""
    return " ".join(name_words(text))
