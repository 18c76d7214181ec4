"""What is remembered of articles while nothing changes it, and how many of them."""

from typing import TypeVar

T = TypeVar("T")
MOST_REMEMBERED = 2_048
"""Articles whose partners, or others, are remembered while nothing changes them; each takes some 20 KB."""


def remember(cache: dict[str, T], article_id: str, value: T) -> None:
    """Put a value in a cache by article, which is emptied when it is full."""
    if len(cache) >= MOST_REMEMBERED:
        cache.clear()
    cache[article_id] = value
