"""Headline and summary of an event: words chosen from its articles, never written."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.event import SummarySentence
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.language.ranges import Range
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

SENTENCES = 3
_SHORTEST = 40
"""Characters of a sentence that can stand alone; shorter lines are labels and by-lines."""
_OPENING = 3_000
_REPEATED = 0.4
"""Share of word pairs from which a sentence repeats one of the summary."""


def find_most_central_position(lead_vectors: NDArray[np.float32]) -> int:
    """Return the position of the row most similar to all others; of equal rows, and of two, the first."""
    if len(lead_vectors) <= 2:  # noqa: PLR2004 - two are equally central
        return 0
    whole = round_to_whole_numbers(lead_vectors).astype(np.float64)  # in which these sums are exact
    return int(np.argmax(whole @ np.sum(whole, axis=0)))


def choose_headline(articles: Sequence[Article], lead_vectors: NDArray[np.float32]) -> tuple[str, Article]:
    """Return the title of the most central article that has one, and that article; without titles a first sentence.

    Args:
        articles: Candidates in publication order, at least one.
        lead_vectors: Their lead vectors, shape (n, dimensions).
    """
    titled = [position for position, article in enumerate(articles) if article.title]
    chosen = titled or list(range(len(articles)))
    article = articles[chosen[find_most_central_position(lead_vectors[chosen])]]
    return " ".join((article.title or _find_first_sentence(article).of(article.text)).split()), article


def build_summary(article: Article, claim_groups: Sequence[ClaimGroup]) -> tuple[SummarySentence, ...]:
    """Return the opening sentence of `article`, then the sentences of the claims that most origins report."""
    sentences = [_build_summary_sentence(article, _find_first_sentence(article))]
    shared = [group for group in claim_groups if len({report.origin_id for report in group.reports}) > 1]
    shared.sort(key=lambda group: (-len({report.origin_id for report in group.reports}), group.canonical.order))
    for group in shared:
        if len(sentences) == SENTENCES:
            break
        report = group.canonical
        sentence = _build_summary_sentence(
            report.article, _find_enclosing_sentence(report.article.text, report.claim.span)
        )
        if not any(_is_repetition(sentence.text, earlier.text) for earlier in sentences):
            sentences.append(sentence)
    return tuple(sentences)


def _find_first_sentence(article: Article) -> Span:
    """The first sentence that can stand alone and does not repeat the title; else the first line."""
    title = singulars(article.title or "")
    first: Span | None = None
    for span in map(Range.to_span, sentence_ranges(article.text[:_OPENING])):
        first = first or span
        sentence = span.of(article.text)
        if len(sentence) >= _SHORTEST and sentence[-1] in ".!?\"'\u201d" and singulars(sentence) != title:
            return span
    return first or Span(start=0, end=len(article.text))


def _find_enclosing_sentence(text: str, inner_span: Span) -> Span:
    """The sentence that `inner_span` stands in; itself when it crosses sentences."""
    return next((span for span in map(Range.to_span, sentence_ranges(text)) if span.holds(inner_span)), inner_span)


def _build_summary_sentence(article: Article, span: Span) -> SummarySentence:
    return SummarySentence(text=span.of(article.text), article_id=article.article_id, span=span)


def _is_repetition(sentence: str, other_sentence: str) -> bool:
    """Whether the longer sentence has most neighbouring words of the shorter; word order counts, unlike for bags."""
    shorter, longer = (
        set(pairwise(words)) for words in sorted((singulars(sentence), singulars(other_sentence)), key=len)
    )
    return bool(shorter) and len(shorter & longer) / len(shorter) >= _REPEATED
