"""Spans of claims from the pieces of what is asserted: without quote marks and final stops."""

import re
from collections.abc import Sequence

from services.extract.text.document import Document
from services.extract.text.quotations import Quotation
from services.language.ranges import Range, trim

MIN_WORDS = 2
"""A single word is quoted for its flavour, not for what it says."""
_FINAL_STOPS = ",.;:"
_JOINT = re.compile(r", (?:however|though)[.,]?$")
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]\.){2,}$")


def quoted_words(document: Document, quotation: Quotation) -> Range | None:
    """The words of a quotation without the comma or stop that typography puts before the closing mark."""
    return trim(document.text, *quotation.inner, right=_FINAL_STOPS)


def claim_span(
    document: Document, content: Sequence[Range], quotations: Sequence[Quotation], fewest: int = MIN_WORDS
) -> tuple[Range, tuple[Range, ...]] | None:
    """Span of a claim from the pieces of its content, and the quoted words in it; None under `fewest` words.

    Content that is quotations and nothing else loses its marks.
    """
    inside = [quotation for quotation in quotations if any(piece.holds(quotation.outer) for piece in content)]
    quoted = tuple(words for quotation in inside if (words := quoted_words(document, quotation)) is not None)
    whole = Range(content[0].start, content[-1].end)
    if quoted and {quotation.outer for quotation in inside} == set(content):
        whole = Range(quoted[0].start, quoted[-1].end)
    whole = _after_colon(document, whole, inside)
    quoted = tuple(words for words in quoted if words.start >= whole.start)
    whole = Range(whole.start, _without_joint(document, whole))
    area = trim(document.text, *whole, left=_FINAL_STOPS, right="" if _ends_short(document, whole) else _FINAL_STOPS)
    if area is None:
        return None
    if len(area.of(document.text).split(None, fewest)) < fewest and not any(each.full for each in inside):
        return None
    return area, tuple(words for words in quoted if area.holds(words))


def _without_joint(document: Document, area: Range) -> int:
    """The end of the range without ", however" or ", though", which join it to the sentence before."""
    joint = _JOINT.search(document.text, max(area.start, area.end - 12), area.end)
    return area.end if joint is None else joint.start()


def is_all_quoted(area: Range, quoted: Sequence[Range]) -> bool:
    """Whether a span starts and ends with quoted words."""
    return bool(quoted) and quoted[0].start <= area.start + 1 and area.end - 1 <= quoted[-1].end


def _after_colon(document: Document, whole: Range, inside: Sequence[Quotation]) -> Range:
    """The content from a full quotation on that a colon introduces and that ends it: what is before is not its own."""
    last = inside[-1] if inside else None
    if last is None or not last.full or trim(document.text, last.outer.end, whole.end, left=_FINAL_STOPS) is not None:
        return whole
    before = trim(document.text, whole.start, last.outer.start)
    if before is None or document.text[before.end - 1] != ":":
        return whole
    return trim(document.text, *last.inner, right=_FINAL_STOPS) or whole


def _ends_short(document: Document, area: Range) -> bool:
    """Whether the last stop belongs to an abbreviation ("p.m.")."""
    return _ABBREVIATION.search(document.text, max(area.start, area.end - 8), area.end) is not None
