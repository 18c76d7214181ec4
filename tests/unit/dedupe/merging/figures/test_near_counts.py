import pytest

from services.contracts.event_claims import FigureVerdict
from tests.support.figures import ABOUT, AT_LEAST, EXACT, report_with, table_of, toll

FAR = 8
"""Claims of this number are worded otherwise than the others."""


def test_nearly_equal_counts_of_one_outcome_are_compared_however_they_are_worded() -> None:
    one = report_with("herald", "238 people were injured", ("238", 238, "people", EXACT))
    other = report_with("post", "239 people were injured by night", ("239", 239, "people", EXACT), near=FAR)
    (figure,) = table_of(one, other)
    assert figure.verdict is FigureVerdict.CONFLICTING


@pytest.mark.parametrize("values", [(3, 4), (29, 45)])
def test_small_or_distant_counts_need_claims_that_are_alike(values: tuple[int, int]) -> None:
    one, other = (
        report_with(outlet, f"{value} people were injured", (str(value), value, "people", EXACT), near=near)
        for (outlet, near), value in zip((("herald", 7), ("post", FAR)), values, strict=True)
    )
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


@pytest.mark.parametrize(
    ("place", "other_place"), [("Manhattan", "New York"), ("Istanbul", "Turkey"), ("Kyiv", "Ukraine")]
)
def test_nearly_equal_counts_in_a_place_and_in_what_holds_it_are_of_one_thing(place: str, other_place: str) -> None:
    one = report_with("herald", f"29 people were hurt in {place}", ("29", 29, "people", EXACT), places=[place])
    text = f"In {other_place} 31 people were hurt, most in {place}"
    other = report_with("post", text, ("31", 31, "people", EXACT), places=[other_place], near=FAR)
    assert [figure.verdict for figure in table_of(one, other)] == [FigureVerdict.CONFLICTING]


def test_other_counts_in_a_city_and_its_country_are_a_part_and_its_whole() -> None:
    one = report_with("herald", "29 people were hurt in Istanbul", ("29", 29, "people", EXACT), places=["Istanbul"])
    other = report_with("post", "90 people were hurt in Turkey", ("90", 90, "people", EXACT), places=["Turkey"])
    assert {figure.verdict for figure in table_of(one, other)} == {FigureVerdict.SINGLE}


def test_a_part_that_others_count_by_itself_is_compared_with_their_count() -> None:
    text = "269 people died in the Caribbean. Most, 264 people, died in Haiti"
    figures = ("269", 269, "people", EXACT), ("264", 264, "people", EXACT)
    one = report_with("herald", text, *figures, places=["Caribbean", "Haiti"])
    other = report_with(
        "post", "At least 283 people died in Haiti", ("At least 283", 283, "people", AT_LEAST), places=["Haiti"]
    )
    table = {tuple(value.value for value in figure.values): figure.verdict for figure in table_of(one, other)}
    assert table == {(269,): FigureVerdict.SINGLE, (264, 283): FigureVerdict.CONFLICTING}


def test_the_initial_count_is_an_earlier_one() -> None:
    text = "The toll is rising over the initial 300 deaths"
    one = report_with("herald", text, ("300", 300, "deaths", ABOUT))
    (figure,) = table_of(one, toll("post", 410))
    assert figure.verdict is FigureVerdict.SUPERSEDED


def test_lone_counts_of_one_outcome_are_each_named_by_their_clause() -> None:
    one = report_with("herald", "14 people died in Arlund", ("14", 14, "people", EXACT), places=["Arlund"])
    other = report_with("post", "20 people died in Tannerby", ("20", 20, "people", EXACT), places=["Tannerby"])
    labels = [figure.counted for figure in table_of(one, other)]
    assert labels == ["\u2026 people died in Arlund", "\u2026 people died in Tannerby"]
