"""Whether an article has words at all that set one claim of it against another: most articles have none.

Looked for once in the whole text, they spare a search around each of its claims.
"""

import re
from functools import lru_cache
from typing import NamedTuple

FACTS_MARK = "THE FACTS: "
"""How fact checks of agencies separate what is true from what was said."""
_CONTRADICTS = re.compile(r"contrary to|contradict|despite", re.IGNORECASE)


class RebuttalWords(NamedTuple):
    """What a text has of such words.

    Attributes:
        contradicts: "contrary to", "contradicting", "despite", in whatever spelling `rebuttals` looks for.
        marks_facts: `FACTS_MARK`.
    """

    contradicts: bool
    marks_facts: bool


@lru_cache(maxsize=8)
def read_rebuttal_words(text: str) -> RebuttalWords:
    """Look for these words in a text. Remembered: it is asked for each claim of an article, one after the other."""
    return RebuttalWords(_CONTRADICTS.search(text) is not None, FACTS_MARK in text)
