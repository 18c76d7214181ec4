"""The two ends of what there is too much of to be shown. Pure."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def both_ends(listed: Sequence[T], most: int) -> tuple[T, ...]:
    """As many as may be shown: the first and the last of them."""
    if len(listed) <= most:
        return tuple(listed)
    return (*listed[: most // 2], *listed[len(listed) - most + most // 2 :])
