"""Signals of a pair of articles: numbers that say how likely both report one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import DateSource, Precision
from services.dedupe.signals.event_day import DayAgreement, EventDay, agreement, event_day, story_overlap
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.news_at_large import Likeness
from services.dedupe.signals.quotations import quoted_runs, shared_runs
from services.dedupe.signals.terms import ArticleTerms, TermStatistics, article_terms

SIGNALS = (
    "cosine",
    "cosine_normalised",
    "title_cosine",
    "terms",
    "title_terms",
    "quotations",
    "quotations_x_undated",
    "gap",
    "gap_in_a_day",
    "undated",
    "undated_x_cosine",
    "event_day_same",
    "event_day_next",
    "event_day_far",
    "story_days",
    "density",
    "density_x_undated",
    "density_x_cosine",
    "length",
    "untitled",
)
"""Names of the columns of `pair_signals`, in order."""

ALIKE = frozenset(
    (
        "cosine",
        "cosine_normalised",
        "title_cosine",
        "terms",
        "title_terms",
        "quotations",
        "quotations_x_undated",
        "event_day_same",
        "story_days",
        "undated_x_cosine",
        "density_x_cosine",
    )
)
"""Signals that can only speak for "same event"."""

_DAY_SECONDS = 86_400
_IN_A_DAY = 1.6
_ENOUGH_QUOTED = 8
"""Shared runs of quoted words beyond which more say nothing: copies of a speech share hundreds."""
_TITLE_STEPS = 127


@dataclass(frozen=True, slots=True)
class ArticleSignals:
    """What pairs are compared by. `lead`: unit vector (dimensions,) float32; `day`: publication, in days."""

    lead: NDArray[np.float32]
    title: NDArray[np.int8]
    """Direction of the title's vector (dimensions,) in 127 steps of its largest value; empty without a title."""
    likeness: Likeness
    """Of the lead to news at large."""
    quoted: NDArray[np.uint32]
    """See `quoted_runs`."""
    terms: ArticleTerms
    day: float | None
    """Days since 1970-01-01 UTC, to the middle of the day where only that is known; null without a given date."""
    event_day: EventDay
    length: int
    """Characters of the text."""


def article_signals(
    lead: NDArray[np.float32],
    likeness: Likeness,
    statistics: TermStatistics,
    *,
    title_vector: NDArray[np.float32] | None,
    title: str | None,
    text: str,
    published_at: datetime | None,
    published_precision: Precision | None = None,
    published_source: DateSource | None = None,
) -> ArticleSignals:
    """Signals of one article.

    A day read from its address tells which day "on Tuesday" was, and is not weighed as distance in time: to the weights
    as they are fitted a day or two more says too much (decision 0011).
    """
    day = None
    if published_at is not None and published_source is not DateSource.ADDRESS:
        # The middle of a day is nearest to any time in it: midnight would make reports of the day before look closer.
        day = published_at.timestamp() / _DAY_SECONDS + (published_precision is Precision.DAY) / 2
    return ArticleSignals(
        lead=lead,
        title=direction(title_vector),
        likeness=likeness,
        quoted=quoted_runs(text),
        terms=article_terms(title, text, statistics),
        day=day,
        event_day=event_day(title, text, published_at),
        length=len(text),
    )


def direction(vector: NDArray[np.float32] | None) -> NDArray[np.int8]:
    """A vector in 127 steps of its largest value, a cosine with which is off by less than .002; None: empty."""
    if vector is None:
        return np.empty(0, np.int8)
    steps: NDArray[np.float32] = np.rint(vector / np.abs(vector).max() * _TITLE_STEPS)
    return steps.astype(np.int8)


@dataclass(frozen=True, slots=True)
class Density:
    """How crowded the live collection is: what the prior of "same event" hangs on.

    Attributes:
        near: Live articles published in the days up to the article in question.
        live: All live articles.
    """

    near: int
    live: int


def pair_signals(
    article_id: str,
    article: ArticleSignals,
    other_ids: Sequence[str],
    others: Sequence[ArticleSignals],
    *,
    density: Density,
    live: LiveTerms,
) -> NDArray[np.float64]:
    """Signals of `article` against each of `others`, all of them in `live`: shape (n, len(SIGNALS)).

    A row depends on its pair, `density` and the articles that are live alone, bit for bit, wherever it stands: the
    sums are taken row by row, which a matrix product does not promise.
    """
    if not others:
        return np.empty((0, len(SIGNALS)))
    leads = np.array([other.lead for other in others], np.float64)
    cosine = np.sum(leads * article.lead.astype(np.float64), axis=1)
    times = _times(article, others, density, cosine)
    runs = shared_runs(article.quoted, [other.quoted for other in others])
    quotations = np.log1p(np.minimum(runs, _ENOUGH_QUOTED))
    columns = {
        "cosine": cosine,
        "cosine_normalised": _normalised(cosine, article, others),
        "title_cosine": _title_cosine(cosine, leads, article, others),
        "quotations": quotations,
        "quotations_x_undated": quotations * times["undated"],
        **_shared_terms(article_id, article.terms, other_ids, [other.terms for other in others], live),
        **times,
        "length": np.log([min(article.length, other.length) + 50.0 for other in others]),
    }
    return np.stack([columns[name].astype(np.float64) for name in SIGNALS], axis=1)


