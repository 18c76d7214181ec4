from typing import Any

import pytest

from services.api.pages.plots.figure_plot import Mark, figure_plot, legend, superseded_values
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict, Outlook
from services.contracts.quantity import Bound


def value(number: float, bound: Bound = Bound.EXACT, **more: Any) -> FigureValue:
    given = {
        "surface": str(number),
        "value": number,
        "low": None if bound is Bound.AT_MOST else number,
        "high": None if bound is Bound.AT_LEAST else number,
        "bound": bound,
        "claim_ids": (),
        "article_ids": ("art_1",),
        "origins": 1,
    }
    return FigureValue.model_validate(given | more)


def figure(*values: FigureValue, verdict: FigureVerdict = FigureVerdict.CONFLICTING) -> Figure:
    return Figure(counted="people killed", values=values, verdict=verdict)


def marks(*values: FigureValue) -> tuple[Mark | None, ...]:
    plot = figure_plot(figure(*values))
    assert plot is not None
    return plot.marks


def test_an_exact_value_is_a_dot_without_a_line() -> None:
    assert marks(value(10), value(20))[0] == Mark("50%", None, about=False, open_low=False, open_high=False)


def test_at_least_is_a_dot_with_a_line_that_is_open_to_the_right() -> None:
    mark = marks(value(10), value(20), value(10, Bound.AT_LEAST))[2]
    assert mark is not None
    assert (mark.open_low, mark.open_high) == (False, True)
    assert mark.line == (mark.dot, "100%")


def test_at_most_is_a_dot_with_a_line_that_is_open_to_the_left() -> None:
    mark = marks(value(10), value(20), value(10, Bound.AT_MOST))[2]
    assert mark == Mark("50%", ("0%", "50%"), about=False, open_low=True, open_high=False)


def test_about_is_a_dot_with_a_short_line_to_both_sides() -> None:
    mark = marks(value(10), value(20, Bound.ABOUT), value(40))[1]
    assert mark == Mark("50%", ("45%", "55%"), about=True, open_low=False, open_high=False)


def test_a_range_is_a_line_without_a_dot() -> None:
    mark = marks(value(0), value(15, Bound.RANGE, low=10, high=20), value(40))[1]
    assert mark == Mark(None, ("25%", "50%"), about=False, open_low=False, open_high=False)


def test_values_that_do_not_differ_are_not_drawn() -> None:
    assert figure_plot(figure(value(10))) is None
    assert figure_plot(figure(value(10), value(10))) is None
    assert figure_plot(figure(value(10), value(10, Bound.AT_LEAST))) is not None


@pytest.mark.parametrize("number", [1e300, -1e300, float("inf"), float("nan")])
def test_a_number_beyond_all_bounds_leaves_the_others_drawn(number: float) -> None:
    wild = FigureValue.model_construct(**value(1).model_dump() | {"value": number, "low": number, "high": number})
    plot = figure_plot(
        Figure.model_construct(counted="", values=(value(10), wild, value(20)), verdict=FigureVerdict.CONFLICTING)
    )
    assert plot is not None
    assert plot.marks[1] is None
    assert [mark.dot for mark in plot.marks if mark] == ["50%", "100%"]


def test_a_later_value_of_the_same_source_replaces_the_earlier_one() -> None:
    port, fire = ("the port",), ("fire service",)
    given = (value(9, sources=port), value(14, sources=fire), value(12, sources=port))
    assert superseded_values(figure(*given)) == {0}


def test_where_the_verdict_is_that_values_are_replaced_any_later_value_does() -> None:
    given = (value(9, sources=("the port",)), value(14, sources=("fire service",)))
    assert superseded_values(figure(*given, verdict=FigureVerdict.SUPERSEDED)) == {0}
    assert superseded_values(figure(*given)) == frozenset()


@pytest.mark.parametrize(
    "more",
    [{"increment": True}, {"outlook": Outlook.EXPECTED}, {"place": "Arlund"}, {"bound": Bound.AT_LEAST, "high": None}],
)
def test_a_value_of_another_kind_or_one_that_fits_replaces_none(more: dict[str, Any]) -> None:
    earlier, later = value(14, sources=("the port",)), value(12, sources=("the port",))
    assert superseded_values(figure(earlier, later)) == {0}
    assert superseded_values(figure(earlier, later.model_copy(update=more))) == frozenset()


def test_the_legend_explains_the_marks_that_are_used_and_no_others() -> None:
    plain = figure(value(9), value(14))
    assert len(legend([plain])) == 1
    assert legend([figure(value(9))]) == ()
    words = " ".join(legend([plain, figure(value(9), value(14, Bound.AT_LEAST), value(20, Bound.ABOUT))]))
    assert "“at least”" in words
    assert "“about”" in words
    assert "pale" not in words
