from collections.abc import Sequence

from services.contracts.event_claims import Figure, FigureVerdict
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report, report, whole_numbers
from services.dedupe.merging.contradictions.find import contradictions
from services.dedupe.merging.figures import figure_table, mentions
from services.extract.extraction import extract
from tests.support.dedupe_articles import direction, make_article


def told(outlet: str, text: str, near: int = 7) -> list[Report]:
    """The claims that extract finds in a text; those of one number point the same way."""
    article = make_article(outlet, text)
    return [
        report(article, f"org_{outlet}", claim, whole_numbers(direction(near))) for claim in extract(article).claims
    ]


def table(*told_by: Sequence[Report]) -> tuple[Figure, ...]:
    return figure_table(mentions(group_claims([one for reports in told_by for one in reports])))


def test_money_has_a_row_whose_label_is_the_clause_without_the_amount() -> None:
    (figure,) = table(told("herald", "The state set aside Rs 45 crore for shelters. "))
    assert (figure.counted, figure.unit) == ("The state set aside … for shelters", "INR")
    assert figure.values[0].surface == "Rs 45 crore"
    assert figure.verdict is FigureVerdict.SINGLE


def test_one_amount_of_money_in_two_notations_agrees() -> None:
    (figure,) = table(
        told("herald", "The state set aside Rs 45 crore for shelters."),
        told("post", "The state set aside 450 million rupees for shelters."),
    )
    assert figure.verdict is FigureVerdict.AGREE
    assert figure.values[0].origins == 2


def test_amounts_of_other_verbs_stand_in_other_rows() -> None:
    rows = table(
        told("herald", "The bridge cost 40 million euros to build."),
        told("post", "The bridge earned 40 million euros in tolls."),
    )
    assert [len(row.values) for row in rows] == [1, 1]


def test_amounts_said_of_other_things_stand_in_other_rows_and_contradict_nothing() -> None:
    reports = [
        *told("herald", "The harbour bridge cost 40 million euros."),
        *told("post", "The northern tunnel cost 90 million euros."),
    ]
    groups = group_claims(reports)
    figures = mentions(groups)
    assert [len(row.values) for row in figure_table(figures)] == [1, 1]
    assert contradictions(groups, figures) == ()


def test_a_rise_by_a_share_is_no_value_of_the_share() -> None:
    rows = table(
        told("herald", "Unemployment rose by 2 percent in Arden."),
        told("post", "Unemployment rose to 6 percent in Arden."),
    )
    assert all(len(row.values) == 1 for row in rows)


def test_an_amount_without_a_verb_has_no_row() -> None:
    assert table(told("herald", "A bill of 40 million euros.")) == ()


def test_a_label_ends_with_a_whole_word_that_says_something() -> None:
    rows = table(
        told(
            "herald",
            "The storm dropped 60 centimetres of rain over the length of the far northern coast of Arden in a day.",
        )
    )
    assert [row.counted for row in rows if row.unit == "cm"] == [
        "The storm dropped … of rain over the length of the far northern coast of Arden"
    ]
