import pytest

from services.contracts.event_claims import FigureVerdict, Outlook
from services.contracts.quantity import Bound
from services.dedupe.merging.claims.report import Report
from tests.support.figures import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    EXACT,
    contradictions_of,
    report_with,
    table_of,
    toll,
    troops,
)

AT_MIDNIGHT = -9 / 24
"""Days from the first report's morning to the midnight before: as the day alone is written."""


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (toll("herald", 14), toll("post", 14), FigureVerdict.AGREE),
        (toll("herald", 14), toll("post", 14, ABOUT), FigureVerdict.AGREE),
        (toll("herald", 14), toll("post", 14, AT_LEAST), FigureVerdict.COMPATIBLE),
        (toll("herald", 14, AT_LEAST), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 14, AT_MOST), toll("post", 9), FigureVerdict.COMPATIBLE),
        (toll("herald", 19, ABOUT), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 14), toll("post", 20), FigureVerdict.CONFLICTING),
        (toll("herald", 14, AT_MOST), toll("post", 20, ABOUT), FigureVerdict.CONFLICTING),
        (toll("herald", 14, AT_LEAST), toll("post", 9), FigureVerdict.CONFLICTING),
        (
            toll("herald", 14, speaker="Lena Voskamp"),
            toll("post", 20, speaker="Lena Voskamp"),
            FigureVerdict.SUPERSEDED,
        ),
        (
            toll("herald", 14),
            report_with("post", "20 people may have been killed", ("20", 20, "people", EXACT)),
            FigureVerdict.COMPATIBLE,
        ),
        (
            toll("herald", 14),
            report_with("post", "20 people are feared dead", ("20", 20, "people", EXACT)),
            FigureVerdict.COMPATIBLE,
        ),
    ],
    ids=[
        "equal",
        "equal and about",
        "equal and at least",
        "above a lower bound",
        "below an upper bound",
        "within a tenth",
        "disjoint",
        "above an upper bound",
        "below a lower bound",
        "one speaker",
        "may",
        "feared",
    ],
)
def test_figures_for_one_thing_get_a_verdict(one: Report, other: Report, verdict: FigureVerdict) -> None:
    (figure,) = table_of(one, other)
    assert figure.verdict is verdict
    assert bool(contradictions_of(one, other)) is (verdict is FigureVerdict.CONFLICTING)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        (("238", 238, EXACT), ("at least 239", 239, AT_LEAST), "238 (Herald) against at least 239 (Post)"),
        (("44", 44, EXACT), ("over 44", 44, AT_LEAST), "44 (Herald) against over 44 (Post)"),
        (("238", 238, EXACT), ("239", 239, EXACT), "238 (Herald) against 239 (Post)"),
    ],
)
def test_exact_counts_are_one_number_only_where_they_are_equal(
    one: tuple[str, float, Bound], other: tuple[str, float, Bound], because: str
) -> None:
    (figure,) = table_of(*(_injured(outlet, amount) for outlet, amount in (("herald", one), ("post", other))))
    assert figure.verdict is FigureVerdict.CONFLICTING
    assert figure.explanation.startswith(because)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        (("1,500", 1500, EXACT), ("1,503", 1503, EXACT), FigureVerdict.AGREE, "the same value, rounded"),
        (
            ("1,500", 1500, EXACT),
            ("more than 1,500", 1500, AT_LEAST),
            FigureVerdict.COMPATIBLE,
            "both can be right if 1,500 is rounded",
        ),
        (
            ("about 44", 44, ABOUT),
            ("over 44", 44, AT_LEAST),
            FigureVerdict.COMPATIBLE,
            "they agree, “over 44” allows about 44",
        ),
    ],
)
def test_a_rounded_number_fits_what_is_near_it(
    one: tuple[str, float, Bound], other: tuple[str, float, Bound], verdict: FigureVerdict, because: str
) -> None:
    (figure,) = table_of(*(_injured(outlet, amount) for outlet, amount in (("herald", one), ("post", other))))
    assert figure.verdict is verdict
    assert figure.explanation.endswith(f": {because}.")


def _injured(outlet: str, amount: tuple[str, float, Bound]) -> Report:
    surface, value, bound = amount
    return report_with(outlet, f"{surface} people were injured", (surface, value, "people", bound))


def test_what_one_source_says_may_be_is_compared_with_what_it_said_may_be_before() -> None:
    one = report_with("herald", "20 people may have died", ("20", 20, "people", EXACT), speaker="Lena Voskamp")
    other = report_with("post", "50 people may have died", ("50", 50, "people", EXACT), speaker="Lena Voskamp", days=1)
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED


