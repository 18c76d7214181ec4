"""A word that could introduce what somebody says, as it stands in a parse."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """A word in a frame. Indexes count tokens of the parse."""

    head: int
    part: str
    """verb, noun, adjective or preposition"""
    lemma: str
    frame: str
    content: tuple[int, ...]
    """Tokens of the content, ascending."""
    origins: tuple[int, ...] = ()
    """First and last token of whom "from" names beside a noun whose clause stands apart; else empty."""
