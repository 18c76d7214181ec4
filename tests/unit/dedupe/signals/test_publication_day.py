from datetime import UTC, datetime

import numpy as np
import pytest

from services.contracts.article import DateSource, Precision
from services.dedupe.clustering.live_article import signals_of_embedded_article
from services.dedupe.signals.article_signals import ArticleSignals
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import direction, embed, make_article

STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 100)


def signals(
    moment: datetime, precision: Precision | None, source: DateSource | None = DateSource.PUBLISHER
) -> ArticleSignals:
    given = {"published_at": moment, "published_precision": precision, "published_source": source}
    article = make_article("courier", "The bridge reopened on Monday.").model_copy(update=given)
    return signals_of_embedded_article(embed(article, direction(1)), STATISTICS)


def test_an_article_known_to_the_day_counts_from_its_middle() -> None:
    midnight = datetime(1970, 1, 11, tzinfo=UTC)
    assert signals(midnight, Precision.DAY).day == 10.5


@pytest.mark.parametrize("precision", [Precision.SECOND, None])
def test_an_article_with_a_time_counts_from_that_time(precision: Precision | None) -> None:
    assert signals(datetime(1970, 1, 11, 18, tzinfo=UTC), precision).day == 10.75


def test_the_weekday_it_names_is_that_of_the_same_day_either_way() -> None:
    tuesday = datetime(2026, 3, 3, tzinfo=UTC)
    assert signals(tuesday, Precision.DAY).named_weekdays == signals(tuesday, Precision.SECOND).named_weekdays


def test_a_day_read_from_an_address_resolves_weekdays_and_is_no_distance_in_time() -> None:
    tuesday = datetime(2026, 3, 3, tzinfo=UTC)
    read = signals(tuesday, Precision.DAY, DateSource.ADDRESS)
    assert read.day is None
    assert read.named_weekdays == signals(tuesday, Precision.DAY).named_weekdays
    assert read.named_weekdays.ordinal is not None


def test_an_article_from_before_sources_were_kept_counts_as_dated() -> None:
    assert signals(datetime(1970, 1, 11, tzinfo=UTC), Precision.SECOND, None).day == 10.0
