"""Finds the sentences of a denial: its own, and those before it where it only points at what they say."""

import re

from services.contracts.base import Span
from services.dedupe.merging.claims.report import Report
from services.language.hearsay import SAYINGS, either_number
from services.language.openings import opening_end, refers_back
from services.language.pointers import is_pointer
from services.language.sentence_ends import sentence_ranges

_LONGEST_PASSAGE = 480
"""Characters of a sentence and those before it; a longer one is no short account of a denial."""
_MOST_PRECEDING = 2
"""Sentences before a denial that are shown with it."""
_FEW_WORDS = 6
"""Words of a claim that may only point at what somebody said: "the minister's account of it"."""
_DEMONSTRATIVE = re.compile(
    r"\b(?:such|(?:these|those|this)(?! (?:year|week|month|morning))|that(?= account))\b", re.IGNORECASE
)
_POINTS = re.compile(r"\W*(?:that|this|it|these|those)(?:['\u2019]s| (?:is|was|are|were|had|has|did))\b", re.IGNORECASE)
_SAYING = re.compile(
    rf"\b(?:{either_number(SAYINGS | {'argument', 'assessment', 'figure'})}|charges)\b(?! that\b)",
    re.IGNORECASE,
)
_FINAL_MARKS = (".", "!", "?", '"', "\u201d", "\u2019", ")")
_QUOTE_MARKS = ('"', "\u201c")
_SIGNATURE = ("\u2014", "\u2013", "-", "@")
"""How a line below a post begins."""
_SAID = re.compile(
    r"\b(?:accord|accus|alleg|argu|assert|blam|call|charg|claim|question|report|said|say|stat|suggest|tell|testif|told"
    r"|wr[io]t)",
    re.IGNORECASE,
)
"""What somebody denies has been said by somebody."""


def find_denial_span(report: Report) -> Span | None:
    """Return the sentence of a denial, with those before where it only points at them; None: they say too little."""
    claim, text, sentence = report.claim, report.article.text, report.claim.sentence
    if sentence is None:
        return None
    start, end = sentence.start, max(sentence.end, claim.span.end)
    start += opening_end(text[start:end])
    if not 0 < end - start <= _LONGEST_PASSAGE or _is_torn(text[start:end]):
        return None
    only_points = _only_points(claim.text)
    points = only_points or refers_back(text[start:end])
    if not points and not _says_too_little(report):
        return Span(start=start, end=end)
    first = _find_preceding_start(text, start, end)
    preceding = text[first:start]
    if not _is_whole(preceding) or _is_torn(preceding) or (not points and _is_of_another_matter(preceding)):
        first = start
    if first == start and _DEMONSTRATIVE.search(claim.text):
        return None
    if only_points and not _SAID.search(text, first, start):
        return None
    return Span(start=first, end=end)


def _only_points(claim_text: str) -> bool:
    """Whether it leaves open what is denied: "that was false", "the minister's account"."""
    if is_pointer(claim_text) or _POINTS.match(claim_text):
        return True
    return len(claim_text.split()) <= _FEW_WORDS and _SAYING.search(claim_text) is not None


def _says_too_little(report: Report) -> bool:
    """Whether it may not be understood without the sentence before: it names nobody and nothing but who denies."""
    claim = report.claim
    if _DEMONSTRATIVE.search(claim.text):
        return True
    speaker = claim.speaker.canonical if claim.speaker else ""
    named = [entity for entity in claim.entities if (entity.canonical or entity.name) not in speaker]
    return not named and not claim.quantities and not claim.dates


def _is_whole(preceding: str) -> bool:
    """Whether it is a sentence: neither the end of one nor a dateline."""
    return not preceding[:1].islower() and preceding.rstrip().endswith(_FINAL_MARKS)


def _is_of_another_matter(preceding: str) -> bool:
    """Whether the sentence before a denial is of another paragraph, or quotes somebody: not what is denied."""
    return preceding[len(preceding.rstrip()) :].count("\n") > 0 or any(mark in preceding for mark in _QUOTE_MARKS)


def _find_preceding_start(text: str, start: int, end: int) -> int:
    """Where the sentence before starts, or the one before that where it points back as well."""
    first = max(0, end - _LONGEST_PASSAGE)
    preceding = [first + sentence.start for sentence in sentence_ranges(text[first:start])]
    if first > 0:
        preceding = preceding[1:]  # the sentence around `first` is cut
    for before in preceding[: -_MOST_PRECEDING - 1 : -1]:
        points = refers_back(text[before:start])
        start = before
        if not points:
            break
    return start


def _is_torn(passage: str) -> bool:
    """Whether a quotation begins or ends outside of it, or something is announced that does not follow."""
    return (
        passage.count("\u201c") != passage.count("\u201d")
        or passage.count('"') % 2 == 1
        or passage.rstrip().endswith(":")
        or passage.startswith(_SIGNATURE)
    )
