from services.contracts.event_claims import FigureVerdict
from tests.support.figures import EXACT, report_with, table_of, toll


def test_a_year_in_a_relative_clause_behind_the_figure_does_not_date_it() -> None:
    text = "20 people died in the old mill, which dates from 1840"
    other = report_with("post", text, ("20", 20, "people", EXACT), dates=[("1840", "1840")])
    assert [figure.verdict for figure in table_of(toll("herald", 14), other)] == [FigureVerdict.CONFLICTING]


def test_a_count_by_the_day_is_not_compared_with_a_total() -> None:
    one = report_with("herald", "300 people died a day", ("300", 300, "people", EXACT))
    other = report_with("post", "9,000 people died", ("9,000", 9000, "people", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_a_count_in_parts_of_a_place_is_not_that_of_others() -> None:
    one = report_with("herald", "300 people died in parts of the valley", ("300", 300, "people", EXACT))
    other = report_with("post", "9,000 people died", ("9,000", 9000, "people", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_a_count_of_the_whole_world_is_not_that_of_a_place() -> None:
    one = report_with("herald", "9,000 people have died worldwide", ("9,000", 9000, "people", EXACT))
    other = report_with("post", "300 people have died", ("300", 300, "people", EXACT))
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}