def _normalised(
    cosine: NDArray[np.float64], article: ArticleSignals, others: Sequence[ArticleSignals]
) -> NDArray[np.float64]:
    """Mean of how far the cosine is above what is usual for either side, in standard deviations."""
    mean = np.array([other.likeness.mean for other in others])
    spread = np.array([other.likeness.spread for other in others])
    own = (cosine - article.likeness.mean) / article.likeness.spread
    return np.asarray((own + (cosine - mean) / spread) / 2)


def _title_cosine(
    cosine: NDArray[np.float64],
    leads: NDArray[np.float64],
    article: ArticleSignals,
    others: Sequence[ArticleSignals],
) -> NDArray[np.float64]:
    """The higher of the cosines of one's title to the other's lead; a lead stands in for a title that is missing."""
    best = cosine
    if len(article.title):
        title = article.title.astype(np.float64)
        best = np.sum(leads * title, axis=1) / np.sqrt(np.sum(title * title))
    titled = np.array([len(other.title) > 0 for other in others])
    other_best = cosine.copy()
    if titled.any():
        titles = np.array([other.title for other in others if len(other.title)], np.float64)
        lengths = np.sqrt(np.sum(titles * titles, axis=1))
        other_best[titled] = np.sum(titles * article.lead.astype(np.float64), axis=1) / lengths
    return np.asarray(np.maximum(best, other_best))


def _times(
    article: ArticleSignals, others: Sequence[ArticleSignals], density: Density, cosine: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    gaps = [
        abs(article.day - other.day) if article.day is not None and other.day is not None else None for other in others
    ]
    undated = np.array([gap is None for gap in gaps], np.float64)
    gap = np.array([0.0 if gap is None else gap for gap in gaps])
    days = np.array([agreement(article.event_day, other.event_day) for other in others])
    crowd = np.log1p(np.where(undated > 0, density.live, density.near))
    return {
        "gap": np.log1p(gap),
        "gap_in_a_day": (undated == 0) & (gap < _IN_A_DAY),
        "undated": undated,
        "undated_x_cosine": undated * cosine,
        "event_day_same": days == DayAgreement.SAME,
        "event_day_next": days == DayAgreement.NEXT,
        "event_day_far": days == DayAgreement.FAR,
        "story_days": np.array([story_overlap(article.event_day, other.event_day) for other in others]),
        "density": crowd,
        "density_x_undated": crowd * undated,
        "density_x_cosine": crowd * cosine,
    }


def _shared_terms(
    article_id: str, own: ArticleTerms, other_ids: Sequence[str], others: Sequence[ArticleTerms], live: LiveTerms
) -> dict[str, NDArray[np.float64]]:
    """Square roots of term cosines: of all terms weighed by what is live, and of the titles by the background."""
    count = len(others)
    place, idf, own_idf = live.align(article_id, other_ids)
    rows = np.repeat(np.arange(count), [len(other.ids) for other in others])
    weights = np.concatenate([other.frequencies for other in others]) * idf
    own_weights = own.frequencies * own_idf
    hit = np.flatnonzero(place >= 0)
    at, row = place[hit], rows[hit]
    titled = np.concatenate([other.in_title for other in others])
    in_both = titled[hit] & own.in_title[at]

    def sums(values: NDArray[np.float64], at: NDArray[np.intp]) -> NDArray[np.float64]:
        # `bincount` adds strictly in order, so that no row depends on another.
        return np.asarray(np.bincount(at, weights=values, minlength=count)[:count], np.float64)

    known = np.concatenate([other.idf for other in others])[titled].astype(np.float64)
    own_known = own.idf[own.in_title].astype(np.float64)
    titles = np.sqrt(sums(known * known, rows[titled]) * np.sum(own_known * own_known))
    lengths = np.sqrt(sums(weights * weights, rows) * np.sum(own_weights * own_weights))
    shared = own.idf[at[in_both]].astype(np.float64)
    return {
        "terms": np.sqrt(_share(sums(weights[hit] * own_weights[at], row), lengths)),
        "title_terms": np.sqrt(_share(sums(shared * shared, row[in_both]), titles)),
        "untitled": titles == 0,
    }


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
