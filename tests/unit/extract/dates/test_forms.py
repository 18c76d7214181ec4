"""The forms of dates that an article hints at, which its sentences are searched for."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.extract.dates.dates import find_dates, forms_in
from services.extract.text.document import read_document
from services.language.ranges import Range

PIECES = (
    "May", "5", "Oct. 27-28", "2016", "Sunday", "next", "week", "the", "year-end", "this morning", "ago", "two", "days",
    "Monday's", "last", "June", "TODAY", "end of", "month", ",", ".", "—", "İ", "early",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_no_date_is_lost_when_only_the_forms_that_the_article_hints_at_are_looked_for(text: str) -> None:
    document = read_document(text)
    area = Range(0, len(text))
    day = date(2031, 3, 5)
    assert find_dates(document, area, day, forms_in(document)) == find_dates(document, area, day)


def test_an_article_without_any_hint_is_searched_for_nothing() -> None:
    assert forms_in(read_document("They crossed the bridge.")) == []
