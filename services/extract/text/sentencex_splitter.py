"""The one file that knows sentencex (https://github.com/wikimedia/sentencex), the sentence splitter."""

from itertools import pairwise

import sentencex

from services.language.ranges import Range

WINDOW_CHARS = 20_000
"""What the splitter sees of a paragraph at once. Its time grows with the square of a text that is not ASCII."""


def split_with_sentencex(text: str, language: str) -> list[Range]:
    """Ranges of the sentences of one paragraph; together they cover it. Unknown languages follow English rules."""
    starts: list[int] = []
    at, size = 0, WINDOW_CHARS
    while at < len(text):
        window = text[at : at + size]
        boundaries = [at + boundary["start_index"] for boundary in sentencex.get_sentence_boundaries(language, window)]
        if at + size >= len(text):
            starts += boundaries
            break
        if len(boundaries) > 1:
            # The window may end within the last one.
            starts += boundaries[:-1]
            at, size = boundaries[-1], WINDOW_CHARS
        else:
            size *= 2
    return [Range(start, end) for start, end in pairwise([*starts, len(text)]) if start < end]
