"""Pairs of articles that are no pair, however alike they are."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.article_rows import Rows
from services.dedupe.signals.head_names import names_exclude
from services.dedupe.signals.head_places import places_exclude
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


def exclude(article: Rows, others: Rows, signals: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether anything forbids a pair of an article, the only one in `article`, with each of `others`.

    An exclusion has a fixed sign and stands outside the fit (decision 0023). `signals`: of these pairs.
    """
    excluded = kinds_exclude(article, others) | names_exclude(article, others)
    return np.asarray(excluded | places_exclude(article, others, signals[:, _TITLE_COSINE]), np.bool_)


def kinds_exclude(article: Rows, others: Rows) -> NDArray[np.bool_]:
    """Whether the kinds of text forbid a pair of an article, the only one in `article`, with each of `others`.

    A text that tells of no one event makes no pair. Two texts of one publisher make none if either is known to be of a
    series, if their titles differ only as those of a series do, if the very same title comes again another day, or if
    one short text stands under two titles: a wall, or the frame of a video.
    """
    own = article[0]
    one_publisher = (others["publisher"] == own["publisher"]) & (own["publisher"] != 0)
    same_title = (others["full_title"] == own["full_title"]) & (own["full_title"] != 0)
    same_template = (others["title_template"] == own["title_template"]) & (own["title_template"] != 0)
    another_day = np.abs(others["day"] - own["day"]) >= ANOTHER_DAY  # not where either is undated
    series = others["series"] | own["series"] | (same_template & ~same_title) | (same_title & another_day)
    frame = (others["short_text"] == own["short_text"]) & (own["short_text"] != 0) & ~same_title
    return np.asarray(others["apart"] | own["apart"] | (one_publisher & (series | frame)), np.bool_)


def why_excluded(article: Rows, other: Rows, signals: NDArray[np.float64]) -> Exclusion | None:
    """What forbids the pair of two articles, each the only one in its rows; None: nothing. `signals`: of the pair."""
    if kinds_exclude(article, other)[0]:
        return Exclusion.KIND if article["apart"][0] or other["apart"][0] else Exclusion.SERIES
    if names_exclude(article, other)[0]:
        return Exclusion.NAMES
    return Exclusion.PLACES if places_exclude(article, other, signals[:, _TITLE_COSINE])[0] else None
