"""Signals of a pair of articles: numbers that say how likely both report one event."""

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import SCALE
from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.density import Density, log_density
from services.dedupe.signals.full_names import compare_full_names
from services.dedupe.signals.harm import mask_by_harm
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.named_weekdays import DayAgreement, compare_event_days, weekday_overlap_shares
from services.dedupe.signals.quotations import count_shared_runs
from services.dedupe.signals.term_similarity import term_similarity_signals

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
    "full_name",
    "full_name_undated",
    "harm_name",
)
"""Names of the columns of `compute_pair_signals`, in order."""

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

FIXED = ("full_name", "full_name_undated", "harm_name")
"""Signals whose weights are chosen, not fitted (decisions 0067 and 0068)."""

_IN_A_DAY = 1.6
_ENOUGH_QUOTED = 8
"""Shared runs of quoted words beyond which more say nothing: copies of a speech share hundreds."""


def compute_pair_signals(
    article_row: Rows, other_rows: Rows, *, density: Density, live_terms: LiveTerms
) -> NDArray[np.float64]:
    """Signals of an article, the only one in `article_row`, against each of `other_rows`: shape (n, len(SIGNALS)).

    A row depends on its pair, `density` and what `live_terms` counts alone, bit for bit, wherever it stands: products
    of vectors are of whole numbers, and other sums are taken row by row, which a matrix product does not promise.
    """
    if len(other_rows) == 0:
        return np.empty((0, len(SIGNALS)))
    lead, leads = article_row["lead"][0].astype(np.float32), other_rows["lead"].astype(np.float32)
    cosine = (leads @ lead).astype(np.float64) / SCALE**2
    times = _time_and_density_signals(article_row, other_rows, density, cosine)
    undated = times["undated"] > 0
    days_apart = ~undated & (times["gap_in_a_day"] == 0)
    in_both_heads, in_one_head = compare_full_names(article_row, other_rows, live_terms)
    runs = count_shared_runs(article_row["quoted"][0][: article_row["quotes"][0]], other_rows["quoted"])
    quotations = np.log1p(np.minimum(runs, _ENOUGH_QUOTED))
    columns = {
        "cosine": cosine,
        "cosine_normalised": _normalise_cosines(cosine, article_row, other_rows),
        "title_cosine": np.maximum(
            _title_to_lead_cosines(
                cosine, article_row["title"][0].astype(np.float32), article_row["title_length"], leads
            ),
            _title_to_lead_cosines(cosine, other_rows["title"].astype(np.float32), other_rows["title_length"], lead),
        ),
        "quotations": quotations,
        "quotations_x_undated": quotations * times["undated"],
        **term_similarity_signals(article_row, other_rows, live_terms),
        **times,
        # Where days tell threads apart, both have to open with it; what has no day has little but words.
        "full_name": in_both_heads & ~undated,
        "full_name_undated": in_one_head & undated,
        "harm_name": mask_by_harm(article_row, other_rows, days_apart, live_terms),
        "length": np.log(np.minimum(other_rows["length"], article_row["length"]) + 50.0),
    }
    return np.stack([columns[name] for name in SIGNALS], axis=1, dtype=np.float64)


def _title_to_lead_cosines(
    lead_cosines: NDArray[np.float64],
    titles: NDArray[np.float32],
    lengths: NDArray[np.float32],
    leads: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Cosines of titles to leads, of which one side may be a single one; `lead_cosines` where there is no title."""
    products = leads @ titles if leads.ndim > titles.ndim else titles @ leads
    scale = lengths.astype(np.float64) * SCALE
    return np.where(scale > 0, products.astype(np.float64) / np.where(scale > 0, scale, 1), lead_cosines)


def _normalise_cosines(cosines: NDArray[np.float64], article_row: Rows, other_rows: Rows) -> NDArray[np.float64]:
    """Mean of how far the cosine is above what is usual for either side, in standard deviations."""
    one, other = ((cosines - side["background_mean"]) / side["background_spread"] for side in (article_row, other_rows))
    return np.asarray((one + other) / 2)


def _time_and_density_signals(
    article_row: Rows, other_rows: Rows, density: Density, cosines: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    gap = np.abs(other_rows["day"] - article_row["day"])
    undated = np.isnan(gap)
    gap[undated] = 0
    weekday, ordinal = article_row["event_weekday"][0], article_row["event_ordinal"][0]
    days = compare_event_days(int(weekday), int(ordinal), other_rows["event_weekday"], other_rows["event_ordinal"])
    crowd = np.where(undated, log_density(density.live), log_density(density.near))
    return {
        "gap": np.log1p(gap),
        "gap_in_a_day": ~undated & (gap < _IN_A_DAY),
        "undated": undated,
        "undated_x_cosine": undated * cosines,
        "event_day_same": days == DayAgreement.SAME,
        "event_day_next": days == DayAgreement.NEXT,
        "event_day_far": days == DayAgreement.FAR,
        "story_days": weekday_overlap_shares(int(article_row["story"][0]), other_rows["story"]),
        "density": crowd,
        "density_x_undated": crowd * undated,
        "density_x_cosine": crowd * cosines,
    }
