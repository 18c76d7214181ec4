"""Working until the time is up."""

from collections.abc import Iterator

from services.runtime.handlers import in_time


def ticking(step: float) -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += step


def test_items_come_until_the_time_is_up() -> None:
    clock = ticking(1.0)
    assert list(in_time(range(10), 3.0, now=lambda: next(clock))) == [0, 1, 2]


def test_the_first_item_comes_however_little_time_there_is() -> None:
    assert list(in_time("ab", 0.0)) == ["a"]


def test_without_a_limit_all_come() -> None:
    assert list(in_time(range(100), float("inf"))) == list(range(100))


def test_of_nothing_comes_nothing() -> None:
    assert list(in_time([], 1.0)) == []
