from hypothesis import given
from hypothesis import strategies as st

from services.dedupe.clustering.day_counts import DayCounts

moments = st.floats(-30, 30).map(lambda moment: round(moment, 2))


@given(st.lists(moments, max_size=40), st.lists(st.integers(0, 39), max_size=10), moments, st.floats(0, 9))
def test_counts_what_looking_at_each_moment_counts(
    added: list[float], removed: list[int], moment: float, within: float
) -> None:
    counts = DayCounts()
    for one in added:
        counts.add(one)
    left = list(added)
    for at in removed:
        if at < len(left):
            counts.remove(left.pop(at))
    assert counts.near(moment, within) == sum(moment - within <= one <= moment + within for one in left)
