"""An article's text as the later steps read it: normalised, cut into paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.language.normalise import normalise
from services.language.ranges import Range, trim

MIN_PARAGRAPH_CHARS = 4
"""Shorter lines say nothing."""
_INCHES = re.compile(r"(?<=[0-9])\"(?=[ -][a-zA-Z])")
_NEAR_CHARS = 400


@dataclass(frozen=True)
class Document:
    """A text with its normalised twin. All ranges count characters of either: the two have the same length."""

    raw: str
    text: str
    paragraphs: tuple[Range, ...]
    """Lines that can say something, without the white space around them."""
    removed: tuple[Range, ...] = ()
    """What has blanks in `text`, in text order."""


def read_document(raw: str) -> Document:
    """Normalise a text and find its paragraphs: every line is one, since a sentence never runs over a line's end."""
    text = _with_inches(normalise(raw))
    return Document(raw=raw, text=text, paragraphs=_paragraphs(text))


def without(document: Document, areas: Sequence[Range]) -> Document:
    """The document with blanks in place of `areas`, in text order: nothing is read there, and offsets stay."""
    if not areas:
        return document
    text = document.text
    parts: list[str] = []
    at = 0
    for area in areas:
        parts += (text[at : area.start], " " * (area.end - area.start))
        at = area.end
    blanked = "".join((*parts, text[at:]))
    return Document(raw=document.raw, text=blanked, paragraphs=_paragraphs(blanked), removed=tuple(areas))


def _paragraphs(text: str) -> tuple[Range, ...]:
    paragraphs = []
    start = 0
    for line in text.split("\n"):
        paragraph = trim(text, start, start + len(line)) if len(line) >= MIN_PARAGRAPH_CHARS else None
        if paragraph is not None:
            paragraphs.append(paragraph)
        start += len(line) + 1
    return tuple(paragraphs)


def _with_inches(text: str) -> str:
    """A straight mark after a number, as in `a 6" pipe`, is `″` where no mark stands before it that it could close."""
    parts: list[str] = []
    at = 0
    for match in _INCHES.finditer(text):
        line = text.rfind("\n", max(0, match.start() - _NEAR_CHARS), match.start()) + 1
        start = max(line, at, match.start() - _NEAR_CHARS)
        if '"' not in text[start : match.start()]:
            parts += (text[at : match.start()], "″")
            at = match.end()
    return "".join((*parts, text[at:]))
