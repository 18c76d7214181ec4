"""One text from two readings of a page, a generous and a strict one. Pure.

Precision of the strict reading, recall of the generous one: a line that both have is the article's; of the others a
whole long sentence is, since what surrounds an article is short.
"""

import re

from services.ingest.text.corrections import find_correction

LEAST_STRICT_SHARE = 0.3
"""Of the generous reading's characters. A strict reading that finds less has missed the article."""
SENTENCE_WORDS = 25
_SENTENCE_END = re.compile(r"[.!?…。！？।\u061f\u06d4\u104b\u1362\u17d4\u0589][\"'“”‘’«»」』)\]]*$")
"""Also the full stops of Arabic, Urdu, Burmese, Ethiopic, Khmer and Armenian."""

_UNCOMPARED = re.compile(r"[\W_]+")
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")
"""Kana, Chinese characters, Thai and Lao."""


def combine(generous: str, strict: str) -> str:
    """The lines of the generous reading that are the article's."""
    if len(strict) < LEAST_STRICT_SHARE * len(generous):
        return generous
    known = {line_key(line) for line in strict.splitlines()}
    return "\n".join(line for line in generous.splitlines() if line_key(line) in known or _is_own(line))


def line_key(line: str) -> str:
    """What is compared of a line: its letters and digits in lower case."""
    return _UNCOMPARED.sub("", line.casefold())


def count_words(line: str) -> int:
    """Words of a line; where they are not parted by blanks, two characters count as one."""
    return len(_UNPARTED.sub(" ", line).split()) + len(_UNPARTED.findall(line)) // 2


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return _SENTENCE_END.search(line.rstrip()) is not None


def _is_own(line: str) -> bool:
    """Whether the line is the article's though the strict reading lacks it: a correction, or a long sentence."""
    if find_correction(None, line):
        return True
    return count_words(line) >= SENTENCE_WORDS and ends_sentence(line)
