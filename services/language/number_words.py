"""What English number words and their abbreviations stand for: one list for all who read figures.

extract reads amounts out of articles, dedupe compares the numbers of claims; neither imports the other.
"""

from collections.abc import Sequence
from typing import NamedTuple

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TWENTY = 20
_THOUSAND = 1e3

SMALL_NUMBERS = {word: float(value) for value, word in enumerate(_ONES)} | {
    word: 10.0 * place for place, word in enumerate(_TENS, 2)
}
"""Words for 0 to 19 and the tens up to 90."""
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "million": 1e6, "crore": 1e7,
    "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
"""Words that multiply what stands before them."""
SHORT_SCALES = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "cr": 1e7, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
"""The same as letters after digits: "$1.2bn"."""
VAGUE = {
    "tens": 20.0, "dozens": 24.0, "hundreds": 2e2, "thousands": 2e3, "lakhs": 2e5, "millions": 2e6, "crores": 2e7,
    "billions": 2e9, "trillions": 2e12,
}  # fmt: skip
"""Plurals without a number before them, with the least that they can mean: "thousands of"."""
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
"""Words for a part of one: "a quarter of a million"."""
PART_SIGNS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}
"""The same as signs: "3½ million"."""


class WordsRead(NamedTuple):
    """What a run of number words comes to."""

    value: float
    scale: str | None
    """Its last multiplying word."""
    factor: float
    """What `scale` multiplies by; 1.0 without one."""
    vague: bool
    """Whether `value` is the least that it can mean: "several thousand"."""
    about: bool
    """Whether `value` is near what it means: "a couple of hundred"."""


def read_words(words: Sequence[str]) -> WordsRead | None:
    """Value of a run of number words in lower case, hyphens parted: "two million", "a few hundred", "one and a half".

    None when they do not make one amount.
    """
    rest = [word for word in words if word not in ("and", "of", "or", "so")]
    lead, rest = _lead(rest)
    if not rest or (rest[0] in SCALES) != (lead is not None):
        return None
    vague, about = lead in ("several", "few"), lead == "couple"
    total, current = 0.0, {"several": 2.0, "few": 2.0, "couple": 2.0, "half": 0.5}.get(lead or "", 1.0 if lead else 0.0)
    last, scale, factor = 1e15, None, 1.0
    position = 0
    while position < len(rest):
        word = rest[position]
        position += 1
        if word in SMALL_NUMBERS:
            if SMALL_NUMBERS[word] >= last:
                return None
            current += SMALL_NUMBERS[word]
            last = 10.0 if SMALL_NUMBERS[word] >= _TWENTY else 0.0
        elif word in SCALES:
            scale, factor = word, SCALES[word]
            total, current = (total, current * factor) if factor < _THOUSAND else (total + current * factor, 0.0)
            last = 1e15
        elif word in ("a", "an") and rest[position : position + 1] and rest[position] in PARTS:
            # "A million and a half" is half of what multiplies, "one and a half million" half of one.
            total += PARTS[rest[position]] * (1.0 if current or scale is None else factor)
            current, total = (current + total, 0.0) if current and scale is None else (current, total)
            position += 1
        else:
            return None
    return WordsRead(total + current, scale, factor, vague, about)


def _lead(words: list[str]) -> tuple[str | None, list[str]]:
    """The word before a multiplying one that says how many of it: "a", "several", "few", "couple", "half"."""
    if words[0] in ("several", "couple", "few"):
        return words[0], words[1:]
    if words[0] == "half":
        return "half", words[2:] if words[1:2] in (["a"], ["an"]) else words[1:]
    if words[0] in ("a", "an"):
        return (words[1], words[2:]) if words[1:2] in (["few"], ["couple"]) else ("a", words[1:])
    return None, words
