from datetime import date

import pytest

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import DateMention
from services.contracts.quantity import Bound
from services.dedupe.merging.claims.open_dates import (
    complete_claim_dates,
    complete_date_mention,
    find_median_publication_day,
)
from tests.support.dedupe_articles import make_article, make_claim

FRIDAY = date(2031, 3, 7)


def mention(iso: str, precision: Precision = Precision.DAY) -> DateMention:
    return DateMention(iso=iso, precision=precision, surface="x", span=Span(start=0, end=1))


@pytest.mark.parametrize(
    ("iso", "precision", "full"),
    [
        ("XXXX-03-05", Precision.DAY, "2031-03-05"),
        ("XXXX-12-30", Precision.DAY, "2030-12-30"),
        ("XXXX-03-09/XXXX-03-10", Precision.DAY, "2031-03-09/2031-03-10"),
        ("XXXX-WXX-7", Precision.DAY, "2031-03-09"),
        ("XXXX-WXX-2", Precision.DAY, "2031-03-04"),
        ("XXXX-WXX-5", Precision.DAY, "2031-03-07"),
        ("XXXX-11", Precision.MONTH, "2030-11"),
        ("XXXX-XX", Precision.MONTH, "2031-03"),
        ("XXXX-12-31", Precision.YEAR, "2031-12-31"),
        ("XXXX-02-29", Precision.DAY, "2032-02-29"),
        ("2019-05-04", Precision.DAY, "2019-05-04"),
    ],
)
def test_an_open_date_is_the_nearest_to_the_event(iso: str, precision: Precision, full: str) -> None:
    assert complete_date_mention(mention(iso, precision), FRIDAY).iso == full


def test_a_figure_is_dated_by_the_event_as_well() -> None:
    one = make_article("forum", "They counted 40 boats.", days=None)
    claim = make_claim(one, "They counted 40 boats.", figures=[("40", 40, "boats", Bound.EXACT)])
    open_figures = tuple(quantity.model_copy(update={"as_of": "XXXX-03-05"}) for quantity in claim.quantities)
    full = complete_claim_dates(claim.model_copy(update={"quantities": open_figures}), FRIDAY)
    assert [quantity.as_of for quantity in full.quantities] == ["2031-03-05"]


def test_an_event_lies_in_the_middle_of_its_dated_articles() -> None:
    assert find_median_publication_day([date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 11)]) == date(2026, 3, 3)
    assert find_median_publication_day([date(2026, 3, 2), date(2026, 3, 3)]) == date(2026, 3, 2)
    assert find_median_publication_day([]) is None


def test_a_claim_of_an_event_without_a_day_keeps_its_open_dates() -> None:
    one = make_article("forum", "They met.", days=None)
    claim = make_claim(one, "They met.").model_copy(update={"dates": (mention("XXXX-03-05"),)})
    assert complete_claim_dates(claim, None) is claim
    assert complete_claim_dates(claim, FRIDAY).dates[0].iso == "2031-03-05"
