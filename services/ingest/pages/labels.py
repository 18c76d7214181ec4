"""Lines around an article that are no sentence of it: labels, days and times, ways to reach somebody. Pure."""

import re

from services.ingest.pages.two_modes import count_words, ends_sentence
from services.ingest.text.boilerplate_rules import MAX_DISCLAIMER_CHARS, line_reason
from services.ingest.text.characters import squeeze

LABEL_WORDS = 12
"""A line before or after the article's sentences that is no sentence has at most so many."""
TIME_WORDS = 24
"""Of a line that says when something was published."""
TIME_SHARE = 0.25
"""Of its words that hold a digit."""
CONTACT_CHARACTERS = 400
_YEAR_OR_CLOCK = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d{2}\b|年\d{1,2}月|년 ?\d{1,2}월")
_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,60}|(?<![\w.])@[A-Za-z_]\w{2,30}\b|\bhttps?://|\bwww\.\w")


def is_label(line: str) -> bool:
    """Whether the line is too short to be a sentence of the article, and does not end as one."""
    if ends_sentence(line) or line.rstrip().endswith((":", "：")):
        return False
    return count_words(line) <= LABEL_WORDS or is_time(line)


def is_time(line: str) -> bool:
    """Whether the line says when the article was published or changed, in whatever language."""
    words = line.split(maxsplit=TIME_WORDS)
    if len(words) > TIME_WORDS or ends_sentence(line) or _YEAR_OR_CLOCK.search(line) is None:
        return False
    return sum(any(map(str.isdigit, word)) for word in words) >= TIME_SHARE * len(words)


def is_contact(line: str) -> bool:
    """Whether the line gives an address, an account or a link of somebody."""
    return len(line) <= CONTACT_CHARACTERS and _CONTACT.search(line) is not None


def is_boilerplate(line: str) -> bool:
    """Whether cleaning will take the line away."""
    return len(line) <= MAX_DISCLAIMER_CHARS and line_reason(squeeze(line)) is not None