def test_what_is_expected_fits_what_is_told_now_unless_it_is_less() -> None:
    now = troops("herald", "3,000 Karvelian troops have arrived", 3000, "Karvelian troops", speaker="Lena Voskamp")
    more = troops("post", "10,000 Karvelian troops are expected", 10000, "Karvelian troops", speaker="Pavel Orzan")
    less = troops("forum", "2,000 Karvelian troops are expected", 2000, "Karvelian troops", speaker="Greta Hallorin")
    (figure,) = table_of(now, more)
    assert (figure.verdict, figure.values[1].outlook) == (FigureVerdict.COMPATIBLE, Outlook.EXPECTED)
    (figure,) = table_of(now, less)
    assert figure.verdict is FigureVerdict.CONFLICTING
    (figure,) = table_of(more, less)
    assert figure.verdict is FigureVerdict.COMPATIBLE


def test_a_toll_that_has_risen_by_the_next_day_supersedes_and_does_not_conflict() -> None:
    (figure,) = table_of(toll("herald", 14), toll("post", 20, days=1))
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation == "14 (Herald) and 20 (Post): such a count only grows, and 20 is clearly later."
    assert contradictions_of(toll("herald", 14), toll("post", 20, days=1)) == ()


def test_a_toll_that_has_risen_some_hours_later_conflicts_and_may_have_grown() -> None:
    (figure,) = table_of(toll("herald", 14, days=0.4), toll("post", 20, days=0.5))
    assert figure.verdict is FigureVerdict.CONFLICTING
    assert figure.explanation is not None
    assert figure.explanation.endswith("but such a count may have grown between the reports.")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(toll("forum", 12, days=0.6), id="a still later report has a lower count"),
        pytest.param(toll("forum", 14, days=0.5), id="a report of the same hour has the lower count, too"),
    ],
)
def test_a_toll_is_not_said_to_have_grown_where_a_lower_one_is_no_earlier(later: Report) -> None:
    (figure,) = table_of(toll("herald", 14, days=0.4), toll("post", 20, days=0.5), later)
    assert figure.explanation is not None
    assert figure.explanation.endswith(": they cannot both be right.")


def test_of_several_conflicts_the_widest_that_growth_cannot_explain_is_told() -> None:
    reports = [
        toll("herald", 40, days=0.1),
        toll("gazette", 61, days=0.2),
        toll("post", 75, days=0.5),
        toll("forum", 58, days=0.6),
    ]
    (figure,) = table_of(*reports)
    assert figure.explanation == "75 (Post) against 58 (Forum): they cannot both be right."


def test_an_amount_in_the_middle_of_an_explanation_begins_small() -> None:
    (figure,) = table_of(_injured("herald", ("44", 44, EXACT)), _injured("post", ("At least 60", 60, AT_LEAST)))
    assert (figure.explanation or "").startswith("44 (Herald) against at least 60 (Post)")


@pytest.mark.parametrize(("days", "verdict"), [(0.5, FigureVerdict.COMPATIBLE), (1.0, FigureVerdict.SUPERSEDED)])
def test_a_toll_of_which_only_the_day_is_known_may_be_of_any_hour_of_it(days: float, verdict: FigureVerdict) -> None:
    (figure,) = table_of(toll("herald", 14, days=AT_MIDNIGHT), toll("post", 20, days=days))
    assert figure.verdict is verdict


def test_a_higher_toll_of_an_earlier_day_is_not_taken_for_the_later() -> None:
    one = report_with(
        "herald", "44 people were killed", ("44", 44, "people", EXACT), as_of="2026-02-27", days=AT_MIDNIGHT
    )
    other = report_with(
        "post", "40 people were killed", ("40", 40, "people", EXACT), as_of="2026-02-28", days=AT_MIDNIGHT
    )
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.CONFLICTING


def test_tolls_of_long_ago_conflict_also_where_only_the_day_of_the_reports_is_known() -> None:
    text = "20 people were killed on 1 October 2024"
    old = report_with(
        "post", text, ("20", 20, "people", EXACT), days=AT_MIDNIGHT, dates=[("1 October 2024", "2024-10-01")]
    )
    other = report_with(
        "herald",
        text.replace("20 people", "14 people"),
        ("14", 14, "people", EXACT),
        days=AT_MIDNIGHT,
        dates=[("1 October 2024", "2024-10-01")],
    )
    (figure,) = table_of(old, other)
    assert figure.verdict is FigureVerdict.CONFLICTING


