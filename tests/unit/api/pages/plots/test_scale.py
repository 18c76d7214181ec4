import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.pages.plots.scale import LARGEST, MOST_TICKS, Scale, scale_of, step_of

NUMBERS = st.floats(min_value=-LARGEST, max_value=LARGEST, allow_subnormal=False)


def test_places_are_shares_of_the_axis_and_stay_on_it() -> None:
    scale = Scale(0, 40)
    assert [scale.place(value) for value in (0, 15, 40, 41, -1)] == ["0%", "37.5%", "100%", "100%", "0%"]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((9, 14, 20), (0, 20)),
        ((34, 38, 41), (30, 45)),
        ((4.4, 4.5), (4.35, 4.55)),
        ((-5, 5), (-10, 10)),
        ((7,), (0, 15)),
        ((0, 0), (0, 1)),
    ],
)
def test_an_axis_begins_at_zero_unless_its_values_are_close_and_ends_at_round_numbers(
    values: tuple[float, ...], ends: tuple[float, float]
) -> None:
    scale = scale_of(values)
    assert (scale.low, scale.high) == pytest.approx(ends)


def test_an_open_range_gets_room_for_its_arrow() -> None:
    assert scale_of([14, 20]).high == 20
    assert scale_of([14, 20], open_end=True).high > 20


@given(st.lists(NUMBERS, min_size=1), st.booleans())
def test_every_axis_holds_its_values_and_has_few_ticks(values: list[float], open_end: bool) -> None:
    scale = scale_of(values, open_end=open_end)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.low < scale.high
    assert 1 <= len(scale.values(step_of(scale.high - scale.low))) <= MOST_TICKS + 2
