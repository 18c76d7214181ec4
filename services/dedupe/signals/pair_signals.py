"""Signals of a pair of articles: numbers that say how likely both report one event."""

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.density import Density, crowding
from services.dedupe.signals.event_day import DayAgreement, agreements, story_overlaps
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.quotations import shared_runs
from services.dedupe.signals.term_similarity import term_similarities

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

_IN_A_DAY = 1.6
_ENOUGH_QUOTED = 8
"""Shared runs of quoted words beyond which more say nothing: copies of a speech share hundreds."""


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
        **term_similarities(article, others, live),
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
    one, other = ((cosine - side["background_mean"]) / side["background_spread"] for side in (article, others))
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
