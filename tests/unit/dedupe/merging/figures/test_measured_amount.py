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


def labels(rows: Sequence[Figure]) -> list[str]:
    return [row.counted for row in rows]


def test_one_amount_of_money_in_two_notations_has_a_row_and_agrees() -> None:
    (figure,) = table(
        told("herald", "The state set aside Rs 45 crore for shelters."),
        told("post", "The state set aside 450 million rupees for shelters."),
    )
    assert (figure.counted, figure.unit) == ("The state set aside … for shelters", "INR")
    assert figure.verdict is FigureVerdict.AGREE
    assert [(value.surface, value.origins) for value in figure.values] == [("Rs 45 crore", 2)]


def test_a_share_that_two_outlets_tell_with_other_verbs_is_one_row() -> None:
    (figure,) = table(
        told("herald", "Inflation reached 6.8% in February."),
        told("post", "Inflation stood at 6.8% in February."),
    )
    assert (figure.counted, figure.values[0].origins) == ("Inflation reached … in February", 2)


def test_an_amount_that_one_origin_alone_gives_has_no_row() -> None:
    assert table(told("herald", "The state set aside Rs 45 crore for shelters.")) == ()


def test_amounts_of_other_verbs_and_other_things_share_no_row_and_contradict_nothing() -> None:
    reports = [
        *told("herald", "The harbour bridge cost 40 million euros."),
        *told("post", "The northern tunnel cost 90 million euros."),
        *told("mail", "The bridge earned 20 million euros in tolls."),
    ]
    groups = group_claims(reports)
    figures = mentions(groups)
    assert figure_table(figures) == ()
    assert contradictions(groups, figures) == ()


def test_a_rise_by_a_share_is_no_value_of_the_share() -> None:
    rows = table(
        told("herald", "Unemployment rose by 6 percent in Arden."),
        told("post", "Unemployment rose to 6 percent in Arden."),
    )
    assert rows == ()


def test_a_label_ends_with_a_whole_word_that_says_something() -> None:
    rain = "The storm dropped 60 centimetres of rain over the length of the far northern coast of Arden in a day."
    rows = table(told("herald", rain), told("post", rain))
    assert "The storm dropped … of rain over the length of the far northern coast of Arden" in labels(rows)
