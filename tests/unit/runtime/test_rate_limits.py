from services.runtime import rate_limits
from services.runtime.rate_limits import Quota, RateLimit


class Seconds:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_client_has_its_quota_in_each_window_and_is_told_what_is_left() -> None:
    seconds = Seconds()
    limit = RateLimit(Quota(2, 60), monotonic=seconds)
    first, second, third = limit.take("a"), limit.take("a"), limit.take("a")
    assert [verdict.allowed for verdict in (first, second, third)] == [True, True, False]
    assert first.headers == {"RateLimit-Policy": '"requests";q=2;w=60', "RateLimit": '"requests";r=1;t=60'}
    seconds.now += 59.5
    refused = limit.take("a")
    assert not refused.allowed
    assert refused.headers["RateLimit"] == '"requests";r=0;t=1'
    assert refused.headers["Retry-After"] == "1"
    seconds.now += 0.5
    assert limit.take("a").remaining == 1


def test_clients_do_not_count_for_each_other() -> None:
    limit = RateLimit(Quota(1, 60), monotonic=Seconds())
    assert limit.take("a").allowed
    assert limit.take("b").allowed
    assert not limit.take("a").allowed


def test_no_more_clients_are_remembered_than_the_bound(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(rate_limits, "MAX_CLIENTS", 3)
    limit = RateLimit(Quota(1, 60), monotonic=Seconds())
    for client in "abcd":
        assert limit.take(client).allowed
    assert len(limit._windows) == 3
    assert [limit.take(client).allowed for client in "bcd"] == [False, False, False]
