from services.dedupe.unpublished_events import FREE_SECONDS, LONGEST_PAUSE, EventKey, UnpublishedEvents

SMALL, BIG, HUGE = (0, "evt_small"), (0, "evt_big"), (1, "evt_huge")


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def never(key: EventKey) -> bool:
    return False


def changed(waiting: UnpublishedEvents, *keys: EventKey) -> None:
    waiting.add(dict.fromkeys(keys))


def test_an_event_whose_build_is_quick_is_built_each_time_it_changes() -> None:
    waiting = UnpublishedEvents(10.0, now=Clock())
    for _ in range(3):
        changed(waiting, SMALL)
        assert waiting.list_due(never) == [SMALL]
        waiting.finish_build(SMALL, FREE_SECONDS / 2)
        assert waiting.list_due(never) == []


def test_a_quiet_event_is_built_at_once_and_a_busy_one_once_in_an_interval() -> None:
    clock = Clock()
    waiting = UnpublishedEvents(interval_seconds=1.0, now=clock)
    changed(waiting, SMALL)
    assert waiting.list_due(never) == [SMALL]
    waiting.finish_build(SMALL, 0.0)
    changed(waiting, SMALL, BIG)
    assert waiting.list_due(never) == [BIG]
    clock.seconds += 0.9
    changed(waiting, SMALL)
    assert waiting.list_due(never) == [BIG]
    clock.seconds += 0.1
    assert waiting.list_due(never) == [SMALL, BIG]
    waiting.finish_build(SMALL, 0.0)
    clock.seconds += 5
    changed(waiting, SMALL)
    assert SMALL in waiting.list_due(never), "quiet again"


def test_a_big_event_waits_in_proportion_to_what_its_last_build_took() -> None:
    clock = Clock()
    waiting = UnpublishedEvents(10.0, interval_seconds=1.0, now=clock)
    changed(waiting, BIG)
    waiting.finish_build(BIG, 0.5)
    changed(waiting, BIG)
    clock.seconds += 4.9
    assert waiting.list_due(never) == []
    clock.seconds += 0.1
    assert waiting.list_due(never) == [BIG]
    assert waiting.is_big(BIG)
    waiting.finish_build(BIG, FREE_SECONDS / 2)
    assert not waiting.is_big(BIG)


def test_no_event_waits_longer_than_the_longest_pause() -> None:
    clock = Clock()
    waiting = UnpublishedEvents(10.0, now=clock)
    changed(waiting, HUGE)
    waiting.finish_build(HUGE, 1000.0)
    changed(waiting, HUGE)
    clock.seconds += LONGEST_PAUSE
    assert waiting.list_due(never) == [HUGE]


def test_big_events_come_last_and_of_all_the_one_that_has_waited_longest_first() -> None:
    clock = Clock()
    waiting = UnpublishedEvents(10.0, now=clock)
    changed(waiting, HUGE, BIG)
    waiting.finish_build(HUGE, 1.0)
    waiting.finish_build(BIG, 2.0)
    changed(waiting, HUGE, SMALL, BIG)
    changed(waiting, HUGE)
    clock.seconds += 30
    assert waiting.list_due(never) == [SMALL, HUGE, BIG]


def test_an_event_that_has_ended_does_not_wait() -> None:
    waiting = UnpublishedEvents(10.0, now=Clock())
    changed(waiting, BIG)
    waiting.finish_build(BIG, 1.0)
    changed(waiting, BIG)
    assert waiting.list_due(lambda key: key == BIG) == [BIG]


def test_without_a_factor_nothing_waits() -> None:
    waiting = UnpublishedEvents(0.0, now=Clock())
    changed(waiting, BIG)
    waiting.finish_build(BIG, 100.0)
    changed(waiting, BIG)
    assert waiting.list_due(never) == [BIG]


def test_what_waits_is_told_by_partition() -> None:
    waiting = UnpublishedEvents(now=Clock())
    waiting.add({BIG: "trace", HUGE: None})
    waiting.add({SMALL: None})
    assert waiting.waiting_events_of_partition(0) == {"evt_big": "trace", "evt_small": None}
    waiting.remove([BIG, SMALL])
    assert waiting.waiting_events_of_partition(0) == {}
    assert waiting.waiting_events_of_partition(1) == {"evt_huge": None}
