"""Signals of a pair of articles: numbers that say how likely both report one event."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import DateSource, Precision
from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.signals.event_day import DayAgreement, EventDay, agreements, event_day, story_overlaps
from services.dedupe.signals.head_names import Names, article_names
from services.dedupe.signals.head_places import article_places
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.news_at_large import Likeness
from services.dedupe.signals.quotations import quoted_runs, shared_runs
from services.dedupe.signals.shared_ids import shared_ids
from services.dedupe.signals.terms import (
    BODY_TERMS,
    IN_TITLE,
    RARITY_STEPS,
    ArticleTerms,
    TermStatistics,
    article_terms,
)
from services.dedupe.signals.text_kinds import UNKNOWN_FORM, TextForm

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

MOST_DENSE = 2_600
"""Articles around a pair, above which the density counts as this: the densest collection that weights were fitted to.
In ten times as many articles the weights would ask for ten times better odds, though more outlets write about the same
events: at 100,000 live articles three of four reports founded events of their own."""

Rows = NDArray[np.void]
"""Articles as `article_rows.rows_of` puts them: one row each, columns by name."""

_DAY_SECONDS = 86_400
_IN_A_DAY = 1.6
_ENOUGH_QUOTED = 8
"""Shared runs of quoted words beyond which more say nothing: copies of a speech share hundreds."""
_TITLE_STEPS = 127
_FREQUENCY = np.array([0.0, *(1 + math.log(count) for count in range(1, IN_TITLE))] * 2, np.float32)
"""Weight of a term by its count, in the title or not."""
_KNOWN_SQUARE = ((np.arange(256) / RARITY_STEPS) ** 2).astype(np.float64)
"""Square of a term's idf in the background, by its rarity."""


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
    form: TextForm = UNKNOWN_FORM
    names: Names = field(default_factory=Names)
    places: tuple[NDArray[np.uint32], NDArray[np.uint32]] = (np.empty(0, np.uint32), np.empty(0, np.uint32))
    """See `article_places`."""


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
    form: TextForm = UNKNOWN_FORM,
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
        form=form,
        names=article_names(title, text, statistics),
        places=article_places(title, text),
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
        live: All live articles, which count where either article is undated.
    """

    near: int
    live: int


def crowding(articles: int) -> float:
    """Log of the density, as far as it counts."""
    return math.log1p(min(articles, MOST_DENSE))


def pair_signals(article: Rows, others: Rows, *, density: Density, live: LiveTerms) -> NDArray[np.float64]:
    """Signals of an article, the only one in `article`, against each of `others`: shape (n, len(SIGNALS)).

    A row depends on its pair, `density` and what `live` counts alone, bit for bit, wherever it stands: products of
    vectors are of whole numbers, and other sums are taken row by row, which a matrix product does not promise.
    """
    if len(others) == 0:
        return np.empty((0, len(SIGNALS)))
    lead, leads = article["lead"][0].astype(np.float32), others["lead"].astype(np.float32)
    cosine = (leads @ lead).astype(np.float64) / SCALE**2
    times = _times(article, others, density, cosine)
    runs = shared_runs(article["quoted"][0][: article["quotes"][0]], others["quoted"])
    quotations = np.log1p(np.minimum(runs, _ENOUGH_QUOTED))
    columns = {
        "cosine": cosine,
        "cosine_normalised": _normalised(cosine, article, others),
        "title_cosine": np.maximum(
            _title_cosine(cosine, article["title"][0].astype(np.float32), article["title_length"], leads),
            _title_cosine(cosine, others["title"].astype(np.float32), others["title_length"], lead),
        ),
        "quotations": quotations,
        "quotations_x_undated": quotations * times["undated"],
        **_shared_terms(article, others, live),
        **times,
        "length": np.log(np.minimum(others["length"], article["length"]) + 50.0),
    }
    return np.stack([columns[name] for name in SIGNALS], axis=1, dtype=np.float64)


def _title_cosine(
    cosine: NDArray[np.float64], titles: NDArray[np.float32], lengths: NDArray[np.float32], leads: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Cosines of titles to leads, of which one side may be a single one; `cosine` where there is no title."""
    products = leads @ titles if leads.ndim > titles.ndim else titles @ leads
    scale = lengths.astype(np.float64) * SCALE
    return np.where(scale > 0, products.astype(np.float64) / np.where(scale > 0, scale, 1), cosine)


def _normalised(cosine: NDArray[np.float64], article: Rows, others: Rows) -> NDArray[np.float64]:
    """Mean of how far the cosine is above what is usual for either side, in standard deviations."""
    one, other = ((cosine - side["likeness_mean"]) / side["likeness_spread"] for side in (article, others))
    return np.asarray((one + other) / 2)


def _times(
    article: Rows, others: Rows, density: Density, cosine: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    gap = np.abs(others["day"] - article["day"])
    undated = np.isnan(gap)
    gap[undated] = 0
    weekday, ordinal = article["event_weekday"][0], article["event_ordinal"][0]
    days = agreements(int(weekday), int(ordinal), others["event_weekday"], others["event_ordinal"])
    crowd = np.where(undated, crowding(density.live), crowding(density.near))
    return {
        "gap": np.log1p(gap),
        "gap_in_a_day": ~undated & (gap < _IN_A_DAY),
        "undated": undated,
        "undated_x_cosine": undated * cosine,
        "event_day_same": days == DayAgreement.SAME,
        "event_day_next": days == DayAgreement.NEXT,
        "event_day_far": days == DayAgreement.FAR,
        "story_days": story_overlaps(int(article["story"][0]), others["story"]),
        "density": crowd,
        "density_x_undated": crowd * undated,
        "density_x_cosine": crowd * cosine,
    }


def _shared_terms(article: Rows, others: Rows, live: LiveTerms) -> dict[str, NDArray[np.float64]]:
    """Square roots of term cosines: of all terms weighed by what is live, and of the titles by the background."""
    own = article[0]
    ids, counts = np.ascontiguousarray(others["term_ids"]), np.ascontiguousarray(others["term_counts"])
    weights = _FREQUENCY.take(counts) * live.idf(ids, np.ascontiguousarray(others["term_rarities"]))
    own_weights = _FREQUENCY.take(own["term_counts"]) * live.idf(own["term_ids"], own["term_rarities"])
    place, at = shared_ids(ids.ravel(), own["term_ids"][: own["terms"]])
    row = place // BODY_TERMS
    in_both = (counts.ravel().take(place) >= IN_TITLE) & (own["term_counts"].take(at) >= IN_TITLE)
    shared = _KNOWN_SQUARE.take(own["term_rarities"].take(at[in_both]))
    titles = np.sqrt(others["title_square"].astype(np.float64) * float(own["title_square"]))
    squares = np.sum(weights * weights, axis=1).astype(np.float64)
    lengths = np.sqrt(squares * float(np.sum(own_weights * own_weights)))
    products = weights.ravel().take(place) * own_weights.take(at)
    return {
        "terms": np.sqrt(_share(_sums(products, row, len(others)), lengths)),
        "title_terms": np.sqrt(_share(_sums(shared, row[in_both], len(others)), titles)),
        "untitled": titles == 0,
    }


def _sums(values: NDArray[Any], rows: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """Sum of the values of each row."""
    # `bincount` adds strictly in order, so that no row depends on another.
    return np.asarray(np.bincount(rows, weights=values, minlength=count), np.float64)


def _share(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