@pytest.mark.parametrize("days", [0.1, None])
def test_two_tolls_of_one_time_conflict(days: float | None) -> None:
    other = report_with("post", "20 people were killed", ("20", 20, "people", EXACT), days=days)
    assert [figure.verdict for figure in table_of(toll("herald", 14, days=0.01), other)] == [FigureVerdict.CONFLICTING]


def test_a_toll_that_is_lower_a_day_later_conflicts() -> None:
    (figure,) = table_of(toll("herald", 20), toll("post", 14, days=1))
    assert figure.verdict is FigureVerdict.CONFLICTING


def test_the_day_that_a_figure_is_told_for_goes_before_the_day_of_publication() -> None:
    one = report_with("herald", "14 people were killed", ("14", 14, "people", EXACT), as_of="2026-03-01", days=0.1)
    other = report_with("post", "20 people were killed", ("20", 20, "people", EXACT), as_of="2026-03-02")
    (figure,) = table_of(one, other)
    assert (figure.verdict, figure.values[0].as_of) == (FigureVerdict.SUPERSEDED, "2026-03-02")


def test_a_count_that_can_fall_conflicts_the_next_day() -> None:
    one = troops("herald", "3,000 Karvelian troops are in the valley", 3000, "Karvelian troops")
    other = troops("post", "12,000 Karvelian troops are in the valley", 12000, "Karvelian troops", days=1)
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.CONFLICTING]


def test_what_is_told_as_an_earlier_count_is_superseded() -> None:
    one = toll("herald", 6, speaker="Lena Voskamp")
    text = "four people had been killed"
    other = report_with("post", text, ("four", 4, "people", EXACT), before="Initially, officials said that ")
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation.endswith(": four is told as an earlier count.")


def test_the_source_at_the_end_of_the_chain_is_one_source() -> None:
    one = report_with("herald", "14 people were arrested", ("14", 14, "people", EXACT), via="Coast Guard")
    other = report_with("post", "9 people were arrested", ("9", 9, "people", EXACT), via="Coast Guard", days=1)
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation.endswith("9 is the newer value of one source.")


def test_figures_that_differ_deep_in_an_article_are_of_other_occasions() -> None:
    text = "20 people were killed"
    late = report_with("post", text, ("20", 20, "people", EXACT), before="The rain went on all night. " * 100)
    assert {figure.verdict for figure in table_of(toll("herald", 14), late)} == {FigureVerdict.SINGLE}
    again = report_with("post", "14 people died", ("14", 14, "people", EXACT), before="The rain went on. " * 200)
    assert [figure.verdict for figure in table_of(toll("herald", 14), again)] == [FigureVerdict.AGREE]


def test_an_article_that_gives_both_values_in_one_voice_tells_of_two_things() -> None:
    text = "34 houses burned down in the north, and 41 houses burned down in the south"
    one = report_with("herald", text, ("34", 34, "houses", EXACT), ("41", 41, "houses", EXACT))
    other = report_with(
        "post", "41 houses burned down in the south", ("41", 41, "houses", EXACT), speaker="Lena Voskamp"
    )
    assert FigureVerdict.CONFLICTING not in {figure.verdict for figure in table_of(one, other)}


@pytest.mark.parametrize("counted", ["votes", "delegates", "seats"])
def test_what_each_side_and_place_has_its_own_count_of_does_not_conflict(counted: str) -> None:
    one = report_with("herald", f"Reyl led Tolmar by 17 {counted}", ("17", 17, counted, EXACT))
    other = report_with("post", f"Reyl led Tolmar by 12 {counted}", ("12", 12, counted, EXACT))
    assert FigureVerdict.CONFLICTING not in {figure.verdict for figure in table_of(one, other)}


def test_the_count_of_a_day_does_not_conflict_with_that_of_several_days() -> None:
    friday, sunday = ("Friday", "2026-02-27"), ("Sunday", "2026-03-01")
    flights = "flights were cancelled by the storm"
    one = report_with("herald", f"Some 290 {flights} on Friday", ("290", 290, "flights", EXACT), dates=(friday,))
    several = report_with(
        "post", f"Some 880 {flights} from Friday through Sunday", ("880", 880, "flights", EXACT), dates=(friday, sunday)
    )
    again = report_with("post", f"Some 880 {flights} on Friday", ("880", 880, "flights", EXACT), dates=(friday,))
    assert FigureVerdict.CONFLICTING not in {figure.verdict for figure in table_of(one, several)}
    assert FigureVerdict.CONFLICTING in {figure.verdict for figure in table_of(one, again)}
