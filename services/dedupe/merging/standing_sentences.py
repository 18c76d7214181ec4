"""Sentences that can stand alone in a summary: they name whoever speaks in them, and point at nothing before them."""

from services.contracts.article import Article
from services.contracts.base import Span
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.plain_titles import speaks_to_reader
from services.language.openings import PRONOUNS, opening_end, points_back, refers_back
from services.language.ranges import trim

_RELATIVE = frozenset(("who", "which", "that"))
"""Pronouns whose noun stands before them: "senators who say so"."""


def find_standing_sentence(report: Report) -> Span | None:
    """The sentence that holds a claim, if it can stand alone. It is asked again and again, so it is kept."""
    known = report.prepared.standing_sentence
    if known is None:
        known = report.prepared.standing_sentence = _read_standing_sentence(report) or False
    return known or None


def _read_standing_sentence(report: Report) -> Span | None:
    claim, article = report.claim, report.article
    if claim.sentence is None or not claim.sentence.holds(claim.span) or is_said_by_pronoun(report):
        return None
    span = _without_opening(article, claim.sentence)
    return span if span.holds(claim.span) and stands_alone(span.of(article.text)) else None


def stands_alone(sentence: str) -> bool:
    """Whether a sentence needs none before it."""
    return not points_back(sentence) and not refers_back(sentence) and not speaks_to_reader(sentence)


def _without_opening(article: Article, sentence: Span) -> Span:
    """The sentence behind a bullet, a label or a dateline."""
    start = sentence.start + opening_end(sentence.of(article.text))
    behind = trim(article.text, start, sentence.end)
    return sentence if behind is None else behind.to_span()


def is_said_by_pronoun(report: Report) -> bool:
    """Whether the text names the speaker of a claim elsewhere: by a pronoun, or in another sentence."""
    speaker, sentence = report.claim.speaker, report.claim.sentence
    if speaker is None:
        return False
    if speaker.surface.casefold() in _RELATIVE and sentence is not None and sentence.start < speaker.span.start:
        return not sentence.holds(speaker.span)
    return speaker.surface.casefold() in PRONOUNS or (sentence is not None and not sentence.holds(speaker.span))
