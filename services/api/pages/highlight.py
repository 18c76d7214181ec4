"""An article's text cut so that every claim can be marked at exactly its span, also where spans overlap. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.contracts.base import Span


@dataclass(frozen=True)
class Segment:
    """A run of characters inside the same claims. Numbers are places in the list of spans, from 0."""

    text: str
    inside: tuple[int, ...] = ()
    """Spans that cover it."""
    begins: tuple[int, ...] = ()
    """Spans that start with it."""
    ends: tuple[int, ...] = ()
    """Spans that end with it."""


def paragraphs(text: str, spans: Sequence[Span]) -> list[list[Segment]]:
    """The text as paragraphs of segments. Joined again, with the line breaks, the segments are the text.

    A span that reaches over a paragraph's end is marked in both paragraphs; whatever lies beyond the text is cut off.
    """
    lines: list[list[Segment]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            lines.append(_segments(text, start, end, spans))
        start = end + 1
    return lines


def marked(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """The text as one run of segments, line breaks as spaces."""
    return tuple(_segments(text.replace("\n", " "), 0, len(text), spans))


def _segments(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Segment]:
    """Cut [start, end) at every border of a span."""
    near = [(number, span) for number, span in enumerate(spans) if span.start < end and start < span.end]
    cuts = sorted({start, end} | {cut for _, span in near for cut in (span.start, span.end) if start < cut < end})
    return [
        Segment(
            text=text[left:right],
            inside=tuple(number for number, span in near if span.start <= left and right <= span.end),
            begins=tuple(number for number, span in near if span.start == left),
            ends=tuple(number for number, span in near if span.end == right),
        )
        for left, right in pairwise(cuts)
    ]
