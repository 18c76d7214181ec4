from datetime import UTC, datetime, timedelta

import pytest

from services.api.pages.plots.figure_times import FigureTimes, figure_times, told_for
from services.contracts.event_claims import FigureValue
from tests.unit.api.examples import NOON
from tests.unit.api.pages.plots.test_figure_plot import value

LATER = NOON + timedelta(hours=1)


def at(day: int, month: int = 3, year: int = 2026) -> float:
    return datetime(year, month, day, tzinfo=UTC).timestamp()


def drawn(*values: FigureValue) -> FigureTimes:
    plot = figure_times(values)
    assert plot is not None
    return plot


@pytest.mark.parametrize(
    ("iso", "begin", "end"),
    [
        ("2026-03-03", at(3), at(4)),
        ("2026-02", at(1, 2), at(1)),
        ("2025-12", at(1, 12, 2025), at(1, 1)),
        ("2026", at(1, 1), at(1, 1, 2027)),
        ("2026-03-03/2026-03-05", at(3), at(6)),
    ],
)
def test_a_date_lasts_to_the_beginning_of_the_next(iso: str, begin: float, end: float) -> None:
    assert told_for(iso) == (begin, end)


@pytest.mark.parametrize("iso", [None, "", "XXXX-10-25", "XXXX-WXX-7", "2026-03-05/2026-03-03", "9999-12", "9999", "x"])
def test_what_names_no_time_lasts_for_none(iso: str | None) -> None:
    assert told_for(iso) is None


def test_a_value_has_a_bar_for_when_it_holds_and_a_dot_for_its_first_report() -> None:
    plot = drawn(
        value(34, as_of="2026-03-02", first_reported_at=NOON),
        value(41, first_reported_at=NOON + timedelta(hours=12)),
    )
    first, second = plot.marks
    assert first is not None
    assert second is not None
    assert first.bar == ("3.704%", "50%")
    assert (first.dot, second.bar, second.dot) == ("73.15%", None, "96.3%")


def test_values_that_cannot_be_dated_are_counted() -> None:
    plot = drawn(value(1, first_reported_at=NOON), value(3), value(2, as_of="2026-03-01", first_reported_at=LATER))
    assert ([mark is not None for mark in plot.marks], plot.undated) == ([True, False, True], 1)


def test_nothing_is_drawn_where_there_is_no_time_to_compare() -> None:
    assert figure_times([value(1), value(2)]) is None
    assert figure_times([value(1, first_reported_at=NOON), value(2)]) is None
    for moments in ((NOON, NOON), (NOON, LATER), (NOON, LATER, NOON)):
        assert figure_times([value(at, first_reported_at=moment) for at, moment in enumerate(moments)]) is None


def test_the_legend_has_only_what_is_drawn() -> None:
    dots = drawn(*(value(hours, first_reported_at=NOON + timedelta(hours=hours)) for hours in (1, 2, 3)))
    bars = drawn(value(1, as_of="2026-03-02"), value(2, as_of="2026-03-03", first_reported_at=NOON))
    assert dots.legend == "A dot is when a value was first reported."
    assert bars.legend == (
        "A bar is the day or month (UTC) that a value is told for, the latest of several; "
        "a dot is when a value was first reported."
    )
