"""Answers to one question seen against each other: what all of them are about tells none from another.

Not for the claims of an event: answers are the same in a wider sense than propositions, and an event has many
questions.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from services.dedupe.comparing.propositions import Proposition
from services.dedupe.embedding.whole_numbers import SCALE, whole_numbers

FEWEST_ANSWERS = 10
"""Of fewer the mean is made of the very two that are compared."""
TAKEN_OFF = 0.7
"""Share of the mean that is taken off: on short answers to one question balanced accuracy rises from .78 to .82."""


def relative_to_question(propositions: Sequence[Proposition]) -> list[Proposition]:
    """The answers to one question with `relative` set, in the order given; as they are if there are too few.

    Those without a vector stay as they are. The result does not depend on the order.
    """
    vectors = [each.vector for each in propositions if each.vector is not None]
    if len(vectors) < FEWEST_ANSWERS:
        return list(propositions)
    # Whole numbers: the sum is exact, whatever the order.
    mean = np.sum(np.array(vectors, np.float64), axis=0) / (len(vectors) * SCALE)
    found = []
    for each in propositions:
        if each.vector is None:
            found.append(each)
            continue
        rest = each.vector.astype(np.float64) / SCALE - TAKEN_OFF * mean
        length = float(np.sqrt(np.sum(rest * rest)))
        unit = (rest / length if length else rest).astype(np.float32)
        found.append(replace(each, relative=whole_numbers(unit)))
    return found
