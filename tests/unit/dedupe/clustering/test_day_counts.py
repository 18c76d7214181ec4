import math

from hypothesis import given
from hypothesis import strategies as st

from services.dedupe.clustering.day_counts import STEPS, DayCounts

moments = st.floats(-30, 30).map(lambda moment: round(moment, 2))


@given(st.lists(moments, max_size=40), st.lists(st.integers(0, 39), max_size=10), moments, st.integers(0, 9))
def test_counts_what_looking_at_each_moment_counts(
    added: list[float], removed: list[int], moment: float, window: int
) -> None:
    counts = DayCounts(window)
    for one in added:
        counts.add_timestamp(one)
    left = list(added)
    for at in removed:
        if at < len(left):
            counts.remove_timestamp(left.pop(at))
    ago = [math.floor(moment * STEPS) - math.floor(one * STEPS) for one in left]
    assert counts.count_in_window_ending_at(moment) == sum(0 <= steps <= window * STEPS for steps in ago)


def test_dates_centuries_apart_are_counted_apart() -> None:
    counts = DayCounts(4)
    for moment in (-700_000.0, 20_000.0, 20_001.0, 900_000.0):
        counts.add_timestamp(moment)
    assert [counts.count_in_window_ending_at(moment) for moment in (-700_000, 20_001, 900_003, 30_000)] == [1, 2, 1, 0]
