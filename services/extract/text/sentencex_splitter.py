"""The one file that knows sentencex (https://github.com/wikimedia/sentencex), the sentence splitter."""

from itertools import pairwise

import sentencex

from services.extract.text.ranges import Range


def split_with_sentencex(text: str, language: str) -> list[Range]:
    """Ranges of the sentences of one paragraph; together they cover it. Unknown languages follow English rules."""
    starts = [boundary["start_index"] for boundary in sentencex.get_sentence_boundaries(language, text)]
    return [Range(start, end) for start, end in pairwise([*starts, len(text)]) if start < end]
