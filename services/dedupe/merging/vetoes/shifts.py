"""Whether something moved by an amount, to it, or from it: "rose by 3", "rose to 3"."""

import re
from enum import StrEnum

from services.contracts.quantity import Quantity
from services.dedupe.merging.vetoes.lexicon import load_lexicon
from services.language.stems import base_stem

_MOVES = 0
"""Number of the opposition of what rises and what falls."""
_BEFORE_CHARS = 40
_STEP = re.compile(
    r"\b(?P<step>to|by|from) (?:about |around |nearly |almost |some |just |only )?[$€£¥]?$", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_RIGHT_BEFORE = 1
"""Words between the verb and the amount by which something moved: "rose 3 percent"."""


class Shift(StrEnum):
    """What an amount is to a movement."""

    BY = "by"
    TO = "to"
    FROM = "from"


def read_amount_role(text: str, amount_start: int, quantity: Quantity | None) -> Shift | None:
    """Return what the amount that starts at `amount_start` is to a movement; None: there is none, or it is not clear.

    `quantity`: the amount as the extractor read it, if it did.
    """
    if quantity is not None and quantity.change is not None:
        return Shift.BY
    before = text[max(0, amount_start - _BEFORE_CHARS) : amount_start]
    words = [match[0] for match in _WORD.finditer(before)]
    step = _STEP.search(before)
    if step is not None:
        return Shift(step["step"].lower()) if any(map(_is_movement_word, words)) else None
    return Shift.BY if words and before[-1:] in " $€£¥" and _is_movement_word(words[-_RIGHT_BEFORE]) else None


def _is_movement_word(word: str) -> bool:
    return any(number == _MOVES for number, _ in load_lexicon().poles.get(base_stem(word), ()))
