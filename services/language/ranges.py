"""Half-open character ranges, light enough to make by the million; `Span` of the contracts is for what travels."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from services.contracts.base import Span, trusted

T = TypeVar("T")


class Range(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` in the range."""
        return text[self.start : self.end]

    def holds(self, other: "Range") -> bool:
        """Whether `other` lies inside this range."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Range") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def to_span(self) -> Span:
        """The range as the contracts write it. It must not be empty.

        Raises:
            ValidationError: It is empty, or starts before the text.
        """
        start, end = self
        if not 0 <= start < end:
            return Span(start=start, end=end)  # says what is wrong
        return trusted(Span, {"start": start, "end": end})


def trim(text: str, start: int, end: int, left: str = "", right: str = "") -> Range | None:
    """The range without white space and the given characters at its two ends; None when nothing is left."""
    end = min(end, len(text))
    while start < end and (text[start].isspace() or text[start] in left):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in right):
        end -= 1
    return Range(start, end) if start < end else None


class SpanIndex(Generic[T]):
    """Things at ranges in text order, to be asked for by area in logarithmic time."""

    def __init__(self, things: Sequence[T], place: Callable[[T], Range]) -> None:
        """`place` gives a thing's range; starts must not decrease."""
        self._things = things
        self._ranges = [place(thing) for thing in things]

    def within(self, area: Range) -> Iterator[T]:
        """Things that lie inside `area`."""
        first = bisect_left(self._ranges, (area.start, 0))
        for position in range(first, len(self._ranges)):
            if self._ranges[position].start >= area.end:
                return
            if self._ranges[position].end <= area.end:
                yield self._things[position]

    def meeting(self, area: Range) -> Iterator[T]:
        """Things that share a character with `area`; the things must not overlap each other."""
        first = max(0, bisect_left(self._ranges, (area.start, 0)) - 1)
        for position in range(first, len(self._ranges)):
            if self._ranges[position].start >= area.end:
                return
            if self._ranges[position].meets(area):
                yield self._things[position]
