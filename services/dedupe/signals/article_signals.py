"""What one article is compared by, computed from the article alone."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import DateSource, Precision
from services.dedupe.signals.background_corpus import BackgroundSimilarity
from services.dedupe.signals.full_names import ArticleFullNames, find_article_full_names
from services.dedupe.signals.harm import opens_with_harm
from services.dedupe.signals.head_names import ArticleNames, find_article_names
from services.dedupe.signals.head_places import find_article_place_ids
from services.dedupe.signals.named_weekdays import NamedWeekdays, read_named_weekdays
from services.dedupe.signals.quotations import hash_quoted_shingles
from services.dedupe.signals.series_marks import UNKNOWN_FORM, SeriesMarks
from services.dedupe.signals.terms import ArticleTerms, TermStatistics, select_heaviest_terms

_DAY_SECONDS = 86_400
_TITLE_STEPS = 127


@dataclass(frozen=True, slots=True)
class ArticleSignals:
    """What pairs are compared by. `lead`: unit vector (dimensions,) float32; `day`: publication, in days."""

    lead: NDArray[np.float32]
    title: NDArray[np.int8]
    """Direction of the title's vector (dimensions,) in 127 steps of its largest value; empty without a title."""
    background: BackgroundSimilarity
    """Of the lead."""
    quoted: NDArray[np.uint32]
    """See `hash_quoted_shingles`."""
    terms: ArticleTerms
    day: float | None
    """Days since 1970-01-01 UTC, to the middle of the day where only that is known; None without a given date."""
    named_weekdays: NamedWeekdays
    length: int
    """Characters of the text."""
    form: SeriesMarks = UNKNOWN_FORM
    names: ArticleNames = field(default_factory=ArticleNames)
    full_names: ArticleFullNames = field(default_factory=ArticleFullNames)
    places: tuple[NDArray[np.uint32], NDArray[np.uint32]] = (np.empty(0, np.uint32), np.empty(0, np.uint32))
    """See `find_article_place_ids`."""
    harm: bool = False
    """See `opens_with_harm`."""


def compute_article_signals(
    lead_vector: NDArray[np.float32],
    background_similarity: BackgroundSimilarity,
    term_statistics: TermStatistics,
    *,
    title_vector: NDArray[np.float32] | None,
    title: str | None,
    text: str,
    published_at: datetime | None,
    published_precision: Precision | None = None,
    published_source: DateSource | None = None,
    series_marks: SeriesMarks = UNKNOWN_FORM,
) -> ArticleSignals:
    """Signals of one article.

    A day read from its address tells which day "on Tuesday" was, and is not weighed as distance in time: the fitted
    weights make too much of a day or two (decision 0011).
    """
    day = None
    if published_at is not None and published_source is not DateSource.ADDRESS:
        # The middle of a day is nearest to any time in it: midnight would make reports of the day before look closer.
        day = published_at.timestamp() / _DAY_SECONDS + (published_precision is Precision.DAY) / 2
    return ArticleSignals(
        lead=lead_vector,
        title=scale_to_int8(title_vector),
        background=background_similarity,
        quoted=hash_quoted_shingles(text),
        terms=select_heaviest_terms(title, text, term_statistics),
        day=day,
        named_weekdays=read_named_weekdays(title, text, published_at),
        length=len(text),
        form=series_marks,
        names=find_article_names(title, text, term_statistics),
        full_names=find_article_full_names(title, text, term_statistics),
        places=find_article_place_ids(title, text),
        harm=opens_with_harm(title, text),
    )


def scale_to_int8(vector: NDArray[np.float32] | None) -> NDArray[np.int8]:
    """A vector in 127 steps of its largest value, a cosine with which is off by less than .002; None: empty."""
    if vector is None:
        return np.empty(0, np.int8)
    steps: NDArray[np.float32] = np.rint(vector / np.abs(vector).max() * _TITLE_STEPS)
    return steps.astype(np.int8)
