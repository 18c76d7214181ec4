"""Values remembered by article while nothing changes them, for a bounded number of articles."""

from typing import TypeVar

T = TypeVar("T")
MOST_REMEMBERED = 2_048
"""Articles of which one cache remembers a value; each value takes some 20 KB."""


def remember(cache: dict[str, T], article_id: str, value: T) -> None:
    """Put the value of an article in a cache, which is emptied first when it is full."""
    if len(cache) >= MOST_REMEMBERED:
        cache.clear()
    cache[article_id] = value
