"""Whether two figures of one kind count the same thing of the same occasion."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from services.dedupe.merging.claims.prepared_claim import PreparedClaim
from services.dedupe.merging.figures.distinct_things import are_about_different_things
from services.dedupe.merging.figures.figure_mention import FigureMention, claim_cosine
from services.dedupe.merging.figures.near_counts import are_near_counts
from services.dedupe.merging.figures.nested_places import have_nested_places
from services.dedupe.merging.figures.verdicts import (
    MEANING,
    are_equal_amounts,
    are_of_single_count_per_event,
    cannot_be_same_thing,
    compare_mentions,
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
_ALWAYS, _NEVER = 0.0, 2.0
"""Shares of content words that any two have, and that no two have."""


@dataclass(frozen=True, slots=True)
class WordRarity:
    """Rarity of words inside one event: ln((claims + 1) / claims that have the word)."""

    claims: int
    having: Counter[str]

    @classmethod
    def from_claims(cls, claims: Sequence[PreparedClaim]) -> Self:
        """Count in how many of these claims each word stands."""
        return cls(len(claims), Counter(token for one in claims for token in one.content_stems))

    def total_rarity(self, words: frozenset[str]) -> float:
        """Sum the rarity of words; the sum is exact, so their order does not matter."""
        return math.fsum(math.log((self.claims + 1) / max(self.having[word], 1)) for word in words)

    def overlap_share(self, words: frozenset[str], other_words: frozenset[str]) -> float:
        """Return the share of the lighter set's weight that both sets have, in [0, 1]."""
        lighter = min(self.total_rarity(words), self.total_rarity(other_words))
        return self.total_rarity(words & other_words) / lighter if lighter > 0 else 0.0


def required_word_overlap(mention: FigureMention, other_mention: FigureMention, *, several_names: bool) -> float:
    """Find what share of the words of their sentences two figures of one kind must have in common to share a row.

    Args:
        mention: A figure.
        other_mention: Another, of the same noun and unit.
        several_names: Whether the event has such things under several names: a figure without one could be of any.

    Returns:
        A share as `WordRarity.overlap_share` gives it; 0: they are of one row anyway; more than 1: they are not.
    """
    if are_about_different_things(mention, other_mention):
        return _NEVER
    similarity = claim_cosine(mention, other_mention)
    if mention.thing.is_measured:
        return _find_required_overlap_of_amounts(mention, other_mention, similarity)
    if are_equal_amounts(mention.quantity, other_mention.quantity):
        return _find_required_overlap_of_equal_counts(mention, other_mention, similarity)
    of_any_name = several_names and bool(mention.thing.names) != bool(other_mention.thing.names)
    if (
        of_any_name
        or cannot_be_same_thing(mention, other_mention)
        or not (_has_increment(mention, other_mention) or compare_mentions(mention, other_mention))
    ):
        return _NEVER
    if are_of_single_count_per_event(mention, other_mention) and not _has_unshared_place(mention, other_mention):
        is_near = are_near_counts(mention.quantity, other_mention.quantity)
        return _ALWAYS if similarity >= ONE_COUNT or is_near else SOME_SHARED
    return SHARED if similarity >= MEANING else _NEVER


def _find_required_overlap_of_equal_counts(
    mention: FigureMention, other_mention: FigureMention, similarity: float
) -> float:
    if mention.says_no_number and other_mention.says_no_number:  # any two things are "thousands"
        is_alike = similarity >= MEANING and not _has_unshared_place(mention, other_mention)
        return SHARED if is_alike else _NEVER
    is_likely = similarity >= EQUAL_NEEDS or (
        are_of_single_count_per_event(mention, other_mention) and mention.quantity.value >= UNLIKELY_BY_CHANCE
    )
    return _ALWAYS if is_likely else _NEVER


def _find_required_overlap_of_amounts(mention: FigureMention, other_mention: FigureMention, similarity: float) -> float:
    """The same of two amounts: they are in one merged claim, or said of the same.

    Those that differ need the same verb and similar words as well.
    """
    is_equal = are_equal_amounts(mention.quantity, other_mention.quantity)
    if mention.claim_id == other_mention.claim_id and is_equal:
        return _ALWAYS if mention.report.key != other_mention.report.key else _NEVER
    if (
        mention.thing.of.isdisjoint(other_mention.thing.of)
        or mention.quantity.change is not other_mention.quantity.change
    ):
        return _NEVER
    if is_equal:
        return _ALWAYS if similarity >= EQUAL_NEEDS else _NEVER
    if mention.thing.noun != other_mention.thing.noun or mention.context.outlook is not other_mention.context.outlook:
        return _NEVER  # what was expected to cost 3 billion may cost 6
    if cannot_be_same_thing(mention, other_mention):
        return _NEVER
    return SHARED if similarity >= MEANING else _NEVER


def _has_increment(mention: FigureMention, other_mention: FigureMention) -> bool:
    return mention.quantity.increment or other_mention.quantity.increment


def _has_unshared_place(first_mention: FigureMention, second_mention: FigureMention) -> bool:
    """Whether one is given for places of which the other's article names none, and no place in or around them."""
    for mention, other in ((first_mention, second_mention), (second_mention, first_mention)):
        places = mention.context.places
        text = _normalise_place_names(other.report.article.text)
        is_named = any(" ".join(place) in text for place in places)
        if places and not is_named and not have_nested_places(places, other.context.places):
            return True
    return False


@lru_cache(maxsize=256)
def _normalise_place_names(text: str) -> str:
    """A text in the form in which names of places are compared: "U.S." is "u s"."""
    return " ".join(split_name_words(text))
