"""A stretch of an article that is somebody's words as a whole."""

from dataclasses import dataclass

from services.language.ranges import Range, trim

FEWEST_WORDS = 3
"""Fewer say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of somebody's words. Ranges count characters of the article."""

    extent: Range
    """All of it, with signature or label: nothing else is read there."""
    words: tuple[Range, ...] = ()
    """What was said, in text order; empty where nothing is to be taken from it."""
    speaker: Range | None = None
    """The words that name the speaker, inside the extent."""
    announced: bool = False
    """Whether the speaker is whom the paragraph before announces."""
    answers: bool = False
    """Whether the speaker is who is interviewed."""
    certain: bool = True
    """Whether it is somebody's words even if nobody is known to have said them; else it is then read as any text."""
    cue: Range | None = None
    labelled: bool = False
    """Whether a label or a verb of speech stands beside the words, so that even few of them were said."""


def without_marks(text: str, area: Range) -> Range | None:
    """The words of a line without the marks around them and the last stop."""
    return trim(text, *area, left='"—–-', right='".,;:—–-')
