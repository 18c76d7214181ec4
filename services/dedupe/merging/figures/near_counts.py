"""Whether two counts are so near each other that they are hardly of two things: 29 and 31 injured."""

from services.contracts.quantity import Bound, Quantity

SMALLEST = 20
"""Smaller counts are near each other by chance."""
NEAR = 0.1
"""Relative difference up to which two counts are near each other."""


def are_near_counts(quantity: Quantity, other_quantity: Quantity) -> bool:
    """Whether two different numbers, of which neither adds to another, are nearly the same."""
    if quantity.increment or other_quantity.increment or Bound.RANGE in (quantity.bound, other_quantity.bound):
        return False
    low, high = sorted((quantity.value, other_quantity.value))
    return low >= SMALLEST and high - low <= NEAR * high
