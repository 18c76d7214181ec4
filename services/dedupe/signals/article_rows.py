"""Articles as rows of an array: what pairs of them are compared by, side by side in 4 KB.

A shard keeps its live articles in this form alone. An article is turned into a row before it is compared for the
first time, so that it is compared in the same bits ever after, restarts included.
"""

import math
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.signals.article_signals import ArticleSignals
from services.dedupe.signals.full_names import HEAD_FULL_NAMES, KNOWN_FULL_NAMES
from services.dedupe.signals.head_names import BODY_NAMES, HEAD_NAMES
from services.dedupe.signals.head_places import HEAD_PLACES, NEAR_PLACES, place_numbering_checksum
from services.dedupe.signals.named_weekdays import UNKNOWN
from services.dedupe.signals.quotations import MOST_RUNS
from services.dedupe.signals.terms import BODY_TERMS, IN_TITLE, MOST_FREQUENT, RARITY_STEPS

Rows = NDArray[np.void]
"""Articles as `build_rows` puts them: one row each, columns by name."""
ArticleRow = NDArray[np.void]
"""Rows of which there is one."""


@cache
def row_dtype(dimensions: int) -> np.dtype[np.void]:
    """Columns of a row. `dimensions`: length of the lead vector.

    A signal that needs more of an article gets a column here, and is put into it by `build_rows`.
    """
    return np.dtype(
        [
            ("day", "<f8"),  # NaN if undated
            ("lead", "<i2", (dimensions,)),  # whole numbers, see `round_to_whole_numbers`
            ("title", "i1", (dimensions,)),  # see `ArticleSignals.title`; zeros without a title
            ("title_length", "<f4"),  # of that vector
            ("background_mean", "<f4"),
            ("background_spread", "<f4"),
            ("length", "<i4"),
            ("event_ordinal", "<i4"),  # `UNKNOWN` for none, as for the weekday
            ("event_weekday", "i1"),
            ("story", "u1"),
            ("quotes", "<i2"),  # how many runs; behind them zeros
            ("quoted", "<u4", (MOST_RUNS,)),
            ("terms", "<i2"),  # how many; behind them the columns below hold zeros
            ("term_ids", "<u4", (BODY_TERMS,)),  # ascending
            ("term_counts", "u1", (BODY_TERMS,)),  # plus `IN_TITLE`
            ("term_rarities", "u1", (BODY_TERMS,)),  # idf in the background, in 1 / `RARITY_STEPS`
            ("title_square", "<f4"),  # sum of the squared idf of the title's terms
            ("publisher", "<u4"),  # see `SeriesMarks` for this and the next ones
            ("full_title", "<u4"),
            ("title_template", "<u4"),
            ("short_text", "<u4"),
            ("numbered_day", "<u2"),
            ("apart", "?"),
            ("series", "?"),
            ("head_names", "<u4", (HEAD_NAMES,)),  # see `head_names.ArticleNames`; ascending, behind them zeros
            ("head_rarities", "u1", (HEAD_NAMES,)),
            ("known_names", "<u4", (BODY_NAMES,)),
            ("rare_name", "?"),
            ("harm", "?"),  # see `harm.opens_with_harm`
            ("head_full_names", "<u4", (HEAD_FULL_NAMES,)),  # see `full_names.ArticleFullNames`; behind them zeros
            ("known_full_names", "<u4", (KNOWN_FULL_NAMES,)),
            ("head_places", "<u4", (HEAD_PLACES,)),  # see `head_places`; behind them zeros
            ("near_places", "<u4", (NEAR_PLACES,)),
        ],
        align=True,
    )


@cache
def row_layout_checksum(dimensions: int) -> int:
    """A number that changes with the columns and with what the numbers of places mean.

    Rows that were kept under another one are made anew.
    """
    return zlib.crc32(repr(row_dtype(dimensions).descr).encode(), place_numbering_checksum())


def build_rows(articles: Sequence[ArticleSignals]) -> Rows:
    """A row for each article, whose vectors have one length."""
    rows = np.zeros(len(articles), row_dtype(len(articles[0].lead) if articles else 0))
    for row, article in zip(rows, articles, strict=True):
        row["day"] = math.nan if article.day is None else article.day
        row["lead"] = round_to_whole_numbers(article.lead)
        row["background_mean"] = article.background.mean
        row["background_spread"] = article.background.spread
        row["length"] = article.length
        row["event_ordinal"] = UNKNOWN if article.named_weekdays.ordinal is None else article.named_weekdays.ordinal
        row["event_weekday"] = UNKNOWN if article.named_weekdays.weekday is None else article.named_weekdays.weekday
        row["story"] = article.named_weekdays.story
        if len(article.title):
            row["title"] = article.title
            row["title_length"] = np.sqrt(np.sum(article.title.astype(np.float64) ** 2))
        row["quotes"] = len(article.quoted)
        row["quoted"][: len(article.quoted)] = article.quoted
        row["head_names"][: len(article.names.head)] = article.names.head
        row["head_rarities"][: len(article.names.head)] = article.names.rarities
        row["known_names"][: len(article.names.known)] = article.names.known
        row["rare_name"] = article.names.rare
        row["head_full_names"][: len(article.full_names.head)] = article.full_names.head
        row["known_full_names"][: len(article.full_names.known)] = article.full_names.known
        for column, places in zip(("head_places", "near_places"), article.places, strict=True):
            row[column][: len(places)] = places
        row["harm"] = article.harm
        terms = article.terms
        count = len(terms.ids)
        counts = np.minimum(np.rint(np.exp(terms.frequencies - 1)), MOST_FREQUENT).astype(np.uint8)
        rarities = np.minimum(np.rint(terms.idf * RARITY_STEPS), 255)
        row["terms"] = count
        row["term_ids"][:count] = terms.ids
        row["term_counts"][:count] = counts + np.uint8(IN_TITLE) * terms.in_title
        row["term_rarities"][:count] = rarities
        form = article.form
        row["publisher"], row["full_title"], row["title_template"] = form.publisher, form.title, form.template
        row["short_text"] = form.short_text
        row["numbered_day"] = form.numbered_day
        row["apart"], row["series"] = form.apart, form.series
        row["title_square"] = np.sum((rarities[terms.in_title] / RARITY_STEPS) ** 2)
    return rows


def build_row(article: ArticleSignals) -> ArticleRow:
    """The row of one article."""
    return build_rows([article])
