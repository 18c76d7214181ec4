"""Whether a text has a piece of what a pattern would find: asked first, since most texts of a kind have none."""

from collections.abc import Iterable


def has_piece(text: str, pieces: Iterable[str]) -> bool:
    """Whether one of the pieces stands in the text."""
    for piece in pieces:  # noqa: SIM110, twice as fast as any() with a generator, for each sentence of all articles
        if piece in text:
            return True
    return False
