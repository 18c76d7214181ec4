import numpy as np

from lab.events.similar import Shares, shares

LEADS = np.array([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], np.float32)
DAYS = np.array([0.0, 1.0, 2.0, 3.0])
ALL = np.ones(4, np.bool_)


def test_pairs_of_different_happenings_count_where_their_leads_are_alike() -> None:
    assert shares(["a", "a", "b", "c"], ["1", "1", "1", "2"], LEADS, DAYS, ALL) == Shares(2, 1.0, 1, 1.0)


def test_pairs_that_lie_too_far_apart_in_time_do_not_count() -> None:
    late = np.array([0.0, 1.0, 20.0, 21.0])
    assert shares(["a", "a", "b", "c"], ["1", "2", "3", "4"], LEADS, late, ALL) == Shares(0, 0.0, 1, 0.0)


def test_only_pairs_that_begin_in_the_counted_half_are_told() -> None:
    counted = np.array([False, False, True, True])
    assert shares(["a", "a", "b", "b"], ["1", "1", "2", "2"], LEADS, DAYS, counted) == Shares(0, 0.0, 1, 1.0)
