from datetime import UTC, datetime

import pytest

from services.dedupe.signals.event_day import DayAgreement, EventDay, agreement, event_day, story_overlap

WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_a_weekday_is_resolved_back_from_the_day_of_publication() -> None:
    named = event_day(None, "A ferry capsized on Tuesday.", WEDNESDAY)
    assert named.ordinal == WEDNESDAY.toordinal() - 1


def test_the_weekday_of_publication_means_that_day() -> None:
    named = event_day(None, "A ferry capsized on Wednesday.", WEDNESDAY)
    assert named.ordinal == WEDNESDAY.toordinal()


def test_today_counts_only_with_a_date() -> None:
    assert event_day(None, "A ferry capsized today.", WEDNESDAY).ordinal == WEDNESDAY.toordinal()
    assert event_day(None, "A ferry capsized today.", None) == EventDay()


def test_next_week_is_no_event_day() -> None:
    assert event_day(None, "Parliament votes next Friday.", WEDNESDAY) == EventDay()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (EventDay(1, 100), EventDay(1, 100), DayAgreement.SAME),
        (EventDay(1, 100), EventDay(1, 107), DayAgreement.FAR),
        (EventDay(6), EventDay(0), DayAgreement.NEXT),
        (EventDay(1), EventDay(1, 107), DayAgreement.SAME),
        (EventDay(), EventDay(1, 107), DayAgreement.UNKNOWN),
    ],
)
def test_days_agree_by_date_or_else_around_the_week(one: EventDay, other: EventDay, expected: DayAgreement) -> None:
    assert agreement(one, other) is expected
    assert agreement(other, one) is expected


def test_a_story_names_several_days_dated_or_not() -> None:
    text = "It sank on Monday. Divers came on Tuesday; parliament votes next Friday."
    assert event_day(None, text, None).story == event_day(None, text, WEDNESDAY).story == 0b11


def test_the_days_of_two_stories_overlap_by_their_share() -> None:
    assert story_overlap(EventDay(story=0b11), EventDay(story=0b110)) == pytest.approx(1 / 3)
    assert story_overlap(EventDay(story=0b11), EventDay(story=0b11)) == 1
    assert story_overlap(EventDay(), EventDay()) == story_overlap(EventDay(), EventDay(story=0b11)) == 0
