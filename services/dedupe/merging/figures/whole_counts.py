"""Whether a count is of all, or may be a part of a higher one: "one woman", two who were shot on the porch.

An article gives its whole count where it begins. Lower ones further down are mostly of one place, one hour, one kind of
harm, unless somebody is named who counted.
"""

import re

from services.contracts.quantity import Bound
from services.dedupe.merging.figures.counted_vocabulary import PEOPLE
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.near_counts import are_near_counts

FEW = 10
"""Smaller counts are as often of a part of those to whom it happened, or of the dead as well, as of all of them."""
OPENING = 700
"""Characters of an article in which it tells what its event is."""


def may_be_part_of_higher(mention: FigureMention, other_mention: FigureMention) -> bool:
    """Whether the lower of two counts of those to whom something happened may be a part of the higher one."""
    lower, higher = sorted((mention, other_mention), key=lambda figure: figure.quantity.value)
    if lower.thing.fate is None or are_near_counts(lower.quantity, higher.quantity):
        return False
    if higher.quantity.value < FEW:
        return True
    if lower.quantity.value == 1 and lower.quantity.bound is Bound.EXACT:
        # "One woman" tells of one among others, and so does "one person" in the middle; "one person killed" counts.
        return lower.thing.noun != PEOPLE or not is_prominent(lower)
    return lower.source is None and not is_prominent(lower)


def is_prominent(mention: FigureMention) -> bool:
    """Whether it stands in the opening of its article, or its number in the headline."""
    if mention.quantity.span.end <= OPENING:
        return True
    return any(
        re.search(rf"(?<![\w.,]){re.escape(number)}(?!\w)", mention.article.title or "", re.IGNORECASE)
        for number in mention.quantity.surface.split()[-1:]
    )
