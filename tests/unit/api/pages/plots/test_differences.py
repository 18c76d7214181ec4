from typing import Any

import pytest

from services.api.pages.plots.differences import differences
from services.contracts.event_claims import FigureValue, FigureVerdict, Outlook
from services.contracts.quantity import Bound
from tests.unit.api.pages.plots.test_figure_plot import figure, value


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            (value(34, surface="34", as_of="2026-03-14"), value(38, surface="38", as_of="2026-03-17"), value(41)),
            "They are told for different times: 34 for 14 March 2026, 38 for 17 March 2026.",
        ),
        (
            (value(3, surface="three", place="Arlund"), value(5, surface="five", place="Kestria")),
            "They are told for different places: three in Arlund, five in Kestria.",
        ),
        (
            (value(3), value(5, surface="five", outlook=Outlook.EXPECTED)),
            "“five” is expected or possible, the others are given as they stand.",
        ),
        ((value(3), value(5, surface="another five", increment=True)), "“another five” comes on top of another value."),
        (
            (value(9, surface="9"), value(14, Bound.AT_LEAST, surface="At least 14"), value(20, surface="20")),
            "“At least 14” allows “20”.",
        ),
        (
            (value(9), value(14, Bound.AT_LEAST, surface="over 14"), value(20, Bound.ABOUT, surface="About 20")),
            "“over 14” allows “about 20”.",
        ),
        ((value(3, sources=("the port",)), value(5, sources=("the ministry",))), "They come from two sources."),
        (
            (value(3, sources=("a",)), value(4, sources=("b",)), value(5, sources=("c", "d"))),
            "Each comes from another source.",
        ),
    ],
)
def test_what_sets_values_apart_is_said(values: tuple[FigureValue, ...], sentence: str) -> None:
    assert differences(figure(*values)) == (sentence,)


def test_that_values_fit_together_is_not_said_again_where_it_is_the_verdict_nor_where_none_do() -> None:
    fitting = value(14, Bound.AT_LEAST), value(20)
    assert differences(figure(*fitting, verdict=FigureVerdict.COMPATIBLE)) == ()
    assert differences(figure(value(9), value(14, Bound.AT_LEAST))) == ()


def test_where_a_count_has_only_grown_nobody_is_told_that_at_least_ten_allows_more() -> None:
    grown = value(10, Bound.AT_LEAST, surface="at least 10"), value(41), value(42)
    assert differences(figure(*grown, verdict=FigureVerdict.SUPERSEDED)) == ()


def test_a_number_is_not_said_to_allow_itself() -> None:
    values = value(3000, Bound.ABOUT, surface="About 3,000"), value(3000, surface="3,000"), value(10000)
    assert differences(figure(*values)) == ()


def test_more_than_a_number_does_not_allow_that_number() -> None:
    excluding = value(44), value(44, Bound.AT_LEAST, surface="over 44"), value(9)
    assert differences(figure(*excluding)) == ()


def test_nothing_is_said_where_nothing_is_known_or_all_is_alike() -> None:
    assert differences(figure(value(3), value(5))) == ()
    assert differences(figure(value(3, sources=("a",)))) == ()
    both: dict[str, Any] = {"as_of": "2026-03-14", "place": "Arlund", "sources": ("the port",)}
    assert differences(figure(value(3, **both), value(5, **both))) == ()
