"""The way back from the clean text of an article to the text as it was given."""

from itertools import pairwise

from services.contracts.base import Span
from services.ingest.text.cleaning import clean


class GivenText:
    """The text of a row, and where the article's own words stand in it."""

    def __init__(self, text: str) -> None:
        """`text`: as the row gives it, boilerplate and all."""
        self._text = text
        self._cleaned = clean(text)

    def place(self, span: Span) -> dict[str, int]:
        """Where a span of the clean text stands, as `start` and `end` in characters of the given text."""
        start, end = self._cleaned.original_span(span.start, span.end)
        return {"start": start, "end": end}

    def words(self, place: dict[str, int]) -> str:
        """The characters of the given text at a place."""
        return self._text[place["start"] : place["end"]]

    def holds_boilerplate(self, span: Span) -> bool:
        """Whether words that are not the article's stand within a span of the clean text, where it was given."""
        place = self.place(span)
        kept = [piece for piece in self._cleaned.kept if piece[0] < place["end"] and place["start"] < piece[1]]
        gaps = (self._text[one[1] : other[0]] for one, other in pairwise(kept))
        return any(character.isalnum() for gap in gaps for character in gap)
