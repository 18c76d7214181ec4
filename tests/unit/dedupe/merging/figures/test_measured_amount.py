from collections.abc import Sequence

from services.contracts.event_claims import Figure, FigureVerdict
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.report import Report
from services.extract.extraction import extract
from tests.support.dedupe_articles import direction, make_article
from tests.support.figures import contradictions_of, table_of
from tests.support.reports import make_report


def reports_of(outlet: str, text: str) -> list[Report]:
    """The claims that extract finds in a text; all of them point the same way."""
    article = make_article(outlet, text)
    vector = round_to_whole_numbers(direction(7))
    return [make_report(article, f"org_{outlet}", claim, vector) for claim in extract(article).claims]


def table(*reports: Sequence[Report]) -> tuple[Figure, ...]:
    return table_of(*(report for of_outlet in reports for report in of_outlet))


def labels(rows: Sequence[Figure]) -> list[str]:
    return [row.counted for row in rows]


def test_one_amount_of_money_in_two_notations_has_a_row_and_agrees() -> None:
    (figure,) = table(
        reports_of("herald", "The state set aside Rs 45 crore for shelters."),
        reports_of("post", "The state set aside 450 million rupees for shelters."),
    )
    assert (figure.counted, figure.unit) == ("The state set aside … for shelters", "INR")
    assert figure.verdict is FigureVerdict.AGREE
    assert [(value.surface, value.origins) for value in figure.values] == [("Rs 45 crore", 2)]


def test_a_share_that_two_outlets_tell_with_other_verbs_is_one_row() -> None:
    (figure,) = table(
        reports_of("herald", "Inflation reached 6.8% in February."),
        reports_of("post", "Inflation stood at 6.8% in February."),
    )
    assert (figure.counted, figure.values[0].origins) == ("Inflation reached … in February", 2)


def test_an_amount_that_one_origin_alone_gives_has_no_row() -> None:
    assert table(reports_of("herald", "The state set aside Rs 45 crore for shelters.")) == ()


def test_amounts_of_other_verbs_and_other_things_share_no_row_and_contradict_nothing() -> None:
    reports = [
        *reports_of("herald", "The harbour bridge cost 40 million euros."),
        *reports_of("post", "The northern tunnel cost 90 million euros."),
        *reports_of("mail", "The bridge earned 20 million euros in tolls."),
    ]
    assert table_of(*reports) == ()
    assert contradictions_of(*reports) == ()


def test_a_rise_by_a_share_is_no_value_of_the_share() -> None:
    rows = table(
        reports_of("herald", "Unemployment rose by 6 percent in Arden."),
        reports_of("post", "Unemployment rose to 6 percent in Arden."),
    )
    assert rows == ()


def test_a_label_ends_with_a_whole_word_that_says_something() -> None:
    rain = "The storm dropped 60 centimetres of rain over the length of the far northern coast of Arden in a day."
    rows = table(reports_of("herald", rain), reports_of("post", rain))
    assert "The storm dropped … of rain over the length of the far northern coast of Arden" in labels(rows)


def test_a_label_of_a_long_clause_begins_with_the_subject_of_its_verb() -> None:
    fire = (
        "The fire started on Tuesday evening in scrub near the Selm Bay campsite and had spread over 3,400 hectares "
        "by dawn."
    )
    rows = table(reports_of("herald", fire), reports_of("post", fire))
    assert "The fire spread over … by dawn" in labels(rows)


def test_an_ellipsis_alone_names_no_row() -> None:
    text = "Rs {} crore, officials said, was set aside for shelters."
    assert table(reports_of("herald", text.format(45)), reports_of("post", text.format(45))) == ()
    rows = table(*(reports_of(outlet, text.format(45 + number)) for number, outlet in enumerate(("herald", "post"))))
    assert "\u2026" not in labels(rows)
    assert labels(table(reports_of("herald", text.format(45)), reports_of("post", "They set aside Rs 45 crore."))) == [
        "They set aside \u2026"
    ]
