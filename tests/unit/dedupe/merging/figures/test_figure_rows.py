from services.contracts.event_claims import FigureVerdict
from tests.support.figures import AT_LEAST, EXACT, report_with, table_of, toll


def test_a_part_is_not_compared_with_its_whole() -> None:
    one = report_with("herald", "12,000 Karvelian troops came", ("12,000", 12000, "Karvelian troops", EXACT))
    other = report_with("post", "a force including 500 Karvelian troops came", ("500", 500, "Karvelian troops", EXACT))
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_a_part_and_its_whole_in_one_claim_are_two_rows() -> None:
    text = "Thirty members of the council of 90 members voted against"
    one = report_with("herald", text, ("Thirty", 30, "members", EXACT), ("90", 90, "members", EXACT))
    assert [figure.verdict for figure in table_of(one)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_the_smaller_of_two_tolls_in_one_outlets_own_words_is_a_part() -> None:
    text = "20 people were killed. Eight people died in the northern district"
    one = report_with("herald", text, ("20", 20, "people", EXACT), ("Eight", 8, "people", EXACT))
    rows = table_of(one, toll("post", 14, AT_LEAST))
    assert {figure.verdict for figure in rows} == {FigureVerdict.COMPATIBLE, FigureVerdict.SINGLE}


def test_a_small_count_of_what_nothing_happened_to_has_a_row_only_where_two_origins_give_it() -> None:
    one, other = (
        report_with(outlet, "Divers found two boxes", ("two", 2, "boxes", EXACT)) for outlet in ("herald", "post")
    )
    assert table_of(one) == ()
    (figure,) = table_of(one, other)
    assert figure.counted == "Divers found \u2026 boxes"


def test_a_word_for_many_is_no_figure_unless_something_happened_to_them() -> None:
    assert table_of(report_with("herald", "Members flipped dozens of seats", ("dozens", 24, "seats", EXACT))) == ()
    (figure,) = table_of(report_with("herald", "Dozens of people were killed", ("Dozens", 24, "people", EXACT)))
    assert figure.counted == "people killed"


def test_a_single_count_of_a_mere_noun_is_named_by_its_clause() -> None:
    text = "The governor declared an emergency in 30 counties"
    (figure,) = table_of(report_with("herald", text, ("30", 30, "counties", EXACT)))
    assert figure.counted == "The governor declared an emergency in \u2026 counties"


def test_citizens_and_passengers_of_one_country_aboard_share_a_row() -> None:
    one = report_with("herald", "15 Karvelian citizens were aboard", ("15", 15, "Karvelian citizens", EXACT))
    other = report_with("post", "15 Karvelian passengers were on board", ("15", 15, "Karvelian passengers", EXACT))
    (figure,) = table_of(one, other)
    assert (figure.counted, figure.verdict) == ("Karvelian citizens aboard", FigureVerdict.AGREE)


def test_a_label_does_not_say_twice_that_people_died() -> None:
    text = "Karvelian deaths reached 1,204"
    (figure,) = table_of(report_with("herald", text, ("1,204", 1204, "Karvelian deaths", EXACT)))
    assert figure.counted == "Karvelian deaths"


def test_what_no_clause_and_no_noun_phrase_names_has_no_row() -> None:
    assert table_of(report_with("herald", "put at 3,000", ("3,000", 3000, "ships", EXACT))) == ()
