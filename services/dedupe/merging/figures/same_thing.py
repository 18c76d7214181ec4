"""Whether two figures of one kind count the same thing of the same occasion."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.distinct_things import are_about_different_things
from services.dedupe.merging.figures.figure_mention import FigureMention, claim_cosine
from services.dedupe.merging.figures.verdicts import (
    MEANING,
    are_equal_amounts,
    are_incomparable,
    compare_mentions,
    have_one_event_count,
)
from services.dedupe.signals.name_matching import split_name_words

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
class WordRarity:
    """Rarity of words inside one event: ln((claims + 1) / claims that have the word)."""

    claims: int
    having: Counter[str]

    @classmethod
    def from_reports(cls, reports: Sequence[Report]) -> Self:
        """Count in how many of the event's claims each word stands."""
        return cls(len(reports), Counter(token for one in reports for token in one.content_stems))

    def total_rarity(self, words: frozenset[str]) -> float:
        """Sum the rarity of words; the sum is exact, so their order does not matter."""
        return math.fsum(math.log((self.claims + 1) / max(self.having[word], 1)) for word in words)

    def overlap_share(self, words: frozenset[str], other_words: frozenset[str]) -> float:
        """Return the share of the lighter set's weight that both sets have, in [0, 1]."""
        lighter = min(self.total_rarity(words), self.total_rarity(other_words))
        return self.total_rarity(words & other_words) / lighter if lighter > 0 else 0.0


def belong_in_one_row(
    mention: FigureMention, other_mention: FigureMention, rarity: WordRarity, *, several_names: bool
) -> bool:
    """Whether two figures of one noun and unit belong in one row.

    Args:
        mention: A figure.
        other_mention: Another.
        rarity: Of words in the event.
        several_names: Whether the event has such things under several names: a figure without one could be of any.
    """
    if are_about_different_things(mention, other_mention):
        return False
    similarity = claim_cosine(mention, other_mention)
    if mention.thing.is_measured:
        return _measure_same_thing(mention, other_mention, rarity, similarity)
    if are_equal_amounts(mention.quantity, other_mention.quantity):
        return similarity >= EQUAL_NEEDS or (
            have_one_event_count(mention, other_mention) and mention.quantity.value >= UNLIKELY_BY_CHANCE
        )
    of_any_name = several_names and bool(mention.thing.names) != bool(other_mention.thing.names)
    if (
        of_any_name
        or are_incomparable(mention, other_mention)
        or not (_has_increment(mention, other_mention) or compare_mentions(mention, other_mention))
    ):
        return False
    shared = rarity.overlap_share(mention.context.content, other_mention.context.content)
    if have_one_event_count(mention, other_mention) and not _has_unshared_place(mention, other_mention):
        return similarity >= ONE_COUNT or shared >= SOME_SHARED
    return similarity >= MEANING and shared >= SHARED


def _measure_same_thing(
    mention: FigureMention, other_mention: FigureMention, rarity: WordRarity, similarity: float
) -> bool:
    """Whether two amounts are of one thing: in one merged claim, or said of the same.

    Those that differ need the same verb and similar words as well.
    """
    if mention.group.claim_id == other_mention.group.claim_id and are_equal_amounts(
        mention.quantity, other_mention.quantity
    ):
        return mention.report.key != other_mention.report.key
    if (
        mention.thing.of.isdisjoint(other_mention.thing.of)
        or mention.quantity.change is not other_mention.quantity.change
    ):
        return False
    if are_equal_amounts(mention.quantity, other_mention.quantity):
        return similarity >= EQUAL_NEEDS
    if mention.thing.noun != other_mention.thing.noun or mention.context.outlook is not other_mention.context.outlook:
        return False  # what was expected to cost 3 billion may cost 6
    if are_incomparable(mention, other_mention):
        return False
    return (
        similarity >= MEANING and rarity.overlap_share(mention.context.content, other_mention.context.content) >= SHARED
    )


def _has_increment(mention: FigureMention, other_mention: FigureMention) -> bool:
    return mention.quantity.increment or other_mention.quantity.increment


def _has_unshared_place(first_mention: FigureMention, second_mention: FigureMention) -> bool:
    """Whether one is given for a place that the other's article does not name."""
    for mention, report in ((first_mention, second_mention.report), (second_mention, first_mention.report)):
        text = _normalise_place_names(report.article.text)
        if any(" ".join(place) not in text for place in mention.context.places):
            return True
    return False


@lru_cache(maxsize=256)
def _normalise_place_names(text: str) -> str:
    """A text in the form in which names of places are compared: "U.S." is "u s"."""
    return " ".join(split_name_words(text))
