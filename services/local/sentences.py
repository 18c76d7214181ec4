"""Sentences as corpora store them, cut into tokens, put back as they were written."""

import re

_STEPS = (
    (re.compile(r"``|''|' '"), '"'),
    (re.compile(r"(?<=\w) ?n ?['’] ?t\b"), "n't"),
    (re.compile(r" (?=['’](?:s|re|ve|ll|d|m)\b)"), ""),
    (re.compile(r"(?<=['’]) (?=(?:s|re|ve|ll)\b)"), ""),
    (re.compile(r" (?=[,;:.?!%)\]](?:\s|$))"), ""),
    (re.compile(r"(?<=[$€£(\[]) "), ""),
)


def plain_sentence(text: str) -> str:
    """`text` without the spaces that cutting into tokens put in: "does n't", "10 %", "$ 5 , 000"."""
    text = " ".join(text.split())
    for pattern, plain in _STEPS:
        text = pattern.sub(plain, text)
    return text
