"""Pairs of articles that are no pair, however alike they are."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.head_names import mask_by_names
from services.dedupe.signals.head_places import mask_by_places
from services.dedupe.signals.pair_signals import SIGNALS

_TITLE_COSINE = SIGNALS.index("title_cosine")
ANOTHER_DAY = 0.7
"""Days between two texts with one title, from which on the second is the next of a series: an evening's to a noon's."""


class Exclusion(StrEnum):
    """Why a pair is none."""

    KIND = "kind"
    """One of the two is a text that tells of no one event."""
    SERIES = "series"
    """Both are texts of one series."""
    NAMES = "names"
    """No name that either opens with stands in the other."""
    PLACES = "places"
    """They open with other places."""


def exclusion_mask(article_row: Rows, other_rows: Rows, signals: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether anything forbids a pair of an article, the only one in `article_row`, with each of `other_rows`.

    An exclusion has a fixed sign and stands outside the fit (decision 0023). `signals`: of these pairs.
    """
    excluded = mask_by_kind_or_series(article_row, other_rows) | mask_by_names(article_row, other_rows)
    return np.asarray(excluded | mask_by_places(article_row, other_rows, signals[:, _TITLE_COSINE]), np.bool_)


def mask_by_kind_or_series(article_row: Rows, other_rows: Rows) -> NDArray[np.bool_]:
    """Whether the kinds of text forbid a pair of an article, the only one in `article_row`, with each of `other_rows`.

    A text that tells of no one event makes no pair. Two texts of one publisher make none if either is known to be of a
    series, if their titles differ only as those of a series do, if the very same title comes again another day, or if
    one short text stands under two titles: a wall, or the frame of a video. "Day 400" and "Day 401" are two days,
    whoever counts them.
    """
    own = article_row[0]
    one_publisher = (other_rows["publisher"] == own["publisher"]) & (own["publisher"] != 0)
    same_title = (other_rows["full_title"] == own["full_title"]) & (own["full_title"] != 0)
    same_template = (other_rows["title_template"] == own["title_template"]) & (own["title_template"] != 0)
    another_day = np.abs(other_rows["day"] - own["day"]) >= ANOTHER_DAY  # not where either is undated
    series = other_rows["series"] | own["series"] | (same_template & ~same_title) | (same_title & another_day)
    frame = (other_rows["short_text"] == own["short_text"]) & (own["short_text"] != 0) & ~same_title
    numbered = (other_rows["numbered_day"] > 0) & (own["numbered_day"] > 0)
    other_day = numbered & (other_rows["numbered_day"] != own["numbered_day"])
    return np.asarray(other_rows["apart"] | own["apart"] | (one_publisher & (series | frame)) | other_day, np.bool_)


def find_exclusion(article_row: Rows, other_row: Rows, signals: NDArray[np.float64]) -> Exclusion | None:
    """What forbids the pair of two articles, each the only one in its rows; None: nothing. `signals`: of the pair."""
    if mask_by_kind_or_series(article_row, other_row)[0]:
        return Exclusion.KIND if article_row["apart"][0] or other_row["apart"][0] else Exclusion.SERIES
    if mask_by_names(article_row, other_row)[0]:
        return Exclusion.NAMES
    return Exclusion.PLACES if mask_by_places(article_row, other_row, signals[:, _TITLE_COSINE])[0] else None
