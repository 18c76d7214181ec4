from datetime import UTC, datetime

import pytest

from services.contracts.base import Span
from services.contracts.event_claims import FigureVerdict
from services.dedupe.merging.figures.occasions import Occasion, read_occasion
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from tests.support.figures import AT_LEAST, EXACT, report_with, table_of, toll
from tests.support.reports import make_report

JULY = datetime(2026, 7, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after", "preceding", "occasion"),
    [
        ("The ferry sank and killed ", " people", "", Occasion.THIS),
        ("The ferry sank on July 12, killing ", " people", "", Occasion.THIS),
        ("In June ", " people died on it", "", Occasion.THIS),
        ("Another ferry sank in March, killing ", " people", "", Occasion.EARLIER),
        ("The ferry that sank on Oct. 3 had ", " people aboard", "", Occasion.EARLIER),
        ("The flood ended the lives of Mary Dorn and ", " people", "", Occasion.THIS),
        ("Two years ago ", " people died there", "", Occasion.EARLIER),
        ("A fire in 2019 killed ", " people", "", Occasion.EARLIER),
        ("Accidents have killed ", " people this year", "", Occasion.PERIOD),
        ("Since May ", " people have died there", "", Occasion.PERIOD),
        ("This year ", " people have died there", "", Occasion.PERIOD),
        ("Since may of them come, ", " beds were set up", "", Occasion.THIS),
        ("The ship is equipped to carry ", " passengers", "", Occasion.CAPACITY),
        ("The ship has a capacity of ", " passengers", "", Occasion.CAPACITY),
        ("", " people died in those blasts", "In March bombs went off in Arlund. ", Occasion.OF_SENTENCE_BEFORE),
        ("", " people have been killed", "It was the eighth fire this year. ", Occasion.OF_SENTENCE_BEFORE),
        ("", " people have been killed", "It was the eighth fire. ", Occasion.THIS),
        ("", " people died", "In March bombs went off in Arlund. ", Occasion.THIS),
    ],
)
def test_the_words_around_a_figure_tell_its_occasion(
    before: str, after: str, preceding: str, occasion: Occasion
) -> None:
    assert read_occasion(before, after, preceding, JULY) is occasion


@pytest.mark.parametrize("published", [datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)])
def test_the_ends_of_the_calendar_stop_nothing(published: datetime) -> None:
    for month in ("May", "December"):
        assert read_occasion(f"In {month} ", " people died", "", published) in Occasion


@pytest.mark.parametrize(
    "text",
    ["At least nine people were killed in a fire two years ago", "At least nine people have been killed this year"],
)
def test_the_dead_of_another_occasion_are_in_a_row_of_their_own_named_by_the_clause(text: str) -> None:
    other = report_with("post", text, ("At least nine", 9, "people", AT_LEAST))
    assert {figure.verdict for figure in table_of(toll("herald", 14), other)} == {FigureVerdict.SINGLE}
    (figure,) = table_of(other)
    assert figure.counted == text.replace("At least nine", "\u2026")


def test_a_figure_whose_occasion_only_the_sentence_before_tells_has_no_row() -> None:
    other = report_with(
        "post",
        "At least nine people died in those blasts",
        ("At least nine", 9, "people", AT_LEAST),
        before="Last year bombs went off in Arlund. ",
    )
    assert table_of(other) == ()


def test_what_something_can_hold_is_not_who_is_aboard() -> None:
    one = report_with("herald", "The ferry can carry 145 passengers", ("145", 145, "passengers", EXACT))
    other = report_with("post", "The ferry carried 145 passengers", ("145", 145, "passengers", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_a_remainder_is_not_compared_with_the_total() -> None:
    text = "The flood killed at least four people elsewhere in the valley"
    other = report_with("post", text, ("at least four", 4, "people", AT_LEAST))
    assert {figure.verdict for figure in table_of(toll("herald", 269), other)} == {FigureVerdict.SINGLE}


@pytest.mark.parametrize(("leading", "is_earlier"), [("In 2011 and 2012, ", True), ("In May Rell won; ", False)])
def test_a_time_before_the_claim_in_its_sentence_is_the_time_of_its_figures(leading: str, is_earlier: bool) -> None:
    report = report_with("herald", "nine people died there", ("nine", 9, "people", EXACT), before=leading)
    sentence = Span(start=0, end=len(report.article.text))
    claim = report.claim.model_copy(update={"sentence": sentence})
    context = read_sentence_context(
        make_report(report.article, "org_herald", claim, report.vector), claim.quantities[0]
    )
    assert (context.occasion is Occasion.EARLIER) is is_earlier
