"""Signals of a pair of articles: numbers that say how likely both report one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from services.dedupe.event_day import DayAgreement, EventDay, agreement, event_day
from services.dedupe.terms import ArticleTerms, TermStatistics, article_terms, contained, cosines, holding

SIGNALS = (
    "cosine",
    "terms",
    "title_terms",
    "names",
    "cosine_x_terms",
    "title_contained_low",
    "title_contained_high",
    "gap",
    "undated",
    "undated_x_cosine",
    "event_day_same",
    "event_day_next",
    "event_day_far",
    "density",
    "density_x_undated",
    "density_x_cosine",
    "length",
)
"""Names of the columns of `pair_signals`, in order."""

_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class ArticleSignals:
    """What pairs are compared by. `lead`: unit vector (dimensions,) float32; `day`: publication, in days."""

    lead: NDArray[np.float32]
    terms: ArticleTerms
    day: float | None
    """Days since 1970-01-01 UTC; null when the publisher gives no time."""
    event_day: EventDay
    length: int
    """Characters of the text."""


def article_signals(
    lead: NDArray[np.float32],
    title: str | None,
    text: str,
    published_at: datetime | None,
    statistics: TermStatistics,
) -> ArticleSignals:
    """Signals of one article."""
    return ArticleSignals(
        lead=lead,
        terms=article_terms(title, text, statistics),
        day=published_at.timestamp() / _DAY_SECONDS if published_at else None,
        event_day=event_day(title, text, published_at),
        length=len(text),
    )


@dataclass(frozen=True, slots=True)
class Density:
    """How crowded the live collection is: what the prior of "same event" hangs on.

    Attributes:
        near: Dated live articles inside the window around the article in question.
        live: All live articles.
    """

    near: int
    live: int


def pair_signals(article: ArticleSignals, others: Sequence[ArticleSignals], density: Density) -> NDArray[np.float64]:
    """Signals of `article` against each of `others`: shape (n, len(SIGNALS)).

    A row depends on its pair and `density` alone, bit for bit, wherever it stands: the sums are taken row by
    row, which a matrix product does not promise.
    """
    if not others:
        return np.empty((0, len(SIGNALS)))
    leads = np.array([other.lead for other in others], np.float64)
    cosine = np.sum(leads * article.lead.astype(np.float64), axis=1)
    terms = cosines(article.terms.body, [other.terms.body for other in others])
    title_in_other = contained(article.terms.title, [other.terms.body for other in others])
    other_title_in = holding(article.terms.body, [other.terms.title for other in others])
    gaps = [
        abs(article.day - other.day) if article.day is not None and other.day is not None else None for other in others
    ]
    undated = np.array([gap is None for gap in gaps], np.float64)
    gap = np.array([0.0 if gap is None else gap for gap in gaps])
    days = np.array([agreement(article.event_day, other.event_day) for other in others])
    crowd = np.log1p(np.where(undated > 0, density.live, density.near))
    columns = {
        "cosine": cosine,
        "terms": terms,
        "title_terms": cosines(article.terms.title, [other.terms.title for other in others]),
        "names": cosines(article.terms.names, [other.terms.names for other in others]),
        "cosine_x_terms": cosine * terms,
        "title_contained_low": np.minimum(title_in_other, other_title_in),
        "title_contained_high": np.maximum(title_in_other, other_title_in),
        "gap": np.log1p(gap),
        "undated": undated,
        "undated_x_cosine": undated * cosine,
        "event_day_same": days == DayAgreement.SAME,
        "event_day_next": days == DayAgreement.NEXT,
        "event_day_far": days == DayAgreement.FAR,
        "density": crowd,
        "density_x_undated": crowd * undated,
        "density_x_cosine": crowd * cosine,
        "length": np.log([min(article.length, other.length) + 50.0 for other in others]),
    }
    return np.stack([columns[name].astype(np.float64) for name in SIGNALS], axis=1)
