"""Which figures an event's table has, and which are of another story or of the background."""

from collections.abc import Sequence

from services.contracts.event_claims import Figure
from services.dedupe.merging.claims.report import Report
from tests.support.figures import EXACT, report_with, table_of, toll

_FAR = "x" * 1_000 + "\n\n"
"""What stands before a figure that is not in its article's opening."""
_ON_THE_EVENT = (
    "the ferry capsized outside the harbour", "rescuers searched the harbour at night", "the captain was questioned",
    "the operator stopped its other ferries", "the minister visited the harbour", "divers reached the ferry at dawn",
    "relatives waited at the harbour", "the coast guard sent helicopters", "the ferry lies on its side",
    "the harbour is closed to ships", "the inquiry begins on Monday", "the operator promised to help relatives",
)  # fmt: skip


def _event(*reports: Report) -> tuple[Figure, ...]:
    """The table of these and of what two other outlets say of a ferry that capsized."""
    others = [
        report_with(outlet, text, near=20 + number)
        for outlet in ("times", "mail")
        for number, text in enumerate(_ON_THE_EVENT)
    ]
    return table_of(*reports, *others)


def _labels(figures: Sequence[Figure]) -> list[str]:
    return [figure.counted for figure in figures]


def test_a_toll_of_the_event_that_one_outlet_gives_far_down_has_a_row() -> None:
    text = "30 people were treated at the harbour after the ferry capsized"
    assert _labels(_event(report_with("herald", text, ("30", 30, "people", EXACT), before=_FAR))) == ["people injured"]


def test_a_toll_of_another_story_in_the_same_column_has_none() -> None:
    text = "Elsewhere a van hit a queue outside a bakery, and 30 people were treated for cuts"
    assert _event(report_with("herald", text, ("30", 30, "people", EXACT), before=_FAR)) == ()


def test_what_a_columnist_counts_of_another_subject_in_the_opening_has_none() -> None:
    text = "The critic hated the first nine chapters of a novel about bees"
    assert _event(report_with("herald", text, ("nine", 9, "chapters", EXACT))) == ()


def test_background_that_one_outlet_counts_far_down_has_none() -> None:
    text = "The operator owns 30 ferries"
    assert _event(report_with("herald", text, ("30", 30, "ferries", EXACT), before=_FAR)) == ()
    assert _labels(_event(report_with("herald", text, ("30", 30, "ferries", EXACT)))) == [
        "The operator owns \u2026 ferries"
    ]


def test_a_number_of_another_origin_is_of_the_event_whatever_the_words_around_it() -> None:
    one = report_with(
        "herald", "Some of the 2,400 islanders who fled slept badly", ("2,400", 2400, "islanders", EXACT), before=_FAR
    )
    other = report_with("post", "2,400 places were counted in shelters", ("2,400", 2400, "places", EXACT), near=40)
    assert "islanders fled" in _labels(_event(one, other))


def test_a_figure_beside_the_events_toll_has_a_row() -> None:
    text = "14 people were killed, among them sailors who had trained at nine naval bases"
    one = report_with("herald", text, ("14", 14, "people", EXACT), ("nine", 9, "naval bases", EXACT), before=_FAR)
    assert _labels(_event(one, toll("post", 14))) == ["naval bases", "people killed"]


def test_thousands_of_one_outlet_are_not_the_thousands_of_another() -> None:
    one = report_with(
        "herald", "thousands of soldiers marched past the palace", ("thousands of", 2000, "soldiers", EXACT)
    )
    other = report_with(
        "post", "thousands of soldiers are stationed in the south", ("thousands of", 2000, "soldiers", EXACT), near=8
    )
    assert all(figure.values[0].origins == 1 for figure in table_of(one, other))


def test_two_who_attend_are_no_crowd() -> None:
    few = "The two men attended a ceremony at the harbour after the ferry capsized"
    many = few.replace("two", "20")
    assert _event(report_with("herald", few, ("two", 2, "men", EXACT), before=_FAR)) == ()
    assert _labels(_event(report_with("herald", many, ("20", 20, "men", EXACT), before=_FAR))) == ["men gathered"]


def test_who_joins_others_has_not_gathered() -> None:
    text = "All 48 sailors joined relatives in blaming the operator of the ferry at the harbour"
    assert "sailors gathered" not in _labels(_event(report_with("herald", text, ("48", 48, "sailors", EXACT))))
    march = "48 sailors joined the march at the harbour: the ferry capsized outside"
    assert _labels(_event(report_with("herald", march, ("48", 48, "sailors", EXACT)))) == ["sailors gathered"]


def test_what_happens_each_day_is_named_by_its_clause_and_is_no_toll_of_the_event() -> None:
    text = "30 people die each day outside the harbour where the ferry capsized"
    figure = ("30", 30, "people", EXACT)
    assert _labels(_event(report_with("herald", text, figure))) == [
        "\u2026 people die each day outside the harbour where the ferry capsized"
    ]
    assert _event(report_with("herald", text, figure, before=_FAR)) == ()
