"""How likely a sentence at the head of an article tells what happened, by its form. Factors: chosen on 20 events."""

import re

from services.contracts.article import Article
from services.dedupe.merging.plain_titles import Plainness, looks_ahead, plainness_of
from services.language.calendar import WEEKDAYS

_QUOTES = 0.8
"""Factor of a sentence that opens with a quotation: who speaks comes last in it."""
_DAY = 1.15
"""Factor of an opening that says on which day: so does what is news, and seldom what stands behind it."""
_DAYS = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_AHEAD = 0.9
"""Factor of an opening that tells of what is to come."""
_KNOWN = 0.8
"""Factor of an opening that takes what happened as known: "If upheld, the decision …"."""
_KNOWN_DEED = re.compile(
    r"\bthe (?:decision|ruling|verdict|announcement|move|incident)\b(?! (?:to|of|by|that|against|on|in|from)\b)",
    re.IGNORECASE,
)
_BACKGROUND = 0.8
"""Factor of an opening that tells of an earlier year."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLAINNESS = {Plainness.REPORT: 1.0, Plainness.FEATURE: 0.85, Plainness.COMMENT: 0.5, Plainness.COLLECTION: 0.6}
"""Factors of openings: comments and lists seldom open with what happened."""
_QUOTE_MARKS = ('"', "\u201c", "\u2018", "'")


def weigh_opening(sentence: str, article: Article) -> float:
    """The factor of a sentence that opens an article."""
    year = article.published_at.year if article.published_at is not None else 0
    return (
        _PLAINNESS[plainness_of(article)]
        * weigh_quotation(sentence)
        * (_DAY if names_weekday(sentence) else 1.0)
        * (_KNOWN if _KNOWN_DEED.search(sentence) else 1.0)
        * (_AHEAD if looks_ahead(sentence) else 1.0)
        * (_BACKGROUND if any(int(earlier) < year for earlier in _YEAR.findall(sentence)) else 1.0)
    )


def weigh_quotation(sentence: str) -> float:
    """The factor of any sentence, whether it opens with a quotation or not."""
    return _QUOTES if sentence.startswith(_QUOTE_MARKS) else 1.0


def names_weekday(sentence: str) -> bool:
    """Whether it says on which day something happened, as what is news does."""
    return _DAYS.search(sentence) is not None
