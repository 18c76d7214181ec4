"""The bound on restarts."""

from hypothesis import given
from hypothesis import strategies as st

from services.local.restarts import RestartBudget, RestartPolicy, Verdict


def test_a_process_that_dies_at_once_each_time_is_given_up() -> None:
    budget = RestartBudget(limit=5, window_seconds=60.0)
    assert [budget.spend(float(second)) for second in range(6)] == [True] * 5 + [False]


def test_a_process_that_dies_now_and_then_is_always_started_again() -> None:
    budget = RestartBudget(limit=5, window_seconds=60.0)
    assert all(budget.spend(second * 13.0) for second in range(100))


def test_old_restarts_are_forgotten() -> None:
    budget = RestartBudget(limit=1, window_seconds=60.0)
    assert budget.spend(0.0)
    assert not budget.spend(59.9)
    assert budget.spend(60.0)


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60), st.integers(min_value=1, max_value=6))
def test_no_window_ever_holds_more_restarts_than_the_limit(pauses: list[float], limit: int) -> None:
    budget = RestartBudget(limit=limit, window_seconds=60.0)
    now, granted = 0.0, []
    for pause in pauses:
        now += pause
        if budget.spend(now):
            granted.append(now)
    for moment in granted:
        assert sum(moment - 60.0 < other <= moment for other in granted) <= limit


def test_a_process_that_dies_of_a_full_disk_is_started_now_and_then_without_end_and_at_no_cost() -> None:
    policy = RestartPolicy()
    verdicts = [policy.decide(float(second), disk_is_full=True) for second in range(600)]
    assert verdicts.count(Verdict.START) == 120
    assert verdicts.count(Verdict.WAIT) == 480
    assert [policy.decide(600.0, disk_is_full=False) for _ in range(6)] == [Verdict.START] * 5 + [Verdict.GIVE_UP]
