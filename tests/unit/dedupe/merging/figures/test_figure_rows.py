from services.contracts.event_claims import FigureVerdict
from tests.support.figures import AT_LEAST, EXACT, report_with, table_of, toll


def test_a_part_is_not_compared_with_its_whole() -> None:
    one = report_with("herald", "12,000 Karvelian troops came", ("12,000", 12000, "Karvelian troops", EXACT))
    other = report_with("post", "a force including 500 Karvelian troops came", ("500", 500, "Karvelian troops", EXACT))
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_a_part_and_its_whole_in_one_claim_are_two_rows() -> None:
    text = "Three members of the council of nine members voted against"
    one = report_with("herald", text, ("Three", 3, "members", EXACT), ("nine", 9, "members", EXACT))
    assert [figure.verdict for figure in table_of(one)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_the_smaller_of_two_tolls_in_one_outlets_own_words_is_a_part() -> None:
    text = "20 people were killed. Eight people died in the northern district"
    one = report_with("herald", text, ("20", 20, "people", EXACT), ("Eight", 8, "people", EXACT))
    rows = table_of(one, toll("post", 14, AT_LEAST))
    assert {figure.verdict for figure in rows} == {FigureVerdict.COMPATIBLE, FigureVerdict.SINGLE}
